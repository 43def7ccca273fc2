import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider as OidcProvider } from 'oidc-provider';
import { securityHeaders } from '#http/headers.ts';
import type { Errands } from '#flows/errand.ts';
import { whoIs } from '#flows/session.ts';
import type { TryOuts } from '#flows/try-out.ts';
import type { Around } from './around.ts';
import { current } from './around.ts';
import { seeOnce, strictHints } from './assertions.ts';
import { acceptSecretHashes, alwaysTellSid } from './clients.ts';
import { errandAt, uidIn } from './errands.ts';
import { watchFailures } from './failures.ts';
import { keepWhoseGrant } from './grant.ts';
import { type KeptUserinfo, keptUserinfo } from './kept-userinfo.ts';
import { Provider } from './library.ts';
import { comeToOrigin, onWithGet, otherName, toRequest } from './request.ts';
import { showOurSessions } from './session.ts';
import { settingsFor } from './settings.ts';
import { signOutRequest } from './sign-out-request.ts';
import { createSignOuts, type SignOuts } from './sign-outs.ts';
import { jwksOf, jwksVersion, signingKeys } from './signing-keys.ts';
import { tryOutsOf } from './try-out.ts';

export type Oidc = Errands & {
  /** Sign-ins that administrators try out. */
  tryOuts: TryOuts;
  /** Whether this request is the provider's; if so, it is answered. `peer`: the client's address. */
  handles(incoming: IncomingMessage): boolean;
  answer(incoming: IncomingMessage, outgoing: ServerResponse, address: string): Promise<void>;
  /** Tells applications of sessions that are gone. */
  signOuts: SignOuts;
};

const OURS = /^\/(?:\.well-known\/openid-configuration|oidc\/(?!interaction\/|logout(?:[/?]|$)))/;
const LOGOUT = /^\/oidc\/logout(?:\?|$)/;
/** Keys are looked at this often; a new one is published a day before it signs. */
const KEYS_LOOKED_AT_EVERY = Temporal.Duration.from({ seconds: 5 });

/** OpenID Connect for the applications of this house, on the sign-in machine that everybody else goes through too. */
export function createOidc(around: Around): Oidc {
  const { deps, cookies } = around;
  const userinfo = keptUserinfo(around);
  let now: { provider: OidcProvider; version: string; lookedAt: Temporal.Instant } | null = null;

  /** Made anew when the signing keys change; there is nothing in it that is not also in the store. */
  async function provider(): Promise<OidcProvider> {
    const at = deps.clock.wall();
    if (now && Temporal.Instant.compare(at, now.lookedAt.add(KEYS_LOOKED_AT_EVERY)) < 0) return now.provider;
    const keys = await signingKeys(deps.store, deps.clock.now());
    const version = jwksVersion(keys, deps.clock.now());
    if (now?.version !== version)
      now = { provider: makeProvider(around, jwksOf(keys, deps.clock.now()), userinfo), version, lookedAt: at };
    else now = { ...now, lookedAt: at };
    return now.provider;
  }

  return {
    signOuts: createSignOuts(around, provider),
    signOutRequest: async (parameters, who) => signOutRequest(around, await provider(), parameters, who),
    handles: ({ method, url = '' }) => OURS.test(url) || (method === 'POST' && LOGOUT.test(url)),
    tryOuts: tryOutsOf(around, provider),
    async answer(incoming, outgoing, address) {
      const { url = '/' } = incoming;
      if (await userinfo.answer(incoming, outgoing)) return;
      for (const [name, value] of Object.entries(headersOf(deps.publicUrl))) outgoing.setHeader(name, value);
      const named = otherName(incoming, deps.publicUrl);
      if (named) return void outgoing.writeHead(302, { location: named }).end();
      comeToOrigin(incoming, deps.publicUrl);
      const onWith = incoming.method === 'POST' && /^(\/oidc\/(?:auth|logout))(?:\?|$)/.exec(url)?.[1];
      if (onWith) return onWithGet(incoming, outgoing, onWith);
      const request = toRequest({ req: incoming, href: new URL(url, deps.publicUrl).href });
      const token = cookies.read(request.headers, 'session');
      const who = token ? await whoIs(deps, token) : null;
      const userAgent = (incoming.headers['user-agent'] ?? '').slice(0, 300);
      const origin = { address, userAgent, request: randomUUID() };
      const held = await provider();
      const back = await unanswered(held, url);
      if (back) return void outgoing.writeHead(303, { location: back }).end();
      const answer = held.callback();
      await current.run({ origin, path: url.split('?')[0] ?? url, who }, () => answer(incoming, outgoing));
    },
    // Every page asks; most lead nowhere but here, and one has to stand without its database.
    errandAt: async (path) => (uidIn(path) ? errandAt(around, await provider(), path) : null),
    ownErrandAt: async (path, headers) => {
      if (!uidIn(path)) return null;
      const held = await provider();
      const isOwn = cookieOf(headers, held.cookieName('interaction')) === uidIn(path);
      return isOwn ? errandAt(around, held, path) : null;
    },
  };
}

/** Whoever resumes before the page of ours is through is sent back to it; the library would begin another. */
async function unanswered(provider: OidcProvider, url: string): Promise<string | null> {
  const uid = /^\/oidc\/auth\/([\w-]+)$/.exec(url.split('?')[0] ?? '')?.[1];
  const interaction = uid ? await provider.Interaction.find(uid) : undefined;
  return interaction && !interaction.result ? `/oidc/interaction/${interaction.uid}` : null;
}

function makeProvider(around: Around, jwks: ReturnType<typeof jwksOf>, userinfo: KeptUserinfo): OidcProvider {
  const { deps, log } = around;
  const provider = new Provider(deps.publicUrl.origin, settingsFor(around, jwks));
  provider.proxy = true;
  acceptSecretHashes(provider);
  alwaysTellSid(provider);
  keepWhoseGrant(provider);
  seeOnce(provider, around);
  strictHints(provider);
  showOurSessions(provider, around);
  watchFailures(provider, around);
  userinfo.watch(provider);
  provider.on('server_error', (_ctx, error) => log.error({ error }, 'a request of an application failed'));
  return provider;
}

/** Answers for programs: nothing of them is a page, but for the form that carries an answer to the application. */
function headersOf(publicUrl: URL): Record<string, string> {
  const headers = securityHeaders({ publicUrl });
  delete headers['cross-origin-resource-policy'];
  return {
    ...headers,
    'content-security-policy': "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
  };
}

/** One value, or nothing: with two of a name somebody planted one. */
function cookieOf(headers: Headers, name: string): string | null {
  const values = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}
