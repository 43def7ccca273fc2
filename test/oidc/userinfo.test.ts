// An answer that is repeated is the one the library would give at that moment, byte for byte.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '#test/attacks/support/provider.ts';
import type { Answered } from '#test/support/jar.ts';
import {
  basic,
  giveCode,
  givePassword,
  send,
  visit,
  type Wanted,
  type World,
  world,
} from '#test/support/oidc-client.ts';
import type { PersonOptions } from '#test/support/rig.ts';

const SCOPE = 'openid profile email organisation groups';
type After = { after(work: () => unknown): void };

test('asked again, the same claims come from one row, in the words and headers of the library', async (t) => {
  for (const scope of ['openid', 'openid email', SCOPE, `${SCOPE} offline_access`]) {
    const s = await opened(t, { scope });
    const first = await s.ask();
    assert.equal(first.status, 200);
    const reads = await s.readsOf(async () => isSame(await s.ask(), first));
    assert.equal(reads, 0, scope);
    isSame(await s.libraryAsk(), first);
    assert.ok((await s.readsOf(s.libraryAsk)) > 0, 'the library reads more');
  }
});

test('what depends on more than is watched is asked of the library each time', async (t) => {
  const s = await opened(t, { scope: `${SCOPE} assurance` });
  isSame(await s.ask(), await s.libraryAsk());
  assert.ok((await s.readsOf(s.ask)) > 0);
  const bound = await opened(t, { scope: 'openid' });
  await bound.ask();
  for (const [what, headers, method, path] of [
    ['another scheme', { authorization: `DPoP ${bound.token}` }, 'GET', '/oidc/userinfo'],
    ['nothing', {}, 'GET', '/oidc/userinfo'],
    ['a scope in the address', { authorization: `Bearer ${bound.token}` }, 'GET', '/oidc/userinfo?scope=email'],
    ['a token in the address', {}, 'GET', `/oidc/userinfo?access_token=${bound.token}`],
    ['a proof', { authorization: `Bearer ${bound.token}`, dpop: 'x' }, 'GET', '/oidc/userinfo'],
    ['another method', { authorization: `Bearer ${bound.token}` }, 'DELETE', '/oidc/userinfo'],
    ['a letter less', { authorization: `Bearer ${bound.token.slice(1)}` }, 'GET', '/oidc/userinfo'],
    ['two tokens', { authorization: `Bearer ${bound.token} ${bound.token}` }, 'GET', '/oidc/userinfo'],
  ] as const) {
    const answer = await bound.send(path, { ...headers, accept: 'application/json' }, method);
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status}`);
  }
  isSame(await post(bound.w, '/oidc/userinfo', {}, { authorization: `Bearer ${bound.token}` }), await bound.ask());
});

type Scene = Awaited<ReturnType<typeof opened>>;

const CHANGES: Record<
  string,
  { end: (s: Scene) => unknown; status: 200 | 401; person?: PersonOptions; application?: Wanted }
> = {
  'another group': {
    end: ({ w }) => w.r.store.transaction((tx) => tx.accounts.setGroups(w.grace.id, w.house.id, ['finance'])),
    status: 200,
  },
  'another language': { end: ({ w }) => w.jar.post('/language', { language: 'nl', 'return-to': '/' }), status: 200 },
  'signed out': { end: ({ w }) => w.jar.post('/sign-out'), status: 401 },
  'a new password': {
    end: ({ w }) => w.jar.post('/account/password', { password: NEW, repeated: NEW }),
    status: 401,
  },
  'the account switched off': {
    end: ({ w }) => w.r.store.transaction((tx) => tx.accounts.setStatus(w.grace.id, 'disabled')),
    status: 401,
  },
  'the application switched off': {
    end: ({ w }) =>
      w.r.store.transaction((tx) => tx.applications.save(w.application.id, { ...w.application, status: 'disabled' })),
    status: 401,
  },
  'the application for nobody of this house': {
    end: ({ w }) =>
      w.r.store.transaction((tx) => tx.applications.save(w.application.id, { ...w.application, audience: [] })),
    status: 200,
  },
  'the token revoked': {
    end: (s) => post(s.w, '/oidc/revocation', { token: s.token }, basic(s.w.application)),
    status: 401,
  },
  'the consent taken back': {
    end: ({ w }) => w.jar.post('/account/applications/take-back', { application: w.application.id }),
    status: 401,
    application: { settings: { consent: 'ask' } },
  },
  'five minutes gone': { end: ({ w }) => w.r.advance({ minutes: 5, seconds: 1 }), status: 401 },
};
const NEW = 'another seventeen quiet lamps';

for (const [what, { end, status, person, application }] of Object.entries(CHANGES))
  test(`${what}: the next answer knows`, async (t) => {
    const s = await opened(t, { scope: SCOPE, ...(person && { person }), ...(application && { application }) });
    const before = await s.ask();
    isSame(await s.ask(), before);
    await end(s);
    const after = await s.ask();
    assert.equal(after.status, status);
    isSame(after, await s.libraryAsk());
    assert.notEqual(after.text, before.text, 'or nothing was changed');
  });

async function opened(t: After, wanted: { scope: string; person?: PersonOptions; application?: Wanted }) {
  const w = await world({ person: wanted.person ?? {}, application: wanted.application ?? {} });
  t.after(w.close);
  const token = await tokenFor(w, wanted.scope);
  const bearer = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const request = (path: string, headers: Record<string, string>, method = 'GET') => {
    const jar = w.newJar();
    return jar.send(new Request(new URL(path, jar.origin), { method, headers }));
  };
  const { read } = w.r.store;
  return {
    w,
    token,
    send: request,
    ask: () => request('/oidc/userinfo', bearer),
    /** A cookie that means nothing, and the request is no longer plain. */
    libraryAsk: () => request('/oidc/userinfo', { ...bearer, cookie: 'x=y' }),
    /** How often something the library keeps was looked for meanwhile. */
    readsOf: async (work: () => Promise<unknown>) => {
      const { find } = read.oidc;
      let count = 0;
      read.oidc.find = (...given) => {
        count += 1;
        return find(...given);
      };
      await work().finally(() => (read.oidc.find = find));
      return count;
    },
  };
}

async function tokenFor(w: World, scope: string): Promise<string> {
  const begun = await w.party.begin({ scope, ...(scope.includes('offline') && { prompt: 'consent' }) });
  let at = await givePassword(w.jar, await visit(w.jar, begun.url), w.grace);
  if (at.left === null && at.page.path.startsWith('/sign-in/verify')) at = await giveCode(w.jar, at, w.grace);
  if (at.left === null) at = await send(w.jar, at, { answer: 'agree' });
  return (await w.party.redeem(at.left ?? '', begun)).access_token;
}

function isSame(one: Answered, other: Answered): void {
  const seen = ({ status, text, headers }: Answered) => {
    const all = Object.fromEntries(headers);
    delete all['date'];
    return { status, text, headers: all };
  };
  assert.deepEqual(seen(one), seen(other));
}
