import { migrate, schemaVersion } from '#store/migrate.ts';
import { openDatabase } from '#store/database.ts';
import type { Command } from './command.ts';
import { configOf, requireDatabase } from './house.ts';

export const command: Command = {
  summary: 'Brings the database up to what this program needs, all or nothing.',
  about:
    'The server does the same when it starts; this is for those who want to do it before, and to see what was done.',
  run: async (_call, around) => {
    const config = configOf(around);
    await requireDatabase(config);
    const database = openDatabase(config.databaseUrl.reveal());
    try {
      const applied = await migrate(database.kysely, database.dialect);
      const said = applied.length > 0 ? `Applied: ${applied.join(', ')}.` : `Nothing to do: it is at ${schemaVersion}.`;
      return { lines: [said], json: { applied, version: schemaVersion } };
    } finally {
      await database.close();
    }
  },
};
