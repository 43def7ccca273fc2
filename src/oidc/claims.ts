import type { FindAccount } from 'oidc-provider';
import { whoHas } from '#flows/session.ts';
import { type Facts, loadFacts } from '#flows/world.ts';
import type { Application } from '#store/rows.ts';
import { type Around, current, onTheWall } from './around.ts';

/** Which claims come with which scope. `assurance` says how fresh the strength is. */
export const CLAIMS: Record<string, string[]> = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
  profile: ['name', 'locale', 'zoneinfo'],
  email: ['email', 'email_verified'],
  organisation: ['organisations'],
  groups: ['groups'],
  assurance: ['authenticators_changed_at', 'recovered_at', 'enrolment_due', 'device_remembered'],
};

export const SCOPES = [...Object.keys(CLAIMS), 'offline_access'];

/** The person behind a token, as they are now. A disabled account is nobody, whatever was given to an application. */
export function findAccount({ deps }: Around): FindAccount {
  return async (ctx, id, token) => {
    const facts = await loadFacts(deps.store.read, id, deps.clock.now());
    if (facts?.account.status !== 'active') return undefined;
    return {
      accountId: id,
      claims: async () => {
        const application = await deps.store.read.applications.byId(ctx.oidc.client?.clientId ?? '');
        const sid = sessionOf(token) ?? current.getStore()?.who?.session.sid ?? null;
        const addresses = await deps.store.read.accounts.addresses(id);
        const primary = addresses.find((one) => one.primary) ?? addresses[0];
        return {
          sub: id,
          name: facts.account.name,
          locale: facts.account.language,
          zoneinfo: facts.memberships[0]?.organisation.timeZone,
          email: primary?.address,
          email_verified: primary?.confirmedAt !== null,
          ...belonging(facts, application),
          ...(await assurance(deps, facts, sid)),
        };
      },
    };
  };
}

/** Only the organisations the application is for: who else somebody works for is not its business. */
function belonging({ memberships }: Facts, application: Application | null) {
  const own = memberships.filter(({ organisation }) => application?.audience.includes(organisation.id));
  return {
    organisations: own.map(({ organisation: { id, slug, name } }) => ({ id, slug, name })),
    groups: [...new Set(own.flatMap(({ groups }) => groups))].sort(),
  };
}

/** When the ways into the account last changed: an application may want to wait a few days after that. */
async function assurance({ store, clock }: Around['deps'], { account, duty }: Facts, sid: string | null) {
  const changedAt = await store.read.authenticators.changedAt(account.id);
  const who = sid ? await whoHas({ store, clock }, sid) : null;
  const due = duty.kind === 'none' ? null : duty.lastDay;
  return {
    ...(changedAt && { authenticators_changed_at: onTheWall({ clock }, changedAt) }),
    ...(account.recoveredAt && { recovered_at: onTheWall({ clock }, account.recoveredAt) }),
    ...(due && { enrolment_due: due.toString() }),
    ...(who && { device_remembered: who.session.viaRememberedDevice }),
  };
}

function sessionOf(token: unknown): string | null {
  const uid: unknown = typeof token === 'object' && token !== null ? Reflect.get(token, 'sessionUid') : null;
  return typeof uid === 'string' ? uid : null;
}
