import type { HashCost } from '#authenticators/peppered-hash.ts';
import { forwardAuthPart } from './forward-auth.ts';
import { signInPart } from './sign-in-part.ts';
import { userinfoPart } from './userinfo.ts';
import { type World, world } from './world.ts';

// `npm run bench`: prints ratios, all parts or those that are named: `npm run bench -- forward-auth --quick`.
type Part = (world: World, size: { seconds: number; pairs: number }) => Promise<string>;

const PARTS: Record<string, Part> = { 'sign-in': signInPart, 'forward-auth': forwardAuthPart, userinfo: userinfoPart };

/** A cheaper yardstick shows more of what the program itself costs. */
const LEAST: HashCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

const given = process.argv.slice(2);
const size = given.includes('--quick') ? { seconds: 1, pairs: 3 } : { seconds: 4, pairs: 7 };
const named = given.filter((one) => !one.startsWith('--'));
for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
  const part = PARTS[name];
  if (!part) throw new Error(`No part is called ${name}; there are ${Object.keys(PARTS).join(', ')}`);
  await measured(part);
  if (part === signInPart) await measured(part, LEAST, '  with hashes of 19 MiB, the least that is allowed: ');
}

async function measured(part: Part, hashing?: HashCost, before = ''): Promise<void> {
  const own = await world(hashing);
  console.log(before + (await part(own, size)));
  await own.close();
}
