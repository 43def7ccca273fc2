import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES as APP_LANGUAGES } from '../../../authenticator/words/index.ts';
import { REFUSALS } from '#core/refusal.ts';
import { wizardFor } from '#flows/help.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { HELP_FOR_REFUSAL, NOTHING_TO_ASK, ORIGINS, PAGE_OF_STATE, PAGE_OF_STEP } from '#src/help/about.ts';
import { unknownIn } from '#src/help/fill.ts';
import { ourArticle, pictureOf } from '#src/help/library.ts';
import type { Block, Inline } from '#src/help/markdown.ts';
import { isSlug, SLUGS } from '#src/help/slugs.ts';
import { rig } from '#test/support/rig.ts';
import { LANGUAGES, sentenceAt, speak } from '#words/index.ts';
import { pagesIn } from '../pages.ts';
import { EXAMPLE_KNOWN, factsIn } from './facts.ts';
import { saidOn } from './testing.ts';

const codes = LANGUAGES.map(({ code }) => code);
const sourceOf = (lang: string, slug: string) => readFileSync(`help/${lang}/${slug}.md`, 'utf8');

describe('the articles', () => {
  it('are there in every language, each with a title and a line on what it is about, and none is left over', () => {
    for (const lang of codes) {
      assert.deepEqual(readdirSync(`help/${lang}`).toSorted(), SLUGS.map((slug) => `${slug}.md`).toSorted());
      const titles = SLUGS.map((slug) => ourArticle(lang, slug).title);
      assert.equal(new Set(titles).size, SLUGS.length);
      for (const slug of SLUGS) {
        const { title, summary, blocks } = ourArticle(lang, slug);
        assert.ok(title.length > 3 && summary.length > 15 && blocks.length > 3, `${lang}/${slug}`);
      }
    }
  });

  it('say in braces only what there is to say', () => {
    for (const lang of codes) {
      const facts = factsIn(speak(lang), EXAMPLE_KNOWN);
      for (const slug of SLUGS) assert.deepEqual(unknownIn(sourceOf(lang, slug), facts), [], `${lang}/${slug}`);
    }
  });

  it('have the same parts and the same sentences of the screens in both languages', () => {
    const bracesOf = (lang: string, slug: string) =>
      [...sourceOf(lang, slug).matchAll(/\{\{.*?\}\}/g)].map(([all]) => all).toSorted();
    const kindsOf = (lang: 'en' | 'nl', slug: (typeof SLUGS)[number]) =>
      ourArticle(lang, slug).blocks.map(({ kind }) => kind);
    for (const slug of SLUGS) {
      assert.deepEqual(bracesOf('nl', slug), bracesOf('en', slug), slug);
      assert.deepEqual(kindsOf('nl', slug), kindsOf('en', slug), slug);
    }
  });

  it('copy no name of a button by hand: such a copy would stay behind when the screen changes', () => {
    const places = ['enrol', 'sign-in', 'account', 'common', 'passkey', 'recovery', 'desk', 'admin', 'approval'];
    for (const lang of codes) {
      const said = new Set(
        places.flatMap((place) =>
          Object.values(JSON.parse(readFileSync(`src/words/${lang}/${place}.json`, 'utf8')) as Record<string, string>),
        ),
      );
      const app = new Set<unknown>(Object.values(APP_LANGUAGES[lang].words));
      for (const slug of SLUGS) {
        const names = boldIn(ourArticle(lang, slug).blocks);
        if (slug === 'nachtslot-authenticator') {
          // The app has words of its own: these are the only ones that no catalogue of ours has.
          const others =
            /^(\{\{.*|Add to Home [Ss]creen|Install app|Zet op beginscherm|App installeren|Toevoegen aan startscherm)$/;
          for (const name of names) assert.ok(app.has(name) || others.test(name), `${lang}/${slug}: ${name}`);
        } else for (const name of names) assert.ok(!said.has(name), `${lang}/${slug}: ${name}`);
      }
    }
  });

  it('link to articles that there are, in their own language', () => {
    for (const lang of codes)
      for (const slug of SLUGS)
        for (const [, to = ''] of sourceOf(lang, slug).matchAll(/\]\((\/help\/[^)]*)\)/g)) {
          const [, language = '', article = ''] = /^\/help\/(..)\/([\w-]+)$/.exec(to) ?? [];
          assert.ok(to === '/help/request' || (language === lang && isSlug(article)), `${lang}/${slug}: ${to}`);
        }
  });
});

describe('where people get stuck', () => {
  it('every refusal has its article', () => {
    assert.deepEqual(Object.keys(HELP_FOR_REFUSAL).toSorted(), REFUSALS.toSorted());
    for (const slug of Object.values(HELP_FOR_REFUSAL)) assert.ok(SLUGS.includes(slug), slug);
  });

  it('every page has its article, or is known to ask nothing', () => {
    const pages = new Set(pagesIn(speak('en')).map(({ page }) => page));
    assert.deepEqual([...Object.keys(ORIGINS), ...NOTHING_TO_ASK].toSorted(), [...pages].toSorted());
    const failing = new Set(pagesIn(speak('en')).flatMap(({ page, hasError }) => (hasError ? [page] : [])));
    failing.delete('problem');
    for (const page of failing) assert.ok(!NOTHING_TO_ASK.includes(page), `${page} refuses things`);
  });

  it('every article that is written for a page can be reached from one', () => {
    const reached = new Set<string>([
      ...Object.values(HELP_FOR_REFUSAL),
      ...Object.values(ORIGINS).map(({ article }) => article),
    ]);
    for (const page of [...Object.values(PAGE_OF_STATE), ...Object.values(PAGE_OF_STEP)])
      assert.ok(isSlug(ORIGINS[page].article));
    for (const slug of ['set-up', 'wrong-code', 'backup-code', 'text-messages', 'passkeys', 'lost-phone', 'help-desk'])
      assert.ok(reached.has(slug), slug);
  });
});

describe('the article about setting up', () => {
  const partsOf = (lang: 'en' | 'nl') => {
    const parts = new Map<string, string>();
    for (const part of sourceOf(lang, 'set-up').split(/^(?=## )/m)) {
      const [, step] = /^## \{\{step ([\w-]+)\}\}\n/.exec(part) ?? [];
      if (step !== undefined) parts.set(step, part);
    }
    return parts;
  };

  it('has the steps of the enrolment machine, in the order of the machine, each with its picture', async () => {
    const { deps } = await rig();
    const { steps } = wizardFor(deps, []);
    assert.equal(steps.length, Object.keys(PAGE_OF_STEP).length);
    for (const lang of codes) {
      const parts = partsOf(lang);
      assert.deepEqual([...parts.keys()], steps);
      for (const step of steps) {
        const [, alt = '', name = ''] = /!\[([^\]]+)\]\(([\w-]+)\)/.exec(parts.get(step) ?? '') ?? [];
        assert.equal(name, PAGE_OF_STEP[step]);
        assert.ok(alt.length > 20, 'says what is to be seen');
        assert.ok(pictureOf(lang, name), `${lang}/${name}`);
      }
    }
  });

  it('says what the screens say: every name in it stands on the page of that step', () => {
    for (const lang of codes) {
      let checked = 0;
      for (const [step, part] of partsOf(lang)) {
        const page = Object.entries(PAGE_OF_STEP).find(([name]) => name === step)?.[1] ?? '';
        const said = saidOn(page, lang);
        for (const [, key = ''] of part.matchAll(/\{\{([\w-]+\.[\w-]+)[^}]*\}\}/g)) {
          const sentence = sentenceAt(lang, key) ?? key;
          assert.ok(said.includes(sentence), `${lang}, step ${step}: “${sentence}” is not on ${page} any more`);
          checked += 1;
        }
      }
      assert.ok(checked >= 25, String(checked));
    }
  });

  it('leaves out a step that this server has not got, and counts without it', async () => {
    const r = await rig({ withSms: false });
    const { text } = await r.browser().get('/help/en/set-up');
    assert.match(text, /Step 4 of 4: Your backup code/);
    assert.doesNotMatch(text, /Add an SMS code|enrol-sms/);
  });
});

/** Whatever stands in bold, as it is written. */
function boldIn(blocks: readonly Block[]): string[] {
  const inline = (parts: readonly Inline[]): string[] =>
    parts.flatMap((part) => {
      if (part.kind !== 'bold') return part.kind === 'link' ? inline(part.text) : [];
      return [part.text.map((one) => (typeof one.text === 'string' ? one.text : '')).join('')];
    });
  return blocks.flatMap((block) => {
    if (block.kind === 'heading' || block.kind === 'text') return inline(block.text);
    if (block.kind === 'list') return block.items.flatMap(inline);
    return block.kind === 'picture' ? [] : boldIn(block.blocks);
  });
}
