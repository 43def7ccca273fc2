import type { Duty } from '#core/campaign/duty.ts';
import type { Refused } from '#core/refusal.ts';
import { notYet } from '#flows/approval/claim.ts';
import { cardShown, daysToRemember, offeredNow } from '#flows/showing.ts';
import { type Facts, factsOfMember } from '#flows/world.ts';
import type { Approval } from '#store/rows.ts';
import type { Words } from '#words/index.ts';
import type { PendingVisit } from '../route.ts';
import { lastUsedIn } from './last-used.ts';
import { notifiedSentence } from './notified.ts';
import type { OtherWaysView } from './other-ways.page.tsx';
import type { PromptView } from './prompt.page.tsx';
import { waitState } from './wait-state.ts';
import type { VerifyView } from './verify.page.tsx';

/** The field that was asked for, if it is offered at all; else what worked last on this device, else the best one. */
export async function verifyView(
  visit: PendingVisit,
  wanted: string | null,
  refused: Refused | null,
  rememberTicked = false,
): Promise<VerifyView> {
  const facts = await factsOf(visit);
  const methods = offeredNow(visit.deps, visit.attempt, facts);
  const lastUsed = lastUsedIn(visit);
  const offered = (type: string | null) => methods.find((one) => one === type);
  const method = offered(wanted) ?? offered(lastUsed) ?? methods[0] ?? 'backup-code';
  const days = daysToRemember(visit.attempt, facts, method);
  const approval = method === 'app' ? await visit.read.approvals.latest(visit.attempt.id) : null;
  const challenge = await visit.read.challenges.open(visit.attempt.id, 'verify');
  const isOpen = challenge && Temporal.Instant.compare(challenge.expiresAt, visit.now) > 0;
  return {
    method,
    ...(await person(visit)),
    error: visit.says(refused ?? (method === 'app' ? ended(approval, visit.now) : null)),
    approval: method === 'app' ? shownApproval(approval, visit) : null,
    remember: days === null ? null : { days, checked: rememberTicked },
    hasOthers: method !== 'password' || methods.length > 1,
    sentTo: isOpen ? `•••• ${challenge.destination.reveal().slice(-3)}` : null,
    card: facts.authenticators.map((one) => cardShown(one, facts.policy)).find((one) => one && one.left > 0) ?? null,
    again: visit.attempt.session !== null,
  };
}

/** What became of the last request, where it came to nothing. */
function ended(approval: Approval | null, now: Temporal.Instant): Refused | null {
  const refused = approval && notYet(approval, now);
  return refused && refused.refusal !== 'approval-waiting' ? refused : null;
}

function shownApproval(approval: Approval | null, visit: PendingVisit): VerifyView['approval'] {
  const { now } = visit;
  const refusal = approval && (notYet(approval, now)?.refusal ?? 'approved');
  if (!approval || (refusal !== 'approved' && refusal !== 'approval-waiting')) return null;
  return {
    number: approval.number.reveal(),
    state: waitState(approval, now),
    says: notifiedSentence(approval, visit, 'sign-in'),
    approved: refusal === 'approved',
  };
}

export async function otherWaysView(visit: PendingVisit): Promise<OtherWaysView> {
  const facts = await factsOf(visit);
  const contacts = facts.memberships
    .map(({ organisation }) => ({ organisation: organisation.name, contact: organisation.helpContact }))
    .filter(({ contact }) => contact !== '');
  const methods = offeredNow(visit.deps, visit.attempt, facts);
  const retryAt = facts.smsRestsUntil;
  const isMissing = retryAt && visit.deps.smsAvailable && facts.authenticators.some(({ type }) => type === 'sms');
  const missing = isMissing ? visit.says({ refusal: 'sms-rests', detail: { retryAt } }) : null;
  return { methods, ...(await person(visit)), missing, contacts };
}

export async function promptView(visit: PendingVisit, refused: Refused | null = null): Promise<PromptView> {
  const { words } = visit;
  const asked = askedOf(await factsOf(visit));
  const view = {
    ...(await person(visit)),
    error: visit.says(refused),
    later: null,
    lastChanceSentence: null,
    becauseSentence: asked ? becauseSentence(asked, words) : '',
  };
  if (asked?.duty.kind !== 'invited') return view;
  const { returnsAfterSignIns: count, returnsAt, lastChance } = asked.duty;
  const returnsSentence = words.t('sign-in.prompt-returns', { count, date: words.shortDate(returnsAt) });
  return {
    ...view,
    later: { untilSentence: laterSentence(asked.duty, words), returnsSentence },
    lastChanceSentence: lastChance ? words.t('sign-in.prompt-last-chance') : null,
  };
}

/** What is asked of a person, and whom to ask about it: the organisation whose rule it is, not just any of theirs. */
export type Asked = { duty: Duty & { kind: 'invited' | 'required' }; contact: string };

export function askedOf({ duty, memberships }: Facts): Asked | null {
  if (duty.kind === 'none') return null;
  const whose = memberships.find(({ organisation }) => organisation.id === duty.because.organisation);
  return { duty, contact: whose?.organisation.helpContact ?? '' };
}

/** Whose rule, since when, until when, whom to ask: the answer to *Why am I asked?* */
export function becauseSentence({ duty, contact }: Asked, words: Words): string {
  const sentence = words.t(`sign-in.because-${whyKey(duty)}`, {
    organisation: duty.because.organisationName,
    since: words.shortDate(duty.because.since),
    date: duty.lastDay ? words.date(duty.lastDay) : '',
    place: duty.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? '',
  });
  return contact ? `${sentence} ${words.t('sign-in.because-contact', { contact })}` : sentence;
}

function whyKey(duty: Duty & { kind: 'invited' | 'required' }): 'campaign' | 'offered' | 'spent' | 'overdue' {
  if (duty.kind === 'invited') return duty.lastDay ? 'campaign' : 'offered';
  return duty.because.reason === 'deferrals-spent' ? 'spent' : 'overdue';
}

/** "You can set this up later, until Tuesday 30 June 2026. 2 reminders left." */
function laterSentence(duty: Duty & { kind: 'invited' }, { t, date }: Words): string {
  const until = duty.lastDay
    ? t('sign-in.prompt-later-until', { date: date(duty.lastDay) })
    : t('sign-in.prompt-later');
  return duty.deferralsLeft === null ? until : `${until} ${t('sign-in.prompt-left', { count: duty.deferralsLeft })}`;
}

async function factsOf(visit: PendingVisit): Promise<Facts> {
  const { read, account, memberships, now } = visit;
  if (account?.id !== visit.attempt.account) throw new Error('the account of a live attempt is gone');
  return factsOfMember(read, account, memberships, now);
}

export async function person(visit: PendingVisit): Promise<{ name: string; address: string }> {
  const addresses = await visit.read.accounts.addresses(visit.attempt.account);
  return {
    name: visit.account?.name ?? '',
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
  };
}
