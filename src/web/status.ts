import type { Refusal } from '#core/refusal.ts';

/** HTTP status of a refusal (RFC 9110 §15.5). What a person typed and can type again is 422. */
export function statusOf(refusal: Refusal): number {
  return STATUS[refusal] ?? 422;
}

const STATUS: Partial<Record<Refusal, number>> = {
  'session-required': 401,
  'fresh-proof-required': 403,
  'account-disabled': 403,
  'second-step-required': 403,
  'changed-meanwhile': 409,
  'cross-origin': 403,
  'authenticator-required': 409,
  'out-of-order': 409,
  'deferral-not-allowed': 409,
  'attempt-expired': 409,
  'attempt-exhausted': 409,
  'enrolment-expired': 409,
  'enrolment-elsewhere': 409,
  'recovery-over': 410,
  'recovery-braked': 429,
  'recovery-changed': 409,
  'recovery-unchecked': 409,
  'recovery-needs-vouching': 409,
  'second-person-needed': 403,
  'not-your-own': 403,
  'not-yet-trusted': 403,
  'administrators-only': 403,
  'vouched-already': 409,
  'voucher-not-needed': 409,
  'approval-waiting': 409,
  'approval-over': 409,
  'approval-elsewhere': 409,
  'device-unknown': 410,
  'pairing-code-invalid': 410,
  'not-found': 404,
  'link-invalid': 410,
  'too-large': 413,
  'input-malformed': 400,
  'guess-budget-spent': 429,
  'password-budget-spent': 429,
  'sms-too-soon': 429,
  'approval-budget-spent': 429,
  'approval-resting': 429,
  'sms-budget-spent': 429,
  busy: 503,
};
