import { availableParallelism } from 'node:os';
import { people, PASSWORD } from './people.ts';
import { sideBySide } from './rounds.ts';
import { signIns } from './sign-in.ts';
import type { World } from './world.ts';

/**
 * The yardstick of a sign-in is the password hash alone, on the same machine, in the same process, in turns: what is
 * missing to 1 is everything else that a sign-in costs.
 */
export async function signInPart(
  { nachtslot, wall }: World,
  size: { seconds: number; pairs: number },
): Promise<string> {
  const { store, types, clock } = nachtslot.deps;
  const everybody = await people(nachtslot, 200);
  const account = everybody[0]?.id ?? '';
  const bound = (await store.read.authenticators.of(account)).find((one) => one.type === 'password');
  if (!bound) throw new Error('nobody has a password');
  const context = { now: clock.now(), wall: wall.at, challenge: null, others: [] };
  const hashAlone = async () => {
    const finding = await types.password.verify(bound, PASSWORD, context);
    if (!finding.ok) throw new Error(finding.refusal);
  };
  const wholeSignIn = signIns(nachtslot, everybody, {
    advanceWall: () => {
      wall.at = wall.at.add({ seconds: 30 });
    },
  });
  const result = await sideBySide(wholeSignIn, hashAlone, { ...size, atOnce: 4 * availableParallelism() });
  return (
    `sign-in with password and code ÷ bare password hash: ${result.ratio.toFixed(2)} ` +
    `(${result.lowest.toFixed(2)}–${result.highest.toFixed(2)}, ${result.perSecond.toFixed(0)} sign-ins a second; goal 0.85); ` +
    `in processor time ${result.processor.toFixed(2)}`
  );
}
