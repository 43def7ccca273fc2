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
  const scopes = [...oidc.requestParamScopes];
  const open = await openScopes(around, who.session.account, client.clientId, scopes);
  if (!open) return undefined;

  const grant = new oidc.provider.Grant({ accountId: who.session.account, clientId: client.clientId });
  Object.assign(grant, { sessionUid: who.session.sid });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  // A claim that is asked for by name is told to whoever could have had it by its scope.
  const ours = new Set(open.flatMap((scope) => CLAIMS[scope] ?? []));
  grant.addOIDCClaims([...oidc.requestParamClaims].filter((claim) => ours.has(claim)));
  grant.rejectOIDCClaims([...oidc.requestParamClaims].filter((claim) => !ours.has(claim)));
  for (const resource of Object.keys(oidc.resourceServers ?? {})) grant.addResourceScope(resource, scopes.join(' '));
  await grant.save();
  return grant;
}

/** The scopes an application may have for this person; null when they have not agreed to all that it `wants`. */
async function openScopes(
  { deps }: Around,
  account: string,
  application: string,
  wants: readonly string[],
): Promise<readonly string[] | null> {
  const { applications, consents } = deps.store.read;
  const row = await applications.byId(application);
  const settings = row && oidcSettings(row);
  if (settings?.consent === 'skip') return settings.scopes;
  const given = (await consents.given(account, application))?.scopes ?? [];
  return wants.every((scope) => given.includes(scope)) ? given : null;
}

/** A grant remembers the session it was made in; the library has no place for that. */
export function keepWhoseGrant(provider: Provider): void {
  const { Grant } = provider;
  const kept: readonly string[] = Reflect.get(Grant, 'IN_PAYLOAD');
  Object.defineProperty(Grant, 'IN_PAYLOAD', { get: () => [...kept, 'sessionUid'] });
}
