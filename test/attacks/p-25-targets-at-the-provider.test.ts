// P-25 at the provider: after a sign-out or a sign-in a browser ends here, or at exactly what was registered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { givePassword, register, send, visit, type World, world } from '#test/support/oidc-client.ts';
import { signIn } from './support/provider.ts';

const BYE = 'https://payroll.example/bye';

/** Somewhere else, in clothes of home. */
const ELSEWHERE = [
  'https://evil.test',
  'https://evil.test/',
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '\\/evil.test',
  '/%2f%2fevil.test',
  '/%5cevil.test',
  '/%09/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '\u0000https://evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https:///evil.test',
  'HTTPS://EVIL.TEST',
  'ht\ntps://evil.test',
  ' https://evil.test',
  'http://id.example.test@evil.test',
  'https://id.example.test@evil.test',
  'https://id.example.test:443@evil.test',
  'https://id.example.test.evil.test',
  'https://id.example.test%00.evil.test',
  'https://id.example.test%2eevil.test',
  'https://id.example.test\\.evil.test',
  'https://id.example.test/\\evil.test',
  'https://evil.test#id.example.test',
  'https://evil.test?id.example.test',
  'https://evil.test\\@id.example.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'javascript://id.example.test/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://id.example.test/1',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://evil.test',
  '/..//evil.test',
  '/.evil.test',
  '/../evil.test',
  '/./\\evil.test',
  '//evil.test/%2e%2e',
  '/%2e%2e//evil.test',
  '/%252f%252fevil.test',
  '/%25255cevil.test',
  '/。evil.test',
  '／／evil.test',
  '/／evil.test',
  'https://evil。test',
  'https://evil%E3%80%82test',
  '/@evil.test',
  '/:80@evil.test',
  '/;@evil.test',
  '.evil.test',
  'evil.test',
  '["https://evil.test"]',
  'https://evil.test,https://payroll.example/bye',
  `${BYE}@evil.test`,
  `${BYE}.evil.test`,
  `${BYE}?next=https://evil.test`,
  `${BYE}#https://evil.test`,
  `${BYE}/../..//evil.test`,
  `${BYE}%0d%0aLocation:%20https://evil.test`,
  `https://evil.test/${'x'.repeat(5000)}`,
];

/** Paths round the provider's own, which a sign-in could be asked to lead to. */
const NEARBY = [
  '/oidc/interaction/x/../../..//evil.test',
  '/oidc/interaction/..%2f..%2f%2fevil.test',
  '/oidc/interaction//evil.test',
  '/oidc/interaction/\\evil.test',
  '/oidc/interaction/https://evil.test',
  '/oidc/interaction/x?return-to=https://evil.test',
  '/oidc/interaction/x#@evil.test',
  '/oidc/interaction/',
  '/oidc/interaction',
  '/oidc/interaction/x',
  '/oidc/auth//evil.test',
  '/oidc/auth/..//evil.test',
  '/oidc/auth/x',
  '/oidc/auth?client_id=nobody&redirect_uri=https://evil.test',
  '/oidc/logout',
  '/oidc/logout?post_logout_redirect_uri=https://evil.test',
  '/oidc/logout/confirm',
  '/oidc/token',
  '/oidc/userinfo',
  '/oidc/keys',
  '/oidc',
  '/OIDC/logout',
  '/oidc/./logout',
  '/sign-out',
  '/static/main.css',
];

test('after a sign-out: exactly a registered address, or none, whatever else is asked for', async (t) => {
  const w = await opened(t);
  const begun = await w.party.begin();
  const hint = (await w.party.redeem((await visit(w.jar, begun.url)).left ?? '', begun)).id_token ?? '';
  await register(w.r, w.house, { settings: { postLogoutRedirectUris: ['https://rota.example/bye'] } });
  for (const target of [
    ...ELSEWHERE,
    'https://rota.example/bye',
    `${BYE}/`,
    BYE.toUpperCase(),
    'https://payroll.example/callback',
  ])
    for (const by of [
      ['id_token_hint', hint],
      ['client_id', w.application.id],
    ] as const) {
      const parameters = { [by[0]]: by[1], post_logout_redirect_uri: target };
      const path = `/oidc/logout?${new URLSearchParams(parameters)}`;
      const { left, page } = await visit(w.jar, path);
      assert.deepEqual([left, page.status], [null, 400], target);
      isOfThisHouse(page.text, target);
      const confirmed = await w.jar.post('/oidc/logout/confirm', parameters);
      assert.deepEqual([confirmed.status, confirmed.location], [400, null], target);
      const nobody = await visit(w.newJar(), path);
      assert.deepEqual([nobody.left, nobody.page.status], [null, 400], `${target}, with nobody signed in`);
    }
  // Without an application no address is anybody's.
  for (const target of [...ELSEWHERE, BYE]) {
    const asked = await visit(w.newJar(), `/oidc/logout?${new URLSearchParams({ post_logout_redirect_uri: target })}`);
    assert.equal(asked.left, null, target);
  }
  assert.equal((await w.jar.get('/account')).status, 200, 'nobody was signed out');
  for (const state of ['&x=y', '#@evil.test', '\r\nLocation: https://evil.test', 'https://evil.test', '"><script>']) {
    const jar = w.newJar();
    await signIn(w, jar);
    const parameters = { client_id: w.application.id, post_logout_redirect_uri: BYE, state };
    const done = await send(jar, await visit(jar, `/oidc/logout?${new URLSearchParams(parameters)}`), {});
    const url = new URL(done.left ?? '');
    assert.deepEqual([url.origin + url.pathname, url.hash], [BYE, ''], state);
    assert.deepEqual([...url.searchParams.keys()], ['state'], state);
  }
  await control(w);
});

test('after a sign-in: a page of ours, whatever the form was told to lead to', async (t) => {
  const w = await opened(t);
  await w.jar.post('/sign-out');
  for (const target of [...ELSEWHERE, ...NEARBY]) {
    const jar = w.newJar();
    const door = await visit(jar, `/sign-in?${new URLSearchParams({ 'return-to': target })}`);
    const form = await send(jar, door, { address: w.grace.email, password: w.grace.password, 'return-to': target });
    endsHere(jar, form, target);
  }
});

test("a request's own way back leads to its own application, and an unknown or finished one nowhere", async (t) => {
  const w = await opened(t);
  const jar = w.newJar();
  const begun = await w.party.begin({ state: 'https://evil.test' });
  const door = await visit(jar, begun.url);
  const at = new URL(door.page.path, jar.origin).searchParams.get('return-to') ?? '';
  assert.match(at, /^\/oidc\/interaction\//);
  for (const tail of [
    '/..//evil.test',
    '//evil.test',
    '?return-to=//evil.test',
    '/https://evil.test',
    '%2f%2fevil.test',
    '\\evil.test',
  ]) {
    const { left, page } = await visit(jar, encodeURI(at + tail).replaceAll('%25', '%'));
    assert.equal(left, null, tail);
    isOfThisHouse(page.text, tail);
  }
  const done = await givePassword(jar, await visit(jar, begun.url), w.grace);
  assert.ok(done.left?.startsWith('https://payroll.example/callback?code='), 'control');
  const late = await visit(jar, at);
  assert.deepEqual([late.left, late.page.status], [null, 410]);
  await control(w);
});

function endsHere(
  jar: Jar,
  { left, page }: { left: string | null; page: { text: string; status: number } },
  what: string,
): void {
  assert.equal(left, null, what);
  assert.ok(page.status < 500, what);
  // What cannot be read is refused whole; else somebody is signed in, and not out again.
  if (!jar.cookies.has('__Host-session')) assert.equal(page.status, 400, what);
  isOfThisHouse(page.text, what);
}

/** No link, form or script leads anywhere but into this house, or to where a registered application is at home. */
function isOfThisHouse(html: string, what: string): void {
  assert.doesNotMatch(html, /<script>|<meta[^>]*http-equiv="refresh"/i, what);
  for (const [, target = ''] of html.matchAll(/(?:href|action|src)="([^"]*)"/g))
    assert.match(target, /^(?:\/(?![/\\])|#|$|mailto:people@|https:\/\/payroll\.example$)/, what);
}

async function opened(t: { after(work: () => unknown): void }): Promise<World> {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  await signIn(w, w.jar);
  await control(w);
  return w;
}

/** The honest road: out and back. */
async function control(w: World): Promise<void> {
  const jar = w.newJar();
  await signIn(w, jar);
  const begun = await w.party.begin();
  const hint = (await w.party.redeem((await visit(jar, begun.url)).left ?? '', begun)).id_token ?? '';
  const out = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: BYE });
  assert.equal((await visit(jar, `/oidc/logout?${out}`)).left, BYE, 'control');
}
