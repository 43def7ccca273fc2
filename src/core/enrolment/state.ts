import type { Evidence } from '../assurance.ts';

/**
 * How a second step is bound. Nothing is live until it is proved: the unproved half lives in the enrolment's own row,
 * and only the effect `bind` makes an authenticator of it.
 */
export type Enrolment =
  /** After the deadline a password alone must not bind the first authenticator: a mailed code comes first. */
  | { at: 'guarding'; course: Course }
  /** Step 1: *Choose how you confirm it's you*. */
  | { at: 'choosing'; course: Course }
  /** Step 2: the QR code and the long code. */
  | { at: 'scanning'; course: Course; type: string }
  /** Step 3: the first code; step 2 of what is bound in one step. */
  | { at: 'proving'; course: Course; type: string }
  /** Step 4: a number, then the code sent to it; may be skipped. */
  | { at: 'adding-sms'; course: Course; evidence: Evidence[]; sent: boolean }
  /** Step 5: the backup code is on the screen; ticked and typed back, it is live. */
  | {
      at: 'keeping-code';
      course: Course;
      evidence: Evidence[];
      /** The step for text messages came before, so this is step 5 and not 4. */
      sms: boolean;
    }
  | { at: 'bound'; course: Course; evidence: Evidence[] }
  | { at: 'ended'; because: 'left' | 'expired' | 'superseded' };

/** Which of the wizard's roads this is. */
export type Course =
  /** The first second step. */
  | 'first'
  /** *Move to a new phone*: bind the new, unbind the old, in one commit. */
  | 'move'
  /** *Get a new backup code*, or the one that follows a spent one. */
  | 'backup-code';

export type EnrolmentEvent =
  | { type: 'guard-passed' }
  | { type: 'chosen'; authenticator: string }
  | { type: 'scanned' }
  | { type: 'back' }
  /** The new authenticator gave a right code. */
  | { type: 'proved'; evidence: Evidence }
  | { type: 'sms-sent' }
  | { type: 'sms-proved' }
  | { type: 'sms-skipped' }
  /** The box is ticked and the locator was typed back. */
  | { type: 'code-kept' }
  | { type: 'left' };

export type EnrolmentWorld = {
  now: Temporal.Instant;
  /** Types that the organisation offers, in order. */
  offered: readonly string[];
  /** Those of them that are bound in one step: there is nothing to scan. */
  oneStep: readonly string[];
  /** The step for text messages is shown: a provider is configured, policy allows it, none is bound. */
  smsOffered: boolean;
  /** A confirmed backup code is there already (when moving to a new phone). */
  hasBackupCode: boolean;
};

export type EnrolmentEffect =
  /** Make the secret that the QR code shows; an earlier one of another type is superseded. */
  | { do: 'make-pending'; type: string }
  /** The pending authenticator becomes live; with `replacing`, the account's earlier ones of that rank end with it. */
  | { do: 'bind'; type: string; replacing: boolean }
  /** The proved number becomes an authenticator. */
  | { do: 'bind-sms' }
  /** Make a backup code and keep it sealed in the enrolment until it is confirmed. */
  | { do: 'make-backup-code' }
  /** The confirmed code becomes live and an earlier one ends. */
  | { do: 'bind-backup-code' }
  | { do: 'audit'; event: EnrolmentAudit; detail?: Record<string, string | number | boolean> };

export type EnrolmentAudit =
  | 'enrolment.guard-passed'
  | 'enrolment.chosen'
  | 'enrolment.scanned'
  | 'enrolment.proved'
  | 'enrolment.sms-bound'
  | 'enrolment.sms-skipped'
  | 'enrolment.complete'
  | 'enrolment.left'
  | 'enrolment.out-of-order';

/** The numbered steps a person sees for a course: "Step 2 of 5". */
export function stepsOf(
  course: Course,
  world: { smsOffered: boolean; hasBackupCode: boolean; nothingToScan: boolean },
): Step[] {
  const sms: Step[] = world.smsOffered ? ['sms'] : [];
  const scan: Step[] = world.nothingToScan ? [] : ['scan'];
  switch (course) {
    case 'first':
      return ['choose', ...scan, 'prove', ...sms, 'keep'];
    case 'move':
      return ['choose', ...scan, 'prove', ...(world.hasBackupCode ? [] : (['keep'] as const))];
    case 'backup-code':
      return ['keep'];
  }
}

export type Step = 'choose' | 'scan' | 'prove' | 'sms' | 'keep';
