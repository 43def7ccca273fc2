import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn } from '#test/support/roads.ts';
import { signInByHand, withBrowser } from './support/chromium.ts';
import { call, requestsFor } from './support/requests.ts';
import { PLACES, sceneAt } from './support/scenes.ts';
import {
  asText,
  linkFor,
  me,
  PHONE,
  pendingOf,
  progress,
  secondStep,
  signedInByDevice,
  signedInWithCode,
  snapshot,
} from './support/in-process.ts';

/** What a request looks like that no page of ours has sent. */
const FOREIGN: Record<string, Record<string, string>> = {
  'neither header': {},
  'no page at all': { origin: 'null' },
  'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'another site': { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
  'another site, an old browser': { origin: 'https://evil.test' },
  'another site, no referrer': { 'sec-fetch-site': 'cross-site' },
  'a sibling host': { origin: 'https://other.example.test', 'sec-fetch-site': 'same-site' },
  'a sibling host, no referrer': { 'sec-fetch-site': 'same-site' },
  'our host without TLS': { origin: 'http://id.example.test', 'sec-fetch-site': 'cross-site' },
  'another port': { origin: 'https://id.example.test:8443', 'sec-fetch-site': 'same-site' },
  'a host that begins like ours': { origin: 'https://id.example.test.evil.test' },
  'a host that ends like ours': { origin: 'https://evil-id.example.test' },
  'our origin, but the browser knows better': { origin: 'https://id.example.test', 'sec-fetch-site': 'cross-site' },
  'another origin, with a wrong word': { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' },
  'two origins': { origin: 'https://id.example.test, https://evil.test' },
  'two origins, the other way round': { origin: 'https://evil.test https://id.example.test' },
  'our origin in capitals': { origin: 'HTTPS://ID.EXAMPLE.TEST' },
  'only a referrer': { referer: 'https://id.example.test/account' },
  'a made-up site': { 'sec-fetch-site': 'SAME-ORIGIN' },
};

const TYPES = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
  '',
];

test('no operation takes a request from elsewhere, whatever it calls itself', async () => {
  const r = await rig();
  const { ann, jars } = await crowd(r);
  const requests = await requestsFor(r, ann);
  const posts = r.app.routes.filter(({ method }) => method === 'POST');
  assert.ok(posts.length > 25);
  const before = await everything(r, ann, jars);
  for (const [who, jar] of Object.entries(jars))
    for (const route of posts)
      for (const [from, headers] of Object.entries(FOREIGN)) {
        const { path, form } = requests(route);
        const type = TYPES[(path.length + from.length) % TYPES.length] ?? '';
        const answer = await foreign(jar, path, form, { 'content-type': type, ...headers });
        assert.equal(answer.status, 403, `${path} as ${who} from ${from}`);
        assert.deepEqual(answer.headers.getSetCookie(), [], `${path} as ${who} from ${from}`);
      }
  assert.equal(await everything(r, ann, jars), before);
  await secondStep(r, jars.pending, ann);
});

test('each kind of body from each kind of place, for what hurts most', async () => {
  const r = await rig();
  const { ann, jars } = await crowd(r);
  const requests = await requestsFor(r, ann);
  const before = await everything(r, ann, jars);
  const worst = ['/account/password', '/account/authenticators/remove', '/account/sign-out-everywhere', '/sign-out'];
  for (const path of worst)
    for (const type of TYPES)
      for (const [from, headers] of Object.entries(FOREIGN)) {
        const { form } = requests({ path });
        for (const address of [path, `${path}?${new URLSearchParams(form)}`, `${path}?_method=POST`]) {
          const answer = await foreign(jars.fresh, address, form, { 'content-type': type, ...headers });
          assert.equal(answer.status, 403, `${address} as ${type} from ${from}`);
        }
      }
  // From our own origin, but nothing that a form of ours is.
  for (const type of TYPES.slice(1)) {
    const headers = { 'content-type': type, origin: 'https://id.example.test', 'sec-fetch-site': 'same-origin' };
    const answer = await foreign(
      jars.fresh,
      '/account/password',
      requests({ path: '/account/password' }).form,
      headers,
    );
    assert.equal(answer.status, 415, type);
  }
  assert.equal(await everything(r, ann, jars), before);
  const { form } = requests({ path: '/account/password' });
  assert.equal((await call(jars.fresh, 'POST', '/account/password', form)).status, 303, 'control: our own form works');
});

test('reading changes nothing: GET and HEAD on every route, as everybody, with the fields of the form in the address', async () => {
  const r = await rig();
  const { ann, jars } = await crowd(r);
  await r.browser().submit('/forgot', { address: ann.email });
  const reset = await linkFor(r, ann, 'reset');
  await r.outbox.deliverDue();
  const requests = await requestsFor(r, ann);
  const paths = new Map(r.app.routes.map((route) => [route.path, requests(route)]));
  const before = await everything(r, ann, jars);
  for (const [who, jar] of Object.entries(jars))
    for (const { path, form } of [...paths.values(), { path: reset, form: { password: 'x', repeated: 'x' } }])
      for (const method of ['GET', 'HEAD'])
        for (const query of ['', `?${new URLSearchParams({ ...form, _method: 'POST', method: 'post' })}`]) {
          const answer = await call(jar, method, path + query, {}, { 'x-http-method-override': 'POST' });
          assert.ok(answer.status < 500, `${method} ${path}${query} as ${who}`);
          const set = answer.headers.getSetCookie().filter((line) => !/max-age=0/i.test(line));
          assert.deepEqual(set, [], `${method} ${path}${query} as ${who}`);
        }
  assert.equal(await everything(r, ann, jars), before);
  assert.equal((await r.browser().get(reset)).status, 200, 'the link is still good');
});

test('reading the wizard makes no new secret, at none of its steps', async () => {
  for (const place of PLACES) {
    const r = await rig();
    const { jar, person } = await sceneAt(r, place);
    const before = (await snapshot(r, person)) + asText(await progress(r, jar));
    const head = await r.store.read.audit.head();
    for (const path of ['/enrol', '/enrol?again=1', '/sign-in', '/sign-in/verify', '/sign-in/prompt', '/enrol/choice'])
      for (const method of ['GET', 'HEAD']) await call(jar, method, path, {});
    assert.equal((await snapshot(r, person)) + asText(await progress(r, jar)), before, place);
    assert.deepEqual(await r.store.read.audit.head(), head, place);
  }
});

test('a real browser with a live session, on a page of somebody else: nothing changes', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context, attack } = visited;
    const ann = await enrolledIn(r, PHONE);
    const page = await signInByHand(visited, ann);
    const requests = await requestsFor(r, ann);
    const operations = r.app.routes.filter(({ method }) => method === 'POST').map(requests);
    const before = await snapshot(r, ann);
    const audit = await eventsOf(r, ann);
    for (const from of ['same-site', 'cross-site'] as const) {
      for (const html of [forms(origin, operations), fetches(origin, operations), embedded(origin, operations)]) {
        const tab = await attack(from, html);
        assert.equal(await snapshot(r, ann), before, from);
        await tab.close();
      }
      // A form that takes the whole window along, and one in a window of its own.
      for (const { path, form } of operations.filter((one) => HURTS.test(one.path))) {
        const tab = await attack(from, autoForm(origin, path, form, '_self'));
        assert.equal(await snapshot(r, ann), before, `${from} ${path}`);
        await tab.close();
      }
    }
    assert.deepEqual(await eventsOf(r, ann), audit, 'and nothing to tell of');

    await page.goto(`${origin}/account`);
    assert.ok((await page.content()).includes(ann.email), 'control: still signed in');
    const [rename] = operations.filter(({ path }) => path === '/account/authenticators/rename');
    await page.setContent('');
    await page.goto(`${origin}/account`);
    const status = await page.evaluate(
      async ([path, body]) => (await fetch(path ?? '', { method: 'POST', body: new URLSearchParams(body) })).status,
      [rename?.path, new URLSearchParams(rename?.form).toString()] as const,
    );
    assert.equal(status, 200);
    assert.notEqual(await snapshot(r, ann), before, 'control: the same from our own page does it');
    await context.close();
  });
});

const HURTS = /password|remove|everywhere|sign-out/;
const BODIES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

type Operation = { path: string; form: Record<string, string> };

function forms(origin: string, operations: Operation[]): string {
  return operations
    .flatMap(({ path, form }, index) =>
      // Every kind of body for what hurts most: a frame for each of all of them would take a minute to draw.
      (HURTS.test(path) ? BODIES : BODIES.slice(0, 1)).map((type, way) => {
        const name = `f${index}-${way}`;
        return `<iframe name="${name}"></iframe>${formOf(origin + path, form, name, type)}`;
      }),
    )
    .concat('<script>for (const form of document.forms) form.submit();</script>')
    .join('\n');
}

function autoForm(origin: string, path: string, form: Record<string, string>, target: string): string {
  return `${formOf(origin + path, form, target, 'application/x-www-form-urlencoded')}<script>document.forms[0].submit();</script>`;
}

function formOf(action: string, form: Record<string, string>, target: string, type: string): string {
  const fields = Object.entries(form).map(([name, value]) => `<input name="${name}" value="${value}">`);
  return `<form method="post" action="${action}" target="${target}" enctype="${type}">${fields.join('')}</form>`;
}

function fetches(origin: string, operations: Operation[]): string {
  return `<script>
    for (const { path, form } of ${JSON.stringify(operations)})
      for (const mode of ['no-cors', 'cors'])
        for (const body of [new URLSearchParams(form), JSON.stringify(form)])
          fetch(${JSON.stringify(origin)} + path, { method: 'POST', mode, credentials: 'include', body, keepalive: true })
            .catch(() => {});
    navigator.sendBeacon(${JSON.stringify(origin)} + '/account/sign-out-everywhere', new URLSearchParams({ a: '1' }));
  </script>`;
}

/** Pictures, frames, styles and links: all that a page can fetch with the cookies of another. */
function embedded(origin: string, operations: Operation[]): string {
  return operations
    .map(({ path, form }) => {
      const address = `${origin}${path}?${new URLSearchParams({ ...form, _method: 'POST' })}`.replaceAll('&', '&amp;');
      return `<img src="${address}"><iframe src="${address}"></iframe><link rel="stylesheet" href="${address}"><script src="${address}"></script>`;
    })
    .join('\n');
}

async function crowd(r: Rig) {
  const ann = await enrolledIn(r, PHONE);
  const byDevice = await signedInByDevice(r, ann);
  const fresh = await signedInWithCode(r, ann);
  const pending = await pendingOf(r, ann);
  assert.equal(await me(r, fresh), ann.id);
  return { ann, jars: { nobody: r.browser(), pending, byDevice, fresh } };
}

/** The account, what is under way, what is to be sent, what was charged, and the last line of the audit. */
async function everything(r: Rig, ann: Person, jars: Record<string, Jar>): Promise<string> {
  const { read } = r.store;
  return asText([
    await snapshot(r, ann),
    await Promise.all(Object.values(jars).map((jar) => progress(r, jar))),
    await read.audit.head(),
    await read.outbox.waiting(),
    await read.budgets.history(`guess:${ann.id}`),
  ]);
}

async function eventsOf(r: Rig, { id }: Person): Promise<string[]> {
  return (await r.store.read.audit.of(id, 200)).map(({ event }) => event).filter((one) => one.startsWith('account.'));
}

/** As it comes from somewhere else: the cookies are there, for they are the browser's to send. */
function foreign(jar: Jar, path: string, form: Record<string, string>, headers: Record<string, string>) {
  const body = new URLSearchParams(form).toString();
  return jar.copy().send(new Request(`https://id.example.test${path}`, { method: 'POST', body, headers }));
}
