import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSafeLink, readInline, readMarkdown } from './markdown.ts';

describe('the reader of articles', () => {
  it('finds the title, the summary and the parts of an article', () => {
    const { title, summary, blocks } = readMarkdown(
      '# Lost\n\nOne line\non two.\n\n## First\n\n1. One\n2. Two\n   goes on\n\n- a\n- b\n\n> Mind *this*\n\n![A page](enrol-scan)\n\n{{if sms}}\n\nText\n\n{{end}}\n\n### Small\n',
    );
    assert.deepEqual([title, summary], ['Lost', 'One line on two.']);
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['heading', 'list', 'list', 'note', 'picture', 'when', 'heading'],
    );
    assert.deepEqual(blocks[1], {
      kind: 'list',
      ordered: true,
      items: [[{ kind: 'plain', text: 'One' }], [{ kind: 'plain', text: 'Two goes on' }]],
    });
    assert.deepEqual(blocks[5], {
      kind: 'when',
      fact: 'sms',
      blocks: [{ kind: 'text', text: [{ kind: 'plain', text: 'Text' }] }],
    });
  });

  it('takes a heading for a part of its own, with or without a blank line beside it', () => {
    const apart = readMarkdown('# Wifi\n\nAt every desk.\n\n## The name\n\nnachtslot\n\n### Small\n\n- a');
    assert.deepEqual(readMarkdown('# Wifi\nAt every desk.\n## The name\nnachtslot\n### Small\n- a'), apart);
    assert.deepEqual(
      [apart.title, apart.summary, apart.blocks.map(({ kind }) => kind)],
      ['Wifi', 'At every desk.', ['heading', 'text', 'heading', 'list']],
    );
  });

  it('reads marks inside a line, and nothing inside code and braces', () => {
    assert.deepEqual(readInline('a **b *c* d** `**e**` {{x*y*z}} [f](/help)'), [
      { kind: 'plain', text: 'a ' },
      {
        kind: 'bold',
        text: [
          { kind: 'plain', text: 'b ' },
          { kind: 'slanted', text: [{ kind: 'plain', text: 'c' }] },
          { kind: 'plain', text: ' d' },
        ],
      },
      { kind: 'plain', text: ' ' },
      { kind: 'code', text: '**e**' },
      { kind: 'plain', text: ' {{x*y*z}} ' },
      { kind: 'link', to: '/help', text: [{ kind: 'plain', text: 'f' }] },
    ]);
  });

  it('makes no link that leads elsewhere than it looks', () => {
    for (const to of [
      'javascript:alert(1)',
      '//thief.example',
      '/\\thief.example',
      'http://a.example',
      'data:x',
      'JaVaScRiPt:x',
      'help',
    ])
      assert.deepEqual([isSafeLink(to), readInline(`[a](${to})`)[0]?.kind], [false, 'plain'], to);
    for (const to of ['/help', 'https://a.example/b', 'mailto:it@a.example', '#person']) assert.ok(isSafeLink(to), to);
  });

  it('takes any text whatever, and never loses a word of it', () => {
    const marks = fc.constantFrom(
      '#',
      '##',
      '*',
      '**',
      '`',
      '[',
      '](',
      ')',
      '>',
      '- ',
      '1. ',
      '{{',
      '}}',
      '{{if sms}}',
      '{{end}}',
      '\n',
      '\n\n',
      '!',
      '<b>',
      'word',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(marks, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const { title, summary, blocks } = readMarkdown(text);
          const kept = title + summary + JSON.stringify(blocks);
          for (const word of text.match(/word/g) ?? []) assert.ok(kept.includes(word));
          assert.equal((kept.match(/word/g) ?? []).length, (text.match(/word/g) ?? []).length);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('is not brought to its knees by a long one', () => {
    for (const piece of ['> ', '**', '*a', '[', '{{if sms}}\n\n', '`', '- ', '![', '# ', '\n\n']) {
      const started = performance.now();
      readMarkdown(piece.repeat(40_000 / piece.length));
      assert.ok(performance.now() - started < 2000, piece);
    }
  });

  it('is as quick about blanks, wherever they stand', () => {
    for (const blank of [' ', '\t', '\n ', ' \t']) {
      const blanks = blank.repeat(60_000 / blank.length);
      for (const text of [
        `x${blanks}x`,
        `##${blanks}\nx`,
        `- ${blanks}x`,
        `> ${blanks}x`,
        `#${blanks}`,
        `{{${blanks}`,
      ]) {
        const started = performance.now();
        readMarkdown(`# T\n\nS${blanks}S\n\n${text}`);
        assert.ok(performance.now() - started < 800, JSON.stringify(text.slice(0, 5)));
      }
    }
  });
});
