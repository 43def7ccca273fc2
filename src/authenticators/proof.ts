import type { Evidence } from '#core/assurance.ts';
import type { AuthenticatorType } from '#core/authenticator.ts';

/**
 * Stands where the identifier of an authenticator belongs while it is only being bound. The hand that binds it puts
 * the new row's identifier in its place, in the evidence and in the claim.
 */
export const UNBOUND = '';

/** What a right answer proves. */
export function evidenceOf(
  type: Pick<AuthenticatorType, 'type' | 'factors' | 'restricted' | 'phishingResistant'>,
  authenticator: string,
  at: Temporal.Instant,
): Evidence {
  return {
    type: type.type,
    authenticator,
    factors: [...type.factors],
    phishingResistant: type.phishingResistant,
    restricted: type.restricted,
    at,
  };
}
