import type { Pending } from '#core/authenticator.ts';
import { notYet } from '#flows/approval/claim.ts';
import { pairingShown } from '#flows/approval/showing.ts';
import type { PendingVisit } from '../route.ts';
import { notifiedSentence } from '../sign-in/notified.ts';
import { waitState } from '../sign-in/wait-state.ts';
import type { PairView } from './pair.page.tsx';
import type { TestView } from './test.page.tsx';
import type { WizardView } from './wizard-page.tsx';

/** How the wizard stands about the phone: what its page compares, and says, while it waits. */
export async function phoneState(visit: PendingVisit): Promise<{ state: string; says: string }> {
  const { read, attempt, now } = visit;
  const row = await read.enrolments.byHolder(attempt.id);
  if (row?.state.at !== 'proving') return { state: row?.state.at ?? 'gone', says: '' };
  const approval = await read.approvals.latest(attempt.id);
  return { state: waitState(approval, now), says: notifiedSentence(approval, visit, 'wizard') };
}

export async function pairView(
  visit: PendingVisit,
  pending: Pending,
  onPhone: boolean,
): Promise<Omit<PairView, keyof WizardView>> {
  const { code, device, paired } = pairingShown(pending);
  const pairing = await visit.read.pairings.byId(device);
  const isOpen = pairing !== null && Temporal.Instant.compare(pairing.expiresAt, visit.now) > 0;
  const link = new URL('/authenticator/pair', visit.site.publicUrl);
  link.hash = code;
  return { link: isOpen ? link.href : null, onPhone, paired, state: (await phoneState(visit)).state };
}

export async function testView(visit: PendingVisit): Promise<Omit<TestView, keyof WizardView> & { error?: string }> {
  const approval = await visit.read.approvals.latest(visit.attempt.id);
  const refused = notYet(approval, visit.now);
  const isOpen = refused === null || refused.refusal === 'approval-waiting';
  return {
    approval:
      approval && isOpen
        ? {
            number: approval.number.reveal(),
            state: waitState(approval, visit.now),
            says: notifiedSentence(approval, visit, 'wizard'),
            approved: refused === null,
          }
        : null,
    ended: isOpen || !approval ? null : visit.says(refused),
  };
}
