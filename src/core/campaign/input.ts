import type { Policy } from '../policy/policy.ts';

/** The facts that decide what is asked of one person. Facts only, no verdicts: a change of policy changes the future. */
export type DutyInput = {
  account: { firstSignInAt: Temporal.Instant | null; createdAt: Temporal.Instant; enrolled: boolean };
  memberships: readonly DutyMembership[];
  deferrals: readonly Deferral[];
  /** Completed sign-ins, newest first. */
  signIns: readonly Temporal.Instant[];
  extensions: readonly { campaign: string; until: Temporal.PlainDate }[];
  exemptions: readonly { organisation: string; until: Temporal.PlainDate }[];
};

export type DutyMembership = {
  organisation: { id: string; name: string; timeZone: string };
  joinedAt?: Temporal.Instant;
  policy: Policy;
  campaigns: readonly Campaign[];
};

export type Campaign = {
  id: string;
  name: string;
  /** First day on which people are asked. */
  startsOn: Temporal.PlainDate;
  /** Last day of *later*: until and including. Null: offered, never required. */
  deadline: Temporal.PlainDate | null;
  status: 'draft' | 'running' | 'paused';
  createdAt: Temporal.Instant;
};

/** *Remind me later* was chosen. */
export type Deferral = { organisation: string; campaign: string | null; at: Temporal.Instant };
