import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setHelpLinks } from '#flows/own-help.ts';
import { administratorIn, stewardOf } from '#test/support/administration.ts';
import { rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { inside, textOf } from '../account/testing.ts';

const r = await rig();
const { read } = r.store;
const house = await r.organisation({ name: 'Harbour Freight', slug: 'harbour' });
const quay = await r.organisation({ name: 'Quay & Sons', slug: 'quay' });
const { jar } = await administratorIn(r, [house]);
const ben = await administratorIn(r, [quay], { name: 'Ben Quay' });

const PATH = '/admin/help/links';
const kept = async (organisation = house) => (await read.help.links([organisation.id])).flatMap(({ links }) => links);
const events = async () => (await read.audit.page(0, 10_000)).filter(({ event }) => event === 'help.links-changed');
const seenBy = async (who = jar) => /name="seen" value="(\d+)"/.exec((await who.get(PATH)).text)?.[1] ?? '';
const typed = (...lines: [string, string][]) =>
  Object.fromEntries(
    lines.flatMap(([title, address], n) => [
      [`links.${n}.title`, title],
      [`links.${n}.address`, address],
    ]),
  );

describe('the links of an organisation, on the page', () => {
  it('stand in its help centre beside whom to ask, for its own people alone', async () => {
    assert.match(textOf(await jar.get('/admin/help')), /Links Pages, mailboxes.* There are none yet\./);
    const lines = typed(
      ['Payslips & <b>roster</b>', 'https://wages.example/start'],
      ['', ''],
      ['Room 12', 'tel:+442079460012'],
    );
    const page = await jar.submit(PATH, { seen: await seenBy(), ...lines });
    assert.equal(page.path, '/admin/help?done=links');
    assert.match(textOf(page), /The links are saved\..*wages\.example.*Room 12 \+442079460012/);
    const member = await inside(r, await r.person({ organisations: [house], enrolled: true }));
    for (const path of ['/help', '/help/en/lost-phone', '/help/nl/set-up']) {
      const { text } = await member.get(path);
      assert.match(text, /<h2 id="links-1-heading">Links from Harbour Freight<\/h2>/, path);
      assert.match(
        text,
        /<a href="https:\/\/wages\.example\/start" rel="noreferrer">Payslips &amp; &lt;b>roster&lt;\/b></,
      );
      assert.match(text, /<a href="tel:\+442079460012"/);
    }
    const known = r.browser();
    await signIn(known, await r.person({ organisations: [house], enrolled: true }));
    assert.match(textOf(await known.get('/sign-in/help')), /Links from Harbour Freight/, 'in the middle of a sign-in');
    for (const other of [ben.jar, r.browser()])
      assert.doesNotMatch((await other.get('/help')).text, /wages\.example|Links from/);
    const [line, ...more] = await events();
    assert.deepEqual(more, []);
    assert.deepEqual(line?.detail, {
      organisation: house.id,
      before: '',
      after: 'Payslips & <b>roster</b>: https://wages.example/start, Room 12: tel:+442079460012',
    });
  });

  it('are as many lines as there are and two more, up to eight', async () => {
    const count = async () => (await jar.get(PATH)).text.match(/name="links\.\d+\.title"/g)?.length;
    assert.equal(await count(), 4);
    const seven = typed(
      ...Array.from({ length: 7 }, (_, n) => [`Link ${n}`, 'https://wages.example/'] as [string, string]),
    );
    await jar.submit(PATH, { seen: await seenBy(), ...seven });
    assert.equal(await count(), 8);
    const nine = typed(...Array.from({ length: 9 }, () => ['More', 'https://more.example/'] as [string, string]));
    const page = await jar.post(PATH, { seen: await seenBy(), ...nine });
    assert.equal(page.status, 422);
    assert.match(page.text, /id="links-error"/);
    assert.equal((await kept()).length, 7);
  });

  it('keep what was typed, with a sentence beside the field', async () => {
    const before = [await kept(), (await events()).length];
    const wrong: [[string, string], string][] = [
      [['Wages', 'javascript:alert(1)'], 'links.1.address'],
      [['Wages', 'http://wages.example'], 'links.1.address'],
      [['Wages', 'https://harbour@evil.example'], 'links.1.address'],
      [['Wages', ''], 'links.1.address'],
      [['', 'https://wages.example'], 'links.1.title'],
    ];
    for (const [line, field] of wrong) {
      const page = await jar.post(PATH, { seen: await seenBy(), ...typed(['Fine', 'https://fine.example/'], line) });
      assert.equal(page.status, 422, line.join(' '));
      assert.ok(page.text.includes(`id="${field}-error"`), field);
      assert.ok(page.text.includes(`href="#${field}"`), 'the summary leads there');
      for (const text of ['https://fine.example/', ...line.filter(Boolean)])
        assert.ok(page.text.includes(`value="${text}"`), text);
    }
    assert.deepEqual([await kept(), (await events()).length], before);
  });

  it('change, but not over the head of somebody who changed them meanwhile', async () => {
    const ada = await administratorIn(r, [house], { name: 'Ada Second' });
    const [one, other] = [await seenBy(), await seenBy(ada.jar)];
    assert.equal(one, other);
    await jar.submit(PATH, { seen: one, ...typed(['First', 'https://first.example/']) });
    const late = await ada.jar.post(PATH, { seen: other, ...typed(['Second', 'https://second.example/']) });
    assert.equal(late.status, 409);
    assert.match(textOf(late), /Somebody else has changed this/);
    assert.match(late.text, /value="https:\/\/second\.example\/"/, 'what was typed is still there');
    assert.deepEqual(await kept(), [{ title: 'First', address: 'https://first.example/' }]);

    const lines = (await events()).length;
    await jar.submit(PATH, { seen: await seenBy(), ...typed(['First', 'https://first.example/']) });
    assert.equal((await events()).length, lines, 'nothing changed, nothing said');
    await jar.submit(PATH, { seen: await seenBy(), ...typed(['', '']) });
    assert.deepEqual(await kept(), []);
    assert.equal((await jar.post(PATH, { seen: '', ...typed(['Back', 'https://back.example/']) })).status, 409);
  });

  it('ask for a fresh second step, lose nothing of what was typed, and are nobody else’s', async () => {
    const steward = await stewardOf(r, ben);
    const wish = { organisation: house.id, links: [{ title: 'Evil', address: 'https://evil.example/' }], seen: '' };
    assert.equal((await setHelpLinks(r.deps, steward, wish))?.refusal, 'not-found');
    const member = await inside(r, await r.person({ organisations: [house], enrolled: true }));
    assert.equal((await member.get(PATH)).status, 404);
    assert.equal((await member.post(PATH, { seen: '', ...typed(['Evil', 'https://evil.example/']) })).status, 404);
    const cas = await administratorIn(r, [house], { name: 'Cas Late' });
    const seen = await seenBy(cas.jar);
    r.advance('PT6M');
    const page = await cas.jar.post(PATH, { seen, ...typed(['Late', 'https://late.example/']) });
    assert.equal(page.status, 403);
    assert.match(textOf(page), /Nothing was saved yet/);
    assert.match(page.text, /value="https:\/\/late\.example\/"/);
    assert.deepEqual(await kept(), []);
  });
});
