// P-27: an answer goes to a registered address and nowhere else, and is a code and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { basic, CALLBACK, onward, register, send, visit, type World, world } from '#test/support/oidc-client.ts';
import { errorIn, post, sentTo, signIn } from './support/provider.ts';

/** Nearly the registered address, and what is none at all. */
const ASTRAY = [
  '',
  ' ',
  'https://payroll.example/',
  'https://payroll.example',
  `${CALLBACK}/`,
  `${CALLBACK}/..`,
  `${CALLBACK}/../callback`,
  `${CALLBACK}?`,
  `${CALLBACK}?a=b`,
  `${CALLBACK}#`,
  `${CALLBACK}#fragment`,
  `${CALLBACK}%00`,
  `${CALLBACK}%0d%0aLocation:%20https://evil.test`,
  `${CALLBACK}\u0000`,
  `${CALLBACK}\r\nx: y`,
  ` ${CALLBACK}`,
  `${CALLBACK} `,
  `${CALLBACK};jsessionid=1`,
  'https://payroll.example/CALLBACK',
  'https://payroll.example/call%62ack',
  'https://payroll.example//callback',
  'https://payroll.example/./callback',
  'https://payroll.example/x/../callback',
  'https://payroll.example/%2e%2e/callback',
  'https://payroll.example\\callback',
  'https:\\\\payroll.example\\callback',
  'HTTPS://payroll.example/callback',
  'https://PAYROLL.example/callback',
  'https://payroll.example./callback',
  'https://payroll.example:443/callback',
  'https://payroll.example:8443/callback',
  'https://www.payroll.example/callback',
  'https://payroll.example.evil.test/callback',
  'https://evilpayroll.example/callback',
  'https://evil.test/callback',
  'https://evil.test/?https://payroll.example/callback',
  'https://evil.test#https://payroll.example/callback',
  'https://evil.test\\@payroll.example/callback',
  'https://payroll.example@evil.test/callback',
  'https://payroll.example:x@evil.test/callback',
  'https://user@payroll.example/callback',
  'https://payroll.example%2eevil.test/callback',
  'https://payroll。example/callback',
  'https://pаyroll.example/callback',
  'https://*.example/callback',
  'https://payroll.example/*',
  'http://payroll.example/callback',
  'ws://payroll.example/callback',
  '//payroll.example/callback',
  '///evil.test',
  '/callback',
  'callback',
  '.',
  'https:payroll.example/callback',
  'https:/payroll.example/callback',
  'javascript:alert(1)',
  'javascript://payroll.example/callback%0aalert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://payroll.example/callback',
  'file:///etc/passwd',
  'about:blank',
  'http://127.0.0.1/callback',
  'http://localhost/callback',
  'http://[::1]/callback',
  'urn:ietf:wg:oauth:2.0:oob',
  `${CALLBACK},https://evil.test`,
  `${CALLBACK} https://evil.test`,
  `["${CALLBACK}"]`,
  'x'.repeat(4000),
];

test('seventy addresses that are not registered: a page here, by GET, by POST and pushed, for everybody', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  const [nobody, somebody] = [w.newJar(), w.newJar()];
  await signIn(w, somebody);
  await control(w, somebody);
  for (const address of ASTRAY) {
    const { url } = await w.party.begin({ redirect_uri: address });
    const { pathname, searchParams } = new URL(url, w.jar.origin);
    for (const jar of [nobody, somebody]) {
      stays(await jar.get(url), address);
      const posted = await onward(jar, await jar.post(pathname, Object.fromEntries(searchParams)));
      assert.equal(posted.left, null, address);
      stays(posted.page, address);
    }
    const pushed = await post(w, '/oidc/par', Object.fromEntries(searchParams), basic(w.application));
    assert.deepEqual([pushed.status, pushed.location], [400, null], address);
  }
  const { url } = await w.party.begin();
  const without = new URL(url, w.jar.origin);
  without.searchParams.delete('redirect_uri');
  stays(await somebody.get(without.pathname + without.search), 'none');
  for (const [name, value] of [
    ['redirect_uri', 'https://evil.test/'],
    ['redirect_uri', CALLBACK],
    ['redirect_uri[]', 'https://evil.test/'],
  ] as const) {
    const twice = new URL(url, w.jar.origin);
    twice.searchParams.append(name, value);
    if (name === 'redirect_uri[]') twice.searchParams.delete('redirect_uri');
    stays(await somebody.get(twice.pathname + twice.search), `${name}=${value} as well`);
  }
  await control(w, somebody);
});

test("the address of another application, and an application that isn't there", async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  const other = await register(w.r, w.house, { settings: { redirectUris: ['https://rota.example/callback'] } });
  const off = await register(w.r, w.house, { status: 'disabled' });
  await signIn(w, w.jar);
  await control(w, w.jar);
  const changed: Record<string, string>[] = [
    { redirect_uri: 'https://rota.example/callback' },
    { client_id: other.id },
    { client_id: off.id },
    { client_id: 'nobody' },
    { client_id: '' },
    { client_id: `${w.application.id} ` },
    { client_id: w.application.id.toUpperCase() },
    { client_id: `${w.application.id}\u0000` },
    { client_id: '__proto__' },
    { client_id: "' or 1=1 --" },
    { client_id: 'https://evil.test/metadata.json' },
  ];
  for (const one of changed) stays(await w.jar.get((await w.party.begin(one)).url), JSON.stringify(one));
  const { url } = await w.party.begin();
  stays(await w.jar.get(`${url}&client_id=${other.id}`), 'two applications');
  stays(await w.jar.get(url.replace(/client_id=[^&]*&?/, '')), 'no application');
  await w.r.store.transaction((tx) => tx.applications.save(w.application.id, { ...w.application, status: 'disabled' }));
  stays(await w.jar.get(url), 'switched off since');
  await w.r.store.transaction((tx) => tx.applications.save(w.application.id, w.application));
  await control(w, w.jar);
});

test('on a device the port may differ and nothing else; for a web application not even the port', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  const settings = { type: 'native', authMethod: 'none', redirectUris: ['http://127.0.0.1/callback'] } as const;
  const native = await register(w.r, w.house, {
    secretHash: null,
    settings: { ...settings, redirectUris: [...settings.redirectUris] },
  });
  await signIn(w, w.jar);
  const at = async (redirect_uri: string) =>
    w.jar.get((await w.party.begin({ client_id: native.id, redirect_uri })).url);
  for (const port of ['', ':1', ':49152', ':65535']) {
    // A program on a device is asked for by name every time (RFC 8252 §8.6): any other may claim its address.
    const asked = await onward(w.jar, await at(`http://127.0.0.1${port}/callback`));
    assert.match(asked.page.path, /^\/oidc\/interaction\//);
    const { left } = await send(w.jar, asked, { answer: 'agree' });
    assert.ok(left?.startsWith(`http://127.0.0.1${port}/callback?code=`), String(left));
  }
  for (const astray of [
    'http://localhost:49152/callback',
    'http://[::1]:49152/callback',
    'http://127.0.0.2:49152/callback',
    'http://127.1:49152/callback',
    'http://2130706433:49152/callback',
    'http://127.0.0.1:49152/other',
    'http://127.0.0.1:49152/callback?a=b',
    'http://127.0.0.1:49152@evil.test/callback',
    'http://127.0.0.1.evil.test:49152/callback',
    'https://127.0.0.1:49152/callback',
    'http://127.0.0.1:99999/callback',
  ])
    stays(await at(astray), astray);
  await control(w, w.jar);
});

test('a code is all that comes back: other types and modes are refused at the right address, with issuer and state', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  await signIn(w, w.jar);
  await control(w, w.jar);
  const types = ['token', 'id_token', 'id_token token', 'code token', 'code id_token', 'code id_token token', 'none'];
  const wrong: [Record<string, string>, string[]][] = [
    ...types.map((one): [Record<string, string>, string[]] => [{ response_type: one }, ['unsupported_response_type']]),
    [{ response_type: 'CODE' }, ['unsupported_response_type']],
    [{ response_type: '' }, ['invalid_request']],
    ...['web_message', 'jwt', 'query.jwt', 'form_post.jwt', 'cookie', 'QUERY', '__proto__'].map(
      (one): [Record<string, string>, string[]] => [
        { response_mode: one },
        ['unsupported_response_mode', 'invalid_request'],
      ],
    ),
    [{ scope: 'email' }, ['invalid_scope', 'invalid_request']],
    [{ claims: '{' }, ['invalid_request']],
    [{ claims: '[]' }, ['invalid_request']],
    [{ claims: '"text"' }, ['invalid_request']],
    [{ claims: '{"userinfo":[]}' }, ['invalid_request']],
    [{ registration: '{}' }, ['registration_not_supported', 'invalid_request']],
  ];
  for (const [parameters, errors] of wrong) {
    const what = JSON.stringify(parameters).slice(0, 80);
    const begun = await w.party.begin(parameters);
    const { status, location } = await w.jar.get(begun.url);
    assert.equal(status, 303, what);
    const { target, parameters: said } = sentTo(location ?? '');
    assert.equal(target, CALLBACK, what);
    assert.ok(errors.includes(said.get('error') ?? ''), `${what}: ${said}`);
    assert.deepEqual([said.get('iss'), said.get('state')], [w.jar.origin.origin, begun.state], what);
    for (const name of ['code', 'access_token', 'id_token', 'token']) assert.equal(said.get(name), null, what);
  }
  // Claims that nobody knows are left out, and harm nobody.
  for (const claims of [
    '{"userinfo":{"__proto__":null,"password":{"essential":true}},"id_token":{"constructor":null,"password":null}}',
    `${'{"userinfo":'.repeat(50)}{}${'}'.repeat(50)}`,
  ]) {
    const begun = await w.party.begin({ claims });
    const told = (await w.party.redeem((await visit(w.jar, begun.url)).left ?? '', begun)).claims();
    assert.deepEqual([told?.sub, Object.keys(told ?? {}).includes('password')], [w.grace.id, false]);
  }
  await control(w, w.jar);
});

test('request objects are refused, whoever signed them; so are other grants than the code', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  await signIn(w, w.jar);
  await control(w, w.jar);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const inside = part({ client_id: w.application.id, redirect_uri: 'https://evil.test/', response_type: 'code' });
  for (const request of ['', 'x', `${part({ alg: 'none' })}.${inside}.`, `${part({ alg: 'HS256' })}.${inside}.AAAA`]) {
    const begun = await w.party.begin({ request });
    const page = await w.jar.get(begun.url);
    assert.equal(sentTo(page.location ?? '').target, CALLBACK, request);
    if (request !== '') assert.equal(sentTo(page.location ?? '').parameters.get('error'), 'request_not_supported');
  }
  for (const request_uri of [
    'https://evil.test/request',
    'http://127.0.0.1/request',
    'urn:ietf:params:oauth:request_uri:x',
  ]) {
    const page = await w.jar.get((await w.party.begin({ request_uri })).url);
    assert.ok(page.location === null || sentTo(page.location).parameters.get('code') === null, request_uri);
    if (page.location !== null) assert.equal(sentTo(page.location).target, CALLBACK, request_uri);
  }
  const asGrace = { username: w.grace.email, password: w.grace.password };
  const grants = ['password', 'implicit', 'client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer', '', 'x'];
  for (const grant_type of [...grants, 'urn:ietf:params:oauth:grant-type:device_code', '__proto__']) {
    const answer = await post(w, '/oidc/token', { grant_type, scope: 'openid', ...asGrace }, basic(w.application));
    assert.equal(answer.status, 400, grant_type);
    assert.match(String(errorIn(answer)), /^(unsupported_grant_type|unauthorized_client|invalid_request)$/, grant_type);
    assert.doesNotMatch(answer.text, /access_token/);
  }
  await control(w, w.jar);
});

/** On a page of ours that says what is wrong, with nothing of the address in it that would run or lead away. */
function stays({ status, location, text, headers }: Answered, what: string): void {
  assert.deepEqual([status, location], [400, null], what);
  assert.match(headers.get('content-type') ?? '', /^text\/html/, what);
  assert.match(headers.get('content-security-policy') ?? '', /default-src/, what);
  // But for the address of this very page, which the choice of the language leads back to.
  const shown = text.replace(/<input type="hidden" name="return-to" value="\/oidc\/auth\?[^"<>]*"\/>/, '');
  assert.doesNotMatch(shown, /evil\.test|javascript:|<script>alert/, what);
  for (const [, target = ''] of text.matchAll(/(?:href|action|src)="([^"]*)"/g)) assert.match(target, /^[/#]|^$/, what);
}

/** The honest request of the same application. */
async function control(w: World, jar: Jar): Promise<void> {
  const begun = await w.party.begin();
  const { left } = await visit(jar, begun.url);
  assert.equal((await w.party.redeem(left ?? '', begun)).claims()?.sub, w.grace.id, 'control');
}
