import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSealingKey, makeKeys, onlyNewestSealingKey } from './keys.ts';
import { CannotOpen, makeSeal, sealedUnder } from './seal.ts';

const place = { table: 'authenticators', column: 'sealed_secret', row: 'app-1' };
const plain = new TextEncoder().encode('twelve o clock');

test('what is sealed opens at its place, and looks different each time', () => {
  const seal = makeSeal(makeKeys());
  const [one, other] = [seal.seal(plain, place), seal.seal(plain, place)];
  assert.deepEqual(seal.open(one, place), plain);
  assert.deepEqual(seal.open(other, place), plain);
  assert.notDeepEqual(one, other);
  assert.equal(Buffer.from(one).includes(Buffer.from(plain)), false);
});

test('it opens nowhere else', () => {
  const seal = makeSeal(makeKeys());
  const sealed = seal.seal(plain, place);
  for (const elsewhere of [{ row: 'app-2' }, { column: 'label' }, { table: 'outbox' }])
    assert.throws(() => seal.open(sealed, { ...place, ...elsewhere }), CannotOpen);
});

test('a single changed bit is found, wherever it is', () => {
  const seal = makeSeal(makeKeys());
  const sealed = seal.seal(plain, place);
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.with(at, (sealed[at] ?? 0) ^ 1);
    assert.throws(() => seal.open(changed, place), CannotOpen, `byte ${at}`);
  }
  for (const length of [1, 5, 32, sealed.length - 1])
    assert.throws(() => seal.open(sealed.slice(0, length), place), CannotOpen, `cut to ${length}`);
});

test('the newest key seals and every key opens, until an old one is thrown away', () => {
  const first = makeKeys();
  const both = addSealingKey(first);
  const old = makeSeal(first).seal(plain, place);
  const seal = makeSeal(both);
  const renewed = seal.seal(plain, place);
  assert.deepEqual([sealedUnder(old), sealedUnder(renewed)], [1, 2]);
  assert.deepEqual(seal.open(old, place), plain);
  const onlyNew = makeSeal(onlyNewestSealingKey(both));
  assert.deepEqual(onlyNew.open(renewed, place), plain);
  assert.throws(() => onlyNew.open(old, place), /no key of version 1/);
});

test('another key file does not open it', () => {
  const sealed = makeSeal(makeKeys()).seal(plain, place);
  assert.throws(() => makeSeal(makeKeys()).open(sealed, place), CannotOpen);
});

test('nothing stays nothing, so that an emptied secret needs no key', () => {
  const seal = makeSeal(makeKeys());
  assert.equal(seal.seal(new Uint8Array(0), place).length, 0);
  assert.equal(seal.open(new Uint8Array(0), place).length, 0);
});

test('a place whose parts could run into each other is refused', () => {
  const seal = makeSeal(makeKeys());
  assert.throws(() => seal.seal(plain, { ...place, row: 'app|1' }), /must not contain/);
});
