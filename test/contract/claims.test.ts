import assert from 'node:assert/strict';
import type { Claim } from '#core/authenticator.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, authenticator, challenge, minutes } from './people.ts';
import { withPrograms } from './programs.ts';

const AT_ONCE = 50;

onBothDatabases('fifty with the same code at once on two connections: one wins', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  await one.transaction((tx) => tx.authenticators.bind(authenticator()));
  for (const value of [57_000_000, 57_000_001, 57_000_002])
    assert.equal(await winners(one, other, { kind: 'counter', authenticator: 'app-1', value }), 1);
  assert.equal((await one.read.authenticators.byId('app-1'))?.counter, 57_000_002);
});

onBothDatabases('fifty with the same look-up secret at once: one wins, and it is gone', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  await one.transaction((tx) => tx.authenticators.bind(authenticator({ id: 'code-1', type: 'backup-code' })));
  assert.equal(await winners(one, other, { kind: 'spend', authenticator: 'code-1' }), 1);
  assert.equal(await one.read.authenticators.byId('code-1'), null);
  assert.equal(await winners(one, other, { kind: 'spend', authenticator: 'code-1' }), 0);
});

onBothDatabases('fifty with the same text message at once: one wins', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  await one.transaction((tx) => tx.challenges.create(challenge()));
  assert.equal(await winners(one, other, { kind: 'challenge', challenge: 'challenge-1' }), 1);
  assert.equal(await one.read.challenges.open('attempt-1', 'verify'), null);
});

onBothDatabases('two programs with the same code at the same moment: one of them wins', async ({ url, open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.authenticators.bind(authenticator()));
  await withPrograms(url, async (start) => {
    const programs = [start('claim', '25'), start('claim', '25')];
    await Promise.all(programs.map((program) => program.ready));
    for (const program of programs) program.go();
    assert.deepEqual(await Promise.all(programs.map((program) => program.ended)), [0, 0]);
    assert.deepEqual(programs.map((program) => String(program.lines.at(-1))).sort(), ['0', '1']);
  });
});

onBothDatabases('a claim is refused where there is nothing to spend', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const take = (claim: Claim, at = NOON) => store.transaction((tx) => tx.claims.take(claim, at));
  await store.transaction(async (tx) => {
    await tx.authenticators.bind(authenticator({ counter: 10 }));
    await tx.authenticators.bind(authenticator({ id: 'app-2' }));
    await tx.authenticators.disable('app-2', NOON);
    await tx.challenges.create(challenge());
  });
  assert.equal(await take({ kind: 'none' }), true);
  assert.equal(await take({ kind: 'counter', authenticator: 'app-1', value: 9 }), false, 'an earlier step');
  assert.equal(await take({ kind: 'counter', authenticator: 'app-1', value: 10 }), false, 'the same step');
  assert.equal(await take({ kind: 'counter', authenticator: 'app-2', value: 99 }), false, 'a disabled app');
  assert.equal(await take({ kind: 'spend', authenticator: 'app-2' }), false, 'a disabled code');
  assert.equal(await take({ kind: 'counter', authenticator: 'nobody', value: 1 }), false, 'no such app');
  assert.equal(await take({ kind: 'challenge', challenge: 'challenge-1' }, minutes(10)), false, 'a code that expired');
  assert.equal(await take({ kind: 'counter', authenticator: 'app-1', value: 11 }), true);
});

onBothDatabases('a claim that is rolled back was never spent', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.authenticators.bind(authenticator()));
  const claim: Claim = { kind: 'counter', authenticator: 'app-1', value: 5 };
  const failing = store.transaction(async (tx) => {
    assert.equal(await tx.claims.take(claim, NOON), true);
    throw new Error('the page could not be made');
  });
  await assert.rejects(failing, /could not be made/);
  assert.equal(await store.transaction((tx) => tx.claims.take(claim, NOON)), true);
});

async function winners(one: Store, other: Store, claim: Claim): Promise<number> {
  const tries = Array.from({ length: AT_ONCE }, (_, turn) =>
    (turn % 2 === 0 ? one : other).transaction((tx) => tx.claims.take(claim, NOON)),
  );
  return (await Promise.all(tries)).filter(Boolean).length;
}
