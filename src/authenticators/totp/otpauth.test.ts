import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { otpauthUri } from './otpauth.ts';
import { grouped, makeSecret } from './secret.ts';

const secret = new Secret(new TextEncoder().encode('12345678901234567890'));
const LONG_CODE = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('label and issuer, percent-encoded', () => {
  assert.equal(
    otpauthUri({ issuer: 'Bakkerij van Dam', account: 'noor@vandam.example', secret }),
    `otpauth://totp/Bakkerij%20van%20Dam:noor%40vandam.example?secret=${LONG_CODE}&issuer=Bakkerij%20van%20Dam`,
  );
});

test('signs that mean something in an address, or to an app, stay in their place', () => {
  const uri = otpauthUri({ issuer: "A&B: 'Café' (50%+)", account: 'a/b?c#d:e', secret });
  const url = new URL(uri);
  assert.equal(url.searchParams.get('secret'), LONG_CODE);
  assert.equal(url.searchParams.get('issuer'), "A&B 'Café' (50%+)");
  assert.deepEqual(url.pathname.split('/').at(-1)?.split(':').map(decodeURIComponent), [
    "A&B 'Café' (50%+)",
    'a/b?c#d:e',
  ]);
  assert.doesNotMatch(uri, /[+'()\s]/);
});

test('half an emoji or no issuer at all is no fault', () => {
  assert.match(otpauthUri({ issuer: 'X\uD83D', account: 'a', secret }), /^otpauth:\/\/totp\/X%EF%BF%BD:a\?/);
  assert.equal(otpauthUri({ issuer: ' : ', account: 'a', secret }), `otpauth://totp/a?secret=${LONG_CODE}`);
});

test('the long code comes in groups of four', () => {
  assert.equal(grouped(secret), 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
});

test('a secret has 160 bits and is a new one each time', () => {
  assert.equal(makeSecret().reveal().length, 20);
  assert.notDeepEqual(makeSecret().reveal(), makeSecret().reveal());
});
