import type { Evidence, Level } from '../assurance.ts';
import type { Duty } from '../campaign/duty.ts';
import type { Course } from '../enrolment/state.ts';
import type { Refusal, Refused } from '../refusal.ts';

/**
 * How a person gets in. Three lists: where an attempt can be, what can happen to it, and what then follows. The rules
 * are in `decide.ts`; the drawing of them, generated, is in `docs/reference/machines.md`.
 *
 * An attempt is nobody until it is `complete`: no session exists before the effect `open-session`.
 */
export type SignIn =
  /** Nobody yet: the page asks for address and password. Never stored. */
  | { at: 'identifying'; demand: Demand }
  /** The goal is not reached yet: the second step, or a proof given again. */
  | { at: 'verifying'; demand: Demand; evidence: Evidence[]; goal: Level; failures: number }
  /** A campaign asks: *Enable* or, before the deadline, when a session would be in reach, *Remind me later*. */
  | { at: 'inviting'; demand: Demand; evidence: Evidence[]; goal: Level; failures: number }
  /** Proved by the paper or a text message: whoever has no phone any more should not find out the next time. */
  | { at: 'asking-about-phone'; demand: Demand; evidence: Evidence[]; remember: boolean; failures: number }
  /** Only the wizard, help and sign-out are open. `optional` when the person may go back to the invitation. */
  | { at: 'enrolling'; demand: Demand; evidence: Evidence[]; optional: boolean; because: EnrolReason }
  | { at: 'complete' }
  | { at: 'refused'; reason: Refusal };

/** Still there; there is a new one; lost or stolen. */
export type Phone = 'here' | 'new' | 'lost';

export type EnrolReason = 'accepted' | 'required' | 'demanded' | 'unfinished' | 'asked' | 'phone-gone' | 'recovered';

/** What the sign-in is for. Sign-in and step-up are the same machine with different demands. */
export type Demand = {
  /** `step-up` starts with the evidence of a live session and gives that session a new identifier. */
  entrance: 'sign-in' | 'step-up';
  /** What the place the person is going to asks for. */
  level: Level;
  /** The person asked for the wizard: it opens once the goal is reached. Null for an ordinary sign-in. */
  course: Course | null;
  /** A text message is not enough here: it is about a change of the account, and there is something stronger. */
  withoutText?: true;
};

export type SignInEvent =
  /** A proof was given, checked and claimed. `remember`: the box *Remember this device* was ticked. */
  | { type: 'proved'; evidence: Evidence; remember: boolean }
  /** A guess was refused. */
  | { type: 'disproved'; refused: Refused }
  /** A guess was not even looked at: the account's budget is spent. Costs the attempt nothing. */
  | { type: 'limited' }
  /** *Remind me later*. */
  | { type: 'deferred' }
  /** *Enable*. */
  | { type: 'accepted' }
  /** The wizard is finished, with what was proved in it. */
  | { type: 'enrolled'; evidence: Evidence[] }
  /** *Do you still have your phone?* */
  | { type: 'told-about-phone'; phone: Phone }
  /** Out of an optional wizard, back to the invitation. */
  | { type: 'reconsidered' };

/** What the decision depends on besides state and event; facts only. */
export type SignInWorld = {
  now: Temporal.Instant;
  accountActive: boolean;
  /**
   * `without-backup-code`: a second step is bound, but the backup code was never confirmed or has been spent.
   * `without-authenticator`: the other way round; the app was disabled after too many guesses.
   */
  enrolment: 'none' | 'without-backup-code' | 'without-authenticator' | 'enrolled';
  duty: Duty;
  /** An app is bound and alive: there is a phone to ask about. */
  hasPhone: boolean;
  /** A remembered device of this account, alive, made under today's security epoch. */
  deviceRemembered: boolean;
  /** May this device be remembered (policy, and not after a look-up secret). */
  mayRemember: boolean;
  restrictedIsSecondStep: boolean;
  comfortApprovalIsSecondStep: boolean;
  /** Failures after which an attempt dies. */
  attemptFailures: number;
};

/** What follows; one case each in `flows/perform.ts`. */
export type SignInEffect =
  | { do: 'open-session'; evidence: Evidence[]; level: Level; viaRememberedDevice: boolean }
  | { do: 'remember-device' }
  | { do: 'record-deferral'; organisation: string; campaign: string | null }
  /** The app is on a phone that is gone: it opens nothing from now on. */
  | { do: 'report-phone-lost' }
  | { do: 'start-enrolment'; because: EnrolReason; course: Course }
  | { do: 'audit'; event: SignInAudit; detail?: Record<string, string | number | boolean> };

export type SignInAudit =
  | 'sign-in.proved'
  | 'sign-in.refused'
  | 'sign-in.limited'
  | 'sign-in.complete'
  | 'sign-in.deferred'
  | 'sign-in.accepted'
  | 'sign-in.reconsidered'
  | 'sign-in.asked-about-phone'
  | 'sign-in.told-about-phone'
  | 'sign-in.out-of-order';

/** Both machines answer in this form. `refused` is what the person is told; the state is then what it was, or dead. */
export type Decision<State, Effect> = { state: State; effects: Effect[]; refused: Refused | null };
