// mod_auth_openidc from Debian, which shares no code with us or with the library we use, as `docs/applications/apache.md`
// sets it up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wireTo } from '#test/attacks/support/wire.ts';
import { Jar } from '#test/support/jar.ts';
import { giveCode, givePassword, register, visit } from '#test/support/oidc-client.ts';
import { rig } from '#test/support/rig.ts';
import { startApache } from './support/apache.ts';
import { freePort } from './support/proxies.ts';

/** As a browser asks for a page: a script would be told 401. */
const PAGE = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const SECRET = 'the secret of a made-up payroll portal';

test('somebody signs in through Apache, is told by name to the page, and is signed out there when they are here', async (t) => {
  const [ours, theirs] = [await freePort(), await freePort()];
  const [issuer, origin] = [`http://localhost:${ours}`, `http://localhost:${theirs}`];
  const r = await rig({ publicUrl: issuer, realTime: true });
  const server = await r.listen({ host: '127.0.0.1', port: ours });
  t.after(server.close);
  const house = await r.organisation();
  const grace = await r.person({ organisations: [house], enrolled: true });
  const { id } = await register(r, house, {
    settings: {
      redirectUris: [`${origin}/oidc/callback`],
      postLogoutRedirectUris: [`${origin}/goodbye/`],
      backchannelLogoutUri: `${origin}/oidc/callback?logout=backchannel`,
    },
  });
  const apache = await startApache({ port: theirs, issuer, origin }, { id, secret: SECRET });
  t.after(apache.stop);
  const [here, there] = [new Jar(wireTo([ours]), new URL(issuer)), new Jar(wireTo([theirs]), new URL(origin))];

  // A browser that nobody has signed in sees no page.
  const asked = new URL((await there.get('/?week=12', PAGE)).location ?? '');
  assert.deepEqual([asked.origin, asked.pathname], [issuer, '/oidc/auth']);
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256');
  const half = await givePassword(here, await visit(here, asked.pathname + asked.search), grace);
  const back = new URL((await giveCode(here, half, grace, -1)).left ?? '');
  assert.equal(back.origin + back.pathname, `${origin}/oidc/callback`);

  // The answer in a browser that did not ask for it opens nothing.
  const stranger = new Jar(wireTo([theirs]), new URL(origin));
  assert.notEqual((await stranger.get(back.pathname + back.search, PAGE)).status, 200);
  assert.equal((await stranger.get('/', PAGE)).status, 302);

  const opened = await there.get(back.pathname + back.search, PAGE);
  assert.equal(opened.location, `${origin}/?week=12`);
  const page = await there.get('/?week=12', PAGE);
  assert.equal(page.status, 200);
  assert.match(page.text, new RegExp(`Hello, ${grace.email}\\.`));

  // For a group that she is not in.
  assert.ok([401, 403].includes((await there.get('/planning/', PAGE)).status));

  // Signed out here, she is signed out there.
  await here.post('/account/sign-out-everywhere');
  assert.equal(await r.signOuts.tellDue(), 1, apache.said());
  assert.equal((await there.get('/?week=12', PAGE)).status, 302);
  assert.equal((await there.get('/goodbye/', PAGE)).status, 200);
});

test("signed out by Apache's link, somebody is signed out here, and back at its page", async (t) => {
  const [ours, theirs] = [await freePort(), await freePort()];
  const [issuer, origin] = [`http://localhost:${ours}`, `http://localhost:${theirs}`];
  const r = await rig({ publicUrl: issuer, realTime: true });
  const server = await r.listen({ host: '127.0.0.1', port: ours });
  t.after(server.close);
  const house = await r.organisation();
  const grace = await r.person({ organisations: [house] });
  await r.store.transaction((tx) => tx.accounts.setGroups(grace.id, house.id, ['planners']));
  const { id } = await register(r, house, {
    settings: {
      redirectUris: [`${origin}/oidc/callback`],
      postLogoutRedirectUris: [`${origin}/goodbye/`],
      idTokenAlg: 'RS256',
    },
  });
  const apache = await startApache({ port: theirs, issuer, origin }, { id, secret: SECRET });
  t.after(apache.stop);
  const [here, there] = [new Jar(wireTo([ours]), new URL(issuer)), new Jar(wireTo([theirs]), new URL(origin))];
  const asked = new URL((await there.get('/planning/', PAGE)).location ?? '');
  const back = new URL((await givePassword(here, await visit(here, asked.pathname + asked.search), grace)).left ?? '');
  await there.get(back.pathname + back.search, PAGE);
  assert.match((await there.get('/planning/', PAGE)).text, new RegExp(`Hello, ${grace.email}\\.`));

  const out = await there.get(`/oidc/callback?${new URLSearchParams({ logout: `${origin}/goodbye/` })}`);
  const ending = new URL(out.location ?? '');
  assert.deepEqual([ending.origin, ending.pathname], [issuer, '/oidc/logout']);
  // With a token of this very session, so nobody has to be asked.
  const { left } = await visit(here, ending.pathname + ending.search);
  assert.equal(left?.split('?')[0], `${origin}/goodbye/`, apache.said());
  assert.equal((await here.get('/account')).status, 303);
  assert.equal((await there.get('/planning/', PAGE)).status, 302);
});
