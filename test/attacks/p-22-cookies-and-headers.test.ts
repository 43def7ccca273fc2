import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { signInByHand, withBrowser } from './support/chromium.ts';
import { call, METHODS, ORIGIN, requestsFor } from './support/requests.ts';
import { PLACES, sceneAt } from './support/scenes.ts';
import { linkFor, pendingOf, PHONE, secondStep, signedInByDevice, signedInWithCode } from './support/in-process.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

test('every cookie of every road: host-bound, for the server alone, opaque, short', async () => {
  const lines = await collectCookies();
  const names = new Set(lines.map((line) => line.split('=')[0]));
  const known = ['attempt', 'device', 'language', 'last-used', 'passkey', 'session'];
  assert.deepEqual(names, new Set(known.map((name) => `__Host-${name}`)));
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split('; ');
    const value = pair.slice(pair.indexOf('=') + 1);
    const has = (wanted: RegExp) => attributes.some((one) => wanted.test(one));
    assert.ok(has(/^Secure$/) && has(/^HttpOnly$/) && has(/^Path=\/$/), line);
    assert.ok(has(/^SameSite=(Lax|Strict)$/), line);
    assert.ok(!has(/^Domain/i), line);
    assert.ok(line.length < 4096);
    if (pair.startsWith('__Host-language')) assert.match(value, /^(en|nl)$/);
    else if (pair.startsWith('__Host-last-used')) assert.match(value, /^(totp|sms|passkey)$/);
    else if (value !== '') assert.match(value, /^[\w-]{43}$/, 'room for 256 random bits, and for nothing else');
  }
  const tokens = lines.map((line) => line.split(';')[0]).filter((pair) => !/=$|language|last-used/.test(pair ?? ''));
  assert.equal(new Set(tokens).size, tokens.length, 'and never the same twice');
});

test('every answer, whoever asks and whatever comes of it, carries the headers', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const jars = [r.browser(), await pendingOf(r, ann), await signedInByDevice(r, ann), await signedInWithCode(r, ann)];
  const requests = await requestsFor(r, ann);
  let answers = 0;
  for (const jar of jars)
    for (const route of r.app.routes)
      for (const method of METHODS) {
        const { path, form } = requests(route);
        const answer = await call(jar, method, path, form);
        hasHeaders(answer, `${method} ${path}: ${answer.status}`);
        answers += 1;
      }
  assert.ok(answers > 1000);
});

test('and so does every error, by its number', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  const form = (body: string | ReadableStream, type = 'application/x-www-form-urlencoded', origin = ORIGIN) =>
    jar.copy().send(
      new Request(`${ORIGIN}/sign-in/verify`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, origin },
        ...(typeof body !== 'string' && { duplex: 'half' }),
      }),
    );
  const used = await r.browser().open('/reset/nothing');
  const errors: [number, Answered | Promise<Answered>][] = [
    [400, form('code=1&code=2')],
    [400, form('code=%ff%fe')],
    [403, form('code=1', undefined, 'https://evil.test')],
    [403, (await signedInByDevice(r, await enrolledIn(r))).get('/account/password')],
    [404, jar.get('/nothing-here')],
    [404, jar.get('/help/en/nothing-here')],
    [405, call(jar, 'DELETE', '/sign-in', {})],
    [409, lateForm(r)],
    [410, used],
    [413, form(`code=${'1'.repeat(65 * 1024)}`)],
    [413, form(endless())],
    [415, form('{}', 'application/json')],
    [422, form('method=totp&code=12345')],
    [429, limited(r)],
  ];
  for (const [status, pending] of errors) {
    const answer = await pending;
    assert.equal(answer.status, status, answer.path);
    hasHeaders(answer, String(status));
    assert.doesNotMatch(answer.text, /node:|\.ts:\d|sqlite|SELECT |at async/i, String(status));
  }
  await secondStep(r, jar, ann);

  const complaints: string[] = [];
  const { error } = console;
  console.error = (...said: unknown[]) => void complaints.push(String(said[0]));
  try {
    await r.store.close();
    for (const path of ['/sign-in', '/account', '/enrol']) {
      const answer = await jar.get(path);
      assert.equal(answer.status, 500, path);
      hasHeaders(answer, '500');
      assert.doesNotMatch(answer.text, /node:|\.ts:\d|sqlite|database|at async/i);
    }
  } finally {
    console.error = error;
  }
  assert.ok(complaints.length > 0, 'the fault was logged');
  const unready = await r.browser().get('/health/ready');
  assert.equal(unready.status, 503);
  hasHeaders(unready, '503');
  assert.equal(unready.text.trim(), '{"status":"unavailable"}');
});

test('pages with something of a person on them are kept nowhere; files may be', async () => {
  const r = await rig();
  for (const place of PLACES) {
    r.advance('PT61S'); // for the next text message
    const { jar } = await sceneAt(r, place);
    for (const path of ['/sign-in', '/enrol', '/sign-in/verify'])
      assert.equal((await jar.open(path)).headers.get('cache-control'), 'no-store', `${path} at ${place}`);
  }
  const page = await r.browser().get('/sign-in');
  const files = [...page.text.matchAll(/(?:href|src)="(\/[^"]+\.(?:js|css|woff|svg))"/g)].map(([, path = '']) => path);
  assert.ok(files.length >= 3);
  for (const path of files) {
    const answer = await r.browser().get(path);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  }
  const ann = await enrolledIn(r);
  for (const path of ['/sign-out', '/account/sign-out-everywhere']) {
    const jar = await signedInWithCode(r, ann);
    assert.match((await jar.post(path)).headers.get('clear-site-data') ?? '', /"cache"/, path);
  }
});

test('on a real connection: no name of a server, no echo of a request, and no wait for headers without end', async () => {
  const r = await rig();
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  try {
    const say = (text: string) => raw(server.port, text);
    const ok = await say('GET /sign-in HTTP/1.1\r\nHost: id.example.test\r\nConnection: close\r\n\r\n');
    assert.match(ok, /^HTTP\/1\.1 200 /);
    assert.doesNotMatch(ok, /^(server|x-powered-by|via):/im);
    for (const method of ['TRACE', 'TRACK', 'PROPFIND', 'DEBUG', 'FOO']) {
      const answer = await say(
        `${method} /sign-in HTTP/1.1\r\nHost: id.example.test\r\nX-Secret: echoed\r\nConnection: close\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 (400|404|405|501) /, method);
      assert.doesNotMatch(answer, /echoed/i, method);
    }
    const connectAnswer = await say('CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n');
    assert.doesNotMatch(connectAnswer, /^HTTP\/1\.1 2/);
    const fat = await say(
      `GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Fat: ${'x'.repeat(20_000)}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(fat, /^HTTP\/1\.1 431 /);
    const broken = await say('GET /sign-in HTTP/1.1\r\nHost: a\r\nHost: b\r\nBad Header\r\n\r\n');
    assert.match(broken, /^HTTP\/1\.1 400 /);
    const after = await say('GET /health/live HTTP/1.1\r\nHost: id.example.test\r\nConnection: close\r\n\r\n');
    assert.match(after, /^HTTP\/1\.1 200 /, 'control: still there');
  } finally {
    await server.close();
  }
});

test('in a real browser: nothing in a frame of somebody else, nothing kept where scripts can read', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context, attack } = visited;
    const ann = await enrolledIn(r);
    const complaints: string[] = [];
    context.on('weberror', (one) => complaints.push(String(one.error())));
    context.on('console', (one) => one.type() === 'error' && complaints.push(one.text()));
    const page = await signInByHand(visited, ann);
    for (const path of ['/', '/account', '/account/password', '/help']) {
      await page.goto(origin + path);
      await page.waitForLoadState('networkidle');
      const kept = await page.evaluate(async () => ({
        local: JSON.stringify(localStorage),
        session: JSON.stringify(sessionStorage),
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        cookies: document.cookie,
        name: window.name,
      }));
      const nothing = { local: '{}', session: '{}', databases: 0, caches: 0, workers: 0, cookies: '', name: '' };
      assert.deepEqual(kept, nothing, path);
    }
    assert.deepEqual(complaints, [], 'no page of ours breaks its own policy');

    for (const from of ['same-site', 'cross-site'] as const) {
      const framed = ['/', '/sign-in', '/account', '/help', '/enrol', '/nothing-here']
        .map((path) => `<iframe src="${origin}${path}"></iframe><object data="${origin}${path}"></object>`)
        .join('');
      const tab = await attack(from, framed);
      const frames = tab.frames().filter((one) => one !== tab.mainFrame());
      assert.ok(frames.length >= 6);
      for (const frame of frames) {
        const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
        assert.doesNotMatch(text, /Password|Sign in|account|Nachtslot|Harbour/, `${from} ${frame.url()}`);
      }
      await tab.close();
    }
    const tab = await attack('cross-site', '<p>control</p>');
    assert.equal(await tab.textContent('p'), 'control');
  });
});

function hasHeaders({ headers }: Answered, where: string): void {
  const csp = new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((one) => {
      const [name = '', ...values] = one.split(' ');
      return [name, values];
    }),
  );
  for (const name of ['object-src', 'base-uri', 'frame-ancestors']) assert.deepEqual(csp.get(name), ["'none'"], where);
  assert.deepEqual(csp.get('form-action'), ["'self'"], where);
  const scripts = csp.get('script-src') ?? csp.get('default-src') ?? ['*'];
  for (const one of scripts) assert.match(one, /^'(self|none|nonce-[\w+/=-]{16,})'$/, where);
  assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d+/, where);
  const seconds = Number(/\d+/.exec(headers.get('strict-transport-security') ?? '')?.[0]);
  assert.ok(seconds >= YEAR_SECONDS, where);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', where);
  assert.match(headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/, where);
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', where);
  assert.equal(headers.get('cache-control'), 'no-store', where);
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'access-control-allow-credentials'])
    assert.equal(headers.get(name), null, `${where}: ${name}`);
}

/** The Set-Cookie lines of one walk over all roads. */
async function collectCookies(): Promise<string[]> {
  const r = await rig();
  const lines: string[] = [];
  const listening = (jar: Jar): Jar => {
    const send = jar.send.bind(jar);
    jar.send = async (...given) => {
      const answer = await send(...given);
      lines.push(...answer.headers.getSetCookie());
      return answer;
    };
    return jar;
  };
  const ann = await enrolledIn(r);
  const jar = listening(r.browser());
  await signIn(jar, ann);
  await jar.post('/language', { language: 'nl', 'return-to': '/' });
  await jar.post('/sign-in/passkey/options');
  await secondStep(r, jar, ann, { remember: true });
  r.advance('PT6M');
  await jar.submit('/account/confirm');
  await secondStep(r, jar, ann);
  await jar.submit('/account/password', {
    password: 'velvet ladder eleven moons',
    repeated: 'velvet ladder eleven moons',
  });
  await jar.submit('/account/sign-out-everywhere');
  const other = listening(r.browser());
  await signIn(other, { ...ann, password: 'velvet ladder eleven moons' });
  await other.submit('/sign-in/cancel');
  await other.submit('/forgot', { address: ann.email });
  const password = 'copper window seven rivers';
  await other.submit(await linkFor(r, ann, 'reset'), { password, repeated: password });
  return lines;
}

async function lateForm(r: Rig): Promise<Answered> {
  const { jar } = await sceneAt(r, 'proving');
  return jar.post('/enrol/scanned');
}

async function limited(r: Rig): Promise<Answered> {
  const ann: Person = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  const guess = () => jar.post('/sign-in/verify', { method: 'totp', code: '12345' });
  for (let round = 0; round < 4; round += 1) await guess();
  const other = await pendingOf(r, ann);
  await other.post('/sign-in/verify', { method: 'totp', code: '12345' });
  return other.post('/sign-in/verify', { method: 'totp', code: ann.code() });
}

function endless(): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('a=1&'.repeat(1024)));
    },
  });
}

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
