import type { Evidence, Factor } from './assurance.ts';
import type { Refusal, RefusalDetail } from './refusal.ts';
import type { Secret } from './secret.ts';

/** A bound authenticator: a row that belongs to an account. Rows are ended, never deleted (NIST SP 800-63B-4 §4.1). */
export type Authenticator = {
  id: string;
  account: string;
  type: string;
  /** What the person calls it, for instance the name of the entry in the app. */
  label: string;
  /** What the type keeps: opened by the store, sealed in the database. Emptied when the authenticator ends. */
  secret: Secret<Uint8Array>;
  /** What may be shown of it: the last digits of a number, the locator of a backup code. Never a secret. */
  hint: string;
  boundAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
  /** Highest value of the type's counter that was accepted (TOTP: the time step); −1 before the first. */
  counter: number;
  /** Consecutive refused guesses; at 100 the authenticator is disabled (NIST SP 800-63B-4 §3.2.2). */
  failures: number;
  disabledAt: Temporal.Instant | null;
  /** What finds it without knowing the account, where the type has that: a passkey's credential id. One in the house. */
  handle?: string;
  /** What it was bound with: types of proofs joined by a plus sign, or `mail` for a password that a mailed link has set. */
  boundBy?: string;
  /** Since when a copy of it seems to be about: its counter went backwards. */
  flaggedAt?: Temporal.Instant;
  /** The authenticator it came with and goes with: the codes of a paired phone. */
  partOf?: string;
};

/**
 * What must be spent for a proof to count: one row with one winner. A check returns it; spending it, in the
 * transaction of the effect, is another hand's work.
 */
export type Claim =
  /** Nothing to spend: a password may be used again. */
  | { kind: 'none' }
  /** Raise the authenticator's counter to `value`; lost when it stands there or higher already. */
  | { kind: 'counter'; authenticator: string; value: number }
  /** End the authenticator itself: a look-up secret is good for one use. */
  | { kind: 'spend'; authenticator: string }
  /** Consume the open challenge the code was sent for. */
  | { kind: 'challenge'; challenge: string };

/** What a check found. */
export type Finding =
  | {
      ok: true;
      evidence: Evidence;
      claim: Claim;
      /** A stronger form of the secret to store instead (parameters raised on sign-in). */
      improved?: Secret<Uint8Array>;
      /** What is kept in place of the pending secret: where the authenticator itself chose the key, or only hashes stay. */
      made?: Made;
    }
  | { ok: false; refusal: Refusal; detail?: RefusalDetail };

/** What is kept of a new authenticator in place of the pending one. `label` is what it is called until the person says otherwise. */
export type Made = Pick<Authenticator, 'secret' | 'label' | 'hint' | 'counter' | 'handle'>;

/** A code on its way to a person: a row that can be consumed once. */
export type Challenge = {
  id: string;
  account: string;
  /** The bound authenticator it was sent to, or null while a number is only being proved. */
  authenticator: string | null;
  /** The attempt, session or enrolment that asked for it; an answer given elsewhere is worth nothing. */
  holder: string;
  purpose: 'verify' | 'bind' | 'guard';
  /** Keyed hash of the code. */
  codeHash: Uint8Array;
  /** Where it went (an E.164 number or an address). */
  destination: Secret;
  tries: number;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/**
 * What an answer is held against where browser and authenticator speak for the person (WebAuthn): made by the server
 * before, and its challenges spent already.
 */
export type Ceremony = {
  challenges: readonly Uint8Array[];
  /** The one place where it may have been given, and the name it was given for. */
  origin: string;
  rpId: string;
  account: string;
  /** The answer itself has to say whose it is: nobody has been named yet. */
  mustNameOwner: boolean;
  /** The device must have checked its owner (a finger, a face, a number): both factors at once. */
  mustVerifyUser: boolean;
  accepts: PasskeyRules;
};

/** Which passkeys an organisation accepts. `makes`: by AAGUID. */
export type PasskeyRules = { offered: boolean; deviceBoundOnly: boolean; makes: readonly string[] | 'any' };

/** What a check may look at besides the answer. */
export type CheckContext = {
  /** The time of policies; in the demonstration it can be moved. */
  now: Temporal.Instant;
  /** The time on the wall: what a real phone shows. */
  wall: Temporal.Instant;
  /** The open challenge of this attempt, where the type sends one. */
  challenge: Challenge | null;
  /** The account's other authenticators, for the wrong-code doctor. */
  others: readonly Authenticator[];
  /** Where the type has one. */
  ceremony?: Ceremony;
  /** The network the answer comes from: where a check is slow, each has its turn. */
  from?: string;
};

/** A secret that is being bound but is not proved yet: inert, sealed in the enrolment, gone with it. */
export type Pending = { type: string; secret: Secret<Uint8Array>; label: string; madeAt: Temporal.Instant };

/**
 * What every authenticator type implements: one folder under `authenticators/`, one line in its `index.ts`.
 * Nothing here stores, sends or spends anything.
 */
export type AuthenticatorType = {
  type: string;
  factors: readonly Factor[];
  restricted: boolean;
  phishingResistant: boolean;
  /** Charged to the account's guess budget before it is compared. Passwords have a budget of their own. */
  guessable: boolean;
  /** Sends a code first, which the person then types. */
  sendsCode: boolean;
  /** `verify` takes microseconds and waits for nothing, so that it may run inside a transaction. */
  quick?: true;
  /** Offered as a choice of the wizard's first step. */
  enrollable: boolean;
  /** Bound in one step, by a {@link Ceremony}: there is nothing to scan first. */
  oneStep?: boolean;
  /** Somebody types a number into it that our page shows; policy says how long it is. */
  approves?: boolean;
  /** Best first, in the list of a person's second steps; lower is better. */
  rank: number;
  /** Makes the unproved half of a binding. Only where `enrollable`. */
  begin?(context: { label: string; now: Temporal.Instant; codesOnCard: number }): Pending;
  /** Checks the first answer from the new authenticator; `superseded` are earlier secrets of this wizard. */
  prove?(
    pending: Pending,
    answer: string,
    context: CheckContext & { superseded: readonly Pending[] },
  ): Promise<Finding>;
  /** Checks an answer against a bound authenticator. */
  verify(bound: Authenticator, answer: string, context: CheckContext): Promise<Finding>;
};
