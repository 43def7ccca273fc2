import { readPolicy } from '../policy/policy.ts';
import type { Duty } from './duty.ts';
import { enrolmentDuty } from './enrolment-duty.ts';
import type { Campaign, DutyInput, DutyMembership } from './input.ts';

/** People and organisations for the tests of this folder: a payroll in Amsterdam that starts on 1 May and ends on 30 June. */
export const instant = (text: string) => Temporal.Instant.from(text);
export const day = (text: string) => Temporal.PlainDate.from(text);

const longAgo = instant('2020-01-06T09:00:00Z');

export function campaign(differently: Partial<Campaign> = {}): Campaign {
  return {
    id: 'summer',
    name: 'Two steps by summer',
    startsOn: day('2026-05-01'),
    deadline: day('2026-06-30'),
    status: 'running',
    createdAt: longAgo,
    ...differently,
  };
}

export function employer(
  name: string,
  timeZone: string,
  campaigns: readonly Campaign[],
  overrides: Record<string, unknown> = {},
): DutyMembership {
  const { policy, problems } = readPolicy(overrides);
  if (problems.length > 0) throw new Error(`the test's policy is wrong: ${JSON.stringify(problems)}`);
  return { organisation: { id: name.toLowerCase(), name, timeZone }, policy, campaigns };
}

/** Somebody who has worked at the bakery for years and has no second step. */
export function person(differently: Partial<DutyInput> = {}): DutyInput {
  return {
    account: { firstSignInAt: longAgo, createdAt: longAgo, enrolled: false },
    memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign()])],
    deferrals: [],
    signIns: [],
    extensions: [],
    exemptions: [],
    ...differently,
  };
}

export function later(...instants: string[]): DutyInput['deferrals'] {
  return instants.map((at) => ({ organisation: 'bakery', campaign: 'summer', at: instant(at) }));
}

export function duty(input: DutyInput, at: string): Duty {
  return enrolmentDuty(input, instant(at));
}

export function invited(input: DutyInput, at: string): Duty & { kind: 'invited' } {
  const found = duty(input, at);
  if (found.kind !== 'invited') throw new Error(`expected an invitation, found ${JSON.stringify(found)}`);
  return found;
}

export function required(input: DutyInput, at: string): Duty & { kind: 'required' } {
  const found = duty(input, at);
  if (found.kind !== 'required') throw new Error(`expected a requirement, found ${JSON.stringify(found)}`);
  return found;
}
