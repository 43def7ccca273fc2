import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION } from '#test/support/roads.ts';
import type { Route } from '#web/route.ts';
import { administratorIn } from '#test/support/administration.ts';
import { call, METHODS, ORIGIN, requestsFor } from './support/requests.ts';
import {
  asText,
  ATTEMPT,
  DEVICE,
  me,
  pendingOf,
  progress,
  secondStep,
  signedInByDevice,
  signedInWithCode,
  snapshot,
} from './support/in-process.ts';

type Who =
  | 'nobody'
  | 'pending'
  | 'pending, with the device of another'
  | 'level 1'
  | 'level 2, stale'
  | 'fresh'
  | 'Bob'
  | 'agent'
  | 'administrator'
  | 'administrator, stale'
  | 'administrator elsewhere';

test('every route, every method, everybody: in only with the level that the route asks for', async () => {
  const s = await standing();
  const { r, ann, bob, jars, requests } = s;
  const calls = s.routes.flatMap((route) => METHODS.map((method) => ({ route, method })));
  let refusedCalls = 0;
  for (const [who, jar] of Object.entries(jars) as [Who, Jar][]) {
    const stored = async () =>
      (await snapshot(r, ann)) + (await snapshot(r, bob)) + asText(await progress(r, jars.pending));
    const before = await stored();
    for (const { route, method } of calls) {
      if (mayEnter(route, method, who)) continue;
      const { path, form } = requests(route);
      for (const accept of ['text/html', 'application/json']) {
        const answer = await call(jar, method, path, form, { accept });
        isRefused(answer, `${method} ${path} as ${who}`, route, method);
        refusedCalls += 1;
      }
    }
    assert.equal(await stored(), before, `${who}: refused, and nothing changed`);
  }
  assert.ok(refusedCalls > 2000, `${refusedCalls} calls`);
  await secondStep(r, jars.pending, ann);
});

test('whoever has the level is let in (or the test above would pass with the door nailed up)', async () => {
  const count = (await standing()).routes.length;
  assert.ok(count > 40);
  for (let index = 0; index < count; index += 1) {
    // A world of its own for each: some of these routes end sessions.
    const { routes, jars, requests } = await standing();
    const route = routes[index];
    assert.ok(route);
    // Opened by no level of ours; who is let in there is in `forward-auth.test.ts`.
    if (route.level === 'proxy') continue;
    const { path, form } = requests(route);
    const least: Record<Exclude<Route['level'], 'proxy'>, Who> = {
      public: 'nobody',
      health: 'nobody',
      pending: 'pending',
      L1: 'level 1',
      'fresh-L2': 'fresh',
      help: 'agent',
      admin: 'administrator, stale',
      'fresh-admin': 'administrator',
    };
    const who = least[route.level];
    const answer = await call(jars[who], route.method, path, form);
    const where = `${route.method} ${path} as ${who}: ${answer.status} ${answer.location}`;
    assert.ok(answer.status < 500, where);
    assert.notEqual(answer.status, 403, where);
    assert.notEqual(answer.status, 405, where);
    assert.doesNotMatch(answer.location ?? '', /attempt-expired|return-to=/, where);
    if (route.method === 'POST') continue;
    const isNoPage =
      route.level === 'pending' ||
      /reset|activate|not-me|recovery|cases|\/callback$|^\/oidc\/(?:interaction\/|logout$)|^\/forward-auth\/|^\/help\/[a-z-]+$|^\/authenticator$/.test(
        path,
      );
    if (!isNoPage) assert.equal(answer.status, 200, where);
  }
});

test('to a public page a sign-in under way is a stranger', async () => {
  const { r, ann, bob, jars, routes, requests } = await standing();
  await r.organisation({ name: 'Another House', helpContact: 'help@another.example' });
  const asked = routes
    .filter(
      ({ level, path }) => level === 'public' && !['/sign-in', '/sign-out', '/oidc/logout/confirm'].includes(path),
    )
    .map((route) => ({ method: route.method, ...requests(route) }));
  const nowhere = { method: 'GET', path: '/nothing-here', form: {} };
  for (const { method, path, form } of [...asked, nowhere]) {
    const stranger = await call(jars.nobody, method, path, form);
    for (const who of ['pending', 'pending, with the device of another'] as const) {
      const answer = await call(jars[who], method, path, form);
      assert.equal(essence(answer), essence(stranger), `${method} ${path}`);
      for (const secret of [ann.email, ann.id, bob.email, 'Ann Quay']) assert.ok(!answer.text.includes(secret), path);
    }
  }
});

test('who am I: nobody, whatever the cookie is called and wherever it is put', async () => {
  const { r, jars } = await standing();
  const token = jars.pending.cookies.get(ATTEMPT) ?? '';
  assert.equal(await me(r, jars.pending), null);
  const disguises: Record<string, string>[] = [
    { cookie: `${SESSION}=${token}` },
    { cookie: `${DEVICE}=${token}; ${SESSION}=${token}; ${ATTEMPT}=${token}` },
    { authorization: `Bearer ${token}` },
    { authorization: `Basic ${btoa(`${token}:${token}`)}` },
    { 'x-session': token, 'x-forwarded-user': 'ann', 'remote-user': 'ann', 'x-original-url': '/account' },
  ];
  for (const headers of disguises) {
    const answer = await r.browser().get('/account', headers);
    assert.equal(answer.status, 303);
    assert.match(answer.location ?? '', /^\/sign-in/);
  }
});

test('another spelling of an address opens nothing', async () => {
  const { r, ann, jars } = await standing();
  const spellings = (path: string) => [
    path.toUpperCase(),
    `/${path}`,
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path}/x/..`,
    `/.${path}`,
    `/x/..${path}`,
    `/sign-in/..${path}`,
    `/static/..%2f${path.slice(1)}`,
    path.replace('a', '%61'),
    `${path}%2f`,
    `${path}%00`,
    `${path};x=1`,
    `${path}.json`,
    `${path}?_method=GET&level=fresh-L2`,
  ];
  for (const who of ['nobody', 'pending'] as const)
    for (const path of ['/account', '/account/password', '/enrol/done'].flatMap(spellings)) {
      const answer = await call(jars[who], 'GET', path, {});
      assert.ok(answer.status === 303 || answer.status === 404, `${path}: ${answer.status}`);
      assert.ok(!answer.text.includes(ann.email), path);
    }
  assert.equal(
    (await call(jars.fresh, 'GET', '/account/', {})).status,
    200,
    'control: a slash at the end is the same page',
  );
  assert.equal(await me(r, jars.pending), null);
});

test('what is not on the list is not there: a dictionary, and everything that pages and scripts name', async () => {
  const { jars, routes, requests, r } = await standing();
  for (const path of DICTIONARY)
    for (const [who, jar] of [
      ['nobody', jars.nobody],
      ['pending', jars.pending],
      ['fresh', jars.fresh],
    ] as const)
      for (const method of ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS']) {
        const { status } = await call(jar, method, path, {});
        assert.ok(status === 404 || status === 405, `${method} ${path} as ${who}: ${status}`);
      }

  const known = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/:[a-z]+/g, '[^/]+').replaceAll('.', '\\.')}$`),
  }));
  const isKnown = (method: string, path: string) =>
    known.some((one) => one.method === method && one.pattern.test(path));
  const pages = await Promise.all(
    routes
      .filter(({ method }) => method === 'GET')
      .flatMap((route) => Object.values(jars).map((jar) => call(jar, 'GET', requests(route).path, {}))),
  );
  const named = new Set(pages.flatMap(({ text }) => [...namesIn(text)]));
  assert.ok(named.size > 20);
  const files: string[] = [];
  for (const one of named) {
    const [method = '', address = ''] = one.split(' ');
    const { pathname, origin } = new URL(address, ORIGIN);
    if (origin !== ORIGIN || isKnown(method, pathname)) continue;
    const answer = await r.browser().get(pathname);
    assert.ok(answer.status === 200 && /immutable|max-age/.test(answer.headers.get('cache-control') ?? ''), one);
    files.push(pathname);
  }
  assert.ok(
    files.some((one) => one.endsWith('.js')),
    'control: the script is one of them',
  );
  for (const file of files) {
    const { text } = await r.browser().get(file);
    assert.doesNotMatch(text, /sourceMappingURL/);
    for (const map of [`${file}.map`, file.replace(/\.\w+$/, '.map')])
      if (map !== file) assert.equal((await r.browser().get(map)).status, 404, map);
    for (const [, path = ''] of text.matchAll(/["'`](\/[a-z][a-z/-]+)["'`]/g))
      assert.ok(isKnown('GET', path) || isKnown('POST', path), `${file} names ${path}`);
  }
});

/** Ann in every state a browser can be in, and Bob. */
async function standing() {
  const r = await rig();
  const house = await r.organisation({ name: 'Quay Freight', helpContact: 'people@quay.example' });
  const ann = await r.person({ name: 'Ann Quay', organisations: [house], enrolled: true });
  const bob = await enrolledIn(r);
  const alf = await r.person({ name: 'Alf Quay', organisations: [house], enrolled: true, role: 'agent' });
  const level1 = await signedInByDevice(r, ann);
  const stale = await signedInWithCode(r, ann);
  r.advance('PT5M1S');
  const stales = await administratorIn(r, [house], { name: 'Ada, an hour ago' });
  const requests = await requestsFor(r, ann, { house, administrator: stales });
  r.advance('PT5M1S');
  const bobs = await signedInWithCode(r, bob, { remember: true });
  const fresh = await signedInWithCode(r, ann);
  const pending = await pendingOf(r, ann);
  const ada = await administratorIn(r, [house]);
  const elsewhere = await administratorIn(r, [await r.organisation({ name: 'Elsewhere' })]);
  const withDevice = await pendingOf(r, ann);
  withDevice.cookies.set(DEVICE, bobs.cookies.get(DEVICE) ?? '');
  const jars: Record<Who, Jar> = {
    nobody: r.browser(),
    pending,
    'pending, with the device of another': withDevice,
    'level 1': level1,
    'level 2, stale': stale,
    fresh,
    Bob: bobs,
    agent: await signedInWithCode(r, alf),
    administrator: ada.jar,
    'administrator, stale': stales.jar,
    'administrator elsewhere': elsewhere.jar,
  };
  return { r, ann, bob, alf, jars, routes: r.app.routes, requests };
}

function mayEnter(route: Route, method: string, who: Who): boolean {
  const isListed = method === route.method || (method === 'HEAD' && route.method === 'GET');
  if (!isListed) return isListedElsewhere(route, method);
  const isFresh = ['fresh', 'Bob', 'agent', 'administrator', 'administrator elsewhere'].includes(who);
  // With an id of somebody else's organisation it is refused as well.
  const isOwn = who !== 'administrator elsewhere' || !route.path.includes(':id');
  switch (route.level) {
    case 'public':
    case 'health':
      return true;
    case 'pending':
      return who.startsWith('pending');
    case 'L1':
      return who === 'level 1' || who === 'level 2, stale' || isFresh || isAdministrator(who);
    case 'fresh-L2':
      return isFresh;
    case 'help':
      return who === 'agent' || (isAdministrator(who) && isOwn && (isFresh || method !== 'POST'));
    case 'admin':
      return isAdministrator(who) && isOwn;
    case 'fresh-admin':
      return isAdministrator(who) && isFresh && isOwn;
    case 'proxy':
      return false;
  }
}

function isAdministrator(who: Who): boolean {
  return who.startsWith('administrator');
}

/** The same address may be on the list with this method too; then that line decides. */
function isListedElsewhere(route: Route, method: string): boolean {
  return listed.has(`${method === 'HEAD' ? 'GET' : method} ${route.path}`);
}
const listed = new Set((await rig()).app.routes.map(({ method, path }) => `${method} ${path}`));

function isRefused(answer: Answered, where: string, route: Route, method: string): void {
  const { status, location } = answer;
  const isListed = method === route.method || (method === 'HEAD' && route.method === 'GET');
  if (!isListed) assert.equal(status, 405, where);
  else if (status === 303) assert.match(location ?? '', /^\/sign-in(\?|$)/, where);
  else if (route.level === 'proxy') assert.ok(status === 403 || status === 404, `${where}: ${status}`);
  // To whoever has no desk there is none; whoever has one proves it anew before changing anything.
  else if (route.level === 'help') assert.ok(status === 404 || (status === 403 && method === 'POST'), where);
  else if (route.level === 'admin' || route.level === 'fresh-admin') assert.ok(status === 403 || status === 404, where);
  else assert.ok(status === 403 && route.level === 'fresh-L2', `${where}: ${status}`);
  const cookies = answer.headers.getSetCookie().filter((line) => !/max-age=0/i.test(line));
  assert.deepEqual(cookies, [], where);
  assert.doesNotMatch(answer.text, /Long code|data-copy|name="repeated"/, where);
}

/** Status, headers and page without what is different each time. */
function essence({ status, headers, text, location }: Answered): string {
  const named = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    [status, location, named, text]
      .join('\n')
      .replace(/nonce(?:="|-)[^"' ;]+/g, 'nonce')
      .replace(/content-length: \d+/, '')
      // What a passkey is asked to sign is another number each time, for each browser.
      .replace(/"challenge":"[\w-]{43}"/, 'challenge')
      .replace(/set-cookie: __Host-passkey=[\w-]{43}/, 'a browser')
  );
}

function* namesIn(html: string): Generator<string> {
  for (const [, path] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) yield `GET ${path}`;
  const search = /<form method="get" action="(\/[^"#]*)/g;
  for (const [, path] of html.matchAll(search)) yield `GET ${path}`;
  for (const [, path] of html.replace(search, '').matchAll(/(?:form)?action="(\/[^"#]*)/g)) yield `POST ${path}`;
}

const DICTIONARY = `
/administrator /api /api/v1 /api/v1/users /openapi.json /swagger /graphql /debug /debug/pprof
/.env /.git/config /.git/HEAD /.npmrc /.well-known/openid-configuration /.well-known/security.txt /package.json
/package-lock.json /tsconfig.json /src/main.ts /dist/main.js /node_modules/hono/package.json /server-status /status
/actuator /actuator/health /metrics /health /healthz /health/x /health/live/x /health/ready/debug /ping /version /info
/config /config.json /nachtslot.config.json /data/keys.json /data/nachtslot.db /backup /backup.zip /dump.sql /db
/phpinfo.php /wp-login.php /wp-admin /login /logout /register /signup /users /user /me /session /sessions /token
/oauth/token /oidc/auth /oidc/token /oidc/userinfo /oidc/reg /forward-auth/x /.nachtslot/x /test /tests /__test__ /_internal
/internal /dev /dev/clock /demo /demo/people.json /demo/messages.json /demo/clock /clock /mailbox /messages /sms /gallery
/sample /examples /static /static/ /assets /assets/ /sw.js /service-worker.js /manifest.json /authenticator/x
/authenticator/index.html /main.js.map /index.js.map /robots.txt /sitemap.xml /crossdomain.xml /console /shell /exec
/sign-in/skip /sign-in/complete /sign-in/verify/skip /sign-in/verify/other /sign-in/done /sign-in/step-up /enrol/secret
/enrol/qr /enrol/qr.png /enrol/skip /enrol/reset /account/export /account/delete /account/secret /account/authenticators
/account/backup-code/show /account/sessions /account/devices /account/audit /reset /activate /not-me /help/en
/help/en/nothing /help/xx/wrong-code /help/../account/x /recovery /invite /voucher /webhook /websocket /ws
`
  .trim()
  .split(/\s+/);

/** For the control: what `standing` made is really what it says. */
test('the people of this file are who they are said to be', async () => {
  const { r, ann, bob, alf, jars } = await standing();
  const expected: [Who, Person | null][] = [
    ['nobody', null],
    ['pending', null],
    ['level 1', ann],
    ['level 2, stale', ann],
    ['fresh', ann],
    ['Bob', bob],
    ['agent', alf],
  ];
  for (const [who, person] of expected) assert.equal(await me(r, jars[who]), person?.id ?? null, who);
});
