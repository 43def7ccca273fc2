import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import type { ApplicationInput } from '#core/application/input.ts';
import type { Steward } from '#flows/administration.ts';
import { createApplication, setApplicationLogo } from '#flows/stewardship.ts';
import { whoIs } from '#flows/session.ts';
import type { Application, Organisation } from '#store/rows.ts';
import type { Answered, Jar } from './jar.ts';
import type { Person, Rig } from './rig.ts';
import { SESSION, signIn } from './roads.ts';

/** An administrator with two steps, in a browser that has just given the second. */
export async function administratorIn(
  r: Rig,
  organisations: Organisation[],
  wish: { name?: string } = {},
): Promise<{ person: Person; jar: Jar }> {
  const person = await r.person({ name: 'Ada Quay', ...wish, organisations, role: 'administrator', enrolled: true });
  const jar = r.browser();
  await signIn(jar, person);
  r.advance('PT30S');
  await jar.submit('/sign-in/verify', { method: 'totp', code: person.code() });
  return { person, jar };
}

/** The fields of the form for an OpenID Connect application, as a browser sends them. */
export function oidcForm(organisation: string, typed: Record<string, string> = {}): Record<string, string> {
  return {
    kind: 'oidc',
    seen: '',
    name: 'Payroll',
    homeUrl: 'https://payroll.example/',
    type: 'web',
    redirectUris: 'https://payroll.example/callback',
    authMethod: 'client_secret_basic',
    'scope.profile': 'yes',
    'scope.email': 'yes',
    consent: 'yes',
    jwks: '',
    postLogoutRedirectUris: '',
    backchannelLogoutUri: '',
    idTokenAlg: 'ES256',
    profile: 'standard',
    [`audience.${organisation}`]: 'yes',
    groups: '',
    strength: 'organisation',
    strengthFor: '',
    freshWithinSeconds: '',
    ...typed,
  };
}

/** The same, for the flow and for programs. */
export function oidcInput(organisation: string): ApplicationInput & { kind: 'oidc' } {
  return {
    kind: 'oidc',
    name: 'Payroll',
    homeUrl: 'https://payroll.example/',
    audience: [organisation],
    policy: OPEN_TO_MEMBERS,
    settings: {
      type: 'web',
      redirectUris: ['https://payroll.example/callback'],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: '',
      authMethod: 'client_secret_basic',
      jwks: null,
      profile: 'standard',
      dpop: false,
      idTokenAlg: 'ES256',
      scopes: ['openid', 'profile', 'email'],
      consent: 'ask',
      resources: [],
    },
  };
}

/** Adds one on the page, and answers it with its secret. */
export async function addApplication(
  r: Rig,
  jar: Jar,
  organisation: Organisation,
  typed: Record<string, string> = {},
): Promise<{ application: Application; secret: string; page: Answered }> {
  const before = await r.store.read.applications.ownedBy(organisation.id);
  const path = `/admin/applications/add?organisation=${organisation.slug}`;
  const page = await jar.submit(path, oidcForm(organisation.id, typed));
  const now = await r.store.read.applications.ownedBy(organisation.id);
  const application = now.find(({ id }) => !before.some((one) => one.id === id));
  if (!application) throw new Error(`no application was added: ${page.status} ${page.text.slice(0, 3000)}`);
  return { application, secret: secretOn(page), page };
}

/** The value labelled *Client secret*, or empty. */
export function secretOn({ text }: Answered): string {
  return /id="client-secret".*?data-copy="([\w-]{43})"/s.exec(text)?.[1] ?? '';
}

/** An administrator's session as the flows know it. */
export async function stewardOf(r: Rig, { person, jar }: { person: Person; jar: Jar }): Promise<Steward> {
  const who = await whoIs(r.deps, jar.cookies.get(SESSION) ?? '');
  if (!who) throw new Error('the administrator is signed in nowhere');
  const origin = { address: '127.0.0.1', userAgent: 'test', request: 'test' };
  return { account: person.id, by: { session: who.session.id }, origin };
}

/** The first bytes of a PNG, which is what is looked at. */
export const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);

/** An application with a logo. */
export async function furnished(r: Rig, house: Organisation, administrator: { person: Person; jar: Jar }) {
  const steward = await stewardOf(r, administrator);
  const kept = await createApplication(r.deps, steward, house.id, oidcInput(house.id));
  if (!kept.ok) throw new Error(kept.refused.refusal);
  await setApplicationLogo(r.deps, steward, kept.application.id, { type: 'image/png', bytes: PNG });
  const application = await r.store.read.applications.byId(kept.application.id);
  if (!application) throw new Error('the application is gone');
  return { application, steward };
}
