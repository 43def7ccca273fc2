import { has, vouchers } from './proofs.ts';
import type { Recovery } from './state.ts';

/** What an agent should know before looking: each is a reason to look twice, none is a verdict. */
export const RISKS = [
  'without-password',
  'no-mailbox',
  'new-password',
  'asked-before',
  'said-not-me',
  'opens-other-accounts',
  'several-organisations',
] as const;
export type Risk = (typeof RISKS)[number];

export type RiskFacts = {
  state: Recovery;
  /** The password is younger than the time in which a contact counts as new. */
  passwordIsNew: boolean;
  askedBefore: boolean;
  /** A request was refused on the phone of this account, lately: somebody else had the password. */
  saidNotMe: boolean;
  hasDesk: boolean;
  organisations: number;
};

export function risksOf({ state, passwordIsNew, askedBefore, saidNotMe, hasDesk, organisations }: RiskFacts): Risk[] {
  const { proofs } = state.facts;
  const is: Record<Risk, boolean> = {
    'without-password': !has(proofs, 'password'),
    'no-mailbox': !has(proofs, 'mailbox'),
    'new-password': passwordIsNew,
    'asked-before': askedBefore,
    'said-not-me': saidNotMe,
    'opens-other-accounts': hasDesk,
    'several-organisations': organisations > 1,
  };
  // Two people have seen the person: what they did not prove otherwise weighs less.
  const seen = vouchers(proofs) >= 2;
  return RISKS.filter((risk) => is[risk] && !(seen && (risk === 'without-password' || risk === 'no-mailbox')));
}

export type RiskLevel = 'low' | 'raised' | 'high';

export function riskLevel(risks: readonly Risk[]): RiskLevel {
  if (risks.length >= 2 || risks.includes('opens-other-accounts')) return 'high';
  return risks.length === 1 ? 'raised' : 'low';
}
