import assert from 'node:assert/strict';
import { test } from 'node:test';
import { administratorIn, furnished, oidcForm, oidcInput, PNG, stewardOf } from '#test/support/administration.ts';
import { caller, tokenFor } from '#test/support/program.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { apiRoutes } from '../../src/api/routes.ts';
import { asText, onBoth, signedInByDevice, signedInWithCode } from './support/in-process.ts';
import { call, requestsFor } from './support/requests.ts';

const PAGES = ['admin', 'fresh-admin'];

/** Two organisations, each with an administrator, an application, a token and a person; Eve administers the other. */
async function scene(on?: Rig) {
  const r = on ?? (await rig());
  const house = await r.organisation({ name: 'Harbour Freight', slug: 'harbour' });
  const other = await r.organisation({ name: 'Quay & Sons', slug: 'quay' });
  const ann = await r.person({ name: 'Ann Quay', organisations: [house], enrolled: true });
  const eve = await administratorIn(r, [other], { name: 'Eve' });
  const eves = await furnished(r, other, eve);
  const ada = await administratorIn(r, [house]);
  const requests = await requestsFor(r, ann, { house, administrator: ada });
  const routes = r.app.routes.filter(({ level }) => PAGES.includes(level));
  assert.ok(routes.length >= 20);
  const everything = async () => {
    const { read } = r.store;
    return asText([
      await read.applications.all(),
      await Promise.all((await read.applications.all()).map(async ({ id }) => read.applications.logo(id))),
      await Promise.all([house, other].map(async ({ id }) => (await read.apiTokens.of(id)).map((one) => one.id))),
      await Promise.all(
        [house, other].map(({ id }) => read.people.page({ organisation: id, search: '', after: null, limit: 99 })),
      ),
      await read.help.articles([house.id, other.id]),
      await read.help.links([house.id, other.id]),
      (await read.organisations.all()).map(({ helpContact }) => helpContact),
      (await read.audit.page(0, 10_000)).filter(({ event }) => /^(application|api-token|person|help)\./.test(event))
        .length,
    ]);
  };
  return { r, house, other, ann, ada, eve, eves, requests, routes, everything };
}

test('an id of another organisation is not there, on any page and in any form', async () => {
  const { eve, house, requests, routes, everything } = await scene();
  const before = await everything();
  let tries = 0;
  for (const route of routes) {
    const { path, form } = requests(route);
    const isAboutOne = path !== route.path || 'id' in form;
    // Her own page, with the organisation of the other; or the thing itself, with hers in the address.
    for (const query of [
      `?organisation=${house.slug}`,
      `?organisation=${house.id}`,
      ...(isAboutOne ? ['', '?organisation=quay'] : []),
    ]) {
      const answer = await call(eve.jar, route.method, path + query, form);
      assert.ok(answer.status === 404 || answer.status === 415, `${route.method} ${path}${query}: ${answer.status}`);
      for (const secret of ['Harbour Freight', 'Ann Quay', 'Payroll', 'Room 12'])
        assert.ok(!answer.text.includes(secret), `${path}${query} names ${secret}`);
      tries += 1;
    }
  }
  assert.ok(tries > 60, `${tries} tries`);
  const picture = new FormData();
  picture.set('picture', new Blob([PNG]), 'a.png');
  const logo = requests({ path: '/admin/applications/:id/logo' }).path;
  const headers = { origin: 'https://id.example.test', 'sec-fetch-site': 'same-origin' };
  const request = new Request(`https://id.example.test${logo}`, { method: 'POST', body: picture, headers });
  assert.equal((await eve.jar.send(request)).status, 404);
  assert.equal(await everything(), before);
});

test('an id of another organisation is not there for a program either', async () => {
  const { r, ann, ada, eve, other, house, requests, everything } = await scene();
  const id = requests({ path: '/admin/applications/:id' }).path.split('/').at(-1) ?? '';
  const call = caller(r, await tokenFor(r, await stewardOf(r, eve), other));
  const own = caller(r, await tokenFor(r, await stewardOf(r, ada), house, { name: 'Own' }));
  const { audience: _, ...input } = oidcInput('');
  const bodies: Record<string, unknown> = {
    '/api/v1/applications/:id': input,
    '/api/v1/applications/:id/status': { status: 'disabled' },
    '/api/v1/people/:id/groups': { groups: ['Finance'] },
  };
  const before = await everything();
  const about = apiRoutes.filter(({ path }) => path.includes(':id'));
  assert.ok(about.length >= 7);
  for (const { method, path } of about) {
    const address = path.replace('/api/v1', '').replace(':id', path.includes('people') ? ann.id : id);
    const body = method === 'PUT' ? bodies[path] : undefined;
    const answer = await call(method, address, body, { 'if-match': '*' });
    assert.equal(answer.status, 404, `${method} ${address}: ${JSON.stringify(answer.body)}`);
    assert.deepEqual(answer.body['errors'], undefined);
  }
  assert.equal(await everything(), before);
  // The last of them removes it, so the controls run in the order of the list.
  assert.equal((await own('GET', `/applications/${id}`)).status, 200, 'control: it is there for its own');
  assert.equal((await own('PUT', `/people/${ann.id}/groups`, { groups: ['Finance'] })).status, 200);
  const mine = await call('POST', '/applications', { ...input, audience: ['harbour'] });
  assert.equal(mine.status, 422, 'nor are its people let in');
});

test('fields that the form does not have change nothing: owner, secret, status, role, another organisation', async () => {
  const { r, ada, house, other, ann } = await scene();
  const more = {
    owner: other.id,
    organisation: other.id,
    id: 'chosen',
    status: 'disabled',
    secretHash: 'x',
    secret: 'x',
    hasLogo: 'yes',
    createdAt: '0',
    [`audience.${other.id}`]: 'yes',
    'scope.admin': 'yes',
    role: 'administrator',
    level: 'aal2',
  };
  const page = await ada.jar.post('/admin/applications/add', oidcForm(house.id, { name: 'Extra', ...more }));
  assert.equal(page.status, 422, 'a scope that there is not');
  const { 'scope.admin': __, ...rest } = more;
  assert.equal(
    (await ada.jar.post('/admin/applications/add', oidcForm(house.id, { name: 'Extra', ...rest }))).status,
    200,
  );
  const made = (await r.store.read.applications.all()).find(({ name }) => name === 'Extra');
  assert.ok(made && made.id !== 'chosen');
  assert.deepEqual([made.owner, made.status, made.hasLogo, made.audience], [house.id, 'active', false, [house.id]]);
  assert.equal(made.secretHash?.byteLength, 32);
  await ada.jar.post(`/admin/people/${ann.id}/groups`, {
    groups: 'Finance',
    role: 'administrator',
    status: 'disabled',
  });
  const member = await r.store.read.people.member(house.id, ann.id);
  assert.deepEqual([member?.role, member?.status, member?.groups], ['member', 'active', ['Finance']]);
});

test('a choice that the form does not offer is no choice', async () => {
  const { ada, house, everything } = await scene();
  const before = await everything();
  const odd: Record<string, string>[] = [
    { kind: 'saml' },
    { strength: 'none' },
    { type: 'service' },
    { authMethod: 'client_secret_jwt' },
    { idTokenAlg: 'none' },
    { profile: 'fapi1' },
    { kind: '__proto__' },
  ];
  for (const typed of odd) {
    const page = await ada.jar.post('/admin/applications/add', oidcForm(house.id, typed));
    assert.equal(page.status, 400, JSON.stringify(typed));
  }
  const rule = { kind: 'forward-auth', 'rules.0.host': 'a.example', 'rules.0.path': '/', 'rules.0.access': 'nobody' };
  assert.equal((await ada.jar.post('/admin/applications/add', oidcForm(house.id, rule))).status, 400);
  assert.equal(await everything(), before);
});

test('changes need a second step not older than five minutes; reading does not; a remembered device opens neither', async () => {
  const { r, house, requests, routes, everything } = await scene();
  const ida = await administratorIn(r, [house], { name: 'Ida' });
  r.advance('PT30S');
  const byDevice = await signedInByDevice(r, ida.person);
  r.advance('PT30S');
  const stale = await signedInWithCode(r, ida.person);
  r.advance('PT5M1S');
  const before = await everything();
  for (const route of routes) {
    const { path, form } = requests(route);
    assert.equal((await call(byDevice, route.method, path, form)).status, 403, `${path} with a remembered device`);
    const answer = await call(stale, route.method, path, form);
    if (route.level === 'fresh-admin') assert.equal(answer.status, 403, `${path}: ${answer.status}`);
    else assert.ok(answer.status === 200 || /\/(callback|try)$/.test(path), `${path}: ${answer.status}`);
  }
  assert.equal(await everything(), before);
});

test('no other site makes an administrator change something', async () => {
  const { ada, requests, routes, everything } = await scene();
  const before = await everything();
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://other.example.test', 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ];
  for (const route of routes.filter(({ method }) => method === 'POST')) {
    const { path, form } = requests(route);
    for (const headers of foreign) {
      const answer = await call(ada.jar, 'POST', path, form, headers);
      assert.equal(answer.status, 403, path);
    }
    await call(ada.jar, 'GET', `${path}?${new URLSearchParams(form)}`, {});
  }
  assert.equal(await everything(), before);
});

onBoth('a right that is taken away is gone at the next request, and the tokens with it', async (on, { meddle }) => {
  const { r, house, ada, everything } = await scene(on);
  const token = caller(r, await tokenFor(r, await stewardOf(r, ada), house, { name: 'Left behind' }));
  assert.equal((await token('GET', '/applications')).status, 200);
  await meddle(`update memberships set role = 'member' where account = '${ada.person.id}'`);
  const before = await everything();
  assert.equal((await ada.jar.get('/admin')).status, 404);
  assert.equal((await ada.jar.post('/admin/applications/add', oidcForm(house.id))).status, 404);
  assert.equal((await token('GET', '/applications')).status, 401);
  assert.equal(await everything(), before);
});

test('nobody gets a secret, a token or a key to see twice', async () => {
  const { r, house, ada, requests, routes } = await scene();
  const page = await ada.jar.post('/admin/tokens/create', { name: 'Once', scope: 'read', days: '1' });
  const token = /nachtslot_[\w-]{43}/.exec(page.text)?.[0] ?? '';
  assert.ok(token);
  const made = await ada.jar.post('/admin/applications/add', oidcForm(house.id, { name: 'Once' }));
  const secret = /data-copy="([\w-]{43})"/.exec(made.text)?.[1] ?? '';
  assert.ok(secret);
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const { text } = await call(ada.jar, 'GET', requests(route).path, {});
    assert.ok(!text.includes(token) && !text.includes(secret), route.path);
  }
  const lines = asText(await r.store.read.audit.page(0, 10_000));
  assert.ok(!lines.includes(token) && !lines.includes(secret));
});

test('a picture is what its bytes say, and has no rights on our origin', async () => {
  const { r, ada, requests } = await scene();
  const { path } = requests({ path: '/admin/applications/:id/logo' });
  const send = async (bytes: Uint8Array | string, name: string, type: string) => {
    const form = new FormData();
    form.set('picture', new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], { type }), name);
    // As bytes, as they come from a socket.
    const sent = new Response(form);
    const body = await sent.arrayBuffer();
    const headers = {
      'content-type': sent.headers.get('content-type') ?? '',
      origin: 'https://id.example.test',
      'sec-fetch-site': 'same-origin',
    };
    return ada.jar.send(new Request(`https://id.example.test${path}`, { method: 'POST', body, headers }));
  };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const [bytes, name, type] of [
    [svg, 'a.svg', 'image/svg+xml'],
    [svg, 'a.png', 'image/png'],
    ['<!doctype html><script>1</script>', 'a.jpg', 'image/jpeg'],
    ['GIF89a', 'a.gif', 'image/gif'],
    ['', 'a.png', 'image/png'],
    [new Uint8Array([...PNG, ...new Uint8Array(33_000)]), 'a.png', 'image/png'],
    [new Uint8Array([...PNG, ...new Uint8Array(90_000)]), 'a.png', 'image/png'],
  ] as const) {
    const answer = await send(bytes, name, type);
    assert.equal(answer.status, 422, name);
    assert.match(answer.text, /id="picture-error"/);
  }
  assert.equal((await send(PNG, 'evil.html', 'text/html')).status, 303);
  const shown = await r.browser().get(requests({ path: '/applications/:id/logo' }).path);
  assert.equal(shown.headers.get('content-type'), 'image/png');
  assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
  assert.match(shown.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
});
