import type { Risk } from '#core/recovery/risk.ts';
import type { CheckKind, Proof, Recovery } from '#core/recovery/state.ts';
import { refusesHelper } from '#flows/recovery/standing.ts';
import { deskCase, historyOf } from '#flows/recovery/view.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import { nameOf } from '../account/authenticator-name.ts';
import type { DeskVisit } from './door.ts';

export const DID = [
  'opened',
  'asked-again',
  'mailbox-confirmed',
  'password-proved',
  'vouched',
  'vouched-by-operator',
  'claimed',
  'check-recorded',
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'pass-made',
  'redeemed',
  'refused',
] as const;
type Did = (typeof DID)[number];

export type CaseView = {
  id: string;
  name: string;
  number: string;
  address: string;
  organisation: string;
  /** What the account is opened with: names and days, no secrets. */
  bound: { type: string; boundAt: Temporal.Instant }[];
  at: Recovery['at'];
  readyAt: Temporal.Instant | null;
  proofs: { kind: Proof['kind']; at: Temporal.Instant; by: string }[];
  checks: { kind: CheckKind; seen: { passed: boolean; text: string; by: string; at: Temporal.Instant } | null }[];
  risks: Risk[];
  history: { at: Temporal.Instant; what: Did; by: string }[];
  digest: string;
  approvedBy: string | null;
  /** The one thing that moves the request on, if this person may do it. `look`: nothing just now. */
  may: 'claim' | 'approve' | 'look' | null;
  mayRecord: boolean;
  mayReject: boolean;
  /** Why this person may do nothing here. */
  forbidden: string | null;
  typed: { kind: string; seen: string };
  errors: { on: 'page' | 'kind' | 'seen' | 'reject' | 'freeze'; sentence: string } | null;
};

export async function caseView(
  visit: DeskVisit,
  row: RecoveryCase,
  shown: Partial<Pick<CaseView, 'typed' | 'errors'>> = {},
): Promise<CaseView | null> {
  const { deps, read, now, words, who } = visit;
  const found = await deskCase(read, row, deps.clock);
  if (!found) return null;
  const { state, facts, risks, digest } = found;
  const names = await namesOf(visit, row, await historyOf(read, row));
  const name = (account: string | null) => (account ? (names.get(account) ?? '') : '');
  const refused = await refusesHelper(read, who.session.account, facts, row.organisation, now);
  const addresses = await read.accounts.addresses(row.account);
  const { checks, proofs } = state.facts;
  return {
    id: row.id,
    name: facts.account.name,
    number: row.number,
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
    organisation: facts.memberships.map(({ organisation }) => organisation.name).join(', '),
    bound: facts.authenticators
      .filter(({ type, partOf }) => type !== 'password' && !partOf)
      .map((one) => ({ type: nameOf(one, words), boundAt: one.boundAt })),
    at: state.at,
    readyAt: state.at === 'waiting' ? state.readyAt : null,
    proofs: proofs.map((one) => ({ kind: one.kind, at: one.at, by: one.kind === 'vouched' ? name(one.by) : '' })),
    checks: facts.policy.recoveryChecks.map((kind) => {
      const newest = checks.findLast((one) => one.kind === kind);
      return { kind, seen: newest ? { ...newest, text: newest.seen, by: name(newest.by) } : null };
    }),
    risks,
    history: (await historyOf(read, row)).flatMap(({ at, event, actor }) => {
      const what = DID.find((one) => event === `recovery.${one}`);
      return what ? [{ at, what, by: name(actor) }] : [];
    }),
    digest,
    approvedBy: state.at === 'approved' ? name(state.first.by) : null,
    may: refused ? null : mayOf(state, who.session.account),
    mayRecord: !refused && (state.at === 'claimed' || state.at === 'checked' || state.at === 'approved'),
    mayReject: !refused && REJECTABLE.includes(state.at),
    forbidden: visit.says(refused),
    typed: { kind: '', seen: '' },
    errors: null,
    ...shown,
  };
}

const REJECTABLE: readonly Recovery['at'][] = ['second-proof', 'claimed', 'checked', 'approved', 'waiting', 'ready'];

function mayOf(state: Recovery, self: string): CaseView['may'] {
  if (state.at === 'second-proof' || (state.at === 'claimed' && state.agent !== self)) return 'claim';
  if (state.at === 'checked' || (state.at === 'approved' && state.first.by !== self)) return 'approve';
  return 'look';
}

async function namesOf(
  { read }: DeskVisit,
  { state }: RecoveryCase,
  history: { actor: string | null }[],
): Promise<Map<string, string>> {
  const acted = [
    ...state.facts.proofs.flatMap((one) => ('by' in one ? [one.by] : [])),
    ...state.facts.checks.map(({ by }) => by),
    ...('first' in state ? [state.first.by] : []),
    ...history.flatMap(({ actor }) => actor ?? []),
  ];
  const names = new Map<string, string>();
  for (const id of new Set(acted)) names.set(id, (await read.accounts.byId(id))?.name ?? '');
  return names;
}
