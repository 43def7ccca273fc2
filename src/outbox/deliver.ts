import type { OutboxMessage } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { MAIL_CONNECTIONS } from './mail.ts';
import { merge } from './merge.ts';
import { carriesCode, type Letter, type MailLetter, unseal } from './messages.ts';
import { renderMail, renderSms } from './render.ts';
import { pushDue, pushSettled } from './push/due.ts';
import { type Kind, nextTry } from './schedule.ts';
import type { RenderedPush, Sent, Transports } from './transport.ts';

/** How many rows are taken at once; how long they are ours: longer than sending all of them can take. */
const BATCH = 40;
const LEASE = Temporal.Duration.from({ minutes: 5 });
/** Of notifications all of a round are on their way at once: each push service is waited for by itself. */
const PUSHES_AT_ONCE = BATCH;

/** As pino takes it. Never given a recipient or a payload. */
export type Log = Record<'info' | 'warn' | 'error', (fields: Record<string, string | number>, message: string) => void>;

export type Delivery = {
  store: Pick<Store, 'transaction'>;
  transports: Transports;
  now: () => Temporal.Instant;
  log: Log;
};

export type Channel = OutboxMessage['channel'];

/** What one round did. `more`: there may be further messages due. */
export type Round = { sent: number; failed: number; lastError: string | null; more: boolean };

/**
 * Takes what is due on one channel, sends it outside of any transaction, and writes down what became of it. Notices are
 * sent at least once, codes at most once: losing a code costs a minute, a second one confuses and is worth money.
 */
export async function deliverRound(delivery: Delivery, channel: Channel): Promise<Round> {
  const leased = await lease(delivery, channel);
  const round: Round = { sent: 0, failed: 0, lastError: null, more: leased.taken >= BATCH };
  await inParallel(channel === 'push' ? PUSHES_AT_ONCE : MAIL_CONNECTIONS, parcels(leased.opened), async (parcel) => {
    const sent = await send(delivery, parcel);
    await settle(delivery, parcel, sent);
    if (sent.ok) round.sent += 1;
    else {
      round.failed += 1;
      round.lastError = sent.error;
    }
  });
  return round;
}

/** `push`: where a notification goes, as of now. */
type Opened = { row: OutboxMessage; letter: Letter; push?: RenderedPush };

/**
 * A code's row is put out of reach until the code is worth nothing, in the same transaction that takes it. Whoever dies
 * while sending leaves it there, and nobody sends it a second time.
 */
async function lease({ store, now, log }: Delivery, channel: Channel): Promise<{ taken: number; opened: Opened[] }> {
  const at = now();
  return store.transaction(async (tx) => {
    const rows = await tx.outbox.lease(BATCH, at, LEASE, channel);
    // Notices that waited together leave as one mail, however many: the batch may have cut them in two.
    if (channel === 'mail' && rows.length === BATCH)
      for (const account of new Set(rows.map((row) => row.account)))
        if (account) rows.push(...(await tx.outbox.leaseOf(account, at, LEASE, channel)));
    const opened: Opened[] = [];
    for (const row of rows) {
      const letter = opening(row);
      if (!letter) {
        log.error({ message: row.id, channel }, 'a message of the outbox cannot be read');
        await tx.outbox.finish(row.id, at, 'unreadable');
        continue;
      }
      if (letter.channel === 'push') {
        const push = await pushDue(tx, row, letter, at);
        if (push) opened.push({ row, letter, push });
        else await tx.outbox.finish(row.id, at, 'over');
        continue;
      }
      if (carriesCode(letter)) await tx.outbox.retry(row.id, row.expiresAt ?? at.add(LEASE), 'sending');
      opened.push({ row, letter });
    }
    return { taken: rows.length, opened };
  });
}

function opening(row: OutboxMessage): Letter | null {
  try {
    return unseal(row.payload);
  } catch {
    return null; // the error would quote the payload
  }
}

/** What leaves as one message. */
type Parcel = { rows: OutboxMessage[]; letters: [Letter, ...Letter[]]; push?: RenderedPush };

function parcels(opened: readonly Opened[]): Parcel[] {
  const mails = opened.filter((one): one is Opened & { letter: MailLetter } => one.letter.channel === 'mail');
  const others = opened.filter(({ letter }) => letter.channel !== 'mail');
  return [...merge(mails), ...others.map((one) => [one])].flatMap((group: Opened[]): Parcel[] => {
    const [first, ...more] = group;
    if (!first) return [];
    const { push } = first;
    return [
      {
        ...(push && { push }),
        rows: group.map(({ row }) => row),
        letters: [first.letter, ...more.map(({ letter }) => letter)],
      },
    ];
  });
}

async function send({ transports }: Delivery, { rows, letters, push }: Parcel): Promise<Sent> {
  const [letter] = letters;
  const to = rows[0]?.to.reveal() ?? '';
  const idempotencyKey = rows.map((row) => row.idempotencyKey).join('+');
  try {
    if (letter.channel === 'push')
      return push && transports.push ? await transports.push.send({ ...push, to, idempotencyKey }) : NO_WAY_OUT;
    if (letter.channel === 'sms') {
      if (!transports.sms) return NO_WAY_OUT;
      return await transports.sms.send({ ...renderSms(letter), to, idempotencyKey });
    }
    if (!transports.mail) return NO_WAY_OUT;
    const mails = letters.filter((one): one is MailLetter => one.channel === 'mail');
    return await transports.mail.send({ ...renderMail([letter, ...mails.slice(1)]), to, idempotencyKey });
  } catch (error) {
    // A fault of ours. Its message may quote what was to be sent.
    return { ok: false, failure: 'unsure', error: `fault: ${error instanceof Error ? error.name : 'unknown'}` };
  }
}

const NO_WAY_OUT: Sent = { ok: false, failure: 'for-now', error: 'no way out is configured' };

async function settle({ store, now, log }: Delivery, { rows, letters, push }: Parcel, sent: Sent): Promise<void> {
  const at = now();
  const [letter] = letters;
  const kind = letter.channel === 'push' ? 'push' : carriesCode(letter) ? 'code' : 'mail';
  await store.transaction(async (tx) => {
    for (const row of rows) {
      if (sent.ok) {
        await tx.outbox.finish(row.id, at, null);
        continue;
      }
      const again = againAt(row, sent, kind, at);
      if (again) await tx.outbox.retry(row.id, again, sent.error);
      else await tx.outbox.finish(row.id, at, sent.error);
    }
    if (push && letter.channel === 'push')
      await pushSettled(tx, letter, { device: rows[0]?.to.reveal() ?? '', ...push }, sent, at);
  });
  const fields = {
    message: rows[0]?.id ?? '',
    template: templateOf(letter),
    tries: rows[0]?.attempts ?? 0,
    merged: rows.length,
  };
  if (sent.ok) log.info({ ...fields, reference: sent.reference }, 'message sent');
  else log.warn({ ...fields, failure: sent.failure, error: sent.error }, 'message not sent');
}

function templateOf(letter: Letter): string {
  if (letter.channel === 'push') return 'push';
  return letter.channel === 'sms' ? letter.sms.template : letter.mail.template;
}

function againAt(
  row: OutboxMessage,
  sent: Sent & { ok: false },
  kind: Kind,
  at: Temporal.Instant,
): Temporal.Instant | null {
  if (sent.failure === 'for-good') return null;
  if (sent.failure === 'unsure' && kind === 'code') return null;
  const delay = nextTry(kind, row.attempts);
  const again = delay && at.add(delay);
  if (again && row.expiresAt && Temporal.Instant.compare(again, row.expiresAt) >= 0) return null;
  return again;
}

async function inParallel<T>(limit: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, queue.length) }, worker));
}
