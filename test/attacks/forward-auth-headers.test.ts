import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { APP, HostBrowser, PAY, protectHosts } from '#test/support/hosts.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { signedInWithCode } from './support/in-process.ts';

// P-16 and P-26 for this door: who may ask, and what of a request counts.

test('only a proxy of ours may ask, whatever headers say who is asking', async () => {
  const { browser } = await signedIn();
  const claims: Record<string, string>[] = [
    {},
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { 'x-real-ip': '::1' },
  ];
  for (const peer of [
    '203.0.113.7',
    '10.0.0.8',
    '::ffff:203.0.113.7',
    '2001:db8::1',
    '',
    'unknown',
    '127.0.0.1.evil.test',
  ])
    for (const headers of claims) {
      browser.peer = peer;
      for (const answer of [
        await browser.ask(APP, '/', headers),
        await browser.corner(APP, '/.nachtslot/begin', headers),
      ])
        assert.deepEqual([answer.status, answer.location], [403, null], `${peer} ${JSON.stringify(headers)}`);
    }
  for (const peer of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
    browser.peer = peer;
    assert.equal((await browser.ask(APP, '/')).status, 200, peer);
  }
});

test('a proxy sets one spelling; the other, sent by a stranger, changes nothing but that they are refused', async () => {
  const { browser } = await signedIn();
  const nginx = { 'x-original-url': `https://${APP}/finance`, 'x-original-method': 'GET' };
  const asked = (headers: Record<string, string>) => browser.ask(APP, '/finance', headers);
  assert.equal((await asked({})).status, 403, 'control: not in that group');
  const spoofs: Record<string, string>[] = [
    // Caddy and Traefik say /finance, the stranger says otherwise.
    { 'x-original-url': `https://${APP}/public` },
    { 'x-original-url': `https://${APP}/` },
    { 'x-original-url': `https://${PAY}/finance` },
    { 'x-original-url': '/public' },
    { 'x-original-url': '' },
    { 'x-original-uri': '/public' },
    { 'x-rewrite-url': '/public' },
    { 'x-http-method-override': 'OPTIONS', 'x-original-method': 'OPTIONS' },
    { 'x-forwarded-prefix': '/public', 'x-forwarded-path': '/public', 'x-forwarded-port': '80' },
    { forwarded: `host=${APP};proto=https;path=/public` },
    { 'x-forwarded-server': PAY, 'x-host': PAY, 'x-original-host': PAY },
    { 'x-forwarded-method': 'OPTIONS' },
    // nginx says /finance, the stranger says otherwise.
    { ...nginx, 'x-forwarded-uri': '/public' },
    { ...nginx, 'x-forwarded-uri': '/' },
    { ...nginx, 'x-forwarded-host': PAY },
    { ...nginx, 'x-forwarded-host': `${APP}, ${PAY}` },
    { ...nginx, 'x-forwarded-uri': '' },
    // Two values in one.
    { 'x-forwarded-uri': '/public, /finance' },
    { 'x-forwarded-host': `${PAY}, ${APP}` },
    { 'x-forwarded-host': `${APP}, ${APP}` },
    { 'x-forwarded-host': '' },
  ];
  for (const headers of spoofs) {
    const { status } = await asked(headers);
    const isHonest = headers['x-forwarded-uri'] === '/public, /finance';
    // That one is a path of its own, below the rule for everything; it is not /public.
    assert.equal(status, isHonest ? 200 : 403, JSON.stringify(headers));
  }
});

test('a host is compared as a whole', async () => {
  const { browser } = await signedIn();
  for (const host of [APP, APP.toUpperCase(), `${APP}.`, `${APP}:443`])
    assert.equal((await browser.ask(APP, '/', { 'x-forwarded-host': host })).status, 200, host);
  for (const host of [
    `${APP}:8443`,
    `${APP}:80`,
    `x.${APP}`,
    `${APP}.evil.test`,
    `evil${APP}`,
    'example.org',
    `evil.test/${APP}`,
    `evil.test#${APP}`,
    `evil.test?${APP}`,
    `user@${APP}`,
    `${APP}@evil.test`,
    `${APP}/`,
    `${APP}\\evil.test`,
    `${APP}%00`,
    `[::1]`,
    '127.0.0.1',
    '',
    ' ',
    `https://${APP}`,
    '*.example.org',
    'a..example.org',
    `${APP}..`,
    'id.example.test',
  ])
    assert.deepEqual(
      [
        (await browser.ask(APP, '/', { 'x-forwarded-host': host })).status,
        (await browser.corner(host, '/.nachtslot/begin', { 'x-forwarded-host': host })).status,
      ],
      [403, 404],
      JSON.stringify(host),
    );
});

test('what an application is told comes from us, and every name is in every answer', async () => {
  const { browser, ann } = await signedIn();
  const names = ['user', 'groups', 'email', 'name', 'acr'].map((name) => `remote-${name}`);
  const forged = Object.fromEntries(names.map((name) => [name, 'admin']));
  const inside = await browser.ask(APP, '/', forged);
  for (const name of names) assert.ok(inside.headers.get(name) !== 'admin' && inside.headers.has(name), name);
  assert.equal(inside.headers.get('remote-user'), ann.id);
  const stranger = new HostBrowser(browser.rig);
  const open = await stranger.ask(APP, '/public/x', forged);
  assert.equal(open.status, 200);
  // Empty, and there: a proxy that copies what it finds overwrites what was sent.
  for (const name of names) assert.equal(open.headers.get(name), '', name);
});

test('an application that is not for somebody is not told who they are, also where it is open to all', async () => {
  const { browser, r, ann } = await signedIn();
  assert.equal((await browser.ask(APP, '/public')).headers.get('remote-user'), ann.id, 'control');
  const application = await r.store.read.applications.byId('roster');
  assert.ok(application);
  await r.store.transaction((tx) => tx.applications.save('roster', { ...application, audience: [] }));
  const open = await browser.ask(APP, '/public');
  assert.deepEqual([open.status, open.headers.get('remote-user'), open.headers.get('remote-email')], [200, '', '']);
});

test('a name cannot end a header or add a group', async () => {
  const r = await rig();
  const house = await r.organisation();
  await protectHosts(r, house);
  const name = 'Eve\r\nRemote-User: admin\u0000\u2028, Zoë \uD800';
  const eve = await r.person({ name, organisations: [house], enrolled: true });
  await r.store.transaction((tx) => tx.accounts.setGroups(eve.id, house.id, ['x,admin', 'y\nadmin', 'é%2C']));
  const browser = new HostBrowser(r, await signedInWithCode(r, eve));
  await browser.enter(APP, '/');
  const { headers } = await browser.ask(APP, '/');
  assert.equal(headers.get('remote-user'), eve.id);
  assert.match(
    headers.get('remote-name') ?? '',
    /^Eve%0D%0ARemote-User: admin(%[0-9A-F]{2})+, Zo%C3%AB (%[0-9A-F]{2})+$/,
  );
  assert.equal(headers.get('remote-groups'), 'x%2Cadmin,y%0Aadmin,%C3%A9%252C');
  assert.ok(!headers.get('remote-groups')?.split(',').includes('admin'));
});

test('an address that was never confirmed is not handed on', async () => {
  const r = await rig();
  const house = await r.organisation();
  await protectHosts(r, house);
  const eve = await r.person({ organisations: [house], enrolled: true, confirmed: false });
  const browser = new HostBrowser(r, await signedInWithCode(r, eve));
  await browser.enter(APP, '/');
  assert.equal((await browser.ask(APP, '/')).headers.get('remote-email'), '');
});

test('no other cookie of ours opens a host, and none of a host opens us', async () => {
  const { browser, r } = await signedIn();
  const atHost = browser.cookies.get(APP)?.get('__Host-nachtslot') ?? '';
  const ours = browser.us.cookies.get('__Host-session') ?? '';
  const nonce = browser.cookies.get(APP)?.get('__Host-nachtslot-nonce') ?? '';
  assert.ok(atHost && ours && nonce);
  const cookies = [
    `__Host-nachtslot=${ours}`,
    `__Host-session=${ours}`,
    `__Host-nachtslot=${nonce}`,
    `nachtslot=${atHost}`,
    `__Secure-nachtslot=${atHost}`,
    `__host-nachtslot=${atHost}`,
    `__Host-nachtslot=${atHost}; __Host-nachtslot=${ours}`,
    `__Host-nachtslot=${ours}; __Host-nachtslot=${atHost}`,
    `__Host-nachtslot="${atHost}"`,
    `__Host-nachtslot=${atHost}%20`,
    `__Host-nachtslot=${atHost.slice(0, -1)}`,
    `__Host-nachtslot=`,
  ];
  for (const cookie of cookies)
    assert.equal((await browser.ask(APP, '/', { cookie })).status, 302, cookie.slice(0, 40));
  for (const name of ['__Host-session', '__Host-attempt']) {
    const answer = await r.browser().get('/account', { cookie: `${name}=${atHost}` });
    assert.match(answer.location ?? '', /^\/sign-in/);
  }
  assert.equal((await browser.ask(APP, '/', { cookie: `x=1; __Host-nachtslot=${atHost}` })).status, 200, 'control');
  // The cookie of one host at another, where rules would let its owner in.
  assert.equal((await browser.ask(PAY, '/', { cookie: `__Host-nachtslot=${atHost}` })).status, 302);
});

test('on a socket: doubled headers, other methods, and nobody else at the door', async () => {
  const { browser, r } = await signedIn();
  const cookie = `__Host-nachtslot=${browser.cookies.get(APP)?.get('__Host-nachtslot') ?? ''}`;
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  const say = async (first: string, ...lines: string[]) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write([first, 'host: id.example.test', 'connection: close', ...lines, '', ''].join('\r\n'));
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    await once(socket, 'close');
    return text;
  };
  const at = (path: string) => [`x-forwarded-host: ${APP}`, 'x-forwarded-proto: https', `x-forwarded-uri: ${path}`];
  try {
    const inside = await say('GET /forward-auth HTTP/1.1', ...at('/'), `cookie: ${cookie}`);
    assert.match(inside, /^HTTP\/1\.1 200 /);
    assert.match(inside, /\r\nRemote-Groups: \r\n/);
    assert.match(inside, /\r\ncontent-length: 0\r\n/);
    assert.match(await say('HEAD /forward-auth?x HTTP/1.1', ...at('/'), `cookie: ${cookie}`), /^HTTP\/1\.1 200 /);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      assert.match(
        await say(`${method} /forward-auth HTTP/1.1`, ...at('/'), `cookie: ${cookie}`, 'content-length: 0'),
        /^HTTP\/1\.1 405 /,
      );
    for (const twice of [
      ['x-forwarded-uri: /public', ...at('/finance')],
      [...at('/finance'), 'x-forwarded-uri: /public'],
      [`x-forwarded-host: ${PAY}`, ...at('/')],
      [...at('/'), `x-forwarded-host: ${PAY}`],
      [`x-original-url: https://${APP}/`, `x-original-url: https://${APP}/public`],
    ]) {
      const answer = await say('GET /forward-auth HTTP/1.1', ...twice, 'accept: text/html');
      assert.doesNotMatch(answer, /^HTTP\/1\.1 200 /, twice.join(' | '));
    }
    for (const path of ['/Forward-Auth', '/forward-auth/x', '//forward-auth', '/forward-auth%2f', '/.nachtslot'])
      assert.doesNotMatch(await say(`GET ${path} HTTP/1.1`, ...at('/'), `cookie: ${cookie}`), /^HTTP\/1\.1 200 /, path);
  } finally {
    await server.close();
  }
});

test('when the database is away nobody is let in', async () => {
  const { browser, r } = await signedIn();
  const cookie = `__Host-nachtslot=${browser.cookies.get(APP)?.get('__Host-nachtslot') ?? ''}`;
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  const ask = () =>
    fetch(`http://127.0.0.1:${server.port}/forward-auth`, {
      headers: { cookie, 'x-forwarded-host': APP, 'x-forwarded-uri': '/' },
    });
  try {
    assert.equal((await ask()).status, 200);
    await r.store.close();
    const said = console.error;
    console.error = () => {};
    const answer = await ask();
    console.error = said;
    assert.equal(answer.status, 500);
    assert.match(await answer.text(), /Reference: [0-9a-f-]{36}/);
    assert.equal(answer.headers.get('remote-user'), null);
  } finally {
    await server.close();
  }
});

async function signedIn() {
  const r: Rig = await rig();
  const house = await r.organisation();
  await protectHosts(r, house);
  const ann = await r.person({ organisations: [house], enrolled: true });
  const browser = Object.assign(new HostBrowser(r, await signedInWithCode(r, ann)), { rig: r });
  await browser.enter(APP, '/');
  assert.equal((await browser.ask(APP, '/')).status, 200, 'control');
  return { r, ann, browser };
}
