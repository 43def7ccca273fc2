/**
 * Every expected "no" of the program, as one closed list. A refusal is a value, never thrown; `words/` must have a
 * sentence for each in every language or the program does not compile.
 */
export const REFUSALS = [
  // who are you
  'credentials-wrong',
  'account-disabled',
  'attempt-expired',
  'attempt-exhausted',
  'session-required',
  'fresh-proof-required',
  // guesses
  'guess-budget-spent',
  'password-budget-spent',
  'busy',
  // codes (the wrong-code doctor's findings)
  'code-missing',
  'code-wrong',
  'code-used-already',
  'code-clock-slow',
  'code-clock-fast',
  'code-from-older-qr',
  'code-is-sms-code',
  'code-is-backup-code',
  'code-has-eight-digits',
  'code-not-six-digits',
  'code-expired',
  'backup-code-malformed',
  'backup-code-wrong',
  'backup-code-is-six-digits',
  'card-code-malformed',
  'card-code-wrong',
  'sms-code-wrong',
  'sms-code-is-app-code',
  'challenge-missing',
  'authenticator-disabled',
  'method-not-available',
  // passkeys: one refusal for every check, so that an answer cannot be mended by trying
  'passkey-refused',
  'passkey-not-accepted',
  // the app of our own
  'pairing-code-invalid',
  'device-unknown',
  'approval-waiting',
  'approval-over',
  'approval-expired',
  'approval-elsewhere',
  'approval-number-wrong',
  'approval-denied',
  'approval-resting',
  'approval-budget-spent',
  'push-not-available',
  'push-address-refused',
  // text messages
  'number-missing',
  'number-invalid',
  'number-not-mobile',
  'number-premium',
  'number-country-not-served',
  'sms-too-soon',
  'sms-budget-spent',
  'sms-rests',
  // the wizard
  'choice-missing',
  'enrolment-expired',
  'enrolment-elsewhere',
  'locator-wrong',
  'saving-not-confirmed',
  'label-too-long',
  'guard-code-wrong',
  // remind me later
  'deferral-not-allowed',
  // the check-up
  'check-up-locator-missing',
  'check-up-locator-wrong',
  'check-up-step-missing',
  'check-up-skips-spent',
  // passwords
  'address-missing',
  'address-invalid',
  'password-missing',
  'password-too-short',
  'password-too-long',
  'password-too-common',
  'password-has-your-name',
  'passwords-differ',
  'password-unchanged',
  'link-invalid',
  // account
  'authenticator-required',
  'not-found',
  // getting back in
  'recovery-over',
  'recovery-braked',
  'recovery-network-spent',
  'recovery-changed',
  'recovery-unchecked',
  'recovery-needs-vouching',
  'password-not-enough',
  'second-person-needed',
  'not-your-own',
  'same-telephone',
  'not-yet-trusted',
  'administrators-only',
  'request-number-wrong',
  'vouched-already',
  'seeing-not-confirmed',
  'seen-missing',
  'seen-has-number',
  'reason-missing',
  'nobody-here',
  'voucher-wrong',
  'voucher-not-needed',
  // applications and administration
  'application-name-invalid',
  'home-address-invalid',
  'audience-missing',
  'audience-not-yours',
  'redirect-missing',
  'redirect-malformed',
  'redirect-too-long',
  'redirect-characters',
  'redirect-wildcard',
  'redirect-fragment',
  'redirect-scheme',
  'redirect-private-use',
  'redirect-not-https',
  'redirect-credentials',
  'redirect-ours',
  'redirect-rewritten',
  'redirect-query',
  'redirect-too-many',
  'backchannel-address-invalid',
  'native-has-no-secret',
  'resource-address-invalid',
  'fapi-asks-more',
  'scope-unknown',
  'keys-missing',
  'keys-malformed',
  'keys-private',
  'keys-unusable',
  'keys-nameless',
  'group-name-invalid',
  'groups-too-many',
  'freshness-invalid',
  'rules-missing',
  'rules-too-many',
  'rule-host-invalid',
  'rule-host-ours',
  'rule-host-taken',
  'rule-path-invalid',
  'logo-missing',
  'logo-too-large',
  'logo-not-a-picture',
  'name-not-typed',
  'changed-meanwhile',
  'token-name-invalid',
  'token-expiry-invalid',
  'tokens-too-many',
  'second-step-required',
  // the help centre
  'help-budget-spent',
  'article-name-invalid',
  'article-name-taken',
  'article-title-missing',
  'article-title-too-long',
  'article-too-long',
  'article-says-nothing',
  'articles-too-many',
  'contact-invalid',
  'link-title-invalid',
  'link-address-invalid',
  'links-too-many',
  // requests
  'input-malformed',
  'cross-origin',
  'too-large',
  'out-of-order',
] as const;

export type Refusal = (typeof REFUSALS)[number];

/** What a person may be told beside the refusal's sentence; never a secret. */
export type RefusalDetail = {
  /** When the same thing may be tried again. */
  retryAt?: Temporal.Instant;
  /** How far the person's clock is off, rounded, as the doctor saw it. */
  driftSeconds?: number;
  /** A number of the policy that the sentence needs, for instance the least password length. */
  limit?: number;
  /** Tries left before the attempt or the challenge ends. */
  triesLeft?: number;
  /** What was typed, cut short: for one wrong line among many. */
  quoted?: string;
};

export type Refused = { refusal: Refusal; detail?: RefusalDetail };

export function refuse(refusal: Refusal, detail?: RefusalDetail): Refused {
  return detail ? { refusal, detail } : { refusal };
}
