import { isOpen } from '#core/recovery/decide.ts';
import { type Figures, figuresOf } from '#core/recovery/figures.ts';
import { type RiskLevel, type Risk, riskLevel, risksOf } from '#core/recovery/risk.ts';
import type { Recovery } from '#core/recovery/state.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { AuditLine, Reader } from '#store/store.ts';
import { type Facts, loadFacts } from '../world.ts';
import { digestOf, hasDesk, stateOf } from './case.ts';

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

export async function deskCase(read: Reader, row: RecoveryCase, now: Temporal.Instant): Promise<DeskCase | null> {
  const facts = await loadFacts(read, row.account, now);
  if (!facts) return null;
  const { policy, memberships, authenticators } = facts;
  const password = authenticators.find((one) => one.type === 'password');
  const newSince = row.openedAt.subtract(policy.recoveryContactAge);
  const before = await read.recovery.lastEndedOf(row.account);
  const state = stateOf(row, facts, now);
  const risks = risksOf({
    state,
    passwordIsNew: !password || Temporal.Instant.compare(password.boundAt, newSince) > 0,
    askedBefore: before !== null && before.id !== row.id && before.state.at !== 'redeemed',
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
  now: Temporal.Instant,
): Promise<{ open: DeskCase[]; ended: DeskCase[]; figures: Figures }> {
  const since = now.subtract({ hours: FIGURE_DAYS * 24 });
  const rows = (await Promise.all(organisations.map((one) => read.recovery.ofOrganisation(one, since)))).flat();
  const cases = (await Promise.all(rows.map((row) => deskCase(read, row, now)))).filter((one) => one !== null);
  const counted = cases.map(({ row, state }) => ({ state, openedAt: row.openedAt, endedAt: row.endedAt }));
  return {
    open: cases.filter(({ state }) => isOpen(state)),
    ended: cases.filter(({ state }) => !isOpen(state)).reverse(),
    figures: figuresOf(counted, FIGURE_DAYS, now),
  };
}

/** What was done in this request, oldest first, as the audit has it. */
export async function historyOf(read: Reader, row: RecoveryCase): Promise<AuditLine[]> {
  const lines = await read.audit.of(row.account, 500);
  return lines.filter((line) => line.detail['case'] === row.id).reverse();
}
