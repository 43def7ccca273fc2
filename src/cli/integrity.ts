import { DatabaseSync } from 'node:sqlite';

/** What SQLite itself finds wrong with a file; empty when it is whole. */
export function integrityOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const pages = database.prepare('pragma integrity_check').all();
    const references = database.prepare('pragma foreign_key_check').all();
    return [
      ...pages.map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok'),
      ...references.map((row) => `a row of ${String(row['table'])} points at nothing in ${String(row['parent'])}`),
    ];
  } catch (fault) {
    return [fault instanceof Error ? fault.message : 'it cannot be read'];
  } finally {
    database.close();
  }
}
