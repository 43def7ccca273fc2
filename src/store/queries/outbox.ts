import { type SelectQueryBuilder, sql } from 'kysely';
import { Secret } from '#core/secret.ts';
import { instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import type { Tables } from '../schema.ts';
import type { Seal } from '../seal.ts';
import { statement } from '../statement.ts';
import type { OutboxMessage } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const EMPTY = new Uint8Array(0);

const waiting = statement()((db) =>
  db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('finished_at', 'is', null),
);
const oldest = statement()((db) =>
  db.selectFrom('outbox').select('run_at').where('finished_at', 'is', null).orderBy('run_at').limit(1),
);
const queue = statement<Omit<Tables['outbox'], 'attempts' | 'finished_at' | 'error'>>()((db, its) =>
  db
    .insertInto('outbox')
    .values({
      id: its.id,
      channel: its.channel,
      account: its.account,
      sealed_recipient: its.sealed_recipient,
      sealed_payload: its.sealed_payload,
      idempotency_key: its.idempotency_key,
      run_at: its.run_at,
      expires_at: its.expires_at,
      attempts: 0,
      finished_at: null,
      error: null,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing()),
);
const drop = statement<{ now: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('outbox')
    .set({ finished_at: its.now, error: 'expired', sealed_recipient: its.empty, sealed_payload: its.empty })
    .where('finished_at', 'is', null)
    .where('expires_at', '<=', its.now)
    .where('run_at', '<=', its.now),
);
type Due = SelectQueryBuilder<Tables, 'outbox', { id: string }>;

/** Takes those of the due ones that `which` leaves: nobody else sees them before `until`. */
function leasing<Its extends { now: number; until: number }>(which: (due: Due, its: Its) => Due) {
  return statement<Its>()((db, its, dialect) =>
    db
      .updateTable('outbox')
      .set({ run_at: its.until, attempts: sql<number>`attempts + 1` })
      .where('id', 'in', (e) =>
        which(
          e.selectFrom('outbox').select('id').where('finished_at', 'is', null).where('run_at', '<=', its.now),
          its,
        ).$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
      )
      .returningAll(),
  );
}

const lease = leasing<{ now: number; until: number; limit: number; one: string; other: string; third: string }>(
  (due, its) => due.where('channel', 'in', [its.one, its.other, its.third]).orderBy('run_at').limit(its.limit),
);
const leaseOf = leasing<{ now: number; until: number; account: string; channel: string }>((due, its) =>
  due.where('channel', '=', its.channel).where('account', '=', its.account),
);
const finish = statement<{ id: string; at: number; error: string | null; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('outbox')
    .set({ finished_at: its.at, error: its.error, sealed_recipient: its.empty, sealed_payload: its.empty })
    .where('id', '=', its.id)
    .where('finished_at', 'is', null),
);
const withdraw = statement<{ prefix: string; at: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('outbox')
    .set({ finished_at: its.at, error: 'withdrawn', sealed_recipient: its.empty, sealed_payload: its.empty })
    .where('idempotency_key', 'like', its.prefix)
    .where('finished_at', 'is', null),
);
const retry = statement<{ id: string; run_at: number; error: string }>()((db, its) =>
  db
    .updateTable('outbox')
    .set({ run_at: its.run_at, error: its.error })
    .where('id', '=', its.id)
    .where('finished_at', 'is', null),
);

export function outboxReader({ on }: Context): ReaderOf<'outbox'> {
  return {
    waiting: async () => (await waiting.first(on, {}))?.total ?? 0,
    oldestWaiting: async () => instantOrNull((await oldest.first(on, {}))?.run_at ?? null),
  };
}

export function outboxWriter({ on, seal }: Context): WriterOf<'outbox'> {
  return {
    async queue(message) {
      const added = await queue.run(on, {
        id: message.id,
        channel: message.channel,
        account: message.account,
        sealed_recipient: sealText(seal, message.to, 'sealed_recipient', message.id),
        sealed_payload: sealText(seal, message.payload, 'sealed_payload', message.id),
        idempotency_key: message.idempotencyKey,
        run_at: millis(message.runAt),
        expires_at: millisOrNull(message.expiresAt),
      });
      return added === 1;
    },
    async lease(limit, now, duration, channel) {
      await drop.run(on, { now: millis(now), empty: EMPTY });
      const channels = { one: channel ?? 'mail', other: channel ?? 'sms', third: channel ?? 'push' };
      const rows = await lease.all(on, { now: millis(now), until: millis(now.add(duration)), limit, ...channels });
      return rows.map((row) => toMessage(row, seal));
    },
    async leaseOf(account, now, duration, channel) {
      const its = { now: millis(now), until: millis(now.add(duration)), account, channel };
      return (await leaseOf.all(on, its)).map((row) => toMessage(row, seal));
    },
    finish: async (id, at, error) => void (await finish.run(on, { id, at: millis(at), error, empty: EMPTY })),
    withdraw: async (begin, at) => void (await withdraw.run(on, { prefix: `${begin}%`, at: millis(at), empty: EMPTY })),
    retry: async (id, runAt, error) => void (await retry.run(on, { id, run_at: millis(runAt), error })),
  };
}

type SealedColumn = 'sealed_recipient' | 'sealed_payload';

function sealText(seal: Seal, text: Secret, column: SealedColumn, row: string): Uint8Array {
  return seal.seal(new TextEncoder().encode(text.reveal()), { table: 'outbox', column, row });
}

function openText(seal: Seal, row: Tables['outbox'], column: SealedColumn): Secret {
  return new Secret(new TextDecoder().decode(seal.open(row[column], { table: 'outbox', column, row: row.id })));
}

function toMessage(row: Tables['outbox'], seal: Seal): OutboxMessage {
  return {
    id: row.id,
    channel: oneOf(['mail', 'sms', 'push'], row.channel, 'outbox.channel'),
    account: row.account,
    to: openText(seal, row, 'sealed_recipient'),
    payload: openText(seal, row, 'sealed_payload'),
    idempotencyKey: row.idempotency_key,
    runAt: instant(row.run_at),
    expiresAt: instantOrNull(row.expires_at),
    attempts: row.attempts,
  };
}
