import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGroups } from './groups.ts';
import { type ApplicationInput, readApplication } from './input.ts';
import { readKeys } from './keys.ts';
import { OPEN_TO_MEMBERS } from './policy.ts';
import { readRules } from './rules.ts';
import type { ForwardAuthRule } from './settings.ts';

const world = { publicUrl: new URL('https://id.example.test'), isTryout: false, mayAdmit: ['harbour', 'quay'] };
type Oidc = ApplicationInput & { kind: 'oidc' };
const payroll: Oidc = {
  kind: 'oidc',
  name: 'Payroll',
  homeUrl: '',
  audience: ['harbour'],
  policy: OPEN_TO_MEMBERS,
  settings: {
    type: 'web',
    redirectUris: ['https://payroll.example/cb'],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: '',
    authMethod: 'client_secret_basic',
    jwks: null,
    profile: 'standard',
    dpop: false,
    idTokenAlg: 'ES256',
    scopes: ['openid'],
    consent: 'ask',
    resources: [],
  },
};
const EC = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) };

const wrongIn = (change: Partial<Oidc>, settings: Partial<Oidc['settings']> = {}) => {
  const read = readApplication({ ...payroll, ...change, settings: { ...payroll.settings, ...settings } }, world);
  return 'wrong' in read ? read.wrong.map(({ field, refused }) => `${field}: ${refused.refusal}`) : [];
};
const draftOf = (change: Partial<Oidc>, settings: Partial<Oidc['settings']> = {}) => {
  const read = readApplication({ ...payroll, ...change, settings: { ...payroll.settings, ...settings } }, world);
  assert.ok('draft' in read, JSON.stringify(read));
  return read.draft;
};

test('a plain application passes, in one spelling', () => {
  const draft = draftOf(
    { name: '  Pay   roll ', homeUrl: ' https://payroll.example ', audience: ['harbour', 'harbour'] },
    { redirectUris: [' https://payroll.example/cb', 'https://payroll.example/cb', ''], scopes: ['email', 'openid'] },
  );
  assert.deepEqual([draft.name, draft.homeUrl, draft.audience], ['Pay roll', 'https://payroll.example', ['harbour']]);
  assert.ok(draft.kind === 'oidc');
  assert.deepEqual(draft.settings.redirectUris, ['https://payroll.example/cb']);
  assert.deepEqual(draft.settings.scopes, ['openid', 'email']);
  assert.deepEqual(draftOf({}, { scopes: [] }).kind === 'oidc' && draft.settings.scopes[0], 'openid');
});

test('everything that is wrong is said at once, each beside its field', () => {
  const policy = {
    groups: ['a,b'],
    strength: 'two-steps',
    strengthFor: ['x'.repeat(61)],
    freshWithinSeconds: 5,
  } as const;
  const change = { name: '', homeUrl: 'javascript:alert(1)', audience: ['elsewhere'], policy };
  assert.deepEqual(wrongIn(change, { redirectUris: [], scopes: ['root'] }).toSorted(), [
    'audience: audience-not-yours',
    'freshWithinSeconds: freshness-invalid',
    'groups: group-name-invalid',
    'homeUrl: home-address-invalid',
    'name: application-name-invalid',
    'redirectUris: redirect-missing',
    'scopes: scope-unknown',
    'strengthFor: group-name-invalid',
  ]);
  assert.deepEqual(wrongIn({ audience: [] }), ['audience: audience-missing']);
  assert.deepEqual(wrongIn({ name: 'a\u202Eb' }), ['name: application-name-invalid']);
  const many = Array.from({ length: 21 }, (_, n) => `https://payroll.example/${n}`);
  assert.deepEqual(wrongIn({}, { redirectUris: many }), ['redirectUris: redirect-too-many']);
});

test('the home address leads somewhere safe', () => {
  for (const homeUrl of ['https://a.example/x?y#z', 'http://localhost:3000/', 'http://127.0.0.1/'])
    assert.deepEqual(wrongIn({ homeUrl }), [], homeUrl);
  for (const homeUrl of [
    'http://a.example',
    '//a.example',
    '/',
    'a.example',
    'https://u:p@a.example',
    'https:a.example',
    'data:,x',
    'https://a.example\\x',
  ])
    assert.deepEqual(wrongIn({ homeUrl }), ['homeUrl: home-address-invalid'], homeUrl);
});

test('who has no demand has no list of whom it is for', () => {
  const policy = { ...OPEN_TO_MEMBERS, strengthFor: ['finance'] };
  assert.deepEqual(draftOf({ policy }).policy.strengthFor, []);
  assert.deepEqual(draftOf({ policy: { ...policy, strength: 'two-steps' } }).policy.strengthFor, ['finance']);
});

test('keys are public, usable, and named where there are several', () => {
  const rsa = { kty: 'RSA', n: 'A'.repeat(342), e: 'AQAB' };
  for (const one of [EC, rsa, { keys: [EC] }, [EC]]) assert.ok('keys' in readKeys(one));
  assert.deepEqual(readKeys({ keys: [{ ...EC, kid: '1', alg: 'ES256', use: 'sig', x5u: 'https://evil.test' }] }), {
    keys: [{ ...EC, kid: '1', alg: 'ES256', use: 'sig' }],
  });
  const refused = (value: unknown) => {
    const read = readKeys(value);
    return 'refusal' in read && read.refusal;
  };
  assert.equal(refused({ ...EC, d: 'A'.repeat(43) }), 'keys-private');
  assert.equal(refused({ kty: 'oct', k: 'c2VjcmV0' }), 'keys-private');
  for (const one of ['x', 7, null, [], { keys: [] }, Array.from({ length: 11 }, () => EC)])
    assert.equal(refused(one), 'keys-malformed', JSON.stringify(one));
  for (const one of [
    {},
    { ...EC, crv: 'secp256k1' },
    { ...rsa, n: 'A'.repeat(171) },
    { ...EC, use: 'enc' },
    { ...EC, alg: 'none' },
    { ...EC, alg: ['ES256'] },
    { ...EC, x: 'A' },
  ])
    assert.equal(refused(one), 'keys-unusable', JSON.stringify(one));
  assert.equal(refused([EC, { ...EC, kid: '2' }]), 'keys-nameless');
  assert.equal(
    refused([
      { ...EC, kid: '2' },
      { ...EC, kid: '2' },
    ]),
    'keys-nameless',
  );
  assert.deepEqual(wrongIn({}, { authMethod: 'private_key_jwt' }), ['jwks: keys-missing']);
  const draft = draftOf({}, { jwks: EC });
  assert.equal(draft.kind === 'oidc' && draft.settings.jwks, null, 'kept only where they are used');
});

test('FAPI 2.0 asks for keys, bound tokens and ES256', () => {
  const fapi = { profile: 'fapi2', authMethod: 'private_key_jwt', jwks: EC, dpop: true } as const;
  assert.deepEqual(wrongIn({}, fapi), []);
  for (const less of [{ dpop: false }, { idTokenAlg: 'RS256' }, { authMethod: 'client_secret_basic' }] as const)
    assert.deepEqual(wrongIn({}, { ...fapi, ...less }), ['profile: fapi-asks-more']);
});

test('an API has an absolute address without a fragment', () => {
  assert.deepEqual(wrongIn({}, { resources: ['https://api.example/v1', ' '] }), []);
  for (const one of ['api.example', 'https://api.example/#x', 'urn:api', 'http://api.example/'])
    assert.deepEqual(wrongIn({}, { resources: [one] }), ['resources: resource-address-invalid'], one);
});

test('the server calls no address on its own machine, unless it is tried out there', () => {
  const backchannelLogoutUri = 'http://localhost:4000/out';
  assert.deepEqual(wrongIn({}, { backchannelLogoutUri }), ['backchannelLogoutUri: backchannel-address-invalid']);
  const settings = { ...payroll.settings, backchannelLogoutUri };
  const tryout = { ...world, publicUrl: new URL('http://localhost:3000'), isTryout: true };
  assert.ok('draft' in readApplication({ ...payroll, settings }, tryout));
});

test('groups: one spelling, no commas, not too many', () => {
  assert.deepEqual(readGroups([' Finance', 'Finance', '', 'Cafe\u0301']), ['Finance', 'Café']);
  for (const name of ['a,b', 'a;b', 'a\nb', 'a\u0000', 'x'.repeat(61), 'a\u202Eb'])
    assert.ok('refusal' in readGroups([name]), JSON.stringify(name));
  assert.ok('refusal' in readGroups(Array.from({ length: 51 }, (_, n) => `g${n}`)));
});

test('rules name a host and a path as a browser writes them', () => {
  const rule: ForwardAuthRule = { host: 'Wiki.Example', path: '', access: 'signed-in', groups: [' Finance '] };
  assert.deepEqual(readRules([rule], 'id.example.test'), [
    { host: 'wiki.example', path: '/', access: 'signed-in', groups: ['Finance'] },
  ]);
  const refused = (change: Partial<ForwardAuthRule>) =>
    readRules([{ ...rule, ...change }], 'id.example.test').map((one) => ('refused' in one ? one.refused.refusal : ''));
  for (const host of [
    'https://wiki.example',
    'wiki.example:443',
    'wiki.example:80',
    'wiki.example:0',
    'wiki.example:70000',
    'wiki.example:1:2',
    'wiki.example/x',
    '*.example',
    'wi ki',
    'wiki..example',
    'wiki.example.',
    '-a.example',
    'wıki.example',
    '0x7f.1',
    '',
  ])
    assert.deepEqual(refused({ host }), ['rule-host-invalid'], host);
  assert.deepEqual(refused({ host: 'wiki.example:8443' }), ['']);
  assert.deepEqual(refused({ host: 'ID.example.test' }), ['rule-host-ours']);
  for (const path of ['reports', '/../x', '/a//b', '/a/./b', '/%2e%2e', '/a?b', '/a b', '/a;b', '\\x'])
    assert.deepEqual(refused({ path }), ['rule-path-invalid'], path);
  assert.deepEqual(readRules([], ''), [{ field: 'rules', refused: { refusal: 'rules-missing' } }]);
});
