import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Acknowledged, Database } from './database.ts';
import type { Connection, Value } from './statement.ts';

/** A transaction that lost against another is run again at most this often. */
const RETRIES = 3;
/** Fewer than PostgreSQL allows by default, so that several processes fit. */
const CONNECTIONS = 10;
/** How long opening one may take: a server that does not answer is found out soon. */
const CONNECT_MS = 5_000;
/** How long a request waits for its turn at one: as long as it may last. Whoever sends two hundred is not a fault. */
const TURN_MS = 30_000;
/** Serialization failure, deadlock: the server undid everything and says that a second try may succeed. */
const TRY_AGAIN = new Set(['40001', '40P01']);

// bigint arrives as text by default; ours are milliseconds and counters, far below 2^53.
pg.types.setTypeParser(20, Number);

export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: TURN_MS,
    Client: SturdyClient,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return {
    dialect: 'postgres',
    read: connection(pool),
    version: null,
    transaction: (work, acknowledged = 'on-disk') => retried(() => once(pool, work, acknowledged)),
    kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    close: () => pool.end(),
  };
}

/**
 * Has a limit of its own for connecting, where the pool knows one for connecting and waiting together. And it outlives a
 * broken line: between two statements of a transaction nobody else listens, and a restart of the database would end
 * every process that was at work.
 */
class SturdyClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
    this.on('error', () => {}); // the next statement fails, and with it the request
  }
}

/** Without waiting for the log; the next commit that waits for it writes this one out too. */
const BEGIN: Record<Acknowledged, string> = {
  'on-disk': 'begin',
  committed: 'begin; set local synchronous_commit = off',
};

async function once<T>(pool: pg.Pool, work: (on: Connection) => Promise<T>, acknowledged: Acknowledged): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(BEGIN[acknowledged]);
    const value = await work(connection(client));
    await commit(client);
    return value;
  } catch (fault) {
    // A connection that cannot even undo must not serve the next request.
    await client.query('rollback').catch((worse: Error) => (broken = worse));
    throw fault;
  } finally {
    client.release(broken);
  }
}

/** A transaction in which a statement failed answers `commit` with ROLLBACK and no error; that is no success. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error(`The transaction was not committed: ${command}`);
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = RETRIES; ; left--) {
    try {
      return await attempt();
    } catch (fault) {
      if (left === 0 || !(fault instanceof pg.DatabaseError) || !TRY_AGAIN.has(fault.code ?? '')) throw fault;
    }
  }
}

function connection(on: pg.Pool | pg.PoolClient): Connection {
  return {
    dialect: 'postgres',
    execute: async (name, text, values) => {
      const { rows, rowCount } = await on.query<Record<string, Value>>({ name, text, values });
      return { rows, changed: rowCount ?? 0 };
    },
  };
}
