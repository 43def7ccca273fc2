import assert from 'node:assert/strict';
import { post, type Suite, visitor } from '../suite.ts';
import { bearer, claimsOf, tokensFor, userinfo } from '../tokens.ts';
import type { Checks } from './requests.ts';

/** What an application is told of a person, and where. */
export const claims = {
  'oidcc-userinfo-get': async (suite) => {
    const tokens = await tokensFor(suite, await visitor(suite));
    claimsOf(await suite.newJar().get('/oidc/userinfo', bearer(tokens)), tokens);
  },
  'oidcc-userinfo-post-header': async (suite) => {
    const tokens = await tokensFor(suite, await visitor(suite));
    claimsOf(await post(suite, '/oidc/userinfo', {}, bearer(tokens)), tokens);
  },
  'oidcc-userinfo-post-body': async (suite) => {
    const tokens = await tokensFor(suite, await visitor(suite));
    claimsOf(await post(suite, '/oidc/userinfo', { access_token: tokens.access }), tokens);
  },
  'oidcc-scope-profile': async (suite) => {
    const { scope, info, named } = await toldFor(suite, 'openid profile');
    assert.deepEqual(scope, ['openid', 'profile']);
    assert.deepEqual(info, { sub: info['sub'], name: named, locale: 'en', zoneinfo: 'Europe/London' });
  },
  'oidcc-scope-email': async (suite) => {
    const { scope, info, address } = await toldFor(suite, 'openid email');
    assert.deepEqual(scope, ['openid', 'email']);
    assert.deepEqual(info, { sub: info['sub'], email: address, email_verified: true });
  },
  'oidcc-scope-address': async (suite) => {
    const { scope, info, announced } = await toldFor(suite, 'openid address');
    assert.ok(!announced.includes('address'));
    assert.deepEqual([scope, Object.keys(info)], [['openid'], ['sub']]);
  },
  'oidcc-scope-phone': async (suite) => {
    const { scope, info, announced } = await toldFor(suite, 'openid phone');
    assert.ok(!announced.includes('phone'));
    assert.deepEqual([scope, Object.keys(info)], [['openid'], ['sub']]);
  },
  'oidcc-scope-all': async (suite) => {
    const { scope, info, address } = await toldFor(suite, 'openid profile email address phone');
    assert.deepEqual(scope.toSorted(), ['email', 'openid', 'profile']);
    assert.equal(info['email'], address);
    for (const name of ['address', 'phone_number', 'phone_number_verified']) assert.ok(!(name in info), name);
  },
  'oidcc-claims-essential': async (suite) => {
    const wish = { claims: JSON.stringify({ userinfo: { name: { essential: true } } }) };
    const tokens = await tokensFor(suite, await visitor(suite, { enrolled: false, name: 'Ada Quill' }), wish);
    assert.deepEqual(await userinfo(suite, tokens), { sub: tokens.claims.sub, name: 'Ada Quill' });
  },
} satisfies Checks;

async function toldFor(suite: Suite, scope: string) {
  const named = 'Ada Quill';
  const who = await visitor(suite, { enrolled: false, name: named });
  const tokens = await tokensFor(suite, who, { scope });
  const discovery = await suite.newJar().get('/.well-known/openid-configuration');
  const announced = (JSON.parse(discovery.text) as { scopes_supported: string[] }).scopes_supported;
  return { scope: tokens.scope, info: await userinfo(suite, tokens), address: who.person.email, named, announced };
}
