import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { inside, textOf } from '../account/testing.ts';
import { SLUGS } from './articles/article.ts';

const r = await rig();
await r.organisation({ name: 'Quay & Sons', helpContact: 'help@quay.example' });

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
      }
    }
  });

  it('leads nowhere that is not there', async () => {
    const jar = r.browser();
    const links = new Set<string>();
    for (const path of ['/help', ...SLUGS.map((slug) => `/help/en/${slug}`)])
      for (const [, href = ''] of (await jar.get(path)).text.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)) links.add(href);
    assert.ok(links.size > SLUGS.length);
    for (const href of links) assert.notEqual((await jar.get(href)).status, 404, href);
  });

  it('knows an article without a language, and none that does not exist', async () => {
    const dutch = r.browser({ language: 'nl-BE' });
    assert.equal((await dutch.get('/help/cannot-sign-in')).location, '/help/nl/cannot-sign-in');
    for (const path of ['/help/en/nothing', '/help/xx/set-up', '/help/nothing', '/help/constructor/set-up'])
      assert.equal((await dutch.get(path)).status, 404, path);
  });

  it('changes the article with the language', async () => {
    const jar = r.browser();
    const page = await jar.submit('/language', { language: 'nl', 'return-to': '/help/en/set-up' });
    assert.equal(page.path, '/help/nl/set-up');
    assert.match(page.text, /Tweestapsverificatie instellen/);
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
