import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Around } from './around.ts';
import { oidcSettings } from './clients.ts';
import { errors } from './library.ts';

type ResourceIndicators = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;
type ExtraClaims = NonNullable<Configuration['extraTokenClaims']>;

/** Access tokens for an API of the application's are JWTs (RFC 8707, RFC 9068), which the API checks on its own. */
export function resourceServer({ deps }: Around): ResourceIndicators {
  return {
    enabled: true,
    // Of several that were agreed to, a token is for one: the first, unless the application says which.
    defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? [],
    useGrantedResource: () => true,
    getResourceServerInfo: async (_ctx, resource, client) => {
      const application = await deps.store.read.applications.byId(client.clientId);
      const settings = application && oidcSettings(application);
      if (!settings?.resources.includes(resource)) throw new errors.InvalidTarget();
      return {
        scope: settings.scopes.join(' '),
        audience: resource,
        accessTokenTTL: 5 * 60,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: settings.idTokenAlg } },
      };
    },
  };
}

/** What an API needs to demand strength and freshness of its own (RFC 9068 §2.2.1, RFC 9470 §6). */
export const extraClaims: ExtraClaims = (ctx: KoaContextWithOIDC) => {
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  if (!source) return undefined;
  const { acr, amr, authTime } = source;
  return { ...(acr && { acr }), ...(amr && { amr }), ...(authTime && { auth_time: authTime }) };
};
