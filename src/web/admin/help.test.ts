import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REFUSALS } from '#core/refusal.ts';
import { ORIGINS, type OriginName } from '#src/help/about.ts';
import { addOwnArticle, changeOwnArticle, removeOwnArticle, setHelpContact } from '#flows/own-help.ts';
import { administratorIn, stewardOf } from '#test/support/administration.ts';
import { rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { LANGUAGES, speak } from '#words/index.ts';
import { textOf } from '../account/testing.ts';
import { csv } from '../csv.ts';
import { placeName, refusalInGeneral } from '../help/places.ts';

const r = await rig();
const { read } = r.store;
const house = await r.organisation({ name: 'Harbour Freight', slug: 'harbour' });
const quay = await r.organisation({ name: 'Quay & Sons', slug: 'quay' });
const { jar } = await administratorIn(r, [house]);
const other = await administratorIn(r, [quay], { name: 'Ben Quay' });

const ROOM = '# Where is room 12\n\nIn the shed by the crane.\n\nCome to **{{host}}** <b>now</b>.\n';
const add = (typed: Record<string, string> = {}) => ({ language: 'en', slug: 'room-12', markdown: ROOM, ...typed });
const own = async (organisation = house) =>
  (await read.help.articles([organisation.id])).map(({ language, slug }) => `${language}/${slug}`);
const events = async () => (await read.audit.page(0, 10_000)).filter(({ event }) => event.startsWith('help.'));

describe('own articles, on the page', () => {
  it('are looked at before they are kept, and are then there for the people of the organisation alone', async () => {
    const preview = await jar.post('/admin/help/add', add({ pressed: 'preview' }));
    assert.equal(preview.status, 200);
    assert.match(preview.text, /Come to <b>id\.example\.test<\/b> &lt;b>now&lt;\/b>\./);
    assert.match(textOf(preview), /Nothing is saved yet/);
    assert.match(preview.text, /# Where is room 12\n\nIn the shed/, 'still in the form');
    assert.deepEqual([await own(), await events()], [[], []]);

    const kept = await jar.submit('/admin/help/add', add());
    assert.equal(kept.path, '/admin/help?done=article-added');
    assert.match(textOf(kept), /The article is there for your people\..*Where is room 12/);
    assert.match((await jar.get('/help/en/room-12')).text, /In the shed by the crane/);
    assert.equal((await other.jar.get('/help/en/room-12')).status, 404);
    assert.equal((await r.browser().get('/help/en/room-12')).status, 404);
    const [line] = await events();
    assert.equal(line?.event, 'help.article-added');
    assert.deepEqual(line?.detail, { organisation: house.id, article: 'en/room-12' });
  });

  it('begin with the text of one of ours, and stand in its place until they are removed', async () => {
    const begun = await jar.get('/admin/help/add?instead=lost-phone&lang=nl');
    assert.match(begun.text, /name="slug"[^>]*value="lost-phone"/);
    assert.match(begun.text, /<option value="nl" selected/);
    assert.match(begun.text, /# Mijn telefoon is/);
    const markdown = '# Telefoon weg? Naar de haven\n\nKom langs.\n';
    await jar.submit('/admin/help/add', add({ language: 'nl', slug: 'lost-phone', markdown }));
    assert.match((await jar.get('/help/nl/lost-phone')).text, /Telefoon weg\? Naar de haven/);
    assert.match(textOf(await jar.get('/admin/help')), /In place of “/);
    const sure = textOf(await jar.get('/admin/help/nl/lost-phone/remove'));
    assert.match(sure, /Remove Telefoon weg\? Naar de haven\? Your people then read ours again/);
    assert.ok((await own()).includes('nl/lost-phone'), 'looking removes nothing');
    const gone = await jar.submit('/admin/help/nl/lost-phone/remove', {});
    assert.match(textOf(gone), /The article was removed/);
    assert.doesNotMatch((await jar.get('/help/nl/lost-phone')).text, /Naar de haven/);
    assert.equal((await jar.post('/admin/help/nl/lost-phone/remove', {})).status, 404);
    assert.equal((await events()).at(-1)?.event, 'help.article-removed');
  });

  it('change, but not over the head of somebody who changed them meanwhile', async () => {
    const path = '/admin/help/en/room-12';
    const seen = /name="seen" value="(\d+)"/.exec((await jar.get(path)).text)?.[1] ?? '';
    const later = ROOM.replace('crane', 'gate').replaceAll('\n', '\r\n');
    assert.match(textOf(await jar.submit(path, { seen, markdown: later })), /The article is changed/);
    assert.match((await jar.get('/help/en/room-12')).text, /In the shed by the gate/);
    const late = await jar.post(path, { seen, markdown: ROOM.replace('crane', 'well') });
    assert.equal(late.status, 409);
    assert.match(textOf(late), /Somebody else has changed this/);
    assert.match(late.text, /by the well/, 'what was typed is still there');
    assert.match((await jar.get('/help/en/room-12')).text, /by the gate/);
    const taken = await jar.post('/admin/help/add', add());
    assert.equal(taken.status, 409);
    assert.match(taken.text, /id="slug-error"/);
  });

  it('keep what was typed, with a sentence beside the field, by the rules of the command line', async () => {
    const before = [await own(), (await events()).length];
    const wrong: [Record<string, string>, 'slug' | 'markdown', RegExp][] = [
      [{ slug: 'Room 12' }, 'slug', /small letters, digits and hyphens/],
      [{ slug: '../secret' }, 'slug', /small letters, digits and hyphens/],
      [{ slug: '' }, 'slug', /small letters, digits and hyphens/],
      [{ slug: 'x', markdown: 'No title' }, 'markdown', /must begin with its title/],
      [{ slug: 'x', markdown: '' }, 'markdown', /must begin with its title/],
      [{ slug: 'x', markdown: `# ${'t'.repeat(121)}\n\nB` }, 'markdown', /title is longer than 120/],
      [{ slug: 'x', markdown: `# A\n\n${'b'.repeat(20_001)}` }, 'markdown', /longer than 20000/],
      [{ slug: 'x', markdown: '# A\n\nB {{enrol.nothing}}\n' }, 'markdown', /“\{\{enrol\.nothing\}\}” stands in it/],
    ];
    for (const [typed, field, sentence] of wrong)
      for (const pressed of ['', 'preview']) {
        const page = await jar.post('/admin/help/add', add({ ...typed, pressed }));
        assert.equal(page.status, 422, JSON.stringify(typed).slice(0, 80));
        assert.match(page.text, new RegExp(`id="${field}-error"`));
        assert.match(textOf(page), sentence);
        assert.match(page.text, new RegExp(`href="#${field}"`), 'the summary leads there');
        if (typed['slug']) assert.ok(page.text.includes(`value="${typed['slug']}"`));
      }
    assert.equal((await jar.post('/admin/help/add', add({ language: 'xx' }))).status, 400);
    assert.deepEqual([await own(), (await events()).length], before);
  });

  it('of another organisation are not there, and a member finds no such page', async () => {
    for (const path of ['/admin/help/en/room-12', '/admin/help/en/room-12/remove']) {
      assert.equal((await other.jar.get(path)).status, 404);
      assert.equal((await other.jar.post(path, { seen: '', markdown: ROOM })).status, 404);
      assert.equal((await other.jar.get(`${path}?organisation=harbour`)).status, 404);
    }
    const member = r.browser();
    await signIn(member, await r.person({ organisations: [house] }));
    for (const path of ['/admin/help', '/admin/help/add', '/admin/help/report', '/admin/help/report.csv'])
      assert.equal((await member.get(path)).status, 404, path);
    assert.ok((await own()).includes('en/room-12'));
  });

  it('are refused to whoever does not administer the organisation at that moment, whatever page they came from', async () => {
    const steward = await stewardOf(r, other);
    const text = { language: 'en', slug: 'theirs', title: 'Theirs', markdown: '# Theirs\n\nNo.\n' } as const;
    const organisation = house.id;
    const before = [await own(), (await events()).length];
    for (const refused of [
      await addOwnArticle(r.deps, steward, { organisation, text }),
      await changeOwnArticle(r.deps, steward, { organisation, text: { ...text, slug: 'room-12' }, seen: '0' }),
      await removeOwnArticle(r.deps, steward, { organisation, language: 'en', slug: 'room-12' }),
      await setHelpContact(r.deps, steward, { organisation, contact: 'me' }),
    ])
      assert.equal(refused?.refusal, 'not-found');
    assert.deepEqual([await own(), (await events()).length], before);
  });

  it('ask for a fresh second step, and lose nothing of what was written meanwhile', async () => {
    const idle = await administratorIn(r, [house], { name: 'Cas Late' });
    r.advance('PT6M');
    const page = await idle.jar.post('/admin/help/add', add({ slug: 'bus' }));
    assert.equal(page.status, 403);
    assert.match(textOf(page), /Nothing was saved yet/);
    assert.match(page.text, /value="bus"/);
    assert.match(page.text, /In the shed by the crane/);
    assert.equal((await idle.jar.post('/admin/help/contact', { contact: 'x' })).status, 403);
    assert.equal((await idle.jar.post('/admin/help/en/room-12/remove', {})).status, 403);
    assert.equal((await idle.jar.get('/admin/help')).status, 200, 'looking is allowed');
    assert.ok(!(await own()).includes('en/bus'));
  });
});

describe('the contact, on the page', () => {
  it('is one line, stands in the help centre, and can be taken away', async () => {
    const { jar: fresh } = await administratorIn(r, [house], { name: 'Dee Fresh' });
    const wrong = await fresh.post('/admin/help/contact', { contact: 'a\nBcc: thief@example.test' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /id="contact-error"/);
    assert.equal((await fresh.post('/admin/help/contact', { contact: 'x'.repeat(121) })).status, 422);
    const kept = await fresh.submit('/admin/help/contact', { contact: ' the wages desk, room 12 ' });
    assert.match(kept.text, /value="the wages desk, room 12"/);
    assert.match(textOf(await fresh.get('/help')), /the wages desk, room 12 can help you, for Harbour Freight/);
    const line = (await events()).at(-1);
    assert.equal(line?.event, 'help.contact-changed');
    assert.equal(line?.detail?.['after'], 'the wages desk, room 12');
    await fresh.submit('/admin/help/contact', { contact: '' });
    assert.doesNotMatch(textOf(await fresh.get('/help')), /the wages desk/);
  });
});

describe('where people are stuck, on the page', () => {
  it('is counted by article, step and refusal, most stuck first, of the days and the language asked for', async () => {
    const { jar: fresh } = await administratorIn(r, [house], { name: 'Eve Fresh' });
    assert.match(textOf(await fresh.get('/admin/help/report')), /Nobody answered in these days/);
    assert.doesNotMatch((await fresh.get('/admin/help/report')).text, /report\.csv/);
    const today = r.now().toZonedDateTimeISO('UTC').toPlainDate();
    const one = { day: today, organisation: house.id, language: 'en', article: 'wrong-code' } as const;
    const stuck = { ...one, answer: 'stuck', page: 'enrol-prove', refusal: 'code-wrong' } as const;
    await r.store.transaction(async (tx) => {
      for (let turn = 0; turn < 3; turn += 1) await tx.help.count(stuck);
      await tx.help.count({ ...stuck, organisation: '', answer: 'yes' });
      for (let turn = 0; turn < 5; turn += 1)
        await tx.help.count({ ...one, article: 'set-up', answer: 'no', page: 'enrol-scan', refusal: '' });
      await tx.help.count({ ...stuck, organisation: quay.id, article: 'passkeys' });
      await tx.help.count({ ...stuck, language: 'nl', article: 'gone-since', day: today.subtract({ days: 29 }) });
      await tx.help.count({ ...stuck, article: 'password', day: today.subtract({ days: 30 }) });
    });
    const rows = async (query: string) =>
      [...(await fresh.get(`/admin/help/report${query}`)).text.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(
        ([, row = '']) =>
          row
            .replaceAll(/<[^>]+>/g, ' ')
            .replaceAll(/\s+/g, ' ')
            .trim(),
      );
    const thirty = await rows('');
    assert.equal(thirty.length, 4);
    assert.match(thirty[0] ?? '', /English · Enter the code from the app .*not the right code.* 3 0 1$/);
    assert.match(thirty[1] ?? '', /^gone-since Nederlands · .* This article is not there any more\. .* 1 0 0$/);
    assert.match(thirty[2] ?? '', /English · Scan the QR code 0 5 0$/);
    assert.match(thirty[3] ?? '', /^All together 4 5 1$/);
    assert.equal((await rows('?days=7')).length, 3);
    assert.equal((await rows('?days=90')).length, 5);
    assert.equal((await rows('?lang=nl')).length, 2);
    assert.equal((await rows('?days=9999&lang=%00')).length, 4, 'anything else is the usual');
    assert.match((await fresh.get('/admin/help/report')).text, /<a href="\/help\/en\/wrong-code"/);
    assert.match(textOf(await fresh.get('/admin/help')), /4 times in the last 30 days/);

    const file = await fresh.get('/admin/help/report.csv?days=7&lang=en');
    assert.match(file.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename="nachtslot-help-2026-/);
    const lines = file.text.trim().split('\r\n');
    assert.equal(lines.length, 3);
    assert.match(lines[1] ?? '', /,en,Enter the code from the app,.*,3,0,1$/);
    for (const name of ['Ada Quay', 'Ben Quay', 'Eve Fresh', house.id]) assert.ok(!file.text.includes(name), name);
  });

  it('names every page, and every refusal without a gap of one person in it', () => {
    for (const { code } of LANGUAGES) {
      const words = speak(code);
      for (const page of Object.keys(ORIGINS) as OriginName[])
        assert.doesNotMatch(placeName(page, words), /\{\{|^\w+\.[\w-]+$/, page);
      for (const refusal of REFUSALS) assert.doesNotMatch(refusalInGeneral(refusal, words), /\{\{|refusals\./, refusal);
    }
  });

  it('leaves nothing in a table that a spreadsheet would compute', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', 'a"b', 'a,b', 'a;=1+1', 'plain'];
    // Where the comma is for decimals, as in Dutch, a spreadsheet parts at the semicolon.
    const row = `'=1+1,'+1,'-1,'@SUM(A1),' =1,'\t=1,"a""b","a,b","a;=1+1",plain`;
    assert.equal(csv([cells, [3]]), `\uFEFF${row}\r\n3\r\n`);
  });
});
