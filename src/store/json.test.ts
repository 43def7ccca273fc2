import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { canonical, decode, encode } from './json.ts';

test('instants survive, to the last digit', () => {
  const at = Temporal.Instant.from('2026-03-02T12:00:00.123456789Z');
  const back = decode(encode({ evidence: [{ at, factors: ['knowledge'] }], pending: null })) as {
    evidence: { at: Temporal.Instant }[];
  };
  assert.ok(back.evidence[0]?.at instanceof Temporal.Instant);
  assert.equal(back.evidence[0].at.toString(), at.toString());
});

test('what would be lost in silence is refused', () => {
  const lost: unknown[] = [
    new Secret('hush'),
    { deep: [new Secret('hush')] },
    Number.NaN,
    [undefined],
    new Date(),
    new Map(),
    Temporal.PlainDate.from('2026-06-30'),
    () => 1,
    1n,
  ];
  for (const value of lost) assert.throws(() => encode(value), /cannot|can be kept|Not a value/);
});

test('a field that is not there stays away', () => {
  assert.equal(encode({ a: 1, b: undefined }), '{"a":1}');
});

test('the canonical form does not depend on the order of writing', () => {
  assert.equal(canonical({ b: 1, a: 'x', c: null }), '{"a":"x","b":1,"c":null}');
  assert.equal(canonical({ c: null, a: 'x', b: 1 }), canonical({ b: 1, a: 'x', c: null }));
});
