import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashToken } from '#flows/token.ts';
import { administratorIn, oidcInput, stewardOf } from '#test/support/administration.ts';
import { type ApiAnswer, caller, tokenFor } from '#test/support/program.ts';
import { rig } from '#test/support/rig.ts';

const r = await rig();
const { read } = r.store;
const harbour = await r.organisation({ name: 'Harbour Freight', slug: 'harbour' });
const ada = await administratorIn(r, [harbour]);
const steward = await stewardOf(r, ada);
const token = await tokenFor(r, steward, harbour);
const call = caller(r, token);

const { audience: _, ...input } = oidcInput(harbour.id);
const add = async (name: string): Promise<ApiAnswer & { id: string; etag: string }> => {
  const answer = await call('POST', '/applications', { ...input, name });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { ...answer, id: String(answer.body['id']), etag: answer.headers.get('etag') ?? '' };
};
const isProblem = (answer: ApiAnswer, status: number, code: string) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(answer.body['code'], code);
  assert.equal(answer.body['status'], status);
  assert.match(String(answer.body['detail']), /[.?!]$/);
};
const fieldsOf = ({ body }: ApiAnswer) => (body['errors'] as { field: string }[]).map(({ field }) => field);

function text(value: unknown): string {
  assert.ok(typeof value === 'string');
  return value;
}

describe('the interface: applications', () => {
  it('adds one, with its secret in this answer and in no other', async () => {
    const made = await add('Payroll');
    const secret = String(made.body['secret']);
    assert.match(secret, /^[\w-]{43}$/);
    assert.equal(made.headers.get('location'), `/api/v1/applications/${made.id}`);
    const stored = await read.applications.byId(made.id);
    assert.deepEqual(stored?.secretHash, Uint8Array.from(hashToken(secret)));
    assert.equal(stored?.owner, harbour.id);
    const again = await call('GET', `/applications/${made.id}`);
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('etag'), made.etag);
    assert.deepEqual(again.body['audience'], ['harbour']);
    assert.ok(!JSON.stringify(again.body).includes(secret));
    assert.ok(!JSON.stringify((await call('GET', '/applications')).body).includes(secret));
  });

  it('adds one once under one key, however often it is asked', async () => {
    const headers = { 'idempotency-key': 'wages 2026' };
    const first = await call('POST', '/applications', { ...input, name: 'Wages' }, headers);
    const second = await call('POST', '/applications', { ...input, name: 'Wages' }, headers);
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.equal(first.body['id'], second.body['id']);
    assert.equal(second.body['secret'], null);
    const other = caller(r, await tokenFor(r, steward, harbour, { name: 'Other' }));
    const third = await other('POST', '/applications', { ...input, name: 'Wages' }, headers);
    assert.equal(third.status, 201, 'a key belongs to its token');
  });

  it('changes what was seen, and nothing else', async () => {
    const { id, etag } = await add('Hours');
    const change = { ...input, name: 'Hours and days' };
    isProblem(await call('PUT', `/applications/${id}`, change), 428, 'if-match-required');
    isProblem(await call('PUT', `/applications/${id}`, change, { 'if-match': 'W/"1"' }), 428, 'if-match-required');
    isProblem(await call('PUT', `/applications/${id}`, change, { 'if-match': '"1"' }), 412, 'changed-meanwhile');
    assert.equal((await read.applications.byId(id))?.name, 'Hours');
    const changed = await call('PUT', `/applications/${id}`, change, { 'if-match': etag });
    assert.equal(changed.status, 200);
    assert.notEqual(changed.headers.get('etag'), etag);
    assert.equal((await read.applications.byId(id))?.name, 'Hours and days');
    isProblem(await call('PUT', `/applications/${id}`, change, { 'if-match': etag }), 412, 'changed-meanwhile');
    const secret = await call('POST', `/applications/${id}/secret`);
    assert.match(String(secret.body['secret']), /^[\w-]{43}$/);
    const off = await call('PUT', `/applications/${id}/status`, { status: 'disabled' });
    assert.deepEqual([off.status, off.body['status'], 'secret' in off.body], [200, 'disabled', false]);
    isProblem(await call('DELETE', `/applications/${id}`), 428, 'if-match-required');
    assert.equal((await call('DELETE', `/applications/${id}`, undefined, { 'if-match': '*' })).status, 204);
    isProblem(await call('GET', `/applications/${id}`), 404, 'not-found');
  });

  it('says which field is wrong, with the sentence of the page', async () => {
    const { settings } = input;
    const wrong = { ...input, name: '', settings: { ...settings, redirectUris: ['http://payroll.example/cb'] } };
    const answer = await call('POST', '/applications', wrong);
    isProblem(answer, 422, 'application-name-invalid');
    assert.deepEqual(fieldsOf(answer), ['/name', '/settings/redirectUris']);
    assert.match(JSON.stringify(answer.body), /starts with http:/);
    const shapes = await call('POST', '/applications', { ...input, settings: { ...settings, dpop: 'yes' } });
    isProblem(shapes, 422, 'input-malformed');
    assert.deepEqual(fieldsOf(shapes), ['/settings/dpop']);
    const foreign = await call('POST', '/applications', { ...input, audience: ['harbour', 'somewhere'] });
    assert.deepEqual(fieldsOf(foreign), ['/audience']);
  });

  it('lists page by page, each once', async () => {
    const all: unknown[] = [];
    let cursor = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const { status, body } = await call('GET', `/applications?limit=2${cursor && `&cursor=${cursor}`}`);
      assert.equal(status, 200);
      const items = body['items'] as { id: string }[];
      assert.ok(items.length <= 2);
      all.push(...items.map(({ id }) => id));
      if (body['next'] === null) break;
      cursor = text(body['next']);
    }
    const stored = (await read.applications.ownedBy(harbour.id)).map(({ id }) => id);
    assert.deepEqual(all, stored);
    for (const query of ['cursor=!!', 'cursor=W10', 'limit=0', 'limit=101', 'limit=x'])
      assert.equal((await call('GET', `/applications?${query}`)).status, 422, query);
  });
});

describe('the interface: people', () => {
  it('lists them with how they are protected, by name and by search', async () => {
    const house = await r.organisation({ slug: 'crowd' });
    const admin = await administratorIn(r, [house], { name: 'Zoë Admin' });
    const ask = caller(r, await tokenFor(r, await stewardOf(r, admin), house));
    for (const name of ['Ann', 'Bob', 'Cem', 'Ann'])
      await r.person({ name, email: `${name}${Math.random()}@x.example`, organisations: [house] });
    const names: string[] = [];
    for (let next: unknown = ''; next !== null; ) {
      const { body } = await ask('GET', `/people?limit=2${next ? `&cursor=${text(next)}` : ''}`);
      names.push(...(body['items'] as { name: string }[]).map(({ name }) => name));
      next = body['next'];
    }
    assert.deepEqual(names, ['Ann', 'Ann', 'Bob', 'Cem', 'Zoë Admin']);
    const found = await ask('GET', '/people?search=BOB');
    const [bob] = found.body['items'] as { id: string; enrolment: string }[];
    assert.equal(bob?.enrolment, 'none');
    assert.deepEqual((await ask('GET', '/people?search=%25')).body['items'], []);
    const set = await ask('PUT', `/people/${bob?.id}/groups`, { groups: ['Finance', ' Finance ', 'Night shift'] });
    assert.deepEqual(set.body['groups'], ['Finance', 'Night shift']);
    const refused = await ask('PUT', `/people/${bob?.id}/groups`, { groups: ['a,b'] });
    isProblem(refused, 422, 'group-name-invalid');
    const line = (await read.audit.of(bob?.id ?? '', 5)).find(({ event }) => event === 'person.groups-changed');
    assert.equal(line?.detail['after'], 'Finance, Night shift');
    assert.equal(line?.actor, admin.person.id);
  });
});

describe('the interface: who may', () => {
  it('lets in a good token in the header, and nothing else: no cookie, no query, no other scheme', async () => {
    const session = ada.jar.cookies.get('__Host-session') ?? '';
    const nobody = caller(r, '');
    const tries: [string, Record<string, string>][] = [
      ['/people', {}],
      ['/people', { cookie: `__Host-session=${session}` }],
      ['/people', { authorization: `Bearer ${session}` }],
      ['/people', { authorization: `Basic ${btoa(`x:${token}`)}` }],
      ['/people', { authorization: token }],
      ['/people', { authorization: `Bearer ${token}x` }],
      ['/people', { authorization: `Bearer ${token}, Bearer ${token}` }],
      [`/people?access_token=${token}`, {}],
    ];
    for (const [path, headers] of tries) {
      const answer = await nobody('GET', path, undefined, headers);
      isProblem(answer, 401, 'token-required');
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm="nachtslot"/);
    }
  });

  it('keeps a token that reads from changing anything', async () => {
    const reader = caller(r, await tokenFor(r, steward, harbour, { scope: 'read' }));
    const { id, etag } = await add('Only read');
    assert.equal((await reader('GET', `/applications/${id}`)).status, 200);
    isProblem(await reader('POST', '/applications', input), 403, 'token-reads-only');
    isProblem(await reader('PUT', `/applications/${id}`, input, { 'if-match': etag }), 403, 'token-reads-only');
    isProblem(await reader('POST', `/applications/${id}/secret`), 403, 'token-reads-only');
    isProblem(await reader('DELETE', `/applications/${id}`, undefined, { 'if-match': '*' }), 403, 'token-reads-only');
  });

  it('ends a token when it expires, when it is revoked, and when its maker is an administrator no more', async () => {
    const house = await r.organisation();
    const maker = await administratorIn(r, [house]);
    const other = await administratorIn(r, [house]);
    const makers = await stewardOf(r, maker);
    const short = caller(r, await tokenFor(r, makers, house, { days: 1, name: 'Short' }));
    const long = caller(r, await tokenFor(r, makers, house, { name: 'Long' }));
    const others = caller(r, await tokenFor(r, await stewardOf(r, other), house, { name: 'Another' }));
    r.advance('P1D');
    assert.deepEqual([(await short('GET', '/people')).status, (await long('GET', '/people')).status], [401, 200]);
    await r.store.transaction((tx) => tx.accounts.setStatus(maker.person.id, 'disabled'));
    assert.deepEqual([(await long('GET', '/people')).status, (await others('GET', '/people')).status], [401, 200]);
    const [row] = (await read.apiTokens.of(house.id)).filter(({ name }) => name === 'Another');
    assert.equal(row?.lastUsedAt?.toString(), r.now().toString());
    await r.store.transaction((tx) => tx.apiTokens.remove(house.id, row?.id ?? ''));
    assert.equal((await others('GET', '/people')).status, 401);
  });

  it('slows down a program that asks too often', async () => {
    const eager = caller(r, await tokenFor(r, await stewardOf(r, await administratorIn(r, [harbour])), harbour));
    for (let n = 0; n < 120; n += 1) assert.equal((await eager('GET', '/people')).status, 200);
    const answer = await eager('GET', '/people');
    isProblem(answer, 429, 'too-many-requests');
    assert.equal(answer.headers.get('retry-after'), '60');
    assert.equal((await call('GET', '/people')).status, 200, 'and no other');
    r.advance('PT1M');
    assert.equal((await eager('GET', '/people')).status, 200);
  });
});

describe('the interface: what it takes', () => {
  it('refuses what is no JSON, too long, or has names of its own', async () => {
    const type = (value: string) => ({ 'content-type': value });
    isProblem(await call('POST', '/applications', '{"name":'), 400, 'input-malformed');
    isProblem(await call('POST', '/applications', '[]'), 422, 'input-malformed');
    isProblem(await call('POST', '/applications', 'null'), 422, 'input-malformed');
    isProblem(
      await call('POST', '/applications', 'a=b', type('application/x-www-form-urlencoded')),
      415,
      'json-expected',
    );
    isProblem(
      await call('POST', '/applications', '{}', type('application/json; charset=utf-16')),
      415,
      'json-expected',
    );
    isProblem(await call('POST', '/applications', `"${'x'.repeat(65_600)}"`), 413, 'too-large');
    isProblem(await call('POST', '/applications', `${'['.repeat(9000)}${']'.repeat(9000)}`), 422, 'input-malformed');
    const before = (await read.applications.all()).length;
    for (const name of ['owner', 'status', 'id', 'secretHash', 'secret', 'hasLogo', 'organisation', 'createdAt'])
      isProblem(await call('POST', '/applications', { ...input, [name]: 'x' }), 422, 'input-malformed');
    const polluted = JSON.stringify({ ...input, name: 'P' }).replace('{', '{"__proto__":{"status":"disabled"},');
    isProblem(await call('POST', '/applications', polluted), 422, 'input-malformed');
    assert.equal((await read.applications.all()).length, before);
  });

  it('knows its addresses: others are not there, and other methods are named', async () => {
    isProblem(await call('GET', '/nothing'), 404, 'not-found');
    isProblem(await caller(r, '')('GET', '/users'), 404, 'not-found');
    const answer = await call('PATCH', '/applications');
    isProblem(answer, 405, 'method-not-allowed');
    assert.equal(answer.headers.get('allow'), 'GET, POST');
  });

  it('describes itself in OpenAPI 3.1, each address of its list and no other', async () => {
    const { body, status } = await caller(r, '')('GET', '/openapi.json');
    assert.equal(status, 200);
    assert.equal(body['openapi'], '3.1.0');
    const { apiRoutes, DOCUMENT } = await import('./routes.ts');
    const paths = body['paths'] as Record<string, Record<string, unknown>>;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('{id}', ':id')}`),
    );
    const listed = apiRoutes.filter(({ path }) => path !== DOCUMENT).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(described.toSorted(), listed.toSorted());
  });
});
