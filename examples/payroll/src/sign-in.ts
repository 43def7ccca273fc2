import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import {
  type Demand,
  logoutVerifier,
  namesFor,
  readAssurance,
  strengthOf,
} from '../../../clients/typescript/src/index.ts';
import { employersOf } from './employers.ts';
import type { Session } from './sessions.ts';

export type SignInOptions = {
  issuer: URL;
  clientId: string;
  /** Proves to the issuer who we are (private_key_jwt): there is no secret that could leak. */
  clientKey: { key: CryptoKey; kid: string };
  publicUrl: URL;
  now: () => Date;
};

/** A sign-in on its way to the issuer and back. */
type Trip = {
  browser: string;
  to: string;
  demand: Demand | null;
  verifier: string;
  nonce: string;
  startedAt: Date;
};

type Person = Omit<Session, 'draft' | 'openedAt' | 'seenAt'>;

export type Arrival =
  | { arrived: true; person: Person; to: string; demand: Demand | null }
  | { arrived: false; because: 'unknown-trip' | 'refused' | 'too-weak' | 'not-for-you'; detail: string };

const SCOPES = 'openid profile email organisation assurance';
const TRIP_MS = 15 * 60_000;
const MOST_TRIPS = 10_000;

/** Everything that speaks OpenID Connect, by openid-client. */
export function createSignIn({ issuer, clientId, clientKey, publicUrl, now }: SignInOptions) {
  const callback = new URL('/callback', publicUrl).href;
  const trips = new Map<string, Trip>();
  let known: ReturnType<typeof connect> | null = null;

  async function connect() {
    const insecure = issuer.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {};
    const metadata = { id_token_signed_response_alg: 'ES256' };
    const proof = oidc.PrivateKeyJwt(clientKey);
    const config = await oidc.discovery(issuer, clientId, metadata, proof, insecure);
    const { issuer: name, jwks_uri: jwksUri } = config.serverMetadata();
    return { config, verifyLogout: logoutVerifier({ issuer: name, clientId, jwksUri }) };
  }

  /** The issuer is asked for its description when it is first needed, and again after a failure. */
  function connected() {
    known ??= connect().catch((fault: unknown) => {
      known = null;
      throw fault;
    });
    return known;
  }

  return {
    /** A name for a browser that is on its way: what comes back must come back to the same one. */
    newBrowser: () => randomBytes(24).toString('base64url'),

    /** Where to send the browser. `demand`: how strongly and how freshly, where signed in is not enough. */
    async begin(trip: { browser: string; to: string; language: string; email?: string | null; demand?: Demand }) {
      const { browser, to, language, email, demand = null } = trip;
      const { config } = await connected();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const verifier = oidc.randomPKCECodeVerifier();
      forgetOld();
      trips.set(state, { browser, to, demand, verifier, nonce, startedAt: now() });
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: SCOPES,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
        ...(email && { login_hint: email }),
        ...(demand && parametersOf(demand)),
      });
    },

    /** What came back. `url` is our callback with what the issuer added to it. */
    async arrive(url: URL, browser: string | undefined): Promise<Arrival> {
      const state = url.searchParams.get('state') ?? '';
      const trip = trips.get(state);
      if (!trip || trip.browser !== browser)
        return { arrived: false, because: 'unknown-trip', detail: 'nobody began it' };
      trips.delete(state);
      const { to, demand } = trip;
      const { config } = await connected();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: trip.nonce,
          pkceCodeVerifier: trip.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims || !tokens.id_token) throw new Error('the issuer sent no ID token');
        const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
        // How somebody was verified is told by the signed token alone.
        const all: Record<string, unknown> = { ...more, ...claims };
        return { arrived: true, to, demand, person: personOf(all, tokens.id_token, tokens.access_token) };
      } catch (fault) {
        const because = reasonOf(fault);
        if (!because) throw fault;
        return { arrived: false, because, detail: String(fault) };
      }
    },

    /** What is known of the person at this moment; null when the issuer does not say so any more. */
    async askAgain({ accessToken, subject }: Pick<Session, 'accessToken' | 'subject'>) {
      const { config } = await connected();
      try {
        return { assurance: readAssurance(await oidc.fetchUserInfo(config, accessToken, subject)) };
      } catch (fault) {
        if (fault instanceof oidc.WWWAuthenticateChallengeError) return null;
        throw fault;
      }
    },

    /** Where signing out goes on: whoever signs out here wants to be out there as well (RP-Initiated Logout 1.0). */
    async leave({ idToken }: Pick<Session, 'idToken'>): Promise<URL> {
      const { config } = await connected();
      return oidc.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: new URL('/signed-out', publicUrl).href,
      });
    },

    async verifyLogout(token: string) {
      return (await connected()).verifyLogout(token);
    },
  };

  function forgetOld(): void {
    for (const [state, { startedAt }] of trips) {
      if (now().getTime() - startedAt.getTime() < TRIP_MS && trips.size < MOST_TRIPS) break;
      trips.delete(state);
    }
  }
}

export type SignIn = ReturnType<typeof createSignIn>;

/** `acr_values` is a wish; an essential `acr` is a condition (OpenID Connect Core §5.5.1.1). */
function parametersOf({ acr, maxAgeSeconds }: Demand): Record<string, string> {
  const values = acr ? namesFor(acr) : null;
  return {
    ...(values && {
      acr_values: values.join(' '),
      claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
    }),
    ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
  };
}

function personOf(claims: Record<string, unknown>, idToken: string, accessToken: string): Person {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null);
  const authTime = claims['auth_time'];
  const language = text('locale')?.slice(0, 2);
  return {
    subject: text('sub') ?? '',
    sid: text('sid'),
    name: text('name') ?? text('email') ?? '',
    email: text('email'),
    language: language === 'nl' || language === 'en' ? language : null,
    employers: employersOf(claims),
    acr: strengthOf(claims['acr']) && text('acr'),
    authTime: typeof authTime === 'number' ? new Date(authTime * 1000) : null,
    scopes: [],
    assurance: readAssurance(claims),
    idToken,
    accessToken,
  };
}

/** What the issuer said, or what somebody made of its answer on the way; null for a fault. */
function reasonOf(fault: unknown): 'refused' | 'too-weak' | 'not-for-you' | null {
  if (fault instanceof oidc.AuthorizationResponseError) {
    if (fault.error === 'unmet_authentication_requirements') return 'too-weak';
    return fault.error === 'access_denied' ? 'not-for-you' : 'refused';
  }
  const isWrongAnswer = fault instanceof oidc.ClientError && fault.code === 'OAUTH_INVALID_RESPONSE';
  return isWrongAnswer || fault instanceof oidc.ResponseBodyError ? 'refused' : null;
}

/** The issuer does not answer, or answers with a fault of its own: nobody here can do anything about it. */
export function isAway(fault: unknown): boolean {
  if (fault instanceof oidc.ClientError)
    return fault.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || fault.code === 'OAUTH_TIMEOUT';
  return fault instanceof TypeError && fault.message === 'fetch failed';
}
