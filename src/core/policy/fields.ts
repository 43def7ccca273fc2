import { CHECKS } from '../recovery/state.ts';
import {
  choice,
  count,
  countries,
  days,
  duration,
  type Field,
  fixedCount,
  fixedTime,
  flag,
  makes,
  some,
  windows,
} from './field.ts';

/**
 * Every number of the program, once. The page, the mail, the help text and the audit read the same field, and
 * `docs/reference/policy.md` is made from it. A field says who may change it: nobody, or an organisation, upwards or
 * downwards; where the policies of several organisations meet, the strictest value of each field holds.
 */
export const FIELDS = {
  // Campaign: asking a whole organisation
  deferralReturnsAfterSignIns: count(3, {
    unit: 'sign-ins',
    from: 1,
    to: 10,
    strict: 'less',
    organisation: 'either',
    sentence: 'After “Remind me later” the question stays away for this many sign-ins.',
  }),
  deferralReturnsAfter: duration('P7D', {
    from: 'P1D',
    to: 'P14D',
    strict: 'shorter',
    organisation: 'either',
    sentence: 'After “Remind me later” the question stays away for no longer than this.',
  }),
  deferralsAllowed: count(3, {
    unit: 'times per person and campaign',
    from: 0,
    to: 10,
    strict: 'less',
    organisation: 'either',
    sentence: '“Remind me later” can be chosen this often before a deadline.',
  }),
  lateJoinerGrace: duration('P14D', {
    from: 'P0D',
    to: 'P60D',
    strict: 'shorter',
    organisation: 'either',
    sentence: 'Whoever signs in for the first time has at least this long, whatever the campaign’s date; 0 gives none.',
  }),
  lateEnrolmentGuard: choice('mailed-code', ['none', 'mailed-code'], {
    organisation: 'either',
    sentence: 'What binding the first second step after the deadline takes besides the password.',
  }),
  reminderDaysBefore: days([45, 14, 7, 2, 0], {
    from: 0,
    to: 365,
    organisation: 'either',
    sentence: 'Days before the deadline on which people without a second step get a mail; never more than one a day.',
  }),
  extensionAtMost: fixedTime('P30D', 'One person’s date can be moved back by this much, once, with a reason.'),
  exemptionAtMost: fixedTime(
    'P365D',
    'An exemption has an owner, a reason and an end no later than this; it ends by itself.',
  ),
  checkUpAfter: duration('P28D', {
    from: 'P14D',
    to: 'P90D',
    strict: 'shorter',
    organisation: 'either',
    sentence: 'This long after enrolment people are asked to show that app and backup code still work.',
  }),

  checkUpSkips: fixedCount(2, 'times', 'The check-up can be put off this often.'),
  checkUpReturnsAfter: fixedTime('P7D', 'A check-up that was put off comes back after this.'),

  // The wizard and the codes of the app
  pendingSecretLives: fixedTime(
    'PT15M',
    'A QR code that was not confirmed with a right code is worth nothing after this.',
  ),
  totpSecretBits: fixedCount(160, 'bits', 'Size of the secret behind the codes of an authenticator app (RFC 4226 §4).'),
  totpDigits: fixedCount(6, 'digits', 'Digits in a code of an authenticator app.'),
  totpPeriod: fixedTime('PT30S', 'A new code appears in an authenticator app this often (RFC 6238 §4).'),
  totpStepsBack: fixedCount(
    1,
    'periods',
    'Codes are accepted of the present period and of this many before it; each once, and no older one after it.',
  ),
  doctorDrift: fixedTime(
    'PT10M',
    'A refused code that is right within this distance gets the explanation that the phone’s clock is wrong.',
  ),

  // Guessing
  guessBudget: windows(
    [
      [5, 'PT15M'],
      [20, 'PT24H'],
      [60, 'P30D'],
    ],
    'Guesses at all second steps of an account together, each charged before it is compared.',
  ),
  disableAfterFailures: fixedCount(
    100,
    'refusals in a row',
    'So many refused codes in a row disable an authenticator (NIST SP 800-63B-4 §3.2.2).',
  ),
  passwordBudget: windows(
    [
      [10, 'PT15M'],
      [100, 'PT24H'],
    ],
    'Wrong passwords for an account, wherever they are typed.',
  ),
  passwordDelayAfter: fixedCount(
    10,
    'wrong passwords',
    'After so many wrong passwords within a day each further one has to wait.',
  ),
  passwordDelayFirst: fixedTime('PT30S', 'The first of these waits; each is twice the one before.'),
  passwordDelayLongest: fixedTime('PT1H', 'The longest of these waits.'),

  // Passwords
  passwordMinLengthAlone: count(15, {
    unit: 'characters',
    from: 8,
    to: 64,
    strict: 'more',
    organisation: 'stricter',
    sentence: 'Least length of a password while it is all that protects the account (NIST SP 800-63B-4 §3.1.1.2).',
  }),
  passwordMinLengthWithSecondStep: count(10, {
    unit: 'characters',
    from: 8,
    to: 64,
    strict: 'more',
    organisation: 'stricter',
    sentence: 'Least length of a password that is used together with a second step.',
  }),
  passwordMaxLength: fixedCount(256, 'characters', 'Greatest length of a password.'),
  argon2MemoryKiB: fixedCount(
    19_456,
    'KiB',
    'Memory that one Argon2id hash of a password takes, at least (RFC 9106 §3.1).',
  ),
  argon2Passes: fixedCount(2, 'passes', 'Passes of Argon2id over that memory, at least.'),
  argon2Lanes: fixedCount(1, 'lanes', 'Lanes of Argon2id.'),

  // Text messages
  smsDigits: fixedCount(6, 'digits', 'Digits in a text message’s code.'),
  smsCodeLives: duration('PT10M', {
    from: 'PT2M',
    to: 'PT10M',
    strict: 'shorter',
    organisation: 'either',
    sentence: 'A code sent by text message can be used for this long, once (NIST SP 800-63B-4 §3.1.3).',
  }),
  smsTries: count(5, {
    unit: 'tries',
    from: 1,
    to: 5,
    strict: 'less',
    organisation: 'either',
    sentence: 'Wrong answers after which a code sent by text message is worth nothing.',
  }),
  smsResendAfter: duration('PT60S', {
    from: 'PT30S',
    to: 'PT10M',
    strict: 'longer',
    organisation: 'either',
    sentence: 'Before this has passed no new text message is sent.',
  }),
  smsPerNumberPerDay: count(5, {
    unit: 'messages',
    from: 0,
    to: 10,
    strict: 'less',
    organisation: 'either',
    sentence: 'Text messages to one number within 24 hours.',
  }),
  smsPerAccountPerDay: count(10, {
    unit: 'messages',
    from: 0,
    to: 20,
    strict: 'less',
    organisation: 'either',
    sentence: 'Text messages for one account within 24 hours.',
  }),
  smsRestsAfterReset: fixedTime(
    'PT24H',
    'After a password was set by a mailed link, text messages open nothing for this long where there is another second step.',
  ),
  smsPerDay: fixedCount(1000, 'messages', 'Text messages of the whole server within 24 hours.'),
  smsCountries: countries(
    // The European Union, the rest of the European Economic Area, Switzerland and the United Kingdom.
    'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
    { organisation: 'either', sentence: 'Text messages go to mobile numbers of these countries and nowhere else.' },
  ),
  restrictedIsSecondStep: flag(true, {
    strict: false,
    organisation: 'either',
    sentence: 'Whether password and text message together count as two steps (NIST SP 800-63B-4 §3.2.9).',
  }),

  // The app of our own
  approvalDigits: choice<'2' | '6'>('6', ['2', '6'], {
    organisation: 'either',
    sentence:
      'Digits of the number that is typed into Nachtslot Authenticator; two are comfort (NIST SP 800-63B-4 §3.1.3).',
  }),
  comfortApprovalIsSecondStep: flag(false, {
    strict: false,
    organisation: 'either',
    sentence: 'Whether password and an approval by two digits together count as two steps.',
  }),
  approvalLives: fixedTime('PT60S', 'A request in the app is good for this long, once; a wrong number ends it.'),
  pushPatience: fixedTime('PT8S', 'When no notification has arrived after this long, the page says: open the app.'),
  approvalBudget: windows(
    [
      [3, 'PT10M'],
      [10, 'PT24H'],
    ],
    'Requests to the apps of an account, whoever causes them.',
  ),
  approvalDenials: fixedCount(
    2,
    'denials',
    'After so many times “This wasn’t me” no request goes out until another authenticator was used.',
  ),
  pairingCodeBits: fixedCount(
    128,
    'bits',
    'Size of the code that ties an app to an account (NIST SP 800-63B-4 §4.1.2.2).',
  ),
  pairingCodeLives: fixedTime('PT10M', 'A pairing code is good for this long, once.'),

  // Passkeys
  passkeysOffered: flag(true, {
    strict: false,
    organisation: 'either',
    sentence: 'Whether passkeys can be set up, and used where they are.',
  }),
  passkeysDeviceBoundOnly: flag(false, {
    strict: true,
    organisation: 'either',
    sentence: 'Whether only passkeys count that cannot be copied to another device.',
  }),
  passkeyMakes: makes({
    organisation: 'either',
    sentence: 'Makes of passkeys that are accepted, by what they say of themselves (AAGUID).',
  }),
  passkeyChallengeBytes: fixedCount(32, 'bytes', 'Size of the random number that a passkey signs.'),
  passkeyChallengeLives: fixedTime('PT5M', 'A passkey has to answer within this, once.'),
  passkeyInvitationsPerYear: fixedCount(
    2,
    'times',
    'Somebody without a passkey is invited to have one at most so often.',
  ),
  passkeyInvitationEvery: fixedTime('P182D', 'Between two of these invitations lies at least this.'),

  // Backup code
  backupCodeSecretBits: fixedCount(
    80,
    'bits',
    'Secret part of a backup code; its first group tells which code it is and is no secret.',
  ),

  // Code cards
  codeCardsOffered: flag(true, {
    strict: false,
    organisation: 'either',
    sentence: 'Whether a card with codes on paper can be set up, so that nobody needs a smartphone.',
  }),
  codesOnCard: count(20, {
    unit: 'codes',
    from: 10,
    to: 50,
    strict: 'less',
    organisation: 'either',
    sentence: 'Codes on a card; the next number is asked for, and each works once.',
  }),
  codeCardLowAt: fixedCount(3, 'codes', 'With so many left, the owner is told to make a new card.'),

  // Being signed in
  rememberDeviceFor: duration('P30D', {
    from: 'P0D',
    to: 'P365D',
    strict: 'shorter',
    organisation: 'either',
    sentence:
      'A remembered device is not asked for the second step for this long, fixed from the start; 0 never remembers.',
  }),
  freshFor: fixedTime('PT5M', 'Security settings are changed with a proof no older than this.'),
  sessionIdle: duration('PT1H', {
    from: 'PT5M',
    to: 'PT1H',
    strict: 'shorter',
    organisation: 'stricter',
    sentence: 'Whoever does nothing for this long is signed out.',
  }),
  sessionAbsolute: duration('PT24H', {
    from: 'PT1H',
    to: 'PT24H',
    strict: 'shorter',
    organisation: 'stricter',
    sentence: 'Everybody signs in again after this.',
  }),
  apiTokenLongest: fixedTime('P365D', 'A token for programs is good for no longer than this.'),
  apiTokensMost: fixedCount(20, 'tokens', 'So many tokens an organisation has at most.'),
  apiCallsPerMinute: fixedCount(120, 'requests', 'So many requests one token may make in a minute.'),
  attemptLives: fixedTime('PT10M', 'A sign-in that is not finished by then starts again.'),
  attemptFailures: fixedCount(5, 'refusals', 'After so many refused proofs a sign-in starts again.'),

  // The help centre
  helpAnswers: windows(
    [
      [20, 'PT1H'],
      [60, 'P1D'],
    ],
    'Answers to “Was this helpful?” and “I’m stuck here” that are counted from one network address.',
  ),

  // Mail
  strangerMail: windows(
    [
      [3, 'PT1H'],
      [10, 'P1D'],
    ],
    'Mails to one address that somebody who is not signed in can cause.',
  ),
  noticesMergedWithin: fixedTime(
    'PT15M',
    'The first notice of a change goes out at once, further ones of this period together.',
  ),
  resetLinkLives: fixedTime('PT1H', 'A link to choose a new password can be used for this long, once.'),
  activationLinkLives: fixedTime('PT24H', 'A link to open a new account can be used for this long, once.'),

  // Getting back in
  recoveriesFromNetwork: windows(
    [
      [30, 'PT1H'],
      [100, 'P1D'],
    ],
    'Requests for accounts that are opened from one network address after the right password.',
  ),
  strangerRecoveriesFromNetwork: windows(
    [
      [10, 'PT1H'],
      [30, 'P1D'],
    ],
    'Requests for accounts that are opened from one network address without a password.',
  ),
  recoveryDelay: duration('P1D', {
    from: 'P1D',
    to: 'P14D',
    strict: 'longer',
    organisation: 'stricter',
    sentence: 'An approved request waits for this long; not at all when two people have seen the owner in person.',
  }),
  recoveryChecks: some(['same-number', 'called-back'], CHECKS, {
    least: 2,
    organisation: 'either',
    sentence: 'What the agent has to see before a request can be approved.',
  }),
  recoveryCaseLives: fixedTime('P14D', 'A request that is not finished by then has to be made again.'),
  recoveryPassLives: fixedTime('PT24H', 'A pass can be used for this long, once; it opens the wizard and no session.'),
  recoveryBrake: fixedTime('PT24H', 'After a request was cancelled or rejected, no new one is taken for this long.'),
  recoveryContactAge: fixedTime('P7D', 'An address that was added more recently proves nothing in a request.'),
  voucherLives: fixedTime('PT24H', 'A voucher that an administrator hands over can be used for this long, once.'),
  deskIdle: fixedTime(
    'PT15M',
    'Whoever works at the desk or administers is signed out after doing nothing for this long.',
  ),
  deskAbsolute: fixedTime('PT12H', 'Whoever works at the desk or administers signs in again after this.'),

  // Requests
  requestBodyKiB: fixedCount(64, 'KiB', 'Greatest size of what a form may send.'),
  requestHeadersKiB: fixedCount(16, 'KiB', 'Greatest size of the headers of a request.'),
  requestHeadersWithin: fixedTime('PT15S', 'The headers of a request must have arrived by then.'),
  requestWithin: fixedTime('PT30S', 'A whole request must have arrived by then.'),
} satisfies Record<string, Field<unknown>>;
