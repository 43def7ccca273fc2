import { randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import { hashToken } from '#flows/token.ts';
import type { App } from '#web/app.ts';
import type { Application, OidcSettings, Organisation } from '#store/rows.ts';
import { wireTo } from '#test/attacks/support/wire.ts';
import { type Answered, Jar } from './jar.ts';
import { type Person, type PersonOptions, type Rig, rig } from './rig.ts';

export const CALLBACK = 'https://payroll.example/callback';
const SECRET = 'the secret of a made-up payroll portal';

/** HTTP Basic, as RFC 6749 §2.3.1 wants it. */
export function basic(application: Pick<Application, 'id'>, secret = SECRET): { authorization: string } {
  return {
    authorization: `Basic ${Buffer.from(`${application.id}:${encodeURIComponent(secret)}`).toString('base64')}`,
  };
}

export type Wanted = Partial<Omit<Application, 'settings' | 'policy'>> & {
  settings?: Partial<OidcSettings>;
  policy?: Partial<Application['policy']>;
};

/** An application of this house, as an administrator would have registered it. */
export async function register(r: Pick<Rig, 'store' | 'now'>, house: Organisation, wanted: Wanted = {}) {
  const { settings, policy, ...row } = wanted;
  const application: Application = {
    id: `payroll-${randomUUID().slice(0, 8)}`,
    owner: house.id,
    name: 'Payroll',
    kind: 'oidc',
    audience: [house.id],
    status: 'active',
    homeUrl: 'https://payroll.example',
    secretHash: hashToken(SECRET),
    hasLogo: false,
    createdAt: r.now(),
    changedAt: r.now(),
    ...row,
    policy: { ...OPEN_TO_MEMBERS, ...policy },
    settings: {
      type: 'web',
      redirectUris: [CALLBACK],
      postLogoutRedirectUris: ['https://payroll.example/bye'],
      backchannelLogoutUri: '',
      authMethod: 'client_secret_basic',
      jwks: null,
      profile: 'standard',
      dpop: false,
      idTokenAlg: 'ES256',
      scopes: ['openid', 'profile', 'email', 'organisation', 'groups', 'assurance', 'offline_access'],
      consent: 'skip',
      resources: [],
      ...settings,
    },
  };
  await r.store.transaction((tx) => tx.applications.create(application));
  return application;
}

/** A request that was begun: the secrets that stay with the application until the answer comes. */
export type Begun = { url: string; verifier: string; state: string; nonce: string };

/** An application as a customer would write it, with openid-client. */
export class RelyingParty {
  readonly config: client.Configuration;
  readonly redirectUri: string;

  constructor(config: client.Configuration, redirectUri: string) {
    this.config = config;
    this.redirectUri = redirectUri;
  }

  /** Discovers the server at `origin`. `through`: the address it really listens on. */
  static async of(
    application: Pick<Application, 'id' | 'settings'>,
    origin: URL,
    through: client.CustomFetch,
    authentication?: client.ClientAuth,
  ) {
    const settings = application.settings as OidcSettings;
    const auth = authentication ?? (settings.authMethod === 'none' ? client.None() : client.ClientSecretBasic(SECRET));
    const options = { execute: [client.allowInsecureRequests], [client.customFetch]: through };
    const config = await client.discovery(
      origin,
      application.id,
      { id_token_signed_response_alg: settings.idTokenAlg },
      auth,
      options,
    );
    config[client.customFetch] = through;
    return new RelyingParty(config, settings.redirectUris[0] ?? CALLBACK);
  }

  async begin(parameters: Record<string, string> = {}): Promise<Begun> {
    const begun = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(this.config, {
      redirect_uri: this.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
      ...parameters,
    });
    return { ...begun, url: url.pathname + url.search };
  }

  /** The code for tokens, everything checked that openid-client checks. */
  redeem(answer: string, begun: Begun, parameters: Record<string, string> = {}) {
    const checks = { pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: begun.nonce };
    return client.authorizationCodeGrant(this.config, new URL(answer), checks, parameters);
  }
}

/** What openid-client sends, to where the server really listens. */
export function throughOf(app: Pick<App, 'fetch'>): client.CustomFetch {
  return (url, { body, ...init }) => {
    const sent = body instanceof Uint8Array ? Buffer.from(body) : body;
    return app.fetch(new Request(url, { ...init, ...(sent && { body: sent }) }), '');
  };
}

export type House = {
  jar(): Jar;
  party(application: Application, auth?: client.ClientAuth): Promise<RelyingParty>;
  close(): Promise<void>;
};

/** The program behind a port, and what it takes to talk to it: browsers with cookies, and applications. */
export async function listening(r: Rig): Promise<House & { through: client.CustomFetch; port: number }> {
  const { publicUrl } = r.deps;
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  const app = wireTo([server.port]);
  const through = throughOf(app);
  return {
    jar: () => new Jar(app, publicUrl),
    party: (application, auth) => RelyingParty.of(application, publicUrl, through, auth),
    close: server.close,
    through,
    port: server.port,
  };
}

/** A browser before a house that listens, somebody to use it, and an application they want to use. */
export async function world(
  wanted: {
    application?: Wanted;
    person?: PersonOptions;
    policy?: Organisation['policy'];
    publicUrl?: string;
    auth?: client.ClientAuth;
  } = {},
) {
  const r = await rig({ realTime: true, ...(wanted.publicUrl && { publicUrl: wanted.publicUrl }) });
  const house = await r.organisation({ name: 'Bakery', policy: wanted.policy ?? {} });
  const grace = await r.person({ organisations: [house], enrolled: true, ...wanted.person });
  const application = await register(r, house, wanted.application);
  const h = await listening(r);
  return {
    r,
    house,
    grace,
    application,
    ...h,
    jar: h.jar(),
    newJar: h.jar,
    party: await h.party(application, wanted.auth),
  };
}

export type World = Awaited<ReturnType<typeof world>>;

export type Outcome = { left: string | null; page: Answered };

/** Opens an address and follows redirects inside the house: the last page, or the address outside it leads to. */
export async function visit(jar: Jar, path: string): Promise<Outcome> {
  return onward(jar, await jar.get(path));
}

export async function onward(jar: Jar, first: Answered): Promise<Outcome> {
  let page = first;
  for (let hops = 0; page.location !== null; hops += 1) {
    if (hops > 12) throw new Error(`redirects in a circle at ${page.path}`);
    const target = new URL(page.location, jar.origin);
    if (target.origin !== jar.origin.origin) return { left: target.href, page };
    page = await jar.get(target.pathname + target.search);
  }
  return { left: null, page };
}

/** A form of the page in front, sent with these answers beside what the page carries. */
export async function send(jar: Jar, { page }: Outcome, answers: Record<string, string>): Promise<Outcome> {
  const [, action = ''] = /<form[^>]* action="([^"]+)"[^>]*class="form"/.exec(page.text) ?? [];
  const form = page.text.slice(page.text.indexOf(`action="${action}"`)).split('</form>')[0] ?? '';
  const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  return onward(jar, await jar.post(action.replaceAll('&amp;', '&'), { ...Object.fromEntries(hidden), ...answers }));
}

/** The password, where it is asked for. */
export function givePassword(jar: Jar, at: Outcome, { email, password }: Person): Promise<Outcome> {
  return send(jar, at, at.page.path.startsWith('/sign-in/verify') ? { code: password } : { address: email, password });
}

/** A code of the app. Each is good once: `stepsAway` −1 for the first, 0 for the one after it. */
export function giveCode(jar: Jar, at: Outcome, person: Person, stepsAway = 0): Promise<Outcome> {
  return send(jar, at, { code: person.code(stepsAway) });
}

/** What the application is sent back with. */
export function answerOf({ left, page }: Outcome): URLSearchParams {
  if (left === null) throw new Error(`still here: ${page.path} ${page.text.replace(/<[^>]+>/g, ' ').slice(-600)}`);
  return new URL(left).searchParams;
}
