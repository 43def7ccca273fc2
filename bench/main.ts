import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '#src/main.ts';
import { makeKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import { people, PASSWORD } from './people.ts';
import { sideBySide } from './rounds.ts';
import { ORIGIN, signIns } from './sign-in.ts';

// `npm run bench`: prints ratios. The yardstick of a sign-in is the password hash alone, on the same machine, in the
// same process, in turns: what is missing to 1 is everything else that a sign-in costs.
const folder = mkdtempSync(join(tmpdir(), 'nachtslot-bench-'));
const quick = process.argv.includes('--quick');
let wall = Temporal.Now.instant();
const clock = { now: () => Temporal.Now.instant(), wall: () => wall };
const keys = makeKeys();
const store = await openStore({ url: `sqlite:${join(folder, 'bench.db')}`, keys, now: clock.now });
const nachtslot = await assemble({
  store,
  keys,
  publicUrl: new URL(ORIGIN),
  clock,
  transports: { mail: null, sms: null },
  trustedProxies: [],
  log: console,
});

const everybody = await people(nachtslot, 200);
const account = everybody[0]?.id ?? '';
const bound = (await store.read.authenticators.of(account)).find((one) => one.type === 'password');
if (!bound) throw new Error('nobody has a password');
const context = { now: clock.now(), wall, challenge: null, others: [] };
const hashAlone = async () => {
  const finding = await nachtslot.deps.types.password.verify(bound, PASSWORD, context);
  if (!finding.ok) throw new Error(finding.refusal);
};
const wholeSignIn = signIns(nachtslot, everybody, {
  advanceWall: () => {
    wall = wall.add({ seconds: 30 });
  },
});

const size = quick ? { seconds: 1, pairs: 3 } : { seconds: 4, pairs: 7 };
const result = await sideBySide(wholeSignIn, hashAlone, { ...size, atOnce: 4 * availableParallelism() });
console.log(
  `sign-in with password and code ÷ bare password hash: ${result.ratio.toFixed(2)} ` +
    `(${result.lowest.toFixed(2)}–${result.highest.toFixed(2)}, ${result.perSecond.toFixed(0)} sign-ins a second; goal 0.85); ` +
    `in processor time ${result.processor.toFixed(2)}`,
);
await store.close();
rmSync(folder, { recursive: true });
