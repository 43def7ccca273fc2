import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { otpauthUri } from '#authenticators/totp/otpauth.ts';
import { encodeBase32 } from '#authenticators/totp/base32.ts';
import { Secret } from '#core/secret.ts';
import type { Entry } from '../codes/entry.ts';
import { readScan } from './read.ts';
import { migrationUri } from './testing.ts';

const LONG_CODE = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SECRET = new TextEncoder().encode('12345678901234567890');

const name = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replaceAll(/[\p{C}:%\s]+/gu, ' ').trim());
const secret = fc.uint8Array({ minLength: 10, maxLength: 64 }).map((bytes) => new Uint8Array(bytes));
const entry: fc.Arbitrary<Entry> = fc.record({
  issuer: name,
  account: name,
  secret,
  algorithm: fc.constantFrom('SHA-1', 'SHA-256', 'SHA-512'),
  digits: fc.constantFrom(6, 8),
  periodSeconds: fc.constantFrom(30, 60),
});

describe('an otpauth address', () => {
  test('of our own wizard is read back as it was written', () => {
    fc.assert(
      fc.property(name, name, secret, (issuer, account, bytes) => {
        const scan = readScan(otpauthUri({ issuer, account, secret: new Secret(bytes) }));
        assert.ok(scan.kind === 'otpauth');
        const { entry } = scan;
        assert.deepEqual([entry.issuer, entry.account, [...entry.secret]], [issuer, account, [...bytes]]);
      }),
    );
  });

  test('with everything said is read back too', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const scan = readScan(addressOf(one));
        assert.ok(scan.kind === 'otpauth');
        assert.deepEqual(plain(scan.entry), plain(one));
      }),
    );
  });

  for (const [text, why] of [
    [`otpauth://hotp/a?secret=${LONG_CODE}&counter=1`, 'counter-based'],
    [`otpauth://motp/a?secret=${LONG_CODE}`, 'broken-address'],
    ['otpauth:', 'broken-address'],
    ['otpauth://totp/a', 'no-secret'],
    ['otpauth://totp/a?secret=', 'no-secret'],
    ['otpauth://totp/a?secret=0189', 'bad-secret'],
    ['otpauth://totp/a?secret=GEZDGNBV', 'short-secret'],
    [`otpauth://totp/a?secret=${'A'.repeat(800)}`, 'long-secret'],
    [`otpauth://totp/a?secret=${LONG_CODE}&algorithm=MD5`, 'algorithm'],
    [`otpauth://totp/a?secret=${LONG_CODE}&digits=5`, 'digits'],
    [`otpauth://totp/a?secret=${LONG_CODE}&digits=six`, 'digits'],
    [`otpauth://totp/a?secret=${LONG_CODE}&period=0`, 'period'],
    [`otpauth://totp/a?secret=${LONG_CODE}&period=86400`, 'period'],
    ['', 'empty'],
    [' \n ', 'empty'],
    ['https://www.example.test/', 'web-address'],
    ['https://id.example.test/authenticator/pair', 'web-address'],
    ['WIFI:S:harbour;T:WPA;P:secret;;', 'something-else'],
    ['x'.repeat(10_000), 'something-else'],
    ['otpauth-migration://offline', 'broken-migration'],
    ['otpauth-migration://offline?data=%E0%A4%A', 'broken-migration'],
    ['otpauth-migration://offline?data=////', 'broken-migration'],
    ['otpauth-migration://offline?data=EAEYASAA', 'empty-migration'],
  ] as const)
    test(`${text.slice(0, 70)} is refused: ${why}`, () => {
      assert.deepEqual(readScan(text), { kind: 'unknown', why });
    });

  for (const [text, issuer, account] of [
    [`otpauth://totp/Acme:ann?secret=${LONG_CODE}`, 'Acme', 'ann'],
    [`otpauth://totp/Acme%3A%20ann?secret=${LONG_CODE}`, 'Acme', 'ann'],
    [`OTPAUTH://TOTP/ann?Secret=${LONG_CODE.toLowerCase()}&ISSUER=Acme`, 'Acme', 'ann'],
    [`otpauth://totp/Old:ann?issuer=New&secret=${LONG_CODE}`, 'New', 'ann'],
    [`otpauth://totp/100%?secret=${LONG_CODE}`, '', '100%'],
    [`otpauth://totp?secret=${LONG_CODE}&issuer=Acme`, 'Acme', ''],
    [`otpauth://totp/a%E2%80%AEb%00c?secret=${LONG_CODE}`, '', 'a b c'],
    [`otpauth://totp/a?secret=${LONG_CODE}&algorithm=&digits=&period=`, '', 'a'],
  ] as const)
    test(`${text} names ${issuer}, ${account}`, () => {
      const scan = readScan(`  ${text}\n`);
      assert.ok(scan.kind === 'otpauth');
      assert.deepEqual(plain(scan.entry), {
        issuer,
        account,
        secret: [...SECRET],
        algorithm: 'SHA-1',
        digits: 6,
        periodSeconds: 30,
      });
    });

  test('bits left over at the end of a secret are dropped, as every app does', () => {
    for (const length of [17, 18, 19, 20, 22, 26, 27, 30]) {
      const scan = readScan(`otpauth://totp/a?secret=${'7'.repeat(length)}`);
      assert.ok(scan.kind === 'otpauth', String(length));
      assert.deepEqual([...scan.entry.secret], Array(Math.floor((length * 5) / 8)).fill(255), String(length));
    }
  });
});

describe("Google's export", () => {
  test('is read back as it was written, in any number of parts', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 10 }), fc.integer({ min: 1, max: 9 }), (entries, of) => {
        const scan = readScan(migrationUri(entries, { of, index: of - 1 }));
        assert.ok(scan.kind === 'migration');
        assert.deepEqual(
          scan.entries.map(plain),
          entries.map((one) => plain({ ...one, periodSeconds: 30 })),
        );
        assert.deepEqual([scan.passedOver, scan.part], [0, { part: of, of }]);
      }),
    );
  });

  test('bytes written out by hand: two accounts, a negative batch number, the issuer in the name', () => {
    const data =
      'CicKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgNhbm4aBEFjbWUgASgBMAIKIwoUMTIzNDU2Nzg5MDEyMzQ1Njc4OTASBUI6Ym9iIAEoAjACEAEYASAAKJXzocT4%2F%2F%2F%2F%2FwE=';
    const scan = readScan(`otpauth-migration://offline?data=${data}`);
    assert.ok(scan.kind === 'migration');
    assert.deepEqual(scan.entries.map(plain), [
      { issuer: 'Acme', account: 'ann', secret: [...SECRET], algorithm: 'SHA-1', digits: 6, periodSeconds: 30 },
      { issuer: 'B', account: 'bob', secret: [...SECRET], algorithm: 'SHA-1', digits: 8, periodSeconds: 30 },
    ]);
  });

  test('what has no codes here is passed over and counted: counters, MD5, algorithms of tomorrow', () => {
    for (const wish of [{ type: 1 }, { algorithm: 4 }, { algorithm: 5000 }]) {
      const scan = readScan(migrationUri([{ secret: SECRET, account: 'a' }], wish));
      assert.deepEqual(scan, { kind: 'migration', entries: [], passedOver: 1, part: { part: 1, of: 1 } });
    }
  });

  test('cut short anywhere, it is refused or says less, and breaks nothing', () => {
    const whole = Buffer.from(decodeURIComponent(migrationUri([{ secret: SECRET }]).split('data=')[1] ?? ''), 'base64');
    for (let length = 0; length < whole.length; length += 1) {
      const text = encodeURIComponent(whole.subarray(0, length).toString('base64'));
      const scan = readScan(`otpauth-migration://offline?data=${text}`);
      assert.ok(scan.kind === 'unknown' || length > 30, String(length));
    }
  });
});

test('whatever is scanned, the answer is one of the list', () => {
  const schemes = fc.constantFrom('', 'otpauth://totp/', 'otpauth-migration://offline?data=', 'https://', 'otpauth:');
  fc.assert(
    fc.property(schemes, fc.string({ unit: 'binary' }), (scheme, rest) => {
      assert.ok(['otpauth', 'migration', 'pairing', 'unknown'].includes(readScan(scheme + rest).kind));
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const data = encodeURIComponent(Buffer.from(bytes).toString('base64'));
      assert.ok(['migration', 'unknown'].includes(readScan(`otpauth-migration://offline?data=${data}`).kind));
    }),
    { numRuns: 500 },
  );
});

test('an address that pairs is known from every other', () => {
  const scan = readScan('https://id.example.test/authenticator/pair#abc');
  assert.ok(scan.kind === 'pairing');
  assert.equal(scan.address.hash, '#abc');
});

function addressOf({ issuer, account, secret: bytes, algorithm, digits, periodSeconds }: Entry): string {
  const query = new URLSearchParams({
    secret: encodeBase32(bytes),
    issuer,
    algorithm: algorithm.replace('-', ''),
    digits: String(digits),
    period: String(periodSeconds),
  });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}

function plain({ secret: bytes, ...rest }: Entry) {
  return { ...rest, secret: [...bytes] };
}
