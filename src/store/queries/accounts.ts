import { flag, instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import { encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Account, Address } from '../rows.ts';
import { normaliseAddress } from '../store.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';
import { membershipsOf } from './memberships.ts';

const byId = statement<{ id: string }>()((db, its) => db.selectFrom('accounts').selectAll().where('id', '=', its.id));
const byKey = statement<{ key: string }>()((db, its) =>
  db
    .selectFrom('addresses')
    .innerJoin('accounts', 'accounts.id', 'addresses.account')
    .selectAll('accounts')
    .where('addresses.key', '=', its.key)
    // An address that somebody only claimed must not lead to their account.
    .where((e) => e.or([e('addresses.is_primary', '=', 1), e('addresses.confirmed_at', 'is not', null)])),
);
const addressesOf = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('addresses')
    .selectAll()
    .where('account', '=', its.account)
    .orderBy('is_primary', 'desc')
    .orderBy('key'),
);
const count = statement()((db) => db.selectFrom('accounts').select((e) => e.fn.countAll<number>().as('total')));
const administrators = statement()((db) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('id', 'in', (e) => e.selectFrom('memberships').select('account').where('role', '=', 'administrator'))
    .orderBy('created_at')
    .orderBy('id'),
);

const lock = statement<{ id: string }>()((db, its, dialect) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', its.id)
    // Not `for update`: that would also stop every insert of a row that belongs to the account.
    .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate()),
);
const raiseEpoch = statement<{ id: string }>()((db, its) =>
  db
    .updateTable('accounts')
    .set((e) => ({ security_epoch: e('security_epoch', '+', 1) }))
    .where('id', '=', its.id)
    .returning('security_epoch'),
);
const setStatus = statement<{ id: string; status: string }>()((db, its) =>
  db.updateTable('accounts').set({ status: its.status }).where('id', '=', its.id),
);
const setLanguage = statement<{ id: string; language: string }>()((db, its) =>
  db.updateTable('accounts').set({ language: its.language }).where('id', '=', its.id),
);
const setGroups = statement<{ account: string; organisation: string; groups: string }>()((db, its) =>
  db
    .updateTable('memberships')
    .set({ groups: its.groups })
    .where('account', '=', its.account)
    .where('organisation', '=', its.organisation),
);
const setRecovered = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('accounts').set({ recovered_at: its.at }).where('id', '=', its.id),
);
const setFirstSignIn = statement<{ id: string; at: number }>()((db, its) =>
  db
    .updateTable('accounts')
    .set({ first_sign_in_at: its.at })
    .where('id', '=', its.id)
    .where('first_sign_in_at', 'is', null),
);
const addSignIn = statement<{ account: string; at: number }>()((db, its) =>
  db
    .insertInto('sign_ins')
    .values({ account: its.account, at: its.at })
    // Two in the same millisecond are one fact.
    .onConflict((conflict) => conflict.doNothing()),
);
const remove = statement<{ id: string }>()((db, its) => db.deleteFrom('accounts').where('id', '=', its.id));

export function accountsReader({ on }: Context): ReaderOf<'accounts'> {
  return {
    byId: async (id) => orNull(await byId.first(on, { id })),
    byAddress: async (address) => orNull(await byKey.first(on, { key: normaliseAddress(address) })),
    addresses: async (account) => (await addressesOf.all(on, { account })).map(toAddress),
    memberships: (account) => membershipsOf(on, account),
    count: async () => (await count.first(on, {}))?.total ?? 0,
    administrators: async () => (await administrators.all(on, {})).map(toAccount),
  };
}

export function accountsWriter({ on }: Context): WriterOf<'accounts'> {
  return {
    async create(row, addresses) {
      await insert(on, 'accounts', {
        id: row.id,
        name: row.name,
        language: row.language,
        status: row.status,
        security_epoch: row.securityEpoch,
        first_sign_in_at: millisOrNull(row.firstSignInAt),
        created_at: millis(row.createdAt),
        recovered_at: null,
      });
      for (const one of addresses) await insert(on, 'addresses', fromAddress(one));
    },
    join: (row) =>
      insert(on, 'memberships', {
        account: row.account,
        organisation: row.organisation,
        role: row.role,
        joined_at: millis(row.joinedAt),
        groups: encode(row.groups ?? []),
      }),
    setGroups: async (account, organisation, groups) =>
      void (await setGroups.run(on, { account, organisation, groups: encode(groups) })),
    setRecovered: async (id, at) => void (await setRecovered.run(on, { id, at: millis(at) })),
    lock: async (id) => orNull(await lock.first(on, { id })),
    async raiseEpoch(id) {
      const row = await raiseEpoch.first(on, { id });
      if (!row) throw new Error('The account whose epoch is to rise does not exist');
      return row.security_epoch;
    },
    setStatus: async (id, status) => void (await setStatus.run(on, { id, status })),
    setLanguage: async (id, language) => void (await setLanguage.run(on, { id, language })),
    async recordSignIn(id, at) {
      await setFirstSignIn.run(on, { id, at: millis(at) });
      await addSignIn.run(on, { account: id, at: millis(at) });
    },
    remove: async (id) => void (await remove.run(on, { id })),
  };
}

function orNull(row: Tables['accounts'] | null): Account | null {
  return row && toAccount(row);
}

function toAccount(row: Tables['accounts']): Account {
  return {
    id: row.id,
    name: row.name,
    language: oneOf(['en', 'nl'], row.language, 'accounts.language'),
    status: oneOf(['active', 'disabled'], row.status, 'accounts.status'),
    securityEpoch: row.security_epoch,
    firstSignInAt: instantOrNull(row.first_sign_in_at),
    createdAt: instant(row.created_at),
    recoveredAt: instantOrNull(row.recovered_at),
  };
}

function toAddress(row: Tables['addresses']): Address {
  return {
    account: row.account,
    address: row.address,
    primary: row.is_primary === 1,
    confirmedAt: instantOrNull(row.confirmed_at),
  };
}

function fromAddress(one: Address): Tables['addresses'] {
  return {
    key: normaliseAddress(one.address),
    account: one.account,
    address: one.address,
    is_primary: flag(one.primary),
    confirmed_at: millisOrNull(one.confirmedAt),
  };
}
