import type { Enrolment } from '#core/enrolment/state.ts';
import { instant, millis } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import type { Seal } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import type { EnrolmentRow, EnrolmentSecrets } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';
import { openSecrets, sealSecrets } from './enrolment-secrets.ts';

const EMPTY = new Uint8Array(0);

const byHolder = statement<{ holder: string; now: number }>()((db, its) =>
  db
    .selectFrom('enrolments')
    .selectAll()
    .where('holder', '=', its.holder)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', its.now),
);
const latestOf = statement<{ account: string; since: number }>()((db, its) =>
  db
    .selectFrom('enrolments')
    .selectAll()
    .where('account', '=', its.account)
    .where('created_at', '>=', its.since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
);
const lock = statement<{ holder: string; now: number }>()((db, its, dialect) =>
  db
    .selectFrom('enrolments')
    .selectAll()
    .where('holder', '=', its.holder)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', its.now)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
// Its secrets stay until they expire: an older QR code that is scanned later can then be told as such.
const supersede = statement<{ holder: string; at: number }>()((db, its) =>
  db.updateTable('enrolments').set({ ended_at: its.at }).where('holder', '=', its.holder).where('ended_at', 'is', null),
);
const save = statement<Omit<Tables['enrolments'], 'account' | 'holder' | 'created_at'>>()((db, its) =>
  db
    .updateTable('enrolments')
    .set({
      state: its.state,
      sealed_secrets: its.sealed_secrets,
      expires_at: its.expires_at,
      security_epoch: its.security_epoch,
      ended_at: its.ended_at,
    })
    .where('id', '=', its.id),
);

export function enrolmentsReader({ on, seal, now }: Context): ReaderOf<'enrolments'> {
  return {
    byHolder: async (holder) => {
      const row = await byHolder.first(on, { holder, now: millis(now()) });
      return row && toEnrolment(row, seal);
    },
    latestOf: async (account, since) => {
      const row = await latestOf.first(on, { account, since: millis(since) });
      return row && toEnrolment(row, seal);
    },
  };
}

export function enrolmentsWriter({ on, seal, now }: Context): WriterOf<'enrolments'> {
  return {
    async create(row) {
      await supersede.run(on, { holder: row.holder, at: millis(row.createdAt) });
      await insert(on, 'enrolments', {
        id: row.id,
        account: row.account,
        holder: row.holder,
        state: encode(row.state),
        sealed_secrets: sealSecrets(row.sealed, row.id, seal),
        security_epoch: row.securityEpoch,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        ended_at: null,
      });
    },
    lock: async (holder, at) => {
      const row = await lock.first(on, { holder, now: millis(at) });
      return row && toEnrolment(row, seal);
    },
    async save(id, { state, sealed, expiresAt, securityEpoch }) {
      const over = state.at === 'bound' || state.at === 'ended';
      await save.run(on, {
        id,
        state: encode(state),
        // What was bound is live now, in a row of its own; a second copy here would outlast its removal.
        sealed_secrets: state.at === 'bound' ? EMPTY : sealSecrets(over ? leftBehind(sealed) : sealed, id, seal),
        expires_at: millis(expiresAt),
        security_epoch: securityEpoch,
        ended_at: over ? millis(now()) : null,
      });
    },
  };
}

/** Of a wizard that was left, the QR codes stay until they expire: an entry of it in the person's app can be named. */
function leftBehind({ pending, superseded }: EnrolmentSecrets): EnrolmentSecrets {
  return { pending, superseded, number: null, backupCode: null };
}

function toEnrolment(row: Tables['enrolments'], seal: Seal): EnrolmentRow {
  return {
    id: row.id,
    account: row.account,
    holder: row.holder,
    state: decode(row.state) as Enrolment,
    sealed: openSecrets(row.sealed_secrets, row.id, seal),
    securityEpoch: row.security_epoch,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
  };
}
