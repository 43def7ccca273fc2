import { z } from 'zod';
import { Secret } from '#core/secret.ts';

/**
 * Everything this program ever sends, as one closed list with the values each needs. It travels as JSON in the sealed
 * payload of an outbox row, so a row that an older program wrote is checked when it is read again.
 */
const nothing = z.object({});
const authenticator = z.object({ type: z.string(), label: z.string() });

/** What an account's owner is told about. */
const noticeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password-changed'), values: nothing }),
  z.object({ kind: z.literal('password-reset'), values: nothing }),
  z.object({ kind: z.literal('authenticator-bound'), values: authenticator }),
  z.object({ kind: z.literal('authenticator-replaced'), values: authenticator }),
  z.object({ kind: z.literal('authenticator-unbound'), values: authenticator }),
  /** After 100 refused codes in a row (NIST SP 800-63B-4 §3.2.2). */
  z.object({ kind: z.literal('authenticator-disabled'), values: authenticator }),
  z.object({ kind: z.literal('sms-bound'), values: z.object({ lastDigits: z.string() }) }),
  z.object({ kind: z.literal('backup-code-renewed'), values: nothing }),
  z.object({ kind: z.literal('backup-code-used'), values: nothing }),
  z.object({ kind: z.literal('code-card-low'), values: z.object({ count: z.number() }) }),
  z.object({ kind: z.literal('device-remembered'), values: nothing }),
  z.object({ kind: z.literal('signed-out-everywhere'), values: nothing }),
  z.object({ kind: z.literal('account-disabled'), values: nothing }),
  /** A recovery was redeemed: this is the new second step, and everything before it has ended. */
  z.object({ kind: z.literal('account-recovered'), values: authenticator }),
  z.object({ kind: z.literal('phone-lost'), values: authenticator }),
  /** At the desk, by one person; two open it again. */
  z.object({ kind: z.literal('account-frozen'), values: nothing }),
  z.object({ kind: z.literal('account-thawed'), values: nothing }),
  /** An administrator made a voucher, which stands in for the mailed code. */
  z.object({ kind: z.literal('voucher-made'), values: nothing }),
  z.object({ kind: z.literal('voucher-used'), values: nothing }),
  z.object({ kind: z.literal('code-used-twice'), values: nothing }),
  /** Its counter went backwards: somebody uses a copy, and only whoever has the key can cause this. */
  z.object({ kind: z.literal('passkey-copied'), values: authenticator }),
  z.object({ kind: z.literal('wrong-passkey'), values: nothing }),
  /** To every administrator of the organisation: whoever stole one session cannot leave a way in unseen. */
  z.object({
    kind: z.literal('api-token-created'),
    values: z.object({ name: z.string(), by: z.string(), organisation: z.string() }),
  }),
  /** By an administrator, or by a program with an access token: then `token` is its name. */
  z.object({
    kind: z.literal('groups-changed'),
    values: z.object({
      organisation: z.string(),
      by: z.string(),
      token: z.string().nullable(),
      added: z.array(z.string()),
      removed: z.array(z.string()),
    }),
  }),
  z.object({ kind: z.literal('approval-denied'), values: nothing }),
  z.object({ kind: z.literal('wrong-second-steps'), values: z.object({ count: z.number() }) }),
  /** `until`: the instant at which guesses are accepted again. */
  z.object({ kind: z.literal('guess-budget-reached'), values: z.object({ until: z.string() }) }),
]);

const notice = z.object({
  template: z.literal('notice'),
  event: noticeEvent,
  at: z.string(),
  /** Where it was done from. Both come from the other side and may be anything. */
  address: z.string(),
  userAgent: z.string(),
  /** Null where there is nothing the person could undo, for instance a disabled account. */
  wasntMeLink: z.string().nullable(),
});

/** What happens to a request, told at every confirmed address. */
export const RECOVERY_MAILS = [
  'opened',
  'again',
  'vouched',
  'claimed',
  'checked',
  'waiting',
  'half-time',
  'ready',
  'operator',
  'rejected',
  'cancelled',
  'signed-in',
] as const;

const until = z.string();
const mail = z.discriminatedUnion('template', [
  notice,
  z.object({ template: z.literal('reset-password'), values: z.object({ link: z.string(), until }) }),
  /** Guards a late enrolment. No evidence, no level: mail is no second step (NIST SP 800-63B-4 §3.1.3). */
  z.object({ template: z.literal('guard-code'), values: z.object({ code: z.string(), until }) }),
  z.object({ template: z.literal('activate'), values: z.object({ link: z.string(), until }) }),
  z.object({
    template: z.literal('recovery'),
    values: z.object({
      what: z.enum(RECOVERY_MAILS),
      /** Both sides see it. */
      number: z.string(),
      at: z.string(),
      address: z.string(),
      userAgent: z.string(),
      /**
       * The way on: to confirm the mailbox, or to the page of the request, only to addresses that are known long enough;
       * and where somebody signed in meanwhile, the way to say that it was somebody else.
       */
      link: z.string().nullable(),
      /** Null once there is nothing to stop any more. */
      cancelLink: z.string().nullable(),
      /** When the wait is over. */
      readyAt: z.string().nullable(),
      /** Why it was rejected. */
      reason: z.string().nullable(),
    }),
  }),
  z.object({
    template: z.literal('reminder'),
    values: z.object({
      link: z.string(),
      /** Last day of *later*: a date in the organisation's time zone. */
      lastDay: z.string(),
      today: z.string(),
      /** The same in every reminder of one campaign to one person: the calendar then keeps one entry. */
      calendarId: z.string(),
    }),
  }),
]);

const common = {
  language: z.enum(['en', 'nl']),
  /** Name of the organisation that speaks. */
  organisation: z.string(),
};

const mailLetter = z.object({
  channel: z.literal('mail'),
  ...common,
  timeZone: z.string(),
  /** Whom to ask, in the organisation's own words; may be empty. */
  helpContact: z.string(),
  /** Of the person; may be empty. */
  name: z.string(),
  mail,
});

const smsLetter = z.object({
  channel: z.literal('sms'),
  ...common,
  /** `host`: where the code is to be typed, so that a phone fills it in nowhere else. */
  sms: z.object({ template: z.literal('sms-code'), code: z.string(), host: z.string() }),
});

/** To a phone, that somebody asks: which request. */
const pushLetter = z.object({ channel: z.literal('push'), request: z.string() });

const letter = z.discriminatedUnion('channel', [mailLetter, smsLetter, pushLetter]);

export type RecoveryMail = (typeof RECOVERY_MAILS)[number];
export type NoticeEvent = z.infer<typeof noticeEvent>;
export type NoticeKind = NoticeEvent['kind'];
export type Notice = z.infer<typeof notice>;
export type Mail = z.infer<typeof mail>;
export type RecoveryValues = (Mail & { template: 'recovery' })['values'];
export type MailLetter = z.infer<typeof mailLetter>;
export type SmsLetter = z.infer<typeof smsLetter>;
export type PushLetter = z.infer<typeof pushLetter>;
export type Letter = z.infer<typeof letter>;

export function seal(value: Letter): Secret {
  return new Secret(JSON.stringify(value));
}

/** Throws when the payload is none of today's letters. */
export function unseal(payload: Secret): Letter {
  return letter.parse(JSON.parse(payload.reveal()));
}

/**
 * A change of security is told within the minute and from a budget of its own. A suspicion is something that whoever
 * knows the password can cause at will: it is paid from what strangers may cause, so that it cannot be used as a bomb.
 */
export function isSuspicion(kind: NoticeKind): boolean {
  return (
    kind === 'code-used-twice' ||
    kind === 'wrong-second-steps' ||
    kind === 'wrong-passkey' ||
    kind === 'approval-denied' ||
    kind === 'guess-budget-reached'
  );
}

/** Codes are sent at most once; everything else at least once. */
export function carriesCode(value: Letter): boolean {
  return value.channel === 'sms' || (value.channel === 'mail' && value.mail.template === 'guard-code');
}
