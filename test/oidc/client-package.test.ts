import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CustomFetch, tokenRevocation } from 'openid-client';
import { CALLBACK, listening, onward, register, visit } from '#test/support/oidc-client.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import {
  ACR,
  createGuard,
  introspectionVerifier,
  jwtVerifier,
  readAssurance,
  satisfies,
} from '../../clients/typescript/src/index.ts';

// What we hand out, read by the package we give to those who get it.
const API = 'https://api.payroll.example/';
const SECRET = 'the secret of a made-up payroll portal';

async function tokenFor(t: TestContext, person: Person, r: Rig, parameters: Record<string, string> = {}) {
  const [house] = await r.store.read.organisations.all();
  assert.ok(house);
  const application = await register(r, house, { settings: { resources: [API], redirectUris: [CALLBACK] } });
  const h = await listening(r);
  t.after(() => h.close());
  const party = await h.party(application);
  const jar = h.jar();
  const resource: Record<string, string> = parameters['resource'] ? { resource: parameters['resource'] } : {};
  const begun = await party.begin({ scope: 'openid email assurance', ...parameters });
  const page = await visit(jar, begun.url);
  const back = /name="return-to" value="([^"]+)"/.exec(page.page.text)?.[1] ?? '';
  const form = { address: person.email, password: person.password, 'return-to': back };
  let done = await onward(jar, await jar.post('/sign-in', form));
  if (done.page.path === '/sign-in/verify')
    done = await onward(jar, await jar.post('/sign-in/verify', { method: 'totp', code: person.code() }));
  const { path } = done.page;
  if (path.startsWith('/oidc/interaction/')) done = await onward(jar, await jar.post(path, { answer: 'agree' }));
  assert.ok(done.left, done.page.text);
  const tokens = await party.redeem(done.left, begun, resource);
  const { issuer } = party.config.serverMetadata();
  return { tokens, issuer, application, party, fetch: fetchOf(h.through) };
}

/** Every address of the server, at the port on which it really listens. */
function fetchOf(through: CustomFetch) {
  return async (url: string, init: RequestInit) => {
    const request = new Request(url, { ...init, signal: null });
    const body = (await request.text()) || undefined;
    return through(url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body,
      redirect: 'manual',
    });
  };
}

test('an API reads the access token that was made for it, and what it says about strength', async (t) => {
  const r = await rig({ start: Temporal.Now.instant() });
  const house = await r.organisation({ name: 'Bakery' });
  const grace = await r.person({ organisations: [house], enrolled: true });
  const { tokens, issuer, fetch } = await tokenFor(t, grace, r, { resource: API });

  const verify = jwtVerifier({ issuer, audience: API, fetch });
  const checked = await verify(tokens.access_token);
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.equal(checked.token.subject, grace.id);
  assert.equal(checked.token.acr, ACR.mfa);
  const strict = createGuard(verify, { acr: 'mfa', maxAgeSeconds: 300 });
  assert.equal((await strict(`Bearer ${tokens.access_token}`)).ok, true);
  const phishingResistant = await createGuard(verify, { acr: 'phr' })(`Bearer ${tokens.access_token}`);
  assert.equal(!phishingResistant.ok && phishingResistant.denial.status, 401);

  assert.equal(
    (await jwtVerifier({ issuer, audience: 'https://other.example/', fetch })(tokens.access_token)).ok,
    false,
  );
  assert.ok(tokens.id_token);
  assert.equal((await verify(tokens.id_token)).ok, false, 'an ID token is no access token');
});

test('an application asks about its opaque tokens, and a revoked one stops at once', async (t) => {
  const r = await rig({ start: Temporal.Now.instant() });
  const house = await r.organisation({ name: 'Bakery' });
  const grace = await r.person({ organisations: [house] });
  const { tokens, issuer, application, party, fetch } = await tokenFor(t, grace, r, {
    scope: 'openid offline_access',
    prompt: 'consent',
  });
  const verify = introspectionVerifier({ issuer, clientId: application.id, clientSecret: SECRET, fetch });
  assert.ok(tokens.refresh_token);
  const checked = await verify(tokens.access_token);
  assert.ok(checked.ok, JSON.stringify(checked));
  assert.ok(satisfies(checked.token.acr, 'sfa') && !satisfies(checked.token.acr, 'mfa'));
  assert.equal((await verify(tokens.refresh_token)).ok, false, 'a refresh token opens no API');

  await tokenRevocation(party.config, tokens.access_token);
  assert.equal((await verify(tokens.access_token)).ok, false);
});

test('the claims about freshness come in the shape in which they are read', async (t) => {
  const r = await rig({ start: Temporal.Now.instant() });
  const house = await r.organisation({ name: 'Bakery' });
  const grace = await r.person({ organisations: [house], enrolled: true });
  const { tokens, issuer, fetch } = await tokenFor(t, grace, r);
  const response = await fetch(`${issuer.replace(/\/$/, '')}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const claims = (await response.json()) as Record<string, unknown>;
  const assurance = readAssurance(claims);
  assert.ok(assurance);
  assert.equal(assurance.deviceRemembered, false);
  assert.ok(assurance.authenticatorsChangedAt instanceof Date);
  assert.equal(assurance.recoveredAt, null);
});
