import assert from 'node:assert/strict';
import { verifyAudit } from '#store/audit-verify.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { addGrace } from './people.ts';
import { type Program, withPrograms } from './programs.ts';

const KILLS = 4;

onBothDatabases('a program that is killed while it writes loses nothing it had acknowledged', async ({ url, open }) => {
  const store = await open();
  await addGrace(store);
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    await withPrograms(url, async (start) => {
      const program = start('write', `run-${kill}`);
      await program.ready;
      await until(program, 40 + kill * 17);
      program.kill();
      assert.equal(await program.ended, 'SIGKILL');
      acknowledged.push(...program.lines.slice(1));
    });
  }
  assert.ok(acknowledged.length > KILLS * 40);

  const reopened = await open();
  const kept = new Set((await reopened.read.sessions.of('grace')).map((one) => one.id));
  assert.deepEqual(
    acknowledged.filter((id) => !kept.has(id)),
    [],
  );
  // What was not acknowledged is there whole or not at all: each session has its audit line and the reverse.
  const lines = (await reopened.read.audit.page(0, 10_000)).map((line) => line.request).sort();
  assert.deepEqual(lines, [...kept].sort());
  assert.equal((await verifyAudit(reopened.read.audit)).ok, true);
});

async function until(program: Program, lines: number): Promise<void> {
  while (program.lines.length < lines) await new Promise((resolve) => setTimeout(resolve, 5));
}
