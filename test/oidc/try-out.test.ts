import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Organisation } from '#store/rows.ts';
import { oidcInput, stewardOf } from '#test/support/administration.ts';
import { createApplication } from '#flows/stewardship.ts';
import type { Jar } from '#test/support/jar.ts';
import { listening, onward, register, type Wanted } from '#test/support/oidc-client.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { textOf } from '../../src/web/account/testing.ts';

const CALLBACK = '/admin/applications/callback';
let r: Rig;
let h: Awaited<ReturnType<typeof listening>>;
let house: Organisation;
let ada: { person: Person; jar: Jar };

before(async () => {
  r = await rig({ start: Temporal.Now.instant() });
  h = await listening(r);
  house = await r.organisation({ name: 'Bakery' });
  ada = await administrator();
});
after(() => h.close());

async function administrator() {
  const person = await r.person({ name: 'Ada Quay', organisations: [house], role: 'administrator', enrolled: true });
  const jar = h.jar();
  await jar.submit('/sign-in', { address: person.email, password: person.password });
  await jar.submit('/sign-in/verify', { method: 'totp', code: person.code() });
  return { person, jar };
}

/** Presses the button, and goes where the browser is sent, through the page of consent if there is one. */
async function tryOut(jar: Jar, id: string) {
  const first = await onward(jar, await jar.post(`/admin/applications/${id}/try`));
  const action = /action="(\/oidc\/interaction\/[^"]+)"/.exec(first.page.text)?.[1];
  return action ? onward(jar, await jar.post(action, { answer: 'agree' })) : first;
}

const tokensIn = (text: string) => text.match(/ey[\w-]+\.ey[\w-]+\.[\w-]+/g);

describe('an administrator tries an application out', () => {
  const kinds: [string, Wanted][] = [
    ['with a secret', {}],
    ['with a page of consent', { settings: { consent: 'ask' } }],
    ['without a secret', { secretHash: null, settings: { authMethod: 'none' } }],
    ['with DPoP', { settings: { dpop: true } }],
    [
      'of FAPI 2.0',
      { secretHash: null, settings: { profile: 'fapi2', dpop: true, authMethod: 'private_key_jwt', jwks: keys() } },
    ],
    [
      'of a device',
      { secretHash: null, settings: { type: 'native', authMethod: 'none', redirectUris: ['com.example.app:/cb'] } },
    ],
    ['with RS256', { settings: { idTokenAlg: 'RS256' } }],
  ];
  for (const [name, wanted] of kinds)
    it(`${name}: sees what it is told, claim by claim, and no token`, async () => {
      const application = await register(r, house, { name: 'Payroll', ...wanted });
      const { left, page } = await tryOut(ada.jar, application.id);
      assert.equal(left, null);
      assert.equal(page.status, 200, textOf(page));
      const text = textOf(page);
      assert.match(text, /Payroll, tried out/);
      assert.match(text, new RegExp(`sub &quot;${ada.person.id}&quot; The person`));
      assert.match(text, /acr &quot;https:\/\/refeds\.org\/profile\/mfa&quot; How strongly/);
      assert.match(text, new RegExp(`aud &quot;${application.id}&quot;`));
      assert.match(text, new RegExp(`alg &quot;${wanted.settings?.idTokenAlg ?? 'ES256'}&quot;`));
      assert.match(text, new RegExp(ada.person.email));
      assert.equal(tokensIn(page.text), null, 'decoded, and nothing to steal');
      const again = await ada.jar.get(page.path);
      assert.equal(again.status, 409, 'a reload shows nothing: the code was used, and the cookie is gone');
    });

  it('that may not be used by them: says so, and hands out nothing', async () => {
    const application = await register(r, house, { policy: { groups: ['Board'] } });
    const { page } = await tryOut(ada.jar, application.id);
    assert.doesNotMatch(page.text, /tried out/);
    const off = await register(r, house, { status: 'disabled' });
    assert.equal((await ada.jar.post(`/admin/applications/${off.id}/try`)).status, 409);
    const made = await createApplication(r.deps, await stewardOf(r, ada), house.id, {
      ...oidcInput(house.id),
      kind: 'forward-auth',
      settings: { rules: [{ host: 'wiki.example', path: '/', access: 'signed-in', groups: [] }] },
    });
    assert.ok(made.ok);
    assert.equal((await ada.jar.post(`/admin/applications/${made.application.id}/try`)).status, 409);
  });

  it('shows nothing of an answer that was asked for in another browser, or for another application', async () => {
    const [one, other] = [await register(r, house), await register(r, house)];
    const eve = await administrator();
    const begun = await ada.jar.post(`/admin/applications/${one.id}/try`);
    const thiefs = await eve.jar.post(`/admin/applications/${other.id}/try`);
    assert.equal(thiefs.status, 303);
    let page = await ada.jar.get(begun.location ?? '');
    while (page.location && !page.location.includes(CALLBACK)) page = await ada.jar.get(path(page.location));
    const callback = new URL(page.location ?? '', 'https://id.example.test');
    const elsewhere = await eve.jar.get(callback.pathname + callback.search);
    assert.equal(elsewhere.status, 409);
    assert.doesNotMatch(elsewhere.text, /ID token/);
    for (const [name, value] of [
      ['state', `${other.id}.x`],
      ['iss', 'https://evil.test'],
      ['state', ''],
    ] as const) {
      const changed = new URL(callback);
      changed.searchParams.set(name, value);
      assert.equal((await ada.jar.get(changed.pathname + changed.search)).status, 409, name);
    }
    assert.equal((await ada.jar.get(callback.pathname + callback.search)).status, 200, 'control: here it counts');
  });
});

describe('what the button must not open', () => {
  it('from outside an application still needs its secret, also for a code that came to our page', async () => {
    const application = await register(r, house);
    const party = await h.party(application);
    for (const redirect_uri of ['https://payroll.example/callback', `https://id.example.test${CALLBACK}`]) {
      const begun = await party.begin({ redirect_uri });
      let page = await ada.jar.get(begun.url);
      while (page.location && !page.location.startsWith(redirect_uri)) page = await ada.jar.get(path(page.location));
      const code = new URL(page.location ?? '').searchParams.get('code') ?? '';
      assert.ok(code);
      const said = { grant_type: 'authorization_code', client_id: application.id, code, redirect_uri };
      const body = new URLSearchParams({ ...said, code_verifier: begun.verifier }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const request = { method: 'POST', body, headers, redirect: 'manual', signal: undefined } as const;
      const refused = await h.through('https://id.example.test/oidc/token', request);
      assert.equal(refused.status, 401, redirect_uri);
      assert.match(await refused.text(), /invalid_client/);
    }
  });

  it('is not there for another organisation, nor without a second step', async () => {
    const elsewhere = await r.organisation();
    const application = await register(r, elsewhere);
    assert.equal((await ada.jar.post(`/admin/applications/${application.id}/try`)).status, 404);
  });
});

function keys() {
  return {
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    ],
  };
}

function path(location: string): string {
  const { pathname, search } = new URL(location, 'https://id.example.test');
  return pathname + search;
}
