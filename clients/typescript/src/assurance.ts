/** What the scope `assurance` tells, beside `acr` and `auth_time`. */
export type Assurance = {
  /** When an authenticator was last added or removed; null: never since the account was made. */
  authenticatorsChangedAt: Date | null;
  /** When the account was last given back to its owner by a recovery; null: never. */
  recoveredAt: Date | null;
  /** Last day, `2026-06-30`, on which the person may still put off two-step verification; null: nothing is due. */
  enrolmentDue: string | null;
  /** A remembered device stood in for the second step. */
  deviceRemembered: boolean;
};

/**
 * Reads the claims of a token that was verified, or of userinfo. Null when they are not there, because the scope
 * `assurance` was not asked for or not granted: that is *not known*, and must not be taken for *never*.
 * A claim in a shape that was never promised throws: guessing what it means would open something.
 */
export function readAssurance(claims: Record<string, unknown>): Assurance | null {
  const { device_remembered: remembered } = claims;
  if (remembered === undefined) return null;
  if (typeof remembered !== 'boolean') throw new TypeError('device_remembered is no boolean');
  return {
    authenticatorsChangedAt: momentOf(claims, 'authenticators_changed_at'),
    recoveredAt: momentOf(claims, 'recovered_at'),
    enrolmentDue: dateOf(claims, 'enrolment_due'),
    deviceRemembered: remembered,
  };
}

/** Seconds since 1970, as all moments in tokens (RFC 7519 §2, NumericDate). */
function momentOf(claims: Record<string, unknown>, name: string): Date | null {
  const value = claims[name];
  if (value === undefined || value === null) return null;
  const moment = typeof value === 'number' ? new Date(value * 1000) : null;
  if (!moment || Number.isNaN(moment.getTime())) throw new TypeError(`${name} is no number of seconds`);
  return moment;
}

function dateOf(claims: Record<string, unknown>, name: string): string | null {
  const value = claims[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new TypeError(`${name} is no date`);
  return value;
}
