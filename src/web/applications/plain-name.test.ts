import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainName } from './plain-name.ts';

test('a name is one line of visible characters in their own direction', () => {
  assert.equal(plainName('  Payroll \n of the  Bakery '), 'Payroll of the Bakery');
  assert.equal(plainName('Pay\u202Eknab ruoy\u202C'), 'Pay knab ruoy');
  assert.equal(plainName('Pay\u200Broll\u0000\u2066x'), 'Pay roll x');
  assert.equal(plainName('<b>Loon</b> & co'), '<b>Loon</b> & co');
  assert.equal(plainName('é'.normalize('NFD')), 'é');
  assert.equal([...plainName('x'.repeat(500))].length, 60);
});
