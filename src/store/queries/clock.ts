import type { KeptTime } from '#core/steady-time.ts';
import { type Connection, statement, type Value } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const read = statement()((db) => db.selectFrom('clock').select(['now', 'line', 'lived']).where('id', '=', 1));
const lock = statement()((db, _its, dialect) =>
  db
    .selectFrom('clock')
    .select(['now', 'line', 'lived'])
    .where('id', '=', 1)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
const keep = statement<{ now: number; line: number; lived: number }>()((db, its) =>
  db.updateTable('clock').set({ now: its.now, line: its.line, lived: its.lived }).where('id', '=', 1),
);
const budgets = statement<{ to: number }>()((db, its) =>
  db.selectFrom('budgets').select(['key', 'history']).where('last_at', '>', its.to),
);
const saveBudget = statement<{ key: string; history: string; to: number }>()((db, its) =>
  db.updateTable('budgets').set({ history: its.history, last_at: its.to }).where('key', '=', its.key),
);

export function clockReader({ on }: Context): ReaderOf<'clock'> {
  return { kept: async () => toKept(await read.first(on, {})) };
}

export function clockWriter({ on }: Context): WriterOf<'clock'> {
  return {
    lock: async () => toKept(await lock.first(on, {})),
    keep: async ({ nowMs, lineMs, livedMs }) => {
      await keep.run(on, { now: Math.floor(nowMs), line: Math.floor(lineMs), lived: Math.floor(livedMs) });
    },
    async goBack(fromMs, toMs) {
      const [from, to] = [Math.floor(fromMs), Math.floor(toMs)];
      for (const table of ENDED_WHOLE) await run(on, `delete from ${table}`, []);
      for (const [table, more] of OVER_OR_NOT_YET) {
        const which = `(expires_at <= ${slot(on, 1)} or created_at > ${slot(on, 2)})${more}`;
        await run(on, `delete from ${table} where ${which}`, [from, to]);
      }
      for (const [table, column] of NOT_YET)
        await run(on, `delete from ${table} where ${column} > ${slot(on, 1)}`, [to]);
      for (const [table, column, more] of FACTS)
        await run(on, `update ${table} set ${column} = ${slot(on, 1)} where ${column} > ${slot(on, 2)}${more}`, [
          to,
          to,
        ]);
      for (const { key, history } of await budgets.all(on, { to })) {
        const charged = (JSON.parse(history) as number[]).map((at) => Math.min(at, to));
        await saveBudget.run(on, { key, history: JSON.stringify(charged), to });
      }
    },
  };
}

/** Over when nobody has used them for a while, which is not written in them. */
const ENDED_WHOLE = ['sessions', 'forward_sessions', 'passkey_challenges'];

/** Over at the wrong time, and so for good; or of a time that has not come. */
const OVER_OR_NOT_YET: [table: string, more: string][] = [
  ['attempts', ''],
  ['remembered_devices', ''],
  ['enrolments', ''],
  ['challenges', ''],
  ['links', ''],
  ['vouchers', ''],
  ['oidc_objects', ''],
  ['forward_tickets', ''],
  ['pairings', ' and paired_at is null'],
  ['approvals', " and (answer is null or answer <> 'denied')"],
];

const NOT_YET: [table: string, column: string][] = [
  ['recovery_cases', 'opened_at'],
  ['sign_ins', 'at'],
];

/** What holds, or keeps somebody waiting, from a moment on: from now on, and not from then. */
const FACTS: [table: string, column: string, more: string][] = [
  ['accounts', 'first_sign_in_at', ''],
  ['accounts', 'recovered_at', ''],
  ['addresses', 'confirmed_at', ''],
  ['memberships', 'joined_at', ''],
  ['authenticators', 'bound_at', ''],
  ['authenticators', 'last_used_at', ''],
  ['deferrals', 'at', ''],
  ['check_ups', 'at', ''],
  ['approvals', 'answered_at', ''],
  ['recovery_cases', 'ended_at', ''],
  // Notices of a recovery have their time; what was tried once waits for the next try alone.
  ['outbox', 'run_at', ' and finished_at is null and attempts > 0'],
];

function run(on: Connection, text: string, values: Value[]): Promise<unknown> {
  return on.execute(text.replaceAll(/\W+/g, '-').slice(0, 60), text, values);
}

function slot({ dialect }: Connection, place: number): string {
  return dialect === 'postgres' ? `$${place}` : '?';
}

function toKept(row: { now: number; line: number; lived: number } | null): KeptTime {
  if (!row) throw new Error('The database has lost the row of its clock');
  return { nowMs: row.now, lineMs: row.line, livedMs: row.lived };
}
