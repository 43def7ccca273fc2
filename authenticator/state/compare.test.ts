import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMON_FORM, type Entry } from '../codes/entry.ts';
import { compare } from './compare.ts';

const entry = (issuer: string, account: string, byte: number, more: Partial<Entry> = {}): Entry => ({
  ...COMMON_FORM,
  issuer,
  account,
  secret: new Uint8Array(20).fill(byte),
  ...more,
});
const present = [
  { ...entry('Harbour', 'ann', 1), id: 'ann' },
  { ...entry('', '', 2), id: 'nameless' },
];

test('the very same codes are here already, whatever they are called', () => {
  assert.equal(compare([entry('Other', 'name', 1)], present)[0]?.here, 'ann');
  assert.equal(compare([entry('Harbour', 'ann', 1, { digits: 8 })], present)[0]?.here, null, 'other codes');
});

test('the same name with other codes may be the same account, set up anew', () => {
  const [candidate] = compare([entry('HARBOUR', 'Ann', 3)], present);
  assert.deepEqual([candidate?.here, candidate?.sameName], [null, 'ann']);
});

test('without a name nothing is taken for anything', () => {
  assert.equal(compare([entry('', '', 9)], present)[0]?.sameName, null);
});

test('what comes twice in one export goes in once', () => {
  const both = compare([entry('A', 'a', 5), entry('A', 'a', 5)], []);
  assert.deepEqual(
    both.map(({ here }) => here === null),
    [true, false],
  );
});
