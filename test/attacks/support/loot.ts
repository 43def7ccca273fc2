import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
export async function filesOf(
  { dialect, url, meddle }: TestDatabase,
  keyFile: string,
): Promise<{ name: string; bytes: Buffer }[]> {
  const read = (name: string) => ({ name, bytes: readFileSync(name) });
  if (dialect === 'sqlite') {
    const path = url.replace('sqlite:', '');
    return [...globSync(`${path}*`), backupOf(path, keyFile)].map(read);
  }
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

/** What `nachtslot backup` writes, as an operator would have lying about. */
function backupOf(path: string, keyFile: string): string {
  const file = `${keyFile}.${randomUUID()}.backup`; // in the stage's folder, and gone with it
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs'];
  execFileSync(process.execPath, [...flags, 'src/cli/main.ts', 'backup', file], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { PATH: process.env['PATH'], NACHTSLOT_DATABASE_URL: `sqlite:${path}`, NACHTSLOT_KEY_FILE: keyFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
}
