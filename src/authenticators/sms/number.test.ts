import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hintOf, maskNumber, readNumber } from './number.ts';

const read = (input: string, countries = ['GB', 'NL', 'US'], defaultCountry: 'GB' | 'NL' = 'GB') => {
  const answer = readNumber(input, { countries, defaultCountry });
  return 'refusal' in answer ? answer.refusal : answer.e164;
};

describe('reading a number', () => {
  test('as people write it', () => {
    for (const input of ['+44 7700 900123', '07700 900123', '(07700) 900-123', '0044 7700 900 123', ' 07700900123 '])
      assert.equal(read(input), '+447700900123', input);
    assert.equal(read('06 12345678', ['NL'], 'NL'), '+31612345678');
    assert.equal(read('+1 (202) 555-0123'), '+12025550123');
  });

  test('nothing, too little, too much, something else', () => {
    assert.equal(read(' '), 'number-missing');
    for (const input of [
      '12',
      '+44 7700 90012',
      'call me',
      'my number is 07700 900123',
      '+44 7700 900123 ext. 4',
      '９'.repeat(60),
    ])
      assert.equal(read(input), 'number-invalid', input);
  });

  test('no text message arrives on a landline or a freephone number', () => {
    for (const input of ['+44 20 7946 0000', '+31 20 624 1111', '+44 800 111 1111'])
      assert.equal(read(input), 'number-not-mobile', input);
  });

  test('numbers that somebody earns with', () => {
    for (const input of ['+44 909 879 0000', '+31 900 123456', '+44 70 0000 0000', '+44 844 811 0000'])
      assert.equal(read(input), 'number-premium', input);
  });

  test('only countries on the list; satellites are in none', () => {
    assert.equal(read('+1 202 555 0123', ['GB']), 'number-country-not-served');
    assert.equal(read('+44 7700 900123', ['NL']), 'number-country-not-served');
    assert.equal(read('+870 773 111 632'), 'number-country-not-served');
    assert.equal(read('+49 1512 3456789'), 'number-country-not-served');
  });

  test("Ofcom's numbers for fiction end where they end", () => {
    assert.equal(read('+44 7700 900999'), '+447700900999');
    assert.equal(read('+44 7700 901000'), 'number-invalid');
  });
});

describe('showing a number', () => {
  test('country and last three digits', () => {
    assert.equal(maskNumber('+447700900123'), '+44 •••• ••• 123');
    assert.equal(maskNumber('+31612345678'), '+31 ••• ••• 678');
    assert.equal(maskNumber('+12025550123'), '+1 •••• ••• 123');
    assert.equal(hintOf('+447700900123'), '123');
  });

  test('what is no number shows nothing but its end', () => {
    assert.doesNotMatch(maskNumber('0123456789'), /[0-6]/);
  });
});
