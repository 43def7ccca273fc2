import assert from 'node:assert/strict';
import type { Authenticator, CheckContext } from '#core/authenticator.ts';
import { Secret } from '#core/secret.ts';
import { createAuthenticatorTypes } from './index.ts';

/** Stand-ins for the tests of this folder: cheap hashes, a fixed moment, a bound row. */
export const cheapHashing = { memoryKiB: 8, passes: 1, lanes: 1 };
export const pepper = new Secret(new Uint8Array(32).fill(7));
export const cheapTypes = () => createAuthenticatorTypes({ pepper, hashing: cheapHashing });

export const WALL = Temporal.Instant.from('2026-06-30T12:00:10Z');
/** The policies' clock stands elsewhere, so that a test notices when the two are mixed up. */
export const NOW = Temporal.Instant.from('2027-01-01T09:00:00Z');

export function contextWith(changes: Partial<CheckContext> = {}): CheckContext {
  return { now: NOW, wall: WALL, challenge: null, others: [], ...changes };
}

export function boundWith(changes: Partial<Authenticator> & Pick<Authenticator, 'type' | 'secret'>): Authenticator {
  return {
    id: 'authenticator-1',
    account: 'account-1',
    label: '',
    hint: '',
    boundAt: NOW,
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    ...changes,
  };
}

/** Like `deepEqual`, which takes any two `Temporal` values for equal: it sees no properties in them. */
export function same(actual: unknown, expected: unknown, about?: string): void {
  const [a, b] = [actual, expected].map((one) => JSON.stringify(one, null, 2));
  const differs = about === undefined ? 'not the same' : `not the same: ${about}`;
  assert.deepEqual(JSON.parse(a ?? 'null'), JSON.parse(b ?? 'null'), `${differs}\n${a}\n${b}`);
}
