import { hashOf, toLine, toRow } from '../audit-chain.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const of = statement<{ account: string; limit: number }>()((db, its) =>
  db.selectFrom('audit').selectAll().where('account', '=', its.account).orderBy('sequence', 'desc').limit(its.limit),
);
const page = statement<{ after: number; limit: number }>()((db, its) =>
  db.selectFrom('audit').selectAll().where('sequence', '>', its.after).orderBy('sequence').limit(its.limit),
);
const head = statement()((db) => db.selectFrom('audit_head').select(['sequence', 'hash']).where('id', '=', 1));
const lockHead = statement()((db, _its, dialect) =>
  db
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('id', '=', 1)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
const moveHead = statement<{ sequence: number; hash: string }>()((db, its) =>
  db.updateTable('audit_head').set({ sequence: its.sequence, hash: its.hash }).where('id', '=', 1),
);

export function auditReader({ on }: Context): ReaderOf<'audit'> {
  return {
    of: async (account, limit) => (await of.all(on, { account, limit })).map(toLine),
    page: async (after, limit) => (await page.all(on, { after, limit })).map(toLine),
    head: async () => {
      const row = await head.first(on, {});
      if (!row) throw new Error('The audit has lost its head row');
      return { sequence: row.sequence, hash: row.hash };
    },
  };
}

/**
 * Appends within one transaction. The head is locked and read at the first line and written once by `settle`, which
 * the transaction calls before it commits.
 */
export function auditWriter({ on }: Context): { writer: WriterOf<'audit'>; settle: () => Promise<void> } {
  let end: { sequence: number; hash: string } | null = null;
  return {
    writer: {
      async append(entry) {
        const last = end ?? (await lockHead.first(on, {}));
        if (!last) throw new Error('The audit has lost its head row');
        const row = toRow({ ...entry, sequence: last.sequence + 1, previous: last.hash });
        const hash = hashOf(row);
        await insert(on, 'audit', { ...row, hash });
        end = { sequence: row.sequence, hash };
        return toLine({ ...row, hash });
      },
    },
    settle: async () => {
      if (end) await moveHead.run(on, end);
    },
  };
}
