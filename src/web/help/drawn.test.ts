import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anyFacts } from '#src/help/fill.ts';
import { readMarkdown } from '#src/help/markdown.ts';
import { Drawn } from './drawn.tsx';
import { htmlOf } from './testing.ts';

const facts = {
  ...anyFacts((key) => (key === 'a.b' ? '<script>**bold** & "x"' : null), ['scan']),
  values: { host: '<b>&' },
};
const drawn = (markdown: string) => {
  const { blocks } = readMarkdown(markdown);
  const html = htmlOf('', Drawn({ blocks, facts, lang: 'en', onward: (to) => to }), 'en');
  return /<body>(.*)<\/body>/s.exec(html)?.[1] ?? '';
};

/** What an article can become; anything else in angle brackets would be a hole. */
const ELEMENT = new RegExp(
  [
    '</?(?:p|h2|h3|b|i|ul|li|svg|path|div)>',
    '<(?:ol class="steps"|code class="plain"|div class="notice info"|p class="help-picture")>',
    '</(?:ol|code|a)>',
    '<a href="(?:/(?!/)|https://|mailto:|#)[^"<]*">',
    '<svg class="icon icon-info" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">',
    '<path d="[^"]*"(?:>|/>)',
    // A `>` in quotes ends nothing. An empty `alt` is written without its quotes, which says the same.
    '<img src="/static/help/en/[\\w-]+\\.png" alt(?:="[^"<]*")? width="\\d+" height="\\d+" loading="lazy"/?>',
  ].join('|'),
  'g',
);

describe('an article on the page', () => {
  it('is drawn with its sentences put in, as text', () => {
    assert.equal(
      drawn('# T\n\nS\n\n**{{a.b}}** on {{host}}'),
      '<p><b>&lt;script>**bold** &amp; &quot;x&quot;</b> on &lt;b>&amp;</p>',
    );
  });

  it('has no element that the reader of articles did not make, whatever was written', () => {
    const pieces = fc.constantFrom(
      '<script>',
      '<img src=x onerror=a>',
      '"',
      "'",
      '&lt;',
      '[a](',
      'javascript:a',
      '//b',
      ')',
      '[x](/help/en/set-up)',
      '![',
      '](enrol-scan)',
      '**',
      '*',
      '`',
      '> ',
      '- ',
      '1. ',
      '## ',
      '{{host}}',
      '{{a.b}}',
      '{{step scan}}',
      '{{if sms}}',
      '{{end}}',
      '\n',
      '\n\n',
      ' ',
      'a',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
        ),
        (text) => {
          const rest = drawn(`# T\n\nS\n\n${text}`).replaceAll(ELEMENT, '');
          assert.doesNotMatch(rest, /</, text);
        },
      ),
      { numRuns: 500 },
    );
  });
});
