import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync, backup } from 'node:sqlite';
import { settle } from '#store/folder.ts';
import { type Command, Refused } from './command.ts';
import { configOf, requireDatabase, sqliteFile } from './house.ts';
import { integrityOf } from './integrity.ts';

export const command: Command = {
  summary: 'Copies the database (SQLite) into FILE while the server runs.',
  about: 'Not the keys: without the key file a backup opens nothing. Keep both, and not in the same place.',
  words: ['FILE'],
  run: async (call, around) => {
    const [file = ''] = call.words;
    const config = configOf(around);
    await requireDatabase(config);
    const source = sqliteFile(config);
    if (source === null)
      throw new Refused(
        'PostgreSQL has its own: pg_dump --format=custom --file=FILE, and pg_restore. Nothing was done.',
      );
    if (existsSync(file)) throw new Refused(`There is a file at ${file} already; nothing was changed.`);
    const bytes = await copy(source, file);
    return {
      lines: [`Written: ${file} (${(bytes / 1024).toFixed(0)} KiB). The keys are not in it: ${config.keyFile}`],
      json: { file, bytes },
    };
  },
};

/** Under another name until it is whole and checked, so that half a backup is never taken for one. Answers its size. */
async function copy(source: string, file: string): Promise<number> {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  // It holds what the database holds: nobody else may read it, from the first byte on.
  closeSync(openSync(partial, 'wx', 0o600));
  // Not read-only: where no server runs, it has to clear up after itself when it closes.
  const database = new DatabaseSync(source);
  try {
    // In one step: between two of them a busy server would make it begin again.
    await backup(database, partial, { rate: 1_000_000_000 });
  } finally {
    database.close();
  }
  inOneFile(partial);
  const wrong = integrityOf(partial);
  if (wrong.length > 0) throw new Refused(`The copy is damaged: ${wrong.join('; ')}. It was left at ${partial}.`);
  settle(partial, file);
  return statSync(file).size;
}

/** A copy is in WAL mode like its source: whoever opens it would leave two more files beside it. */
function inOneFile(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = delete');
  database.close();
}
