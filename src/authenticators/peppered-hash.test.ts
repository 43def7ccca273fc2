import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseOptions, verify } from '@node-rs/argon2';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { Secret } from '#core/secret.ts';
import { createGate } from './gate.ts';
import { createHashGate, createPepperedHash, DEFAULT_COST } from './peppered-hash.ts';
import { cheapHashing, pepper } from './testing.ts';

const gate = createHashGate(2);
const hashes = createPepperedHash('password', { pepper }, gate, cheapHashing);
const newer = new Secret(new Uint8Array(32).fill(8));

async function kept(text: string, by = hashes): Promise<Secret<Uint8Array>> {
  return (await by.keep(text)) ?? assert.fail('busy');
}

describe('a kept hash', () => {
  test('matches its text and no other', async () => {
    const stored = await kept('a text');
    assert.deepEqual(await hashes.check(stored, 'a text'), { matches: true, outdated: false });
    assert.deepEqual(await hashes.check(stored, 'another'), { matches: false, outdated: false });
    assert.deepEqual(await hashes.check(stored, ''), { matches: false, outdated: false });
  });

  test('is salted: the same text twice is two hashes', async () => {
    assert.notEqual(textOf(await kept('a text')), textOf(await kept('a text')));
  });

  test('cannot be checked with what is in the row', async () => {
    const phc = textOf(await kept('a text')).slice(9);
    assert.equal(await verify(phc, 'a text'), false);
    const elsewhere = createPepperedHash('backup-code', { pepper }, gate, cheapHashing);
    await assert.rejects(async () => elsewhere.check(await kept('a text'), 'a text'), /not in the key file/);
  });

  test('costs no less than the rules say unless told otherwise', async () => {
    const full = createPepperedHash('password', { pepper }, gate);
    const phc = textOf(await kept('a text', full)).slice(9);
    assert.match(phc, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    const { saltLen, outputLen } = parseOptions(phc);
    assert.deepEqual([saltLen, outputLen, DEFAULT_COST.memoryKiB], [16, 32, 65_536]);
    assert.ok(DEFAULT_COST.memoryKiB >= DEFAULT_POLICY.argon2MemoryKiB);
    assert.ok(DEFAULT_COST.passes >= DEFAULT_POLICY.argon2Passes && DEFAULT_COST.lanes >= DEFAULT_POLICY.argon2Lanes);
  });
});

describe('raising a hash', () => {
  test('a lower cost is outdated, a higher one never', async () => {
    const dearer = createPepperedHash('password', { pepper }, gate, { ...cheapHashing, passes: 2 });
    assert.deepEqual(await dearer.check(await kept('t'), 't'), { matches: true, outdated: true });
    assert.deepEqual(await hashes.check(await kept('t', dearer), 't'), { matches: true, outdated: false });
  });

  test('an earlier pepper still opens, and is outdated', async () => {
    const rotated = createPepperedHash('password', { pepper: newer, earlierPeppers: [pepper] }, gate, cheapHashing);
    assert.deepEqual(await rotated.check(await kept('t'), 't'), { matches: true, outdated: true });
    assert.deepEqual(await rotated.check(await kept('t', rotated), 't'), { matches: true, outdated: false });
  });

  test('a pepper that nobody has is a fault, not a wrong password', async () => {
    const without = createPepperedHash('password', { pepper: newer }, gate, cheapHashing);
    await assert.rejects(async () => without.check(await kept('t'), 't'), /not in the key file/);
    assert.throws(() => createPepperedHash('password', { pepper: new Secret(new Uint8Array(16)) }, gate), /32 bytes/);
  });
});

test('an account that is not there costs as much as one that is', async () => {
  const real = createPepperedHash('password', { pepper }, createHashGate(1), {
    memoryKiB: 16_384,
    passes: 2,
    lanes: 1,
  });
  const stored = await kept('a text', real);
  // Processor time, in turns, and the middle of it: what else the machine or the collector of garbage does meanwhile
  // makes neither look slower than the other.
  const spent = { nothing: [] as number[], known: [] as number[] };
  const timed = async (whose: keyof typeof spent, work: () => Promise<unknown>) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    spent[whose].push(user + system);
  };
  await real.checkNothing('warm');
  for (let n = 0; n < 15; n += 1) {
    await timed('nothing', () => real.checkNothing('a guess'));
    await timed('known', () => real.check(stored, 'a guess'));
  }
  const middle = (all: number[]) => all.sort((a, b) => a - b)[7] ?? 0;
  const ratio = middle(spent.nothing) / middle(spent.known);
  assert.ok(ratio > 0.6 && ratio < 1.7, `ratio ${ratio.toFixed(2)}`);
});

test('a full gate answers null everywhere', async () => {
  const full = createPepperedHash('password', { pepper }, createGate({ atOnce: 0, waiting: 0 }), cheapHashing);
  assert.equal(await full.keep('t'), null);
  assert.equal(await full.check(await kept('t'), 't'), null);
  assert.equal(await full.checkNothing('t'), null);
});

function textOf(stored: Secret<Uint8Array>): string {
  return new TextDecoder().decode(stored.reveal());
}
