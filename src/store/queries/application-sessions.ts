import { sql } from 'kysely';
import { instant, millis } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import type { ApplicationSession } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

type Row = Tables['application_sessions'];

const of = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('application_sessions')
    .selectAll()
    .where('account', '=', its.account)
    .orderBy('created_at')
    .orderBy('sid')
    .orderBy('application'),
);
const note = statement<Row>()((db, its) =>
  db
    .insertInto('application_sessions')
    .values({
      account: its.account,
      application: its.application,
      sid: its.sid,
      client_sid: its.client_sid,
      created_at: its.created_at,
      run_at: its.run_at,
      attempts: its.attempts,
    })
    .onConflict((conflict) => conflict.columns(['sid', 'application']).doNothing()),
);
const leaseOrphans = statement<{ now: number; until: number; limit: number }>()((db, its, dialect) =>
  db
    .updateTable('application_sessions')
    .set({ run_at: its.until, attempts: sql<number>`attempts + 1` })
    .where((e) =>
      e(
        e.refTuple('sid', 'application'),
        'in',
        e
          .selectFrom('application_sessions as ended')
          .select(['ended.sid', 'ended.application'])
          .where('ended.run_at', '<=', its.now)
          .where((one) =>
            one.not(
              one.exists(
                one
                  .selectFrom('sessions')
                  .select('sessions.id')
                  .whereRef('sessions.sid', '=', 'ended.sid')
                  .where('sessions.expires_at', '>', its.now),
              ),
            ),
          )
          .orderBy('ended.run_at')
          .limit(its.limit)
          .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked())
          .$asTuple('sid', 'application'),
      ),
    )
    .returningAll(),
);
const forget = statement<{ sid: string; application: string }>()((db, its) =>
  db.deleteFrom('application_sessions').where('sid', '=', its.sid).where('application', '=', its.application),
);
const retry = statement<{ sid: string; application: string; run_at: number }>()((db, its) =>
  db
    .updateTable('application_sessions')
    .set({ run_at: its.run_at })
    .where('sid', '=', its.sid)
    .where('application', '=', its.application),
);

export function applicationSessionsReader({ on }: Context): ReaderOf<'applicationSessions'> {
  return { of: async (account) => (await of.all(on, { account })).map(toApplicationSession) };
}

export function applicationSessionsWriter({ on }: Context): WriterOf<'applicationSessions'> {
  return {
    note: async (row) =>
      void (await note.run(on, {
        account: row.account,
        application: row.application,
        sid: row.sid,
        client_sid: row.clientSid,
        created_at: millis(row.createdAt),
        run_at: millis(row.createdAt),
        attempts: 0,
      })),
    leaseOrphans: async (limit, now, lease) => {
      const rows = await leaseOrphans.all(on, { now: millis(now), until: millis(now.add(lease)), limit });
      return rows.map(toApplicationSession);
    },
    forget: async (sid, application) => void (await forget.run(on, { sid, application })),
    retry: async (sid, application, runAt) => void (await retry.run(on, { sid, application, run_at: millis(runAt) })),
  };
}

function toApplicationSession(row: Row): ApplicationSession {
  return {
    account: row.account,
    application: row.application,
    sid: row.sid,
    clientSid: row.client_sid,
    createdAt: instant(row.created_at),
    attempts: row.attempts,
  };
}
