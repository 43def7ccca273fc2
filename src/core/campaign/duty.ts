/**
 * Why a person is asked: whose rule, since when, until when. The page, the audit line and the test read the same word.
 */
export type Because = {
  reason: 'campaign' | 'deferrals-spent' | 'deadline-passed' | 'unfinished' | 'application';
  /** The organisation whose rule it is. */
  organisation: string;
  organisationName: string;
  campaign: string | null;
  since: Temporal.Instant;
};

/** What is asked of a person who has no second step yet. */
export type Duty =
  | { kind: 'none'; because: 'no-campaign' | 'enrolled' | 'exempt' | 'not-started' | 'paused' }
  | {
      kind: 'invited';
      because: Because;
      /** First instant at which *Remind me later* is gone; null where it is only offered, and never required. */
      deadline: Temporal.Instant | null;
      /** The same as people say it: the last day on which it is still there, and the zone in which that day is meant. */
      lastDay: Temporal.PlainDate | null;
      timeZone: string;
      /** How often *Remind me later* may still be chosen; null as often as one likes. */
      deferralsLeft: number | null;
      /** False while the prompt is put off: a quiet banner is shown instead. */
      promptDue: boolean;
      /**
       * When the prompt comes back, if it is put off now or because it is put off already: after this many sign-ins or
       * at this instant, whichever is first.
       */
      returnsAfterSignIns: number;
      returnsAt: Temporal.Instant;
      /** The person's own rhythm says that this sign-in may be the last one before the deadline. */
      lastChance: boolean;
    }
  | {
      kind: 'required';
      because: Because;
      deadline: Temporal.Instant;
      lastDay: Temporal.PlainDate;
      timeZone: string;
      /** What a first authenticator bound after the deadline needs besides the password. */
      guard: 'mailed-code' | null;
    };
