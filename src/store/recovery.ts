import type { Recovery } from '#core/recovery/state.ts';

/** A request of somebody who has nothing left to sign in with. */
export type RecoveryCase = {
  id: string;
  account: string;
  /** The desk that looks after it: of the organisation that the person joined first. */
  organisation: string;
  /** Six digits that both sides see: how an agent knows that the voice belongs to this request. Not a secret. */
  number: string;
  /** With the right password, from the help centre without one, or by the operator of the server. */
  started: 'second-step' | 'help-centre' | 'command-line';
  /** As stored; what time has made of it says `asOf`. */
  state: Recovery;
  openedAt: Temporal.Instant;
  claimedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
};

/** An account that one person at the desk has closed; two open it again. */
export type Freeze = {
  id: string;
  account: string;
  organisation: string;
  reason: string;
  frozenBy: string;
  frozenAt: Temporal.Instant;
  firstThawBy: string | null;
  thawedAt: Temporal.Instant | null;
};

/** Stands in for the mailed code that guards a late enrolment. `codeHash`: SHA-256 of 80 random bits. */
export type Voucher = {
  id: string;
  account: string;
  organisation: string;
  codeHash: Uint8Array;
  madeBy: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  /** Used, or put out by a newer one. */
  endedAt: Temporal.Instant | null;
};

export type RecoveryReader = {
  byId(id: string): Promise<RecoveryCase | null>;
  /** Not ended yet as stored; time may have ended it. */
  openOf(account: string): Promise<RecoveryCase | null>;
  openByNumber(number: string): Promise<RecoveryCase | null>;
  /** The one that ended last, if any. */
  lastEndedOf(account: string): Promise<RecoveryCase | null>;
  /** Open ones and those that ended after `since`, oldest first. */
  ofOrganisation(organisation: string, since: Temporal.Instant): Promise<RecoveryCase[]>;
  freezeOf(account: string): Promise<Freeze | null>;
  freezesOf(organisation: string): Promise<Freeze[]>;
  /** Neither used nor replaced, expired or not, newest first. */
  vouchersOf(organisation: string): Promise<Voucher[]>;
};

export type RecoveryWriter = {
  create(row: RecoveryCase): Promise<void>;
  /** Locks the row until the end of the transaction. */
  lock(id: string): Promise<RecoveryCase | null>;
  save(id: string, change: Pick<RecoveryCase, 'state' | 'claimedAt' | 'endedAt'>): Promise<void>;
  freeze(row: Freeze): Promise<void>;
  /** The first of two. False when there is a first one already. */
  proposeThaw(id: string, by: string): Promise<boolean>;
  thaw(id: string, at: Temporal.Instant): Promise<boolean>;
  /** An earlier one of the account ends. */
  createVoucher(row: Voucher): Promise<void>;
  /** True for the one winner. */
  useVoucher(account: string, codeHash: Uint8Array, at: Temporal.Instant): Promise<boolean>;
};
