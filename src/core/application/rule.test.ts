import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Evidence } from '../assurance.ts';
import { OPEN_TO_MEMBERS } from './policy.ts';
import { readingsOf } from './readings.ts';
import { asksOf, provedUntil, type Rule, rulebook, rulesFor } from './rule.ts';

const HOST = 'app.example.org';
const application = { name: 'Wiki', status: 'active', audience: ['bakery'], policy: OPEN_TO_MEMBERS } as const;
const line = (path: string, rule: Partial<Rule> = {}): Rule => ({
  application,
  host: HOST,
  path,
  access: 'signed-in',
  groups: [],
  ...rule,
});
const book = rulebook([
  line('/', { access: 'signed-in' }),
  line('/public', { access: 'public' }),
  line('/Admin/', { access: 'two-steps' }),
  line('/admin/help', { access: 'public' }),
  line('/pay', { groups: ['finance'] }),
]);
const baker = [{ organisation: 'bakery', groups: ['night shift'] }];
const clerk = [{ organisation: 'bakery', groups: ['finance'] }];
const entry = (path: string, who: typeof baker | null = baker) => {
  const asks = asksOf(rulesFor(book, HOST, path), who);
  return asks.entry === 'to-prove' ? asks.level : asks.entry;
};

test('the longest path that fits decides', () => {
  assert.equal(entry('/'), 'aal1');
  assert.equal(entry('/anything'), 'aal1');
  assert.equal(entry('/public'), 'open');
  assert.equal(entry('/public/'), 'open');
  assert.equal(entry('/public/deep/down.txt'), 'open');
  assert.equal(entry('/publicity'), 'aal1');
  assert.equal(entry('/admin'), 'aal2');
  assert.equal(entry('/admin/users'), 'aal2');
  assert.equal(entry('/admin/help/index.html'), 'open');
  assert.equal(entry('/administration'), 'aal1');
});

test('where there is no rule there is no way in', () => {
  assert.deepEqual(rulesFor(book, 'other.example.org', '/'), []);
  assert.deepEqual(asksOf([], baker), { entry: 'closed', because: 'not-for-you' });
  const narrow = rulebook([line('/only')]);
  assert.deepEqual(rulesFor(narrow, HOST, '/'), []);
  assert.deepEqual(rulesFor(narrow, HOST, '/only/../else'), []);
  assert.equal(rulesFor(narrow, HOST, '/only/this').length, 1);
});

test('groups of a rule are those inside the audience', () => {
  assert.equal(entry('/pay', clerk), 'aal1');
  assert.equal(entry('/pay', baker), 'closed');
  assert.equal(entry('/pay', [...baker, { organisation: 'elsewhere', groups: ['finance'] }]), 'closed');
  assert.equal(entry('/', [{ organisation: 'elsewhere', groups: ['finance'] }]), 'closed');
  assert.equal(entry('/pay', null), 'aal1', 'a stranger is asked to sign in first');
});

// Spellings under which some program finds /admin/users: none may be weaker than two steps.
const ADMIN = [
  '/ADMIN/users',
  '//admin/users',
  '/admin//users',
  '/./admin/users',
  '/public/../admin/users',
  '/public/%2e%2e/admin/users',
  '/public/%2E./admin/users',
  '/public/.%2e/admin/users',
  '/public%2f..%2fadmin/users',
  '/public%2F%2e%2e%2Fadmin%2Fusers',
  '/public/..%252fadmin/users',
  '/public/%252e%252e/admin/users',
  '/public/%25252e%25252e/admin/users',
  '/public/..\\admin\\users',
  '/public/..%5cadmin/users',
  '\\admin\\users'.replace('\\', '/'),
  '/%61dmin/users',
  '/%41dmin/users',
  '/%2561dmin/users',
  '/admin%2fusers',
  '/admin%2Fusers',
  '/admin%5cusers',
  '/admin;x=1/users',
  '/admin;/users',
  '/admin%3bx/users',
  '/public/..;/admin/users',
  '/public/..;x=1/admin/users',
  '/admin./users',
  '/admin%20/users',
  '/admin.%20/users',
  '/admin/./users',
  '/admin/x/../users',
  '/admin/help/../users',
  '/admin/help/%2e%2e/users',
  '/admin/help/..%2fusers',
  '/admin/help%2f..%2fusers',
  '/admin/help//../../admin/users',
  '/\uFF41dmin/users',
  '/%EF%BD%81dmin/users',
  '/public//..//admin/users',
  '/../admin/users',
  '/../../admin/users',
  '/%2fadmin/users',
  '/%5cadmin/users',
];

test('another spelling of a strict place is as strict', () => {
  for (const path of ADMIN) {
    const asked = entry(path);
    assert.ok(asked === 'aal2' || asked === 'closed', `${path}: ${asked}`);
  }
});

test('what is read in two ways has to be allowed in both', () => {
  // An application that does not decode serves this below /admin; one that does, below /public.
  for (const path of ['/admin/..%2fpublic', '/admin/%2e%2e/public', '/admin/..;/public', '/admin//../public'])
    assert.equal(entry(path), 'aal2', path);
});

test('what no program should read has no way in', () => {
  for (const path of [
    '',
    'admin',
    '*',
    '/%',
    '/%zz',
    '/%c0%ae',
    '/public/%c0%ae%c0%ae/admin',
    '/public/%25c0%25ae/admin',
    '/public/%e0%80%ae/admin',
    '/a%00b',
    '/a%0d%0ab',
    '/a\tb',
    '/%25252525252e',
    '/\u0001',
  ])
    assert.deepEqual(rulesFor(book, HOST, path), [], JSON.stringify(path));
});

test('what cannot be decoded is left as it is, and everything beside it is looked at', () => {
  assert.equal(entry('/100%25'), 'aal1');
  assert.equal(entry('/caf%e9/menu'), 'aal1');
  for (const path of ['/public/..%2fadmin/%e9', '/public/..%252fadmin/%25zz']) assert.equal(entry(path), 'aal2', path);
});

test('an ordinary path has one reading, whatever letters it is made of', () => {
  assert.deepEqual(readingsOf('/Reports/2026-03/a_b~c.pdf'), ['/reports/2026-03/a_b~c.pdf']);
  assert.deepEqual(readingsOf('/'), ['/']);
  assert.equal(readingsOf('/a%20b/%C3%A9t%C3%A9')?.includes('/a b/été'), true);
});

test('however it is spelled, a path below /admin is never weaker than two steps', () => {
  const spell = (character: string) =>
    fc.constantFrom(
      character,
      character.toUpperCase(),
      `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
      `%25${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  const noise = fc.constantFrom('', '/', '/.', '/x/..', '//', '/%2e', '/x/%2e%2e', '/public/..', '/;a', '/x/..;b');
  const spelled = fc
    .tuple(noise, fc.tuple(...[...'admin'].map(spell)), noise)
    .map(([before, letters, after]) => `${before}/${letters.join('')}${after}/users`);
  fc.assert(
    fc.property(spelled, (path) => {
      const asked = entry(path);
      return asked === 'aal2' || asked === 'closed';
    }),
    { numRuns: 2_000 },
  );
});

test('the policy of the application holds besides the rule', () => {
  const strict = {
    ...application,
    policy: { ...OPEN_TO_MEMBERS, strength: 'phishing-resistant', freshWithinSeconds: 5 },
  } as const;
  assert.deepEqual(asksOf([line('/', { application: strict })], baker), {
    entry: 'to-prove',
    level: 'aal2-phr',
    freshWithinSeconds: 60,
  });
  const off = { ...application, status: 'disabled' } as const;
  for (const access of ['public', 'signed-in'] as const)
    assert.deepEqual(asksOf([line('/', { application: off, access })], baker), {
      entry: 'closed',
      because: 'application-disabled',
    });
});

test('two applications on one place: both have to agree', () => {
  const both = rulebook([line('/', { access: 'public' }), line('/', { access: 'two-steps', groups: ['finance'] })]);
  const asked = (who: typeof baker) => asksOf(rulesFor(both, HOST, '/x'), who).entry;
  assert.deepEqual([asked(baker), asked(clerk)], ['closed', 'to-prove']);
});

test('evidence knows until when it is good', () => {
  const noon = Temporal.Instant.from('2026-03-02T12:00:00Z');
  const proof = (type: string, minutes: number): Evidence => ({
    type,
    authenticator: type,
    factors: [type === 'password' ? 'knowledge' : 'possession'],
    phishingResistant: false,
    restricted: false,
    at: noon.add({ minutes }),
  });
  const both = [proof('password', 0), proof('totp', 1)];
  const until = (level: 'aal1' | 'aal2', fresh: number | null, evidence: Evidence[], minutes: number, second = true) =>
    String(
      provedUntil(
        { level, freshWithinSeconds: fresh },
        evidence,
        { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false },
        noon.add({ minutes }),
        second,
      ),
    );
  assert.equal(until('aal2', null, both, 600), 'null');
  assert.equal(until('aal2', null, [proof('password', 0)], 0), 'never');
  assert.equal(until('aal2', 300, both, 2), '2026-03-02T12:06:00Z');
  assert.equal(until('aal2', 300, both, 6), '2026-03-02T12:06:00Z');
  assert.equal(until('aal2', 300, both, 7), 'never');
  assert.equal(until('aal1', 300, [proof('password', 0)], 2, false), '2026-03-02T12:05:00Z');
  assert.equal(until('aal1', 300, [proof('password', 0)], 6, false), 'never');
  // Fresh is as strong as the account can: whoever has a second step shows it, whatever the level.
  assert.equal(until('aal1', 300, both, 7), 'never');
  assert.equal(until('aal1', 300, [proof('password', 0)], 1), 'never');
  assert.equal(until('aal1', 300, both, 3), '2026-03-02T12:06:00Z');
});
