import type { Assurance } from '../../../clients/typescript/src/index.ts';

/** Why a change waits, and until when. */
export type Hold = { because: 'recovered' | 'new-authenticator' | 'not-known'; since: Date; until: Date };

/** Long enough for the owner to read a mail, ask somebody, and call us. */
export const HOLD_DAYS = 3;

/**
 * Whoever took over an account a moment ago wants the wages first. So a change of the bank account waits for some days
 * after the account was given back by a recovery, or got another authenticator. What we were not told we do not guess:
 * then it waits as well.
 */
export function holdOf(assurance: Assurance | null, now: Date): Hold | null {
  if (!assurance) return { because: 'not-known', since: now, until: daysAfter(now) };
  const { recoveredAt, authenticatorsChangedAt } = assurance;
  const holds = [
    recoveredAt && ({ because: 'recovered', since: recoveredAt, until: daysAfter(recoveredAt) } as const),
    authenticatorsChangedAt &&
      ({
        because: 'new-authenticator',
        since: authenticatorsChangedAt,
        until: daysAfter(authenticatorsChangedAt),
      } as const),
  ];
  // Of two the one that ends last; of two that end together the graver, which stands first.
  return holds.reduce<Hold | null>(
    (longest, hold) => (hold && hold.until > now && (!longest || hold.until > longest.until) ? hold : longest),
    null,
  );
}

function daysAfter(moment: Date): Date {
  return new Date(moment.getTime() + HOLD_DAYS * 24 * 3600 * 1000);
}
