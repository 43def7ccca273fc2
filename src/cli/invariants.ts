import { type Database, openDatabase } from '#store/database.ts';
import type { Keys } from '#store/keys.ts';
import { SEALED_COLUMNS } from '#store/reseal.ts';
import { makeSeal } from '#store/seal.ts';

/** What must never be in the database, and how to find it: each row that is found is one fault. */
const NEVER: { sentence: (id: string) => string; query: string }[] = [
  {
    sentence: (id) => `Account ${id} has more than one password.`,
    query: `select account as id from authenticators where type = 'password' and ended_at is null
      group by account having count(*) > 1`,
  },
  {
    sentence: (id) => `Account ${id} has more than one backup code.`,
    query: `select account as id from authenticators where type = 'backup-code' and ended_at is null
      group by account having count(*) > 1`,
  },
  {
    sentence: (id) => `Authenticator ${id} belongs to no account.`,
    query: `select id from authenticators where account not in (select id from accounts)`,
  },
  {
    sentence: (id) => `Authenticator ${id} has ended and kept its secret.`,
    query: `select id from authenticators where ended_at is not null and length(sealed_secret) > 0`,
  },
  {
    sentence: (id) => `Authenticator ${id} is in use and has no secret.`,
    query: `select id from authenticators where ended_at is null and length(sealed_secret) = 0`,
  },
  {
    sentence: (id) => `Account ${id} does not have exactly one primary address.`,
    query: `select id from accounts
      where (select count(*) from addresses where account = accounts.id and is_primary = 1) <> 1`,
  },
  {
    sentence: (id) => `Session ${id} is open for an account that is disabled.`,
    query: `select sessions.id as id from sessions join accounts on accounts.id = sessions.account
      where accounts.status <> 'active'`,
  },
  {
    sentence: (id) => `Application ${id} has no secret, though it proves itself with one.`,
    query: `select id from applications where kind = 'oidc' and secret_hash is null
      and settings like '%"authMethod":"client\\_secret\\_%' escape '\\'`,
  },
  {
    sentence: (id) => `Token ${id} was made by somebody who does not belong to its organisation.`,
    query: `select id from api_tokens where not exists (select 1 from memberships
      where memberships.account = api_tokens.made_by and memberships.organisation = api_tokens.organisation)`,
  },
  {
    sentence: (id) => `Session ${id} was made for a state of its account that has not come yet.`,
    query: `select sessions.id as id from sessions join accounts on accounts.id = sessions.account
      where sessions.security_epoch > accounts.security_epoch`,
  },
];

/** Sentences about what is wrong; empty when all is well. Reads everything, changes nothing. */
export async function brokenInvariants(url: string, keys: Keys): Promise<string[]> {
  const database = openDatabase(url);
  try {
    const wrong: string[] = [];
    for (const [at, { sentence, query }] of NEVER.entries()) {
      const { rows } = await database.read.execute(`never-${at}`, query, []);
      for (const row of rows) wrong.push(sentence(String(field(row, 'id'))));
    }
    for (const column of SEALED_COLUMNS) wrong.push(...(await doNotOpen(database, keys, column)));
    return wrong;
  } finally {
    await database.close();
  }
}

const PAGE = 500;

/** Every sealed value is opened: a key that is missing is found out here and not by the person who signs in. */
async function doNotOpen(
  { read }: Database,
  keys: Keys,
  { table, column, id }: (typeof SEALED_COLUMNS)[number],
): Promise<string[]> {
  const seal = makeSeal(keys);
  const wrong: string[] = [];
  const slot = read.dialect === 'postgres' ? '$1' : '?';
  const query = `select ${id} as id, ${column} as value from ${table} where ${id} > ${slot} order by ${id} limit ${PAGE}`;
  for (let after = ''; ; ) {
    const { rows } = await read.execute(`open-${table}-${column}`, query, [after]);
    for (const row of rows) {
      after = String(field(row, 'id'));
      const value = field(row, 'value');
      try {
        if (!(value instanceof Uint8Array)) wrong.push(`${table}.${column} of ${after} holds no sealed value.`);
        else seal.open(value, { table, column, row: after });
      } catch (fault) {
        wrong.push(fault instanceof Error ? fault.message : `${table} ${after} does not open.`);
      }
    }
    if (rows.length < PAGE) return wrong;
  }
}

function field(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;
}
