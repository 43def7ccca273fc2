import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Around } from './around.ts';
import { current } from './around.ts';
import { CLAIMS } from './claims.ts';
import { oidcSettings } from './clients.ts';
import { atDoor } from './door.ts';

/**
 * The grant of one authorization: a family of its own, so that a code used twice ends what came of it and nothing else.
 * Made only when an answer may be given; undefined as long as the person has to prove or to agree first.
 */
export async function grantFor(around: Around, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { oidc } = ctx;
  const who = current.getStore()?.who;
  const { client } = oidc;
  if (['select_account', 'login', 'consent'].some((prompt) => oidc.promptPending(prompt))) return undefined;
  if (!who || !client || (await atDoor(around, ctx))?.kind !== 'enough') return undefined;
  const scopes = await agreed(around, who.session.account, client.clientId, oidc.requestParamScopes);
  if (!scopes) return undefined;

  const grant = new oidc.provider.Grant({ accountId: who.session.account, clientId: client.clientId });
  Object.assign(grant, { sessionUid: who.session.sid });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  const ours = new Set(scopes.flatMap((scope) => CLAIMS[scope] ?? []));
  grant.addOIDCClaims([...oidc.requestParamClaims].filter((claim) => ours.has(claim)));
  grant.rejectOIDCClaims([...oidc.requestParamClaims].filter((claim) => !ours.has(claim)));
  for (const resource of Object.keys(oidc.resourceServers ?? {})) grant.addResourceScope(resource, scopes.join(' '));
  await grant.save();
  return grant;
}

/** The scopes a person agreed to give, for this request; null when they were not asked for all of them. */
async function agreed(
  { deps }: Around,
  account: string,
  application: string,
  wanted: ReadonlySet<string>,
): Promise<string[] | null> {
  const { applications, consents } = deps.store.read;
  const row = await applications.byId(application);
  const settings = row && oidcSettings(row);
  if (settings?.consent === 'skip') return [...wanted];
  const given = await consents.given(account, application);
  return given && [...wanted].every((scope) => given.scopes.includes(scope)) ? [...wanted] : null;
}

/** A grant remembers the session it was made in; the library has no place for that. */
export function keepWhoseGrant(provider: Provider): void {
  const { Grant } = provider;
  const kept: readonly string[] = Reflect.get(Grant, 'IN_PAYLOAD');
  Object.defineProperty(Grant, 'IN_PAYLOAD', { get: () => [...kept, 'sessionUid'] });
}
