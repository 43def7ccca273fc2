import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMON_FORM, type Entry } from '../codes/entry.ts';
import { codeOf } from '../codes/totp.ts';
import type { Database, Head, Kept, KeptPhone, Settings } from './database.ts';
import { open, seal, makeKey } from './seal.ts';
import { makeSigningKey } from '../pairing/key.ts';
import { openVault, Overtaken } from './vault.ts';

const entry = (issuer: string): Entry => ({
  ...COMMON_FORM,
  issuer,
  account: 'n',
  secret: new TextEncoder().encode('12345678901234567890'),
});

test('an account computes its codes, and its secret cannot be read out of it', async () => {
  const vault = await openVault(memory());
  await vault.add([entry('A')]);
  const [account] = await vault.accounts();
  assert.ok(account);
  assert.equal(await codeOf(account.key, 1, account), '287082');
  assert.ok(!('secret' in account) && !account.key.extractable);
});

test('a box opens in its own place only', async () => {
  const key = await makeKey();
  const box = await seal(key, 'one', entry('A'));
  assert.deepEqual(await open(key, 'one', box), entry('A'));
  await assert.rejects(open(key, 'other', box));
  const database = memory();
  const vault = await openVault(database);
  const [a = '', b = ''] = await vault.add([entry('A'), entry('B')]);
  database.swap(a, b);
  await assert.rejects(vault.accounts());
});

test('no two boxes begin alike, however often the same is sealed', async () => {
  const key = await makeKey();
  const boxes = await Promise.all(Array.from({ length: 50 }, () => seal(key, 'one', entry('A'))));
  assert.equal(new Set(boxes.map(({ iv }) => iv.join())).size, 50);
});

test('a paired phone is kept with its codes, sealed anew with them, and gone when it is not known any more', async () => {
  const database = memory();
  const vault = await openVault(database);
  const { key } = await makeSigningKey();
  const id = await vault.pair({ id: 'phone', key, token: 'of this phone' }, entry('A'));
  assert.equal(key.extractable, false);
  assert.deepEqual(
    (await vault.accounts()).map((one) => one.id),
    [id],
  );
  const before = (await database.phones())[0]?.box.data;
  await vault.turnOff(); // everything again, under a new key
  assert.notDeepEqual((await database.phones())[0]?.box.data, before);
  assert.deepEqual(
    (await vault.phones()).map(({ token }) => token),
    ['of this phone'],
  );
  await vault.unpair('phone');
  assert.deepEqual(await vault.phones(), []);
  assert.equal((await vault.accounts()).length, 1, 'the codes are the person’s to remove');
});

test('a window that knows an older key writes nothing', async () => {
  const database = memory();
  const [first, second] = [await openVault(database), await openVault(database)];
  await first.add([entry('A')]);
  await first.turnOff(); // everything again, under a new key
  assert.equal(await second.isCurrent(), false);
  const before = await database.accounts();
  await assert.rejects(second.add([entry('B')]), Overtaken);
  assert.deepEqual(await database.accounts(), before);
  assert.deepEqual(
    (await first.entries()).map(({ issuer }) => issuer),
    ['A'],
    'and what was sealed anew opens',
  );
});

test('two windows that open for the first time at once share one key', async () => {
  const database = memory();
  const [first, second] = await Promise.all([openVault(database), openVault(database)]);
  await first.add([entry('A')]);
  await second.add([entry('B')]);
  for (const vault of [first, second])
    assert.deepEqual(
      (await vault.entries()).map(({ issuer }) => issuer),
      ['A', 'B'],
    );
});

test('the order is the one that was given, and a new account comes last', async () => {
  const vault = await openVault(memory());
  const ids = await vault.add(['A', 'B', 'C'].map(entry));
  await vault.order(ids.toReversed());
  await vault.add([entry('D')]);
  await vault.remove(ids[1] ?? '');
  assert.deepEqual(
    (await vault.accounts()).map(({ issuer }) => issuer),
    ['C', 'A', 'D'],
  );
});

test('what was emptied is empty, under another key', async () => {
  const database = memory();
  const vault = await openVault(database);
  await vault.add([entry('A')]);
  const before = await database.head();
  await vault.forget();
  assert.deepEqual(await vault.accounts(), []);
  assert.notEqual((await database.head())?.keyId, before?.keyId);
  await vault.add([entry('B')]);
  assert.equal((await vault.accounts()).length, 1);
});

/** The shape of `database.ts` without a browser; the journeys use the real one. */
function memory(): Database & { swap(a: string, b: string): void } {
  let head: Head | null = null;
  let settings: Settings = {};
  const all = new Map<string, Kept>();
  const phones = new Map<string, KeptPhone>();
  return {
    head: async () => head,
    accounts: async () => [...all.values()].sort((a, b) => a.position - b.position),
    phones: async () => [...phones.values()],
    write: async (keyId, change) => {
      if ((head?.keyId ?? null) !== keyId) return false;
      head = change.head ?? head;
      for (const one of change.put ?? []) all.set(one.id, one);
      for (const id of change.remove ?? []) all.delete(id);
      for (const one of change.putPhones ?? []) phones.set(one.id, one);
      for (const id of change.removePhones ?? []) phones.delete(id);
      return true;
    },
    settings: async () => settings,
    keepSettings: async (kept) => {
      settings = kept;
    },
    forget: async () => {
      head = null;
      all.clear();
      phones.clear();
    },
    swap: (a, b) => {
      const [first, second] = [all.get(a), all.get(b)];
      if (!first || !second) throw new Error('no such account');
      all.set(a, { ...first, box: second.box });
      all.set(b, { ...second, box: first.box });
    },
  };
}
