import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import { queueNotice } from '#outbox/queue.ts';
import type { ApiToken } from '#store/administration.ts';
import type { Organisation } from '#store/rows.ts';
import { administeredBy, type Steward } from './administration.ts';
import { budgetKey, chargeNow } from './budget.ts';
import type { Deps, Origin } from './deps.ts';
import { addressee, tellOwner } from './notice.ts';
import type { Scene } from './scene.ts';
import { hashToken, newToken } from './token.ts';
import { loadFacts } from './world.ts';

/** What it is, for whoever finds one in a file or a log: a person, or a scanner for secrets. */
const PREFIX = 'nachtslot_';
const NAME_MOST_CHARACTERS = 60;
const DAY_HOURS = 24;
const SEEN_EVERY = Temporal.Duration.from({ minutes: 1 });

export type NewToken = { organisation: string; name: string; scope: ApiToken['scope']; days: number };

/** A token with which a program acts for the organisation; shown once. */
export function createApiToken(
  deps: Deps,
  steward: Steward,
  input: NewToken,
): Promise<{ made: ApiToken; token: Secret } | { field: 'name' | 'days' | null; refused: Refused }> {
  return deps.store.transaction(async (tx) => {
    const { organisation, scope, days } = input;
    await tx.accounts.lock(steward.account);
    const isTheirs = 'session' in steward.by && (await administeredBy(tx, steward)).includes(organisation);
    if (!isTheirs) return { field: null, refused: refuse('not-found') };
    const name = input.name.normalize('NFC').trim();
    if (name === '' || [...name].length > NAME_MOST_CHARACTERS || /\p{C}/u.test(name))
      return { field: 'name', refused: refuse('token-name-invalid', { limit: NAME_MOST_CHARACTERS }) };
    const longest = DEFAULT_POLICY.apiTokenLongest.total('hours') / DAY_HOURS;
    if (!Number.isInteger(days) || days < 1 || days > longest)
      return { field: 'days', refused: refuse('token-expiry-invalid', { limit: longest }) };
    const most = DEFAULT_POLICY.apiTokensMost;
    if ((await tx.apiTokens.of(organisation)).length >= most)
      return { field: null, refused: refuse('tokens-too-many', { limit: most }) };
    const now = deps.clock.now();
    const token = new Secret(PREFIX + newToken().token.reveal());
    const made: ApiToken = {
      id: randomUUID(),
      organisation,
      name,
      tokenHash: hashToken(token.reveal()),
      scope,
      madeBy: steward.account,
      createdAt: now,
      expiresAt: now.add({ hours: days * DAY_HOURS }),
      lastUsedAt: null,
    };
    await tx.apiTokens.create(made);
    const detail = { token: made.id, name, organisation, scope, days };
    await tellAdministrators({ deps, tx, now, origin: steward.origin }, made);
    await tx.audit.append({ ...entry(steward, now), event: 'api-token.created', detail });
    return { made, token };
  });
}

export function revokeApiToken(
  deps: Deps,
  steward: Steward,
  { organisation, id }: { organisation: string; id: string },
): Promise<Refused | null> {
  return deps.store.transaction(async (tx) => {
    await tx.accounts.lock(steward.account);
    const isTheirs = 'session' in steward.by && (await administeredBy(tx, steward)).includes(organisation);
    if (!isTheirs || !(await tx.apiTokens.remove(organisation, id))) return refuse('not-found');
    const detail = { token: id, organisation };
    await tx.audit.append({ ...entry(steward, deps.clock.now()), event: 'api-token.revoked', detail });
    return null;
  });
}

/** Whom a request with a token speaks for; a refusal when the token has made too many; null for nobody. */
export async function programOf(
  deps: Deps,
  token: string,
  origin: Origin,
): Promise<{ steward: Steward; organisation: Organisation; scope: ApiToken['scope'] } | Refused | null> {
  const { store, clock } = deps;
  const found = token.startsWith(PREFIX) ? await store.read.apiTokens.byToken(hashToken(token)) : null;
  if (!found) return null;
  const steward: Steward = { account: found.madeBy, by: { token: found.id }, origin };
  // Worth as much as its maker: whoever is an administrator no more left no door behind.
  if (!(await administeredBy(store.read, steward)).includes(found.organisation)) return null;
  const memberships = await store.read.accounts.memberships(found.madeBy);
  const organisation = memberships.find((one) => one.organisation.id === found.organisation)?.organisation;
  if (!organisation) return null;
  const now = clock.now();
  const window = { limit: DEFAULT_POLICY.apiCallsPerMinute, within: Temporal.Duration.from({ minutes: 1 }) };
  const charged = await chargeNow(store, budgetKey.apiCalls(found.id), [window], now);
  if (!charged.allowed) return refuse('busy', { retryAt: charged.retryAt });
  if (!found.lastUsedAt || Temporal.Instant.compare(found.lastUsedAt.add(SEEN_EVERY), now) <= 0)
    await store.transaction((tx) => tx.apiTokens.touch(found.id, now));
  return { steward, organisation, scope: found.scope };
}

/** The maker may answer that it was somebody else, which ends what was open; the others are told. */
async function tellAdministrators(scene: Pick<Scene, 'deps' | 'tx' | 'now' | 'origin'>, made: ApiToken): Promise<void> {
  const { tx, now, origin, deps } = scene;
  const maker = await loadFacts(tx, made.madeBy, now);
  const house = maker?.memberships.find((one) => one.organisation.id === made.organisation)?.organisation;
  if (!maker || !house) return;
  const values = { name: made.name, by: maker.account.name, organisation: house.name };
  const event = { kind: 'api-token-created', values } as const;
  for (const id of await tx.people.administrators(house.id)) {
    const facts = id === made.madeBy ? maker : await loadFacts(tx, id, now);
    if (facts?.account.status !== 'active') continue;
    if (id === made.madeBy) await tellOwner({ ...scene, facts }, event);
    else {
      const confirmed = (await tx.accounts.addresses(id)).filter((one) => one.confirmedAt);
      const addresses = confirmed.map((one) => one.address);
      await queueNotice(tx, { ...addressee(facts), ...event, addresses, origin, now, wasntMeLink: null });
    }
  }
  deps.wake();
}

function entry({ account, origin }: Steward, at: Temporal.Instant) {
  return { at, actor: account, account: null, ...origin };
}
