import { createHash, randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { charge } from '#core/policy/throttle.ts';
import { Secret } from '#core/secret.ts';
import { normaliseAddress, type Writer } from '#store/store.ts';
import { whenToTell } from './merge.ts';
import { isSuspicion, type Mail, type MailLetter, type NoticeEvent, type RecoveryValues, seal } from './messages.ts';

export type { NoticeEvent, NoticeKind, RecoveryMail } from './messages.ts';

/** What of the store is needed to put a message into the outbox. */
type Tx = Pick<Writer, 'outbox' | 'budgets'>;

/** Who is written to, in whose name. */
export type Addressee = {
  account: string;
  /** Of the person; may be empty. */
  name: string;
  language: 'en' | 'nl';
  /** Name of the organisation. */
  organisation: string;
  /** IANA name: moments are said in it. */
  timeZone: string;
  /** Whom to ask; may be left out. */
  helpContact?: string;
};

export type Queued =
  | { queued: true }
  /** `queued-before`: a message with this key exists. `budget`: strangers caused enough mail to this address. */
  | { queued: false; because: 'queued-before' }
  | { queued: false; because: 'budget'; retryAt: Temporal.Instant };

/** Every mail but notices, which have rules of their own. `until` is filled from `expiresAt`. */
export type MailToQueue = Addressee & {
  to: string;
  /** The same key is never queued twice. */
  idempotencyKey: string;
  now: Temporal.Instant;
} & (
    | { template: 'reset-password' | 'activate'; values: { link: string }; expiresAt: Temporal.Instant }
    | { template: 'guard-code'; values: { code: Secret }; expiresAt: Temporal.Instant }
    | {
        template: 'reminder';
        values: { link: string; lastDay: Temporal.PlainDate; today: Temporal.PlainDate; calendarId: string };
        expiresAt: Temporal.Instant | null;
      }
  );

/**
 * Queues a mail in the transaction that causes it. What somebody who is not signed in can cause is paid for first,
 * by address: 3 in an hour and 10 in a day (INV-21); a held one is simply not queued, and the page says the same.
 */
export async function queueMail(tx: Tx, mail: MailToQueue): Promise<Queued> {
  if (mail.template === 'reset-password' || mail.template === 'guard-code') {
    const paid = await payAsStranger(tx, mail.to, mail.now);
    if (!paid.allowed) return { queued: false, because: 'budget', retryAt: paid.retryAt };
  }
  const queued = await tx.outbox.queue({
    id: randomUUID(),
    channel: 'mail',
    account: mail.account,
    to: new Secret(mail.to),
    payload: seal(letterOf(mail, mailOf(mail))),
    idempotencyKey: mail.idempotencyKey,
    runAt: mail.now,
    expiresAt: mail.expiresAt,
  });
  return queued ? { queued } : { queued, because: 'queued-before' };
}

export type RecoveryMailToQueue = Addressee & {
  to: string;
  values: RecoveryValues;
  /** Whoever asked gave no password: paid from what strangers may cause. */
  byStranger: boolean;
  idempotencyKey: string;
  now: Temporal.Instant;
  runAt: Temporal.Instant;
};

/** Queues one mail about a request, now or for half-time and the end of the wait; `outbox.withdraw` takes those back. */
export async function queueRecoveryMail(tx: Tx, mail: RecoveryMailToQueue): Promise<Queued> {
  if (mail.byStranger) {
    const paid = await payAsStranger(tx, mail.to, mail.now);
    if (!paid.allowed) return { queued: false, because: 'budget', retryAt: paid.retryAt };
  }
  const queued = await tx.outbox.queue({
    id: randomUUID(),
    channel: 'mail',
    account: mail.account,
    to: new Secret(mail.to),
    payload: seal(letterOf(mail, { template: 'recovery', values: mail.values })),
    idempotencyKey: mail.idempotencyKey,
    runAt: mail.runAt,
    expiresAt: null,
  });
  return queued ? { queued } : { queued, because: 'queued-before' };
}

export type SmsToQueue = Pick<Addressee, 'account' | 'language' | 'organisation'> & {
  /** E.164. */
  to: string;
  code: Secret;
  /** Host name of the page on which the code is typed. */
  host: string;
  idempotencyKey: string;
  now: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** Queues a code by text message. Its budgets are the flow's business: they are refusals that a page shows. */
export async function queueSms(tx: Tx, sms: SmsToQueue): Promise<Queued> {
  const { language, organisation, code, host } = sms;
  const queued = await tx.outbox.queue({
    id: randomUUID(),
    channel: 'sms',
    account: sms.account,
    to: new Secret(sms.to),
    payload: seal({ channel: 'sms', language, organisation, sms: { template: 'sms-code', code: code.reveal(), host } }),
    idempotencyKey: sms.idempotencyKey,
    runAt: sms.now,
    expiresAt: sms.expiresAt,
  });
  return queued ? { queued } : { queued, because: 'queued-before' };
}

/** Queues a notification for one phone: that a request waits, and nothing of what it says. */
export async function queuePush(
  tx: Pick<Writer, 'outbox' | 'approvals'>,
  push: { account: string; device: string; request: string; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<Queued> {
  const { account, device, request, now, expiresAt } = push;
  const queued = await tx.outbox.queue({
    id: randomUUID(),
    channel: 'push',
    account,
    to: new Secret(device),
    payload: seal({ channel: 'push', request }),
    idempotencyKey: `push:${request}:${device}`,
    runAt: now,
    expiresAt,
  });
  if (queued) await tx.approvals.notePush(request, 'queued', now);
  return queued ? { queued } : { queued, because: 'queued-before' };
}

export type NoticeToQueue = Addressee &
  NoticeEvent & {
    /** All confirmed addresses, and one that was just replaced. */
    addresses: readonly string[];
    /** Where it was done from. */
    origin: { address: string; userAgent: string };
    now: Temporal.Instant;
    wasntMeLink: string | null;
  };

/** Tells the owner at every address. Never refused: what comes too fast waits and is merged. */
export async function queueNotice(tx: Tx, notice: NoticeToQueue): Promise<void> {
  const { kind, values, now, origin, wasntMeLink } = notice;
  // Put together again so that kind and values stay a pair; the cast says only what the parameter's type said.
  const event = { kind, values } as NoticeEvent;
  const mail: Mail = { template: 'notice', event, at: now.toString(), ...origin, wasntMeLink };
  const payload = seal(letterOf(notice, mail));
  const id = randomUUID();
  for (const [index, to] of notice.addresses.entries()) {
    await tx.outbox.queue({
      id: randomUUID(),
      channel: 'mail',
      account: notice.account,
      to: new Secret(to),
      payload,
      idempotencyKey: `notice:${id}:${index}`,
      runAt: await noticeSlot(tx, kind, to, now),
      expiresAt: null,
    });
  }
}

async function noticeSlot(tx: Tx, kind: NoticeEvent['kind'], to: string, now: Temporal.Instant) {
  const suspicion = isSuspicion(kind);
  const kindKey = `notice:${suspicion ? 'suspicion' : kind}:${hashed(to)}`;
  const heldKey = `notice-held:${suspicion ? 'suspicion:' : ''}${hashed(to)}`;
  const told = { kind: last(await tx.budgets.lock(kindKey)), held: last(await tx.budgets.lock(heldKey)) };
  const slot = whenToTell(told, DEFAULT_POLICY.noticesMergedWithin, now);
  const joins = slot.held !== null && told.held !== null && slot.at.equals(told.held);
  if (suspicion && !joins) {
    const paid = await payAsStranger(tx, to, now, slot.at);
    if (!paid.allowed) {
      await payAsStranger(tx, to, now, paid.retryAt);
      Object.assign(slot, { at: paid.retryAt, kind: paid.retryAt, held: paid.retryAt });
    }
  }
  if (slot.kind) await tx.budgets.save(kindKey, [slot.kind]);
  if (slot.held) await tx.budgets.save(heldKey, [slot.held]);
  return slot.at;
}

/** Pays for one mail, now or ahead for one that waits. */
async function payAsStranger(tx: Tx, to: string, now: Temporal.Instant, at = now) {
  const key = `mail:${hashed(to)}`;
  const history = await tx.budgets.lock(key);
  const paid = charge(history, DEFAULT_POLICY.strangerMail, at);
  if (paid.allowed) await tx.budgets.save(key, [...history.filter((one) => isCounted(one, now)), at]);
  return paid;
}

/**
 * Whether a window counts it at this moment or will: what is paid ahead stays where it is, and does not make us forget
 * what today still counts. Further ahead than any of ours it was written by a clock that has been set back since.
 */
function isCounted(one: Temporal.Instant, now: Temporal.Instant): boolean {
  return one.since(now).abs().total('hours') < 48;
}

function letterOf(to: Addressee, mail: Mail): MailLetter {
  const { language, organisation, timeZone, name, helpContact = '' } = to;
  return { channel: 'mail', language, organisation, timeZone, name, helpContact, mail };
}

function mailOf(mail: MailToQueue): Mail {
  switch (mail.template) {
    case 'reset-password':
    case 'activate':
      return { template: mail.template, values: { link: mail.values.link, until: mail.expiresAt.toString() } };
    case 'guard-code':
      return { template: mail.template, values: { code: mail.values.code.reveal(), until: mail.expiresAt.toString() } };
    case 'reminder': {
      const { link, lastDay, today, calendarId } = mail.values;
      const values = { link, calendarId, lastDay: lastDay.toString(), today: today.toString() };
      return { template: mail.template, values };
    }
  }
}

function last(instants: Temporal.Instant[]): Temporal.Instant | null {
  return instants.at(-1) ?? null;
}

/** Addresses are not written into the names of budgets. */
function hashed(address: string): string {
  return createHash('sha256').update(normaliseAddress(address)).digest('base64url');
}
