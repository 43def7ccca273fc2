import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grouped, makeIban, readIban } from './iban.ts';

test('an account number is read as people write it', () => {
  for (const text of ['GB82 WEST 1234 5698 7654 32', 'gb82west12345698765432', ' GB82-WEST-1234-5698-7654-32 '])
    assert.deepEqual(readIban(text), { iban: 'GB82WEST12345698765432' });
  assert.equal(grouped('NL91ABNA0417164300'), 'NL91 ABNA 0417 1643 00');
});

test('what is wrong with it is said', () => {
  const fault = (text: string) => {
    const read = readIban(text);
    return 'fault' in read ? read.fault : 'none';
  };
  assert.equal(fault('   '), 'empty');
  assert.equal(fault('my usual account'), 'characters');
  assert.equal(fault('1234567890'), 'characters');
  assert.equal(fault('ZZ82 WEST 1234'), 'country');
  assert.equal(fault('GB82 WEST 1234 5698 7654 3'), 'length');
  assert.equal(fault('GB82 WEST 1234 5698 7654 23'), 'checksum');
  assert.deepEqual(readIban('NL91 ABNA 0417 1643'), { fault: 'length', country: 'NL', should: 18, is: 16 });
});

test('two digits that change places are always noticed', () => {
  const iban = 'GB82WEST12345698765432';
  for (let at = 4; at < iban.length - 1; at += 1) {
    const [one = '', other = ''] = iban.slice(at, at + 2);
    if (one === other) continue;
    const swapped = iban.slice(0, at) + other + one + iban.slice(at + 2);
    assert.notDeepEqual(readIban(swapped), { iban: swapped }, swapped);
  }
});

test('made-up accounts have the check digits that real ones would have', () => {
  assert.equal(makeIban('GB', 'WEST12345698765432'), 'GB82WEST12345698765432');
  const made = makeIban('NL', 'TALY0000000017');
  assert.deepEqual(readIban(made), { iban: made });
});
