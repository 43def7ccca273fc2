import { constants, chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Secret } from '#core/secret.ts';
import { openDatabase } from '#store/database.ts';
import { settle } from '#store/folder.ts';
import { type Keys, readKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import { type Around, type Command, Refused } from './command.ts';
import { appliedTo, configOf, sqliteFile } from './house.ts';
import { integrityOf } from './integrity.ts';

export const command: Command = {
  summary: 'Puts a backup (SQLite) where the database belongs.',
  about:
    'It never writes over a database: move the old one away first. The key file must be the one of that time or a later ' +
    'one. Everybody has to sign in again: what was ended since the backup must not come alive with it.',
  words: ['FILE'],
  run: async (call, around) => {
    const [file = ''] = call.words;
    const config = configOf(around);
    const target = sqliteFile(config);
    if (target === null)
      throw new Refused('PostgreSQL has its own: pg_restore --clean --dbname=… FILE. Nothing was done.');
    if (!existsSync(file)) throw new Refused(`There is no file at ${file}.`);
    if (existsSync(`${file}-wal`))
      throw new Refused(`${file}-wal holds a part of it: it was copied from a running server. Use "nachtslot backup".`);
    const keys = readKeys(config.keyFile);
    const inTheWay = [target, `${target}-wal`, `${target}-shm`].filter((path) => existsSync(path));
    if (inTheWay.length > 0)
      throw new Refused(`There is a database already. Stop the server and move away: ${inTheWay.join(', ')}`);
    await putBack(file, target, keys, around);
    return {
      lines: [
        `Restored to ${target}. Everybody has to sign in again.`,
        'Now: nachtslot verify, then start the server.',
      ],
      json: { file, database: target },
    };
  },
};

/** Everything happens to a copy beside the target, which gets its name when it is known to be good. */
async function putBack(file: string, target: string, keys: Keys, { now }: Around): Promise<void> {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.partial`;
  for (const path of [partial, `${partial}-wal`, `${partial}-shm`]) rmSync(path, { force: true });
  copyFileSync(file, partial, constants.COPYFILE_EXCL);
  chmodSync(partial, 0o600);
  try {
    const [wrong] = integrityOf(partial);
    if (wrong) throw new Refused(`${file} is damaged or no database: ${wrong}.`);
    const url = `sqlite:${partial}`;
    if ((await appliedTo({ databaseUrl: new Secret(url) })).length === 0)
      throw new Refused(`${file} is a database, but none of this program.`);
    await (await openStore({ url, keys, now })).close();
    await endWhatWasOpen(url);
  } catch (fault) {
    for (const path of [partial, `${partial}-wal`, `${partial}-shm`]) rmSync(path, { force: true });
    throw fault;
  }
  settle(partial, target);
}

const OPEN_THINGS = [
  'sessions',
  'forward_sessions',
  'forward_tickets',
  'attempts',
  'remembered_devices',
  'enrolments',
  'challenges',
  'links',
];

async function endWhatWasOpen(url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await database.transaction(async (on) => {
      for (const table of OPEN_THINGS) await on.execute(`end-${table}`, `delete from ${table}`, []);
    });
  } finally {
    await database.close();
  }
}
