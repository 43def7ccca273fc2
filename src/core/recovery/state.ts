import type { Refused } from '../refusal.ts';

/**
 * How an account is given back to an owner who has nothing left to sign in with. Three lists, as for a sign-in: where a
 * request can be, what can happen to it, and what then follows. It never opens a session: its end is *ready to bind
 * anew*, and a pass plus the password open the wizard.
 */
export type Recovery = OpenRecovery | EndedRecovery;

export type OpenRecovery =
  /** Asked for. Every address of the owner knows; nothing else is proved than what came with it. */
  | { at: 'opened'; facts: RecoveryFacts }
  /** The link in the mailbox was used. */
  | { at: 'mailbox-confirmed'; facts: RecoveryFacts }
  /** Enough proofs of different kinds: an agent may take it. */
  | { at: 'second-proof'; facts: RecoveryFacts }
  | { at: 'claimed'; facts: RecoveryFacts; agent: string }
  /** Everything on the organisation's list was seen. */
  | { at: 'checked'; facts: RecoveryFacts; agent: string }
  /** One person has approved exactly this; a second one has to. */
  | { at: 'approved'; facts: RecoveryFacts; agent: string; first: Approval }
  | RecoveryWaiting
  /** A pass can be had: with the password it opens the wizard. */
  | { at: 'ready'; facts: RecoveryFacts; approvals: Approval[]; since: Temporal.Instant };

export type RecoveryWaiting = {
  at: 'waiting';
  facts: RecoveryFacts;
  approvals: Approval[];
  since: Temporal.Instant;
  /** Kept, and not computed from today's policy: the owner was told this very moment. */
  readyAt: Temporal.Instant;
  /**
   * How long the server had been up. While it is down nobody can object, so that is no waiting. Absent in requests that
   * are older than this count.
   */
  sinceLivedMs?: number;
};

export type EndedRecovery =
  | { at: 'redeemed'; facts: RecoveryFacts; approvals: Approval[] }
  /** `reason`: for the member to read. */
  | { at: 'rejected'; facts: RecoveryFacts; by: string; reason: string }
  | { at: 'cancelled'; facts: RecoveryFacts; by: CancelledBy }
  | { at: 'expired'; facts: RecoveryFacts };

export type RecoveryFacts = {
  openedAt: Temporal.Instant;
  proofs: Proof[];
  /** What agents saw, newest last; the newest of a kind counts. */
  checks: Check[];
};

/** `by`: who vouched, having seen the person. */
export type Proof =
  | { kind: 'password' | 'mailbox'; at: Temporal.Instant }
  | { kind: 'vouched'; at: Temporal.Instant; by: string };

/** What an agent may be asked to see. Personal data that somebody can know is no proof, so none of it is here. */
export const CHECKS = ['same-number', 'called-back', 'manager-confirms', 'seen-on-video', 'document-shown'] as const;
export type CheckKind = (typeof CHECKS)[number];

/** What was seen and by whom; never the number of a document. */
export type Check = { kind: CheckKind; passed: boolean; seen: string; by: string; at: Temporal.Instant };

/** `digest` is of exactly what was looked at. */
export type Approval = { by: string; at: Temporal.Instant; digest: string };

/** `link`: from one of the notices. `signed-in`: with two steps, so nothing was lost. `change`: what opens the account changed. */
export type CancelledBy = 'page' | 'link' | 'signed-in' | 'change';

export type RecoveryEvent =
  | { type: 'mailbox-confirmed' }
  | { type: 'password-proved' }
  | { type: 'vouched'; by: string }
  | { type: 'claimed'; by: string }
  | { type: 'check-recorded'; check: Omit<Check, 'at'> }
  | { type: 'approved'; by: string; digest: string }
  | { type: 'rejected'; by: string; reason: string }
  | { type: 'cancelled'; by: CancelledBy }
  /** The wizard that the pass opened has proved a new authenticator. */
  | { type: 'redeemed' };

/** What the decision depends on besides state and event; facts only. */
export type RecoveryWorld = {
  now: Temporal.Instant;
  /** Of the request as it is stored now; an approval of anything else is void. */
  digest: string;
  /** What the organisation's policy wants to be seen. */
  checks: readonly CheckKind[];
  delay: Temporal.Duration;
  /** How long the server has been up. */
  livedMs: number;
  lives: Temporal.Duration;
  /** The owner administers, or helps at a desk: then two people must have seen them. */
  inPersonOnly: boolean;
};

/** What the owner is told, one case each in `flows/recovery/tell.ts`. */
export type RecoveryNews = 'vouched' | 'claimed' | 'checked' | 'waiting' | 'ready' | 'rejected' | 'cancelled';

export type RecoveryDecision = { state: Recovery; news: RecoveryNews | null; refused: Refused | null };
