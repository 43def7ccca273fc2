import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readdirSync } from 'node:fs';
import { Document, renderDocument } from '#ui/document.tsx';
import { chrome, LANGUAGES, speak } from '#words/index.ts';
import { pagesIn } from './pages.ts';

const links = { css: '/a.css', js: '/a.js', font: '/a.woff', favicon: '/a.svg' };
const frame = {
  site: { name: 'Quay', home: '/' },
  languages: [],
  languageAction: '/language',
  here: '/',
  help: '/help',
};

describe('every page of the product', () => {
  it('is in the list, under a name of its own', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((one) =>
      one.endsWith('.page.tsx'),
    );
    const names = new Set(pagesIn(speak('en')).map(({ page }) => page));
    assert.equal(names.size, files.length);
    const views = pagesIn(speak('en')).map(({ page, example }) => `${page}/${example}`);
    assert.equal(new Set(views).size, views.length);
  });

  for (const { code, label } of LANGUAGES) {
    it(`draws each of its examples in ${label}, with a heading and no key instead of a sentence`, () => {
      const words = speak(code, 'Europe/Amsterdam');
      for (const { page, example, title, body } of pagesIn(words)) {
        const html = renderDocument(
          Document({ lang: code, title, texts: chrome(words), assets: links, children: body(frame) }),
        );
        assert.equal(html.match(/<h1[ >]/g)?.length, 1, `${page}/${example} has one heading`);
        // What is written in a form, or shown as code, is its writer's.
        const read = html.replace(/<(textarea|code)\b.*?<\/\1>/gs, ' ');
        const said = read.replace(/<[^>]*>/g, ' ');
        const key =
          /\b(?:common|sign-in|enrol|account|portal|help|errors|refusals)\.[a-z-]{3,}|\{\{|undefined|\[object/;
        assert.doesNotMatch(said, key, `${page}/${example}`);
      }
    });
  }
});
