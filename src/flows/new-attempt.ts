import { randomUUID } from 'node:crypto';
import type { Demand } from '#core/sign-in/state.ts';
import type { Account, Attempt } from '#store/rows.ts';

/** An attempt at its beginning, for this account as it is now. `session`: the live one that is to be raised. */
export function newAttempt(
  account: Pick<Account, 'id' | 'securityEpoch'>,
  its: Pick<Attempt, 'tokenHash' | 'session' | 'returnTo'> & { demand: Demand; lives: Temporal.Duration },
  now: Temporal.Instant,
): Attempt {
  const { demand, lives, ...rest } = its;
  return {
    ...rest,
    id: randomUUID(),
    account: account.id,
    state: { at: 'identifying', demand },
    securityEpoch: account.securityEpoch,
    createdAt: now,
    expiresAt: now.add(lives),
    endedAt: null,
  };
}
