import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import type { Approval } from '#store/rows.ts';

/**
 * How the notification of a request stands. `sending`: no push service has taken it yet. `sent`: one has. `arrived`: a
 * phone says that it shows it. `late`, `unsent`: the same two after more than a person waits for. `without`: by then
 * there was none to send; until then `none`.
 */
export const NOTIFIED = ['none', 'sending', 'sent', 'arrived', 'late', 'unsent', 'without'] as const;
export type Notified = (typeof NOTIFIED)[number];

export function notified(
  { createdAt, pushQueuedAt, pushSentAt, pushArrivedAt }: Approval,
  now: Temporal.Instant,
): Notified {
  if (pushArrivedAt) return 'arrived';
  const since = (pushQueuedAt ?? createdAt).add(DEFAULT_POLICY.pushPatience);
  const isOver = Temporal.Instant.compare(since, now) <= 0;
  if (!pushQueuedAt) return isOver ? 'without' : 'none';
  if (pushSentAt) return isOver ? 'late' : 'sent';
  return isOver ? 'unsent' : 'sending';
}
