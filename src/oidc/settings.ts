import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { ACR } from '#core/application/assertion.ts';
import { isLoopbackHttp } from '#http/public-url.ts';
import { adapterFor } from './adapter.ts';
import { assertionRule } from './assertions.ts';
import { type Around, onTheWall } from './around.ts';
import { CLAIMS, findAccount, SCOPES } from './claims.ts';
import { doorChecks } from './door.ts';
import { grantFor } from './grant.ts';
import { renderError } from './problem.ts';
import { extraClaims, resourceServer } from './resources.ts';

const MINUTES = 60;
const DAYS = 24 * 60 * MINUTES;
/** A sign-in with its wizard takes no longer. */
const INTERACTION = 60 * MINUTES;
const REFRESH = 30 * DAYS;

/** Everything the library may be told, said once: what is left out here would be its default, and is off. */
export function settingsFor(around: Around, jwks: NonNullable<Configuration['jwks']>): Configuration {
  const { deps, keys } = around;
  const now = () => onTheWall(deps, deps.clock.now());
  const prefix = isLoopbackHttp(deps.publicUrl) ? '' : '__Secure-';
  return {
    adapter: adapterFor(around),
    jwks,
    findAccount: findAccount(around),
    acrValues: Object.values(ACR),
    claims: CLAIMS,
    scopes: SCOPES,
    // By its scope a claim is given at the userinfo endpoint; in the ID token only when asked for by name.
    conformIdTokenClaims: true,
    interactions: { policy: doorChecks(around), url: (_ctx, { uid }) => `/oidc/interaction/${uid}` },
    loadExistingGrant: (ctx) => grantFor(around, ctx),
    // A grant without offline access ends with our session; the adapter sees to it.
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    extraTokenClaims: extraClaims,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    acceptQueryParamAccessTokens: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 5,
    assertJwtClientAuthClaimsAndHeader: assertionRule(around),
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256', 'RS256'],
      clientAuthSigningAlgValues: ['ES256', 'RS256', 'PS256'],
      dPoPSigningAlgValues: ['ES256', 'RS256', 'PS256'],
    },
    ttl: {
      AccessToken: 5 * MINUTES,
      IdToken: 5 * MINUTES,
      AuthorizationCode: MINUTES,
      Interaction: INTERACTION,
      // A rotated token is no younger than the first of its family.
      RefreshToken: (_ctx, token) => Math.max(1, (token.iiat ?? now()) + REFRESH - now()),
      Grant: (_ctx, grant) => (grant.openid?.scope?.split(' ').includes('offline_access') ? REFRESH : DAYS),
      Session: DAYS,
    },
    cookies: {
      names: {
        session: `${prefix}oidc-session`,
        interaction: `${prefix}oidc-interaction`,
        resume: `${prefix}oidc-resume`,
      },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      keys: signer(keys.cookie.reveal()),
    },
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      userinfo: '/oidc/userinfo',
      jwks: '/oidc/keys',
      introspection: '/oidc/introspection',
      revocation: '/oidc/revocation',
      pushed_authorization_request: '/oidc/par',
      end_session: '/oidc/logout',
    },
    renderError: renderError(around),
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      introspection: { enabled: true, allowedPolicy: isOwnToken },
      revocation: { enabled: true, allowedPolicy: isOwnToken },
      userinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true },
      dPoP: { enabled: true, nonceSecret: derived(keys.cookie.reveal(), 'oidc-dpop-nonce') },
      fapi: {
        enabled: true,
        profile: (_ctx, client) => (client?.requirePushedAuthorizationRequests ? '2.0' : undefined),
      },
      resourceIndicators: resourceServer(around),
    },
    fetch: () => Promise.reject(new Error('nothing is fetched on behalf of a request')),
  };
}

/** A token is for the application it was made for; anybody else learns that it is not active, and cannot end it. */
function isOwnToken(_ctx: KoaContextWithOIDC, client: { clientId: string }, token: { clientId?: string | undefined }) {
  return token.clientId === client.clientId;
}

/** Signs the library's cookies with a key of their own, derived from the key file's (RFC 5869). */
function signer(cookieKey: Uint8Array) {
  const key = derived(cookieKey, 'oidc-cookies');
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const verify = (text: string, given: string) => {
    const [one, other] = [Buffer.from(sign(text)), Buffer.from(given)];
    return one.length === other.length && timingSafeEqual(one, other);
  };
  return { sign, verify, index: (text: string, given: string) => (verify(text, given) ? 0 : -1) };
}

function derived(cookieKey: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', cookieKey, '', `nachtslot/${use}`, 32));
}
