import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SLUGS } from '#src/help/slugs.ts';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { inside, textOf } from '../account/testing.ts';

const r = await rig();
const quay = await r.organisation({ name: 'Quay & Sons', helpContact: 'help@quay.example' });

const TODAY = () => r.now().toZonedDateTimeISO('UTC').toPlainDate();
const counts = () => r.store.read.help.counts(TODAY().subtract({ days: 400 }));

describe('the help centre', () => {
  it('is open to everybody, and every article is there in both languages', async () => {
    for (const lang of ['en', 'nl']) {
      const jar = r.browser({ language: lang });
      const overview = await jar.get('/help');
      assert.equal(overview.status, 200);
      for (const slug of SLUGS) {
        assert.ok(overview.text.includes(`href="/help/${lang}/${slug}"`), slug);
        const article = await jar.get(`/help/${lang}/${slug}`);
        assert.equal(article.status, 200);
        assert.match(article.text, new RegExp(`<article lang="${lang}"`));
        assert.doesNotMatch(article.text, /\{\{/, `${lang}/${slug}`);
      }
    }
  });

  it('leads nowhere that is not there, from any article in any language', async () => {
    const jar = r.browser();
    const pages = ['/help', '/help?q=phone', ...SLUGS.flatMap((slug) => [`/help/en/${slug}`, `/help/nl/${slug}`])];
    const links = new Map<string, string>();
    for (const path of pages)
      for (const [, href = ''] of (await jar.get(path)).text.matchAll(/(?:href|src)="(\/[^"#]*)/g))
        links.set(href, path);
    assert.ok(links.size > 2 * SLUGS.length);
    for (const [href, path] of links) {
      const answer = await jar.get(href.replaceAll('&amp;', '&'));
      // A page that needs a sign-in says so by going there.
      const isKnown =
        answer.status === 200 || (answer.status === 303 && /^\/(sign-in|help)/.test(answer.location ?? ''));
      assert.ok(isKnown, `${path} → ${href}: ${answer.status}`);
    }
  });

  it('knows an article without a language, and none that does not exist', async () => {
    const dutch = r.browser({ language: 'nl-BE' });
    assert.equal((await dutch.get('/help/cannot-sign-in')).location, '/help/nl/cannot-sign-in');
    for (const path of [
      '/help/en/nothing',
      '/help/xx/set-up',
      '/help/nothing',
      '/help/constructor/set-up',
      '/help/en/__proto__',
    ])
      assert.equal((await dutch.get(path)).status, 404, path);
  });

  it('changes the article with the language, and keeps the way back', async () => {
    const jar = r.browser();
    const page = await jar.submit('/language', { language: 'nl', 'return-to': '/help/en/set-up?from=enrol-scan' });
    assert.equal(page.path, '/help/nl/set-up?from=enrol-scan');
    assert.match(page.text, /Tweestapsverificatie instellen/);
    assert.match(page.text, /<a class="back" href="\/enrol">.*Terug naar waar je was/);
  });

  it('is searched without a script, and shows what was typed as text', async () => {
    const jar = r.browser();
    const page = await jar.get('/help?q=lost+phone');
    assert.match(textOf(page), /articles? about “lost phone”/);
    assert.ok(page.text.indexOf('/help/en/lost-phone') > 0);
    const nothing = await jar.get(`/help?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    assert.equal(nothing.status, 200);
    assert.doesNotMatch(nothing.text, /<script>alert/);
    assert.match(textOf(nothing), /Nothing found for/);
  });

  it('says the numbers of the organisation, and whom to ask there, to whoever belongs to it', async () => {
    const house = await r.organisation({
      name: 'Harbour Freight',
      helpContact: 'people@harbour.example',
      policy: { deferralsAllowed: 1, rememberDeviceFor: 'P7D' },
    });
    const jar = await inside(r, await r.person({ organisations: [house], enrolled: true }));
    assert.match(textOf(await jar.get('/help/en/remind-me-later')), /You can choose it once/);
    assert.match(textOf(await jar.get('/help/en/set-up')), /enough there for 7 days/);
    assert.match(textOf(await jar.get('/help/en/cannot-sign-in')), /people@harbour\.example can help you/);
  });

  it('does not tell a stranger who belongs where', async () => {
    const stranger = textOf(await r.browser().get('/help'));
    assert.match(stranger, /We can't see here which organisation you belong to/);
    assert.doesNotMatch(stranger, /quay\.example|harbour\.example/);
  });

  it('is not where "I can\'t use any of these" ends: that leads to a request, and reading about it costs nothing', async () => {
    const jar = r.browser();
    await signIn(jar, await enrolledIn(r));
    const other = await jar.get('/sign-in/verify?with=other');
    const [, href = ''] = /href="(\/[^"]*)"[^>]*>I can't use any of these/.exec(other.text) ?? [];
    const page = await jar.open(href);
    assert.equal(page.path, '/sign-in/recover');
    assert.match(page.text, /Get back into your account/);
    assert.equal((await jar.get('/sign-in/verify')).status, 200, 'reading help costs nothing');
  });
});

describe('from a page to its article and back', () => {
  it('each step of the wizard has its own, with the way back', async () => {
    await r.campaign({ organisation: quay.id });
    const jar = r.browser();
    await signIn(jar, await r.person({ organisations: [quay] }));
    const steps = [await jar.get('/sign-in/prompt'), await jar.submit('/sign-in/prompt', { answer: 'enable' })];
    steps.push(await jar.submit('/enrol/choice', { choice: 'totp' }), await jar.submit('/enrol/scanned'));
    const seen: string[] = [];
    for (const step of steps) {
      const [, href = ''] = /href="(\/sign-in\/help\/en\/[^"]*)">Stuck/.exec(step.text) ?? [];
      const article = await jar.get(href.replaceAll('&amp;', '&'));
      seen.push(href);
      assert.equal(article.status, 200, `${step.path} → ${href}`);
      const [, back = ''] = /<a class="back" href="([^"]*)">.*?Back to where you were/.exec(article.text) ?? [];
      assert.equal((await jar.get(back)).status, back === '/sign-in/prompt' ? 303 : 200, back);
    }
    assert.deepEqual(seen, [
      '/sign-in/help/en/remind-me-later?from=prompt',
      '/sign-in/help/en/set-up?from=enrol-choose',
      '/sign-in/help/en/set-up?from=enrol-scan',
      '/sign-in/help/en/wrong-code?from=enrol-prove',
    ]);
  });

  it('a refusal leads to the article about it', async () => {
    const jar = r.browser();
    const wrong = await jar.post('/sign-in', { address: 'nobody@quay.example', password: 'wrong horse' });
    assert.match(
      wrong.text,
      /href="\/help\/en\/password\?from=sign-in&amp;about=credentials-wrong">Stuck\? Your password/,
    );
    const expired = await jar.get('/sign-in?notice=attempt-expired');
    assert.match(expired.text, /href="\/help\/en\/page-problem\?from=sign-in&amp;about=attempt-expired"/);
  });

  it('the way back is one of ours, whatever the address says', async () => {
    const page = await r.browser().get('/help/en/set-up?from=https://thief.example&about=nonsense');
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /href="[^"]*(?:thief|nonsense)|Back to where you were/);
  });
});

describe('was this helpful', () => {
  const answer = {
    answer: 'stuck',
    lang: 'en',
    article: 'wrong-code',
    at: '/help',
    from: 'enrol-prove',
    about: 'code-wrong',
  };

  it('counts, says thank you, and keeps nothing about anybody', async () => {
    const jar = await inside(r, await r.person({ organisations: [quay], enrolled: true }));
    for (const said of ['yes', 'stuck', 'stuck']) {
      const page = await jar.submit('/help/answer', { ...answer, answer: said });
      assert.equal(page.status, 200);
      assert.match(page.path, /^\/help\/en\/wrong-code\?from=enrol-prove&about=code-wrong&said=/);
      assert.match(textOf(page), said === 'yes' ? /Good to hear/ : /somebody is stuck here/);
    }
    const rows = (await counts()).filter(({ organisation }) => organisation === quay.id);
    assert.deepEqual(
      rows.map(({ answer: said, count }) => [said, count]),
      [
        ['stuck', 2],
        ['yes', 1],
      ],
    );
    assert.deepEqual(Object.keys(rows[0] ?? {}).toSorted(), [
      'answer',
      'article',
      'count',
      'day',
      'language',
      'organisation',
      'page',
      'refusal',
    ]);
  });

  it('takes only what is of our own lists, and changes nothing for the rest', async () => {
    const before = (await counts()).length;
    const jar = r.browser();
    for (const wrong of [
      { answer: 'maybe' },
      { article: 'nothing' },
      { lang: 'xx' },
      { from: 'my diary' },
      { about: 'my secret' },
      { article: '' },
    ])
      assert.equal((await jar.post('/help/answer', { ...answer, ...wrong })).status, 400, JSON.stringify(wrong));
    assert.equal((await jar.post('/help/answer', {})).status, 400);
    assert.equal((await counts()).length, before);
    const outside = await jar.post('/help/answer', { ...answer, at: 'https://thief.example' });
    assert.match(outside.location ?? '', /^\/help\/en\/wrong-code/);
  });

  it('is counted from one network only so often; reading goes on', async () => {
    const jar = r.browser();
    const statuses: number[] = [];
    for (let turn = 0; turn < 22; turn += 1) statuses.push((await jar.post('/help/answer', answer)).status);
    assert.equal(statuses.at(-1), 429);
    assert.equal((await jar.get('/help/en/wrong-code')).status, 200);
    r.advance('PT61M');
    assert.equal((await jar.post('/help/answer', answer)).status, 303);
  });
});

describe('articles of an organisation', () => {
  it('stand in place of ours for its people, also in the middle of their sign-in, and for nobody else', async () => {
    const house = await r.organisation({ name: 'Bakery Noord' });
    const own = (slug: string, title: string) => ({
      organisation: house.id,
      language: 'en' as const,
      slug,
      title,
      markdown: `# ${title}\n\nAt the bakery.\n\nCome to **room 12** <b>now</b>, not {{host}}.\n`,
      changedAt: r.now(),
    });
    await r.store.transaction((tx) =>
      tx.help.replaceArticles(house.id, [own('lost-phone', 'Phone gone? Room 12'), own('room-12', 'Where is room 12')]),
    );
    const person = await r.person({ organisations: [house], enrolled: true });
    const pending = r.browser();
    await signIn(pending, person);
    for (const [jar, at] of [
      [await inside(r, person), '/help'],
      [pending, '/sign-in/help'],
    ] as const) {
      const overview = textOf(await jar.get(at));
      assert.match(overview, /From Bakery Noord Where is room 12/);
      assert.match(overview, /Phone gone\? Room 12/);
      assert.doesNotMatch(overview, /My phone is lost, broken or stolen/);
      const article = await jar.get(`${at}/en/room-12`);
      assert.match(article.text, /Come to <b>room 12<\/b> &lt;b>now&lt;\/b>, not id\.example\.test\./);
      assert.match(textOf(article), /Written by Bakery Noord/);
    }
    // A public page does not know who is half way in.
    for (const jar of [r.browser(), pending]) {
      assert.doesNotMatch((await jar.get('/help')).text, /room-12|Room 12/);
      assert.equal((await jar.get('/help/en/room-12')).status, 404);
    }
  });
});
