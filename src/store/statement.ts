import { createHash } from 'node:crypto';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Dialect } from './migrate.ts';
import type { Tables } from './schema.ts';

/** What goes in and out of a column. No booleans, no `undefined`, no fractions. */
export type Value = string | number | null | Uint8Array;

/** Where statements run: inside one transaction, or on the reading side. */
export type Connection = {
  dialect: Dialect;
  /** `name` is the same for the same text: PostgreSQL keeps its plan under it. */
  execute(name: string, text: string, values: Value[]): Promise<{ rows: unknown[]; changed: number }>;
};

export type Statement<Args, Row> = {
  all(on: Connection, args: Args): Promise<Row[]>;
  first(on: Connection, args: Args): Promise<Row | null>;
  /** Number of rows changed. */
  run(on: Connection, args: Args): Promise<number>;
};

type Build<Args, Row> = (db: Kysely<Tables>, args: Args, dialect: Dialect) => Compilable<Row>;

/**
 * A query that is built and compiled once per dialect and then only filled in: building one costs more than running it,
 * and a sign-in runs some forty. `build` sees placeholders instead of values, so it must not look at them.
 */
export function statement<Args extends Record<string, Value>>(): <Row>(
  build: Build<Args, Row>,
) => Statement<Args, Row> {
  return <Row>(build: Build<Args, Row>) => {
    const texts = new Map<Dialect, Text>();
    const execute = (on: Connection, args: Args) => {
      let text = texts.get(on.dialect);
      if (!text) texts.set(on.dialect, (text = compile(build(compilers[on.dialect], anything as Args, on.dialect))));
      return on.execute(text.name, text.sql, text.fill(args));
    };
    return asStatement(execute);
  };
}

const inserts = new Map<string, Text>();

/** Adds one row. Every call for a table names the same columns: all of them, as the type demands. */
export async function insert<T extends keyof Tables>(on: Connection, table: T, row: Tables[T]): Promise<void> {
  const key = `${on.dialect}:${table}`;
  let text = inserts.get(key);
  if (!text) {
    const values = Object.fromEntries(Object.keys(row).map((column) => [column, new Placeholder(column)]));
    text = compile(compilers[on.dialect].insertInto<keyof Tables>(table).values(values));
    inserts.set(key, text);
  }
  await on.execute(text.name, text.sql, text.fill(row));
}

/** Answers a placeholder for whatever column is asked. Kysely hands it through to the list of parameters as it is. */
const anything: unknown = new Proxy({}, { get: (_, column) => new Placeholder(String(column)) });

class Placeholder {
  readonly column: string;
  constructor(column: string) {
    this.column = column;
  }
}

type Text = { name: string; sql: string; fill(args: Record<string, Value>): Value[] };

function compile(query: Compilable): Text {
  const { sql, parameters } = query.compile();
  return {
    // From the text itself: behind a pool of connections two versions of the program may share one.
    name: createHash('sha256').update(sql).digest('base64url'),
    sql,
    fill: (args) =>
      parameters.map((one) => (one instanceof Placeholder ? guarded(args[one.column], one.column) : guarded(one, sql))),
  };
}

/** SQLite would store `undefined` and NaN as NULL without a word; PostgreSQL refuses text with a NUL in it. */
function guarded(value: unknown, where: string): Value {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new TypeError(`Not a value for a column (${where}): ${typeof value} ${typeof value === 'number' ? value : ''}`);
}

function asStatement<Args, Row>(
  execute: (on: Connection, args: Args) => Promise<{ rows: unknown[]; changed: number }>,
): Statement<Args, Row> {
  return {
    all: async (on, args) => (await execute(on, args)).rows as Row[],
    first: async (on, args) => ((await execute(on, args)).rows[0] as Row | undefined) ?? null,
    run: async (on, args) => (await execute(on, args)).changed,
  };
}

const compilers: Record<Dialect, Kysely<Tables>> = {
  sqlite: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
};
