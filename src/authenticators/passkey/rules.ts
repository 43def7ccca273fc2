import type { Authenticator, PasskeyRules } from '#core/authenticator.ts';
import type { Policy } from '#core/policy/policy.ts';
import { aboutPasskey } from './makes.ts';

export function rulesOf(
  policy: Pick<Policy, 'passkeysOffered' | 'passkeysDeviceBoundOnly' | 'passkeyMakes'>,
): PasskeyRules {
  const { passkeysOffered, passkeysDeviceBoundOnly, passkeyMakes } = policy;
  return { offered: passkeysOffered, deviceBoundOnly: passkeysDeviceBoundOnly, makes: passkeyMakes };
}

/** The same rules where one is made and where one is used: a stricter policy counts from the next sign-in. */
export function isAccepted(one: { aaguid: string; synced: boolean }, rules: PasskeyRules): boolean {
  if (!rules.offered || (rules.deviceBoundOnly && one.synced)) return false;
  return rules.makes === 'any' || rules.makes.includes(one.aaguid);
}

/** Bound, and yet not to be used here. */
export function isBarred(bound: Authenticator, rules: PasskeyRules): boolean {
  return bound.type === 'passkey' && !isAccepted(aboutPasskey(bound.hint), rules);
}
