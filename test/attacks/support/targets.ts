import { apiRoutes } from '#api/routes.ts';
import { ENDPOINTS } from '#oidc/endpoints.ts';
import { basic, CALLBACK, register } from '#test/support/oidc-client.ts';
import { caller, tokenFor } from '#test/support/program.ts';
import { APP, protectHosts } from '#test/support/hosts.ts';
import { administratorIn, oidcInput, stewardOf } from '#test/support/administration.ts';
import { asks, atWork, confirms, houseWithDesk, requestOf } from '#test/support/desk.ts';
import type { Jar } from '#test/support/jar.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';
import { ATTEMPT, pendingOf, signedInWithCode, whoOf } from './in-process.ts';
import { ORIGIN, requestsFor } from './requests.ts';

export type Asker = 'nobody' | 'pending' | 'newcomer' | 'member' | 'agent' | 'administrator';
export const ASKERS: readonly Asker[] = ['nobody', 'pending', 'newcomer', 'member', 'agent', 'administrator'];

/** One address of the program, with a request that it would take. */
export type Target = {
  method: string;
  path: string;
  asker: Asker;
  fields: Record<string, string>;
  query: Record<string, string>;
  json: string | null;
  headers: Record<string, string>;
};

/** A house with somebody of every kind in it, and every address of the program. */
export async function world(r: Rig) {
  const people = await houseWithDesk(r);
  const { house, grace, arthur, helen, victor } = people;
  await r.campaign({ organisation: house.id });
  const newcomer = await r.person({ organisations: [house] });
  const administrator = await administratorIn(r, [house], { name: 'Ada Quay' });
  const filled = await requestsFor(r, grace, { house, administrator });
  const token = await tokenFor(r, await stewardOf(r, administrator), house);
  const application = await register(r, house);
  await protectHosts(r, house, { id: `roster-${house.slug}` });
  const asking = r.browser();
  await asks(asking, grace);
  await confirms(r, asking, grace);
  const { id: request } = await requestOf(r, grace);
  const api = await caller(r, token)('GET', '/applications');

  const enter: Record<Asker, (person: Person) => Promise<Jar>> = {
    nobody: async () => r.browser(),
    pending: (person) => pendingOf(r, person),
    newcomer: async (person) => {
      const jar = r.browser();
      await signIn(jar, person);
      await jar.submit('/sign-in/prompt', { answer: 'enable' });
      return jar;
    },
    member: (person) => signedInWithCode(r, person, { remember: true }),
    agent: (person) => atWork(r, person),
    administrator: (person) => atWork(r, person),
  };
  const first: Record<Asker, Person> = {
    nobody: grace,
    pending: grace,
    newcomer,
    member: victor,
    agent: arthur,
    administrator: helen,
  };
  const inside = new Map<Asker, Jar>();
  /** Where a request that was taken has signed somebody out, the next of the same kind comes in. */
  async function jarOf(asker: Asker): Promise<Jar> {
    const known = inside.get(asker);
    if (known && (await isIn(r, asker, known))) return known;
    const role = asker === 'agent' || asker === 'administrator' ? asker : 'member';
    const next = known && (await r.person({ organisations: [house], enrolled: asker !== 'newcomer', role }));
    const jar = await enter[asker](next ?? first[asker]);
    inside.set(asker, jar);
    return jar;
  }

  const ids = { application: application.id, person: grace.id, api };
  const targets: Target[] = [
    ...r.app.routes.map((route) => {
      const { path, form } = filled(route);
      const at = path.replace(/\/cases\/[^/]+/, `/cases/${request}`);
      const post = { fields: route.method === 'POST' ? form : {} };
      return target({ method: route.method, path: at, asker: askerOf(route.level, path), ...post });
    }),
    ...ENDPOINTS.map(({ method, path }) =>
      target({
        method,
        path: path.replace(':uid', 'x'.repeat(21)),
        asker: 'member',
        ...providerRequest(path, method, application),
      }),
    ),
    ...apiRoutes.map(({ method, path }) =>
      target({
        method,
        path: path.replace(':id', path.includes('people') ? ids.person : idIn(api.body)),
        headers: { authorization: `Bearer ${token}`, ...(/PUT|DELETE/.test(method) && { 'if-match': '*' }) },
        json: ['POST', 'PUT'].includes(method) ? jsonFor(path, house.slug) : null,
      }),
    ),
    ...['/forward-auth', '/.nachtslot/begin?to=/x', '/.nachtslot/in', '/.nachtslot/sign-out', '/nowhere'].map((path) =>
      target({ method: 'GET', path, headers: { 'x-forwarded-host': APP, 'x-forwarded-uri': '/x' } }),
    ),
  ];
  return { r, people, newcomer, targets: [...targets, ...(await written(targets, jarOf))], jarOf };
}

export type FuzzWorld = Awaited<ReturnType<typeof world>>;

/** The forms that the pages really have, each as a request of its own. */
async function written(targets: readonly Target[], jarOf: (asker: Asker) => Promise<Jar>): Promise<Target[]> {
  const found = new Map<string, Target>();
  for (const { method, path, asker } of targets) {
    if (method !== 'GET' || /^\/(?:oidc|api|authenticator|health)/.test(path)) continue;
    const { text, location } = await (await jarOf(asker)).get(path);
    if (location !== null) continue;
    for (const [form, tag = ''] of text.matchAll(/<form([^>]*)>.*?<\/form>/gs)) {
      const action = (/ action="([^"]*)"/.exec(tag)?.[1] ?? path).replaceAll('&amp;', '&');
      const isPost = / method="post"/i.test(tag);
      const fields = Object.fromEntries(
        [...form.matchAll(/<(?:input|textarea|select|button)[^>]* name="([^"]*)"[^>]*>/g)].map(([all, name = '']) => [
          name,
          / value="([^"]*)"/.exec(all)?.[1] ?? 'x',
        ]),
      );
      const key = `${asker} ${action} ${Object.keys(fields).join()}`;
      const url = new URL(action, ORIGIN);
      const query = { ...Object.fromEntries(url.searchParams), ...(isPost ? {} : fields) };
      const its = { method: isPost ? 'POST' : 'GET', path: url.pathname, asker, query };
      if (action.startsWith('/')) found.set(key, target({ ...its, fields: isPost ? fields : {} }));
    }
  }
  return [...found.values()];
}

function target(its: Pick<Target, 'method' | 'path'> & Partial<Target>): Target {
  return { asker: 'nobody', fields: {}, query: {}, json: null, headers: {}, ...its };
}

function askerOf(level: string, path: string): Asker {
  if (level === 'pending') return path.startsWith('/enrol') ? 'newcomer' : 'pending';
  if (level === 'help') return 'agent';
  if (level === 'admin' || level === 'fresh-admin') return 'administrator';
  return level === 'L1' || level === 'fresh-L2' ? 'member' : 'nobody';
}

async function isIn(r: Rig, asker: Asker, jar: Jar): Promise<boolean> {
  if (asker === 'nobody') return true;
  if (asker === 'pending' || asker === 'newcomer')
    return jar.cookies.has(ATTEMPT) && (await jar.get('/sign-in')).location !== null;
  return jar.cookies.has(SESSION) && ((await whoOf(r, jar))?.isFresh ?? false);
}

function idIn(body: Record<string, unknown>): string {
  const [first] = Array.isArray(body['items']) ? (body['items'] as { id: string }[]) : [];
  return first?.id ?? 'none';
}

function jsonFor(path: string, slug: string): string {
  if (path.endsWith('/status')) return JSON.stringify({ status: 'active' });
  if (path.endsWith('/groups')) return JSON.stringify({ groups: ['Finance'] });
  if (path.endsWith('/secret')) return '';
  return JSON.stringify({ ...oidcInput(''), audience: [slug] });
}

function providerRequest(path: string, method: string, application: { id: string }): Partial<Target> {
  const ask = {
    client_id: application.id,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid email',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'state',
    nonce: 'nonce',
  };
  const headers = { accept: 'application/json', ...basic(application) };
  switch (path) {
    case '/oidc/auth':
      return method === 'GET' ? { query: ask } : { fields: ask };
    case '/oidc/par':
      return { fields: ask, headers };
    case '/oidc/token': {
      const fields = { grant_type: 'authorization_code', code: 'x'.repeat(43), redirect_uri: CALLBACK };
      return { fields: { ...fields, code_verifier: 'x'.repeat(43) }, headers };
    }
    case '/oidc/userinfo':
      return { headers: { authorization: `Bearer ${'x'.repeat(43)}` } };
    case '/oidc/logout':
      return { fields: { client_id: application.id, post_logout_redirect_uri: 'https://payroll.example/bye' } };
    case '/oidc/introspection':
    case '/oidc/revocation':
      return { fields: { token: 'x'.repeat(43) }, headers };
    default:
      return {};
  }
}
