import { randomUUID } from 'node:crypto';
import { vouchedByOperator } from '#core/recovery/decide.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { Reader } from '#store/store.ts';
import type { Deps, Origin } from '../deps.ts';
import { type Facts, loadFacts } from '../world.ts';
import { type CaseScene, hasDesk, lineOf, put } from './case.ts';
import { linkOf } from './links.ts';
import { firstJoined, freeNumber } from './open.ts';
import { confirmedOf, tellAt } from './tell.ts';

/** Why there is none; the command line has a sentence for each. */
export type NoPass = 'unknown' | 'disabled' | 'no-second-step' | 'has-a-desk' | 'homeless';

export type PassFromOperator = { name: string; told: string[]; until: Temporal.Instant; lives: Temporal.Duration };

/** What {@link vouchAsOperator} would do, for whoever is about to; changes nothing. */
export async function mayVouchAsOperator(deps: Deps, address: string): Promise<PassFromOperator | NoPass> {
  const { read } = deps.store;
  const now = deps.clock.now();
  const facts = await factsOf(read, address, now);
  const no = refusal(facts);
  if (no || !facts) return no ?? 'unknown';
  return about({ tx: read, facts, now });
}

/**
 * The operator of the server has the owner in front of them. This is the way back for whoever administers, whom no
 * colleague may help alone: there may be no colleague. A pass as from the desk: once, for a day, and with the password it
 * opens the wizard and no session. Every address of the owner is told, with a link that stops it.
 */
export function vouchAsOperator(
  deps: Deps,
  origin: Origin,
  input: { address: string; reason: string },
): Promise<(PassFromOperator & { link: string }) | NoPass> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const account = await tx.accounts.byAddress(input.address);
    const facts = account && (await tx.accounts.lock(account.id)) ? await factsOf(tx, input.address, now) : null;
    const organisation = facts && firstJoined(facts);
    const no = refusal(facts);
    if (no || !facts || !organisation) return no ?? 'unknown';

    const scene = { deps, tx, facts, origin, now, actor: null, audit: [] };
    await setAside(scene);
    const state = vouchedByOperator(now);
    const row: RecoveryCase = {
      id: randomUUID(),
      account: facts.account.id,
      organisation,
      number: await freeNumber(tx),
      started: 'command-line',
      state,
      openedAt: now,
      claimedAt: null,
      endedAt: null,
    };
    await tx.recovery.create(row);
    const telling: CaseScene = { ...scene, row };
    for (const to of await confirmedOf(telling)) await tellAt(telling, to, 'operator', now);
    const link = await linkOf(telling, 'recovery-pass');
    telling.audit.push(lineOf(telling, 'recovery.vouched-by-operator', { case: row.id, reason: input.reason }));
    telling.audit.push(lineOf(telling, 'recovery.pass-made', { case: row.id }));
    for (const entry of telling.audit) await tx.audit.append(entry);
    deps.wake();
    return { ...(await about(telling)), link };
  });
}

/** A request that was under way gives way to this one, and its owner reads so; a pass from before is worth nothing. */
async function setAside(scene: Omit<CaseScene, 'row'>): Promise<void> {
  const open = await scene.tx.recovery.openOf(scene.facts.account.id);
  const row = open && (await scene.tx.recovery.lock(open.id));
  if (row) await put({ ...scene, row }, { type: 'cancelled', by: 'change' });
}

function refusal(facts: Facts | null): NoPass | null {
  if (!facts) return 'unknown';
  if (facts.account.status !== 'active') return 'disabled';
  if (!firstJoined(facts)) return 'homeless';
  if (facts.enrolment === 'none') return 'no-second-step';
  // Members go to the desk, where it takes two people and a day: this command must not become the shorter way.
  return hasDesk(facts) ? null : 'has-a-desk';
}

async function factsOf(read: Reader, address: string, now: Temporal.Instant): Promise<Facts | null> {
  const account = await read.accounts.byAddress(address);
  return account && loadFacts(read, account.id, now);
}

async function about({
  tx,
  facts,
  now,
}: {
  tx: Reader;
  facts: Facts;
  now: Temporal.Instant;
}): Promise<PassFromOperator> {
  const lives = facts.policy.recoveryPassLives;
  const told = (await confirmedOf({ tx, facts })).map(({ address }) => address);
  return { name: facts.account.name, told, until: now.add(lives), lives };
}
