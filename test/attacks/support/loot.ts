import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '#test/support/databases.ts';

/** One value of the database as a thief holds it. */
export type Value = { table: string; column: string; bytes: Buffer };

/** Everything in every table. */
export async function valuesOf({ dialect, meddle }: TestDatabase): Promise<Value[]> {
  const names = await meddle(
    dialect === 'sqlite'
      ? `select name from sqlite_master where type = 'table'`
      : `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const values: Value[] = [];
  for (const { name } of names) {
    const table = String(name);
    for (const row of await meddle(`select * from ${table}`)) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string') values.push({ table, column, bytes: Buffer.from(value) });
        if (value instanceof Uint8Array) values.push({ table, column, bytes: Buffer.from(value) });
      }
    }
  }
  return values;
}

/** The bytes on the disk, free pages and log of changes included, and what the database's own tool makes of them. */
export async function filesOf({ dialect, url, meddle }: TestDatabase): Promise<{ name: string; bytes: Buffer }[]> {
  const read = (name: string) => ({ name, bytes: readFileSync(name) });
  if (dialect === 'sqlite') return globSync(`${url.replace('sqlite:', '')}*`).map(read);
  await meddle('checkpoint');
  const [place] = await meddle(
    `select setting, oid::text from pg_settings, pg_database where name = 'data_directory' and datname = current_database()`,
  );
  const data = String(place?.['setting']);
  const within = (folder: string) => readdirSync(folder).map((name) => join(folder, name));
  const log = within(join(data, 'pg_wal')).filter((name) => /[0-9A-F]{24}$/.test(name));
  const dump = execFileSync('pg_dump', ['--dbname', url], { maxBuffer: 1 << 28 });
  const onDisk = [...within(join(data, 'base', String(place?.['oid']))), ...log].map(read);
  return [...onDisk, { name: 'pg_dump', bytes: dump }];
}
