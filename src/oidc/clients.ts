import { createHash, timingSafeEqual } from 'node:crypto';
import type { ClientMetadata, Provider } from 'oidc-provider';
import { TRY_OUT_CALLBACK } from '#flows/try-out.ts';
import type { Application, OidcSettings } from '#store/rows.ts';

/**
 * An application as the library knows it; undefined for one that is switched off or speaks no OpenID Connect.
 * `isTryOut`: in a request that we make in its place, from inside, PKCE alone proves who is asking.
 */
export function clientOf(
  application: Application | null,
  publicUrl: URL,
  isTryOut = false,
): ClientMetadata | undefined {
  if (!application || application.status !== 'active') return undefined;
  const settings = oidcSettings(application);
  if (!settings) return undefined;
  const isFapi = settings.profile === 'fapi2';
  return {
    client_id: application.id,
    client_name: application.name,
    application_type: settings.type,
    // And a page of ours, where administrators try it out: a code that comes there without their browser is dropped.
    redirect_uris: [...settings.redirectUris, new URL(TRY_OUT_CALLBACK, publicUrl).href],
    post_logout_redirect_uris: settings.postLogoutRedirectUris,
    response_types: ['code'],
    grant_types: ['authorization_code', ...(settings.scopes.includes('offline_access') ? ['refresh_token'] : [])],
    token_endpoint_auth_method: settings.authMethod,
    // Not the secret: its hash, which `acceptSecretHashes` compares with.
    ...(hasSecret(settings) && { client_secret: Buffer.from(application.secretHash ?? []).toString('base64url') }),
    ...(settings.jwks && { jwks: { keys: settings.jwks.keys } }),
    id_token_signed_response_alg: settings.idTokenAlg,
    scope: settings.scopes.join(' '),
    ...(settings.backchannelLogoutUri !== '' && {
      backchannel_logout_uri: settings.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
    dpop_bound_access_tokens: settings.dpop || isFapi,
    require_pushed_authorization_requests: isFapi,
    ...(isTryOut && PROVES_BY_PKCE),
  };
}

const PROVES_BY_PKCE = {
  token_endpoint_auth_method: 'none',
  client_secret: undefined,
  dpop_bound_access_tokens: false,
  require_pushed_authorization_requests: false,
} as const;

export function oidcSettings({ kind, settings }: Pick<Application, 'kind' | 'settings'>): OidcSettings | null {
  return kind === 'oidc' && 'redirectUris' in settings ? settings : null;
}

/** Client secrets are 256 random bits, kept as SHA-256. An application without one has none that fits. */
export function acceptSecretHashes(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function compare(this: { clientSecret?: string }, given: string) {
    const kept = Buffer.from(this.clientSecret ?? '', 'base64url');
    const hash = createHash('sha256').update(given).digest();
    return kept.length === hash.length && timingSafeEqual(kept, hash);
  };
}

/** The session's name is always told: without it a request to sign out could not say which one it means. */
export function alwaysTellSid(provider: Provider): void {
  Object.defineProperty(provider.Client.prototype, 'includeSid', { value: () => true });
}

function hasSecret({ authMethod }: OidcSettings): boolean {
  return authMethod === 'client_secret_basic' || authMethod === 'client_secret_post';
}
