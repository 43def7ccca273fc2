import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeKeys } from '#store/keys.ts';
import { memoryStore, testKeys } from '#test/support/store.ts';
import { PEOPLE } from './people.ts';
import { BROUGHT_ALONG, hashAll } from './hashes.ts';
import { seed } from './seed.ts';
import { browserOf, demoForTests, signIn } from './testing.ts';

test('over kept data nothing is seeded again, and the clock stands where it was left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-demo-kept-'));
  try {
    const first = await demoForTests(folder);
    first.demo.clock.move({ advance: Temporal.Duration.from('P2D') });
    const amir = PEOPLE.find(({ id }) => id === 'grace.okafor');
    assert.ok(amir);
    const browser = browserOf(first.demo);
    await signIn(browser, amir);
    await browser.post('/sign-in/prompt', { answer: 'later' });
    await first.demo.stop();

    const second = await demoForTests(folder);
    const { read } = second.demo.nachtslot.deps.store;
    assert.equal(await read.accounts.count(), PEOPLE.length);
    assert.equal((await read.campaigns.deferrals(amir.id)).length, 1);
    assert.equal(second.demo.clock.offset().toString(), 'P2D');
    assert.equal((await signIn(browserOf(second.demo), amir)).path, '/');
    await second.demo.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('writing everybody takes less time than hashing their passwords', async () => {
  const began = performance.now();
  const hashes = await hashAll(PEOPLE, makeKeys(), BROUGHT_ALONG);
  const hashed = performance.now();
  const store = await memoryStore({ keys: testKeys });
  const opened = performance.now();
  await seed(store, PEOPLE, hashes, Temporal.Now.instant());
  const seeded = performance.now();
  await store.close();
  const [forHashes, forRows] = [hashed - began, seeded - opened];
  assert.ok(forRows < forHashes, `rows ${Math.round(forRows)} ms, hashes ${Math.round(forHashes)} ms`);
});
