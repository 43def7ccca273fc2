import type { OutboxMessage } from '#store/rows.ts';
import type { MailLetter } from './messages.ts';

/**
 * Notices must neither be lost nor become a bomb. The first of a kind goes out at once; further ones of the same kind
 * within the period wait for its end, and everything that waits for one address goes out as one mail.
 */
export type Told = {
  /** When the newest notice of this kind goes or went to this address. */
  kind: Temporal.Instant | null;
  /** The moment that waiting notices of any kind to this address are held for. */
  held: Temporal.Instant | null;
};

/** When to send a notice that is queued at `now`, and what to remember for the next one. */
export function whenToTell(
  told: Told,
  within: Temporal.Duration,
  now: Temporal.Instant,
): Told & { at: Temporal.Instant } {
  const isOver = !told.kind || Temporal.Instant.compare(told.kind.add(within), now) <= 0;
  if (!told.kind || isOver) return { at: now, kind: now, held: told.held };
  // At the very moment itself the one that waited may be on its way: whoever comes then would be one mail more.
  const stillWaits = told.held && Temporal.Instant.compare(told.held, now) > 0 ? told.held : null;
  const at = stillWaits ?? told.kind.add(within);
  return { at, kind: at, held: at };
}

export type Opened<L> = { row: OutboxMessage; letter: L };

/** Which of the messages that are due together become one: notices of one account to one address. */
export function merge(due: readonly Opened<MailLetter>[]): Opened<MailLetter>[][] {
  const groups = new Map<string, Opened<MailLetter>[]>();
  for (const one of due) {
    const { row, letter } = one;
    const name = letter.mail.template === 'notice' ? `${row.account} ${row.to.reveal()}` : row.id;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}
