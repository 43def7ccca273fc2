import fc from 'fast-check';

/** Text that has broken programs before: each of it means something to somebody. */
const KNOWN: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00\ud800b',
  '\u202eevil\u2066',
  '\ufeff',
  '\u0301'.repeat(60),
  '１２３４５６',
  '٣٤٥٦٧٨',
  '😀'.repeat(30),
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﷺ'.repeat(900),
  'İıſKÅ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '-0',
  '-1',
  'NaN',
  'Infinity',
  '1e309',
  '0x10',
  '1_000',
  '9'.repeat(400),
  '9007199254740993',
  '99999999999999999',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '[object Object]',
  '{"$instant":"2026-02-30T00:00:00Z"}',
  '{"$instant":"nonsense"}',
  '{"keys":[{"kty":"RSA","n":"","e":""}]}',
  '{"keys":[null,1,"x",[],{"kty":{}}]}',
  '{"id_token":{"acr":{"values":[null,{}],"essential":"yes"},"sub":{"value":{}}}}',
  '{"id_token":null,"userinfo":[]}',
  `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  `{"keys":[{"kty":"EC","x":${'['.repeat(9_000)}${']'.repeat(9_000)}}]}`,
  `"'><zq onpointerover=alert(1)>`,
  '<script>zq</script>',
  '</title><zq>',
  '{{7*7}}${7*7}<%= 7*7 %>#{7*7}',
  `' OR 1=1--`,
  `'; DROP TABLE accounts;--`,
  `{"$ne":null}`,
  '*)(uid=*))(|(uid=*',
  `=cmd|' /c calc'!A0`,
  '@SUM(1+1)',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '//evil.test',
  'https://evil.test/',
  'javascript:alert(1)',
  'data:text/html,<zq>',
  '\r\nX-Injected: 1',
  '\u2028\u2029\u0085',
  '%00',
  '%zz',
  '%',
  '%c0%af',
  '%ed%a0%80',
  '+',
  '&=&=',
  'ä',
  'a@b.c',
  `${'a'.repeat(64)}@${'b'.repeat(60)}.test`,
  `${'a.'.repeat(2_000)}@b.test`,
  `a@${'b.'.repeat(2_000)}test`,
  '('.repeat(5_000),
  '['.repeat(4_000),
  '*'.repeat(5_000),
  '**a'.repeat(2_000),
  '# \n'.repeat(2_000),
  `${'a'.repeat(4_000)}!`,
  `${' '.repeat(8_000)}x`,
  'x'.repeat(20_000),
  '2026-02-30',
  '-271821-04-20',
  '+275760-09-13T00:00:00Z',
  'P99999999Y',
  'xx-YY-zzzz',
  '+447700900999999999',
  '+',
  '000000',
  '0000-0000-0000-0000-0000',
  'A'.repeat(43),
  '00000000-0000-0000-0000-000000000000',
];

/** Text of any kind, the known more often than the rest. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...KNOWN), fc.constantFrom(...KNOWN)).map(([a, b]) => a + b) },
);

/** Any JSON, and what only looks like it. */
export const oddJson: fc.Arbitrary<string> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
  oddText.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    'null',
    '[]',
    '{}',
    '-0',
    '1e400',
    '1e-400',
    '9'.repeat(500),
    'NaN',
    'tru',
    '"\\ud800"',
    '"\\u0000"',
    '{"__proto__":{"status":"active"}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"a":1,"a":2}',
    `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    `${'{"a":'.repeat(8_000)}0${'}'.repeat(8_000)}`,
    '[1,]',
    '\ufeff{}',
    "{'a':1}",
    '{"a":1}{"b":2}',
  ),
);

/** The bytes of a text, lone surrogates included: as UTF-8 would have them if it allowed them. */
export function bytesOf(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const one of text) {
    const code = one.codePointAt(0) ?? 0;
    const isLone = code >= 0xd800 && code <= 0xdfff;
    parts.push(
      isLone ? Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]) : Buffer.from(one),
    );
  }
  return Buffer.concat(parts);
}

/** Everything encoded that is not a letter or a digit. */
export function percent(text: string): string {
  return bytesOf(text)
    .toString('latin1')
    .replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** For a header: bytes as latin1, and nothing that would end the line. */
export function forHeader(text: string): string {
  return bytesOf(text)
    .toString('latin1')
    .replace(/[\r\n\0]/g, '')
    .slice(0, 4_000);
}
