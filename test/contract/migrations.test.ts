import assert from 'node:assert/strict';
import { DatabaseTooNew } from '#store/migrate.ts';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import { withPrograms } from './programs.ts';

onEmptyDatabases('an empty database gets its tables once, however often it is opened', async ({ open }) => {
  const first = await open();
  assert.equal(await first.read.accounts.count(), 0);
  const second = await open();
  assert.equal(await second.read.accounts.count(), 0);
  assert.equal(await second.health(), 'ok');
});

onEmptyDatabases('several programs may open an empty database at the same moment', async ({ url, open }) => {
  await withPrograms(url, async (start) => {
    const programs = [start('open'), start('open'), start('open')];
    assert.deepEqual(await Promise.all(programs.map((program) => program.ended)), [0, 0, 0]);
  });
  assert.equal(await (await open()).health(), 'ok');
});

onEmptyDatabases('a database that a newer program wrote is left alone', async ({ open, meddle }) => {
  await (await open()).close();
  await meddle(`insert into kysely_migration (name, timestamp) values ('999-tomorrow', '2030-01-01T00:00:00.000Z')`);
  await assert.rejects(open(), (fault: unknown) => {
    assert.ok(fault instanceof DatabaseTooNew);
    assert.match(fault.message, /newer than this program: it holds the changes 999-tomorrow/);
    return true;
  });
});

function onEmptyDatabases(name: string, body: (database: TestDatabase) => Promise<void>): void {
  onBothDatabases(name, body, { empty: true });
}
