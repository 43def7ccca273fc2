import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBothDatabases } from '#test/support/databases.ts';
import { memoryStore, NOON } from '#test/support/store.ts';
import { jwksOf, jwksVersion, rotateSigningKeys, signingKeys } from './signing-keys.ts';

const hours = (count: number) => NOON.add({ hours: count });

onBothDatabases('servers that start at once end up with the same pair', async ({ open, dialect }) => {
  // SQLite has one process, in which several requests may be the first.
  const one = await open();
  const stores = dialect === 'sqlite' ? [one, one, one] : [one, await open(), await open()];
  const found = await Promise.all(stores.map((store) => signingKeys(store, NOON)));
  const [first = []] = found;
  assert.deepEqual(first.map(({ algorithm }) => algorithm).toSorted(), ['ES256', 'RS256']);
  for (const keys of found) assert.deepEqual(keys.map(({ id }) => id).toSorted(), first.map(({ id }) => id).toSorted());
});

test('a new pair is published at once and signs after a day; the old one goes when its tokens are past', async () => {
  let now = NOON;
  const store = await memoryStore({ now: () => now });
  const old = await signingKeys(store, now);
  const made = await rotateSigningKeys(store, now);
  const signer = async () => {
    const keys = await signingKeys(store, now);
    return { signs: jwksOf(keys, now).keys.find(({ alg }) => alg === 'ES256')?.kid, count: keys.length, keys };
  };
  const ofAlg = (keys: typeof old) => keys.find(({ algorithm }) => algorithm === 'ES256')?.id;
  const before = await signer();
  assert.deepEqual([before.signs, before.count], [ofAlg(old), 4]);
  now = hours(25);
  const after = await signer();
  assert.deepEqual([after.signs, after.count], [ofAlg(made), 4]);
  assert.notEqual(jwksVersion(before.keys, NOON), jwksVersion(after.keys, now));
  now = hours(24 + 49);
  assert.deepEqual([(await signer()).signs, (await signer()).count], [ofAlg(made), 2]);
});
