import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentenceAt } from '#words/index.ts';
import { PAGE_OF_STEP } from './about.ts';
import { anyFacts, fill } from './fill.ts';
import { ourArticle } from './library.ts';
import { search, searchable } from './search.ts';
import { SLUGS } from './slugs.ts';

const shelf = (lang: 'en' | 'nl') =>
  SLUGS.map((slug) =>
    searchable(slug, ourArticle(lang, slug), (text) =>
      fill(
        text,
        anyFacts((key) => sentenceAt(lang, key), Object.keys(PAGE_OF_STEP)),
      ),
    ),
  );
const first = (lang: 'en' | 'nl', query: string) => search(query, shelf(lang))[0]?.slug;

describe('the search of the help centre', () => {
  it('finds the article that somebody means, in their words', () => {
    for (const [query, slug] of [
      ['new phone', 'new-phone'],
      ['I lost my phone', 'lost-phone'],
      ['stolen', 'lost-phone'],
      ['forgot password', 'password'],
      ['backup', 'backup-code'],
      ['sms', 'text-messages'],
      ['google', 'google-authenticator'],
      ['passkey', 'passkeys'],
      ['is this mail real', 'genuine-mail'],
      ['code refused', 'wrong-code'],
    ] as const)
      assert.equal(first('en', query), slug, query);
    for (const [query, slug] of [
      ['nieuwe telefoon', 'new-phone'],
      ['telefoon kwijt', 'lost-phone'],
      ['wachtwoord vergeten', 'password'],
      ['back-upcode', 'backup-code'],
      ['gestolen', 'lost-phone'],
      ['geen smartphone', 'no-smartphone'],
      ['herinner', 'remind-me-later'],
      ['uitstellen', 'remind-me-later'],
      ['microsoft', 'microsoft-authenticator'],
    ] as const)
      assert.equal(first('nl', query), slug, query);
  });

  it('forgives capitals, accents and a slip of the finger', () => {
    assert.equal(first('en', 'PASSWROD'), 'password');
    assert.equal(first('en', 'micrsoft'), 'microsoft-authenticator');
    assert.equal(first('nl', 'wáchtwoord'), 'password');
  });

  it('finds nothing where there is nothing, and does not mind what is typed', () => {
    for (const query of ['', '   ', 'qqqq', 'phone qqqq', '((((', '"><zzz>', '💥', 'a'.repeat(5000)])
      assert.deepEqual(search(query, shelf('en')), [], query.slice(0, 20));
  });

  it('shows those that are about it, and not all that mention it', () => {
    const found = search('phone', shelf('en')).map(({ slug }) => slug);
    assert.ok(found.includes('new-phone') && found.includes('lost-phone'));
    assert.ok(found.length < SLUGS.length / 2, String(found));
  });
});
