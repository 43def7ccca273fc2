export type OidcSettings = {
  type: 'web' | 'native';
  /** Compared exactly (RFC 9700 §2.1). */
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  /** OpenID Connect Back-Channel Logout 1.0; empty for none. */
  backchannelLogoutUri: string;
  /** OpenID Connect Core §9. */
  authMethod: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';
  /** The client's public keys (JWK Set), for `private_key_jwt`. Given here: we fetch nothing. */
  jwks: { keys: Record<string, unknown>[] } | null;
  /** `fapi2`: the FAPI 2.0 Security Profile: pushed requests, keys instead of secrets, bound tokens. */
  profile: 'standard' | 'fapi2';
  /** Access tokens are bound to a key of the client's (RFC 9449). */
  dpop: boolean;
  idTokenAlg: 'ES256' | 'RS256';
  scopes: string[];
  /** `skip` for an organisation's own application. */
  consent: 'ask' | 'skip';
  /** Its APIs (RFC 8707): an access token for one of them is a JWT that the API can check on its own. */
  resources: string[];
};

export type ForwardAuthSettings = { rules: ForwardAuthRule[] };

/** Of the rules for a host the one with the longest path that fits decides; no rule, no way in. */
export type ForwardAuthRule = {
  host: string;
  /** `/` for the whole host; `/reports` also for what lies below it. */
  path: string;
  access: 'public' | 'signed-in' | 'two-steps';
  /** Only for these; for everybody of the audience where it is empty. */
  groups: string[];
};

/** What an application may ask to be told, beside who signed in (`openid`). */
export const SCOPES = ['openid', 'profile', 'email', 'organisation', 'groups', 'assurance', 'offline_access'] as const;
