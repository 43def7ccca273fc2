import { vouchers } from '../recovery/proofs.ts';
import type { Proof } from '../recovery/state.ts';

const AT_ONCE = Temporal.Duration.from({ hours: 0 });

/**
 * How long an approved request waits, so that an owner who did not ask for it has time to say so. Two people who have
 * seen the owner in person are what the wait is otherwise for.
 */
export function recoveryDelay(
  proofs: readonly Proof[],
  policy: { recoveryDelay: Temporal.Duration },
): Temporal.Duration {
  return vouchers(proofs) >= 2 ? AT_ONCE : policy.recoveryDelay;
}
