import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { ACR } from '#core/application/assertion.ts';
import { listening, onward, register, visit } from '#test/support/oidc-client.ts';
import { rig } from '#test/support/rig.ts';

const now = () => Temporal.Now.instant();

test('somebody signs in for an application, which is told who it is and how they signed in', async () => {
  const r = await rig({ start: now() });
  const house = await r.organisation({ name: 'Bakery' });
  const grace = await r.person({ organisations: [house], enrolled: true });
  const payroll = await register(r, house);
  const h = await listening(r);
  const party = await h.party(payroll);
  const jar = h.jar();

  const begun = await party.begin({ scope: 'openid email' });
  const page = await visit(jar, begun.url);
  assert.match(page.page.text, /To go on to Payroll/);
  const back = /name="return-to" value="([^"]+)"/.exec(page.page.text)?.[1] ?? '';
  const second = await onward(
    jar,
    await jar.post('/sign-in', { address: grace.email, password: grace.password, 'return-to': back }),
  );
  assert.equal(second.page.path, '/sign-in/verify');
  const done = await onward(jar, await jar.post('/sign-in/verify', { method: 'totp', code: grace.code() }));
  assert.ok(done.left, done.page.text);
  const tokens = await party.redeem(done.left, begun);
  const claims = tokens.claims();
  assert.equal(claims?.sub, grace.id);
  assert.equal(claims?.['acr'], ACR.aal2);
  assert.deepEqual(claims?.['amr'], ['pwd', 'otp', 'mfa']);
  const info = await client.fetchUserInfo(party.config, tokens.access_token, grace.id);
  assert.equal(info.email, grace.email);
  await h.close();
});
