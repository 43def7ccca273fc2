import { type Notified, notified } from '#flows/approval/notified.ts';
import { isWaiting } from '#flows/approval/request.ts';
import type { Approval } from '#store/rows.ts';
import type { Key, Words } from '#words/index.ts';

/** What a page that waits says of the notification; empty where there is nothing to say. */
export function notifiedSentence(
  approval: Approval | null,
  { words: { t }, now }: { words: Words; now: Temporal.Instant },
  place: 'sign-in' | 'wizard',
): string {
  if (!approval || !isWaiting(approval, now)) return '';
  const key = SENTENCES[place][notified(approval, now)];
  return key ? t(key) : '';
}

/** Signing in, the way on is another way; in the wizard it is to know how it will be from now on. */
const SENTENCES: Record<'sign-in' | 'wizard', Partial<Record<Notified, Key>>> = {
  'sign-in': {
    sending: 'approval.push-sending',
    sent: 'approval.push-sent',
    arrived: 'approval.push-arrived',
    late: 'approval.push-late',
    unsent: 'approval.push-unsent',
    without: 'approval.push-without',
  },
  wizard: {
    sending: 'approval.push-sending',
    sent: 'approval.push-sent',
    arrived: 'approval.push-works',
    late: 'approval.push-late-test',
    unsent: 'approval.push-unsent-test',
    without: 'approval.push-without-test',
  },
};
