import { notYet } from '#flows/approval/claim.ts';
import { isWaiting } from '#flows/approval/request.ts';
import type { Approval } from '#store/rows.ts';

/** What a page that waits compares: it is drawn anew when this changes, and goes on at `approved`. */
export function waitState(approval: Approval | null, now: Temporal.Instant): string {
  if (!approval) return 'none';
  if (isWaiting(approval, now)) return `waiting ${approval.id}`;
  return notYet(approval, now)?.refusal ?? 'approved';
}
