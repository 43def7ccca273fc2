import { isOpen } from '#core/recovery/decide.ts';
import { type Figures, figuresOf } from '#core/recovery/figures.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { type RiskLevel, type Risk, riskLevel, risksOf } from '#core/recovery/risk.ts';
import type { Recovery } from '#core/recovery/state.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { AuditLine } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import { type Facts, loadFacts } from '../world.ts';
import { digestOf, hasDesk, type Steady, stateOf } from './case.ts';

/** A request as the desk sees it: facts about it and its owner, never a secret. */
export type DeskCase = {
  row: RecoveryCase;
  state: Recovery;
  facts: Facts;
  risks: Risk[];
  level: RiskLevel;
  hasDesk: boolean;
  /** Of exactly what is shown; an approval brings it back. */
  digest: string;
};

export async function deskCase(read: Reader, row: RecoveryCase, clock: Steady): Promise<DeskCase | null> {
  const now = clock.now();
  const facts = await loadFacts(read, row.account, now);
  if (!facts) return null;
  const { policy, memberships, authenticators } = facts;
  const password = authenticators.find((one) => one.type === 'password');
  const newSince = row.openedAt.subtract(policy.recoveryContactAge);
  const before = await read.recovery.lastEndedOf(row.account);
  const state = stateOf(row, facts, clock);
  const denials = await read.approvals.denials(row.account, newSince);
  const risks = risksOf({
    state,
    passwordIsNew: !password || Temporal.Instant.compare(password.boundAt, newSince) > 0,
    askedBefore: before !== null && before.id !== row.id && before.state.at !== 'redeemed',
    saidNotMe: denials > 0,
    hasDesk: hasDesk(facts),
    organisations: memberships.length,
  });
  return { row, state, facts, risks, level: riskLevel(risks), hasDesk: hasDesk(facts), digest: digestOf(row, facts) };
}

const FIGURE_DAYS = 28;

/** Everything of these desks: what is open, what ended lately, and what the figures say about it. */
export async function deskOverview(
  read: Reader,
  organisations: readonly string[],
  clock: Steady,
): Promise<{ open: DeskCase[]; ended: DeskCase[]; figures: Figures }> {
  const now = clock.now();
  const since = now.subtract({ hours: FIGURE_DAYS * 24 });
  const rows = (await Promise.all(organisations.map((one) => read.recovery.ofOrganisation(one, since)))).flat();
  const cases = (await Promise.all(rows.map((row) => deskCase(read, row, clock)))).filter((one) => one !== null);
  const counted = cases.map(({ row, state }) => ({ state, openedAt: row.openedAt, endedAt: row.endedAt }));
  return {
    open: cases.filter(({ state }) => isOpen(state)),
    ended: cases.filter(({ state }) => !isOpen(state)).reverse(),
    figures: figuresOf(counted, FIGURE_DAYS, now),
  };
}

/** Somebody whose phone said *This wasn't me*: whoever asked had the password. */
export type Denied = { account: string; name: string; times: number; at: Temporal.Instant; userAgent: string };

/** Of everybody whom these desks look after, in the last days, the newest first. */
export async function deniedLately(
  read: Reader,
  organisations: readonly string[],
  now: Temporal.Instant,
): Promise<Denied[]> {
  const since = now.subtract(DEFAULT_POLICY.recoveryContactAge);
  const all = (await Promise.all(organisations.map((one) => read.approvals.deniedIn(one, since)))).flat();
  // Somebody of two organisations is one person, and so is each request.
  const byAccount = Map.groupBy(new Map(all.map((one) => [one.id, one])).values(), ({ account }) => account);
  const people = [...byAccount].map(async ([account, [newest, ...more]]): Promise<Denied[]> => {
    const name = (await read.accounts.byId(account))?.name ?? '';
    if (!newest?.answeredAt) return [];
    return [{ account, name, times: more.length + 1, at: newest.answeredAt, userAgent: newest.userAgent }];
  });
  return (await Promise.all(people)).flat().sort((one, other) => Temporal.Instant.compare(other.at, one.at));
}

/** What was done in this request, oldest first, as the audit has it. */
export async function historyOf(read: Reader, row: RecoveryCase): Promise<AuditLine[]> {
  const lines = await read.audit.of(row.account, 500);
  return lines.filter((line) => line.detail['case'] === row.id).reverse();
}
