import type { Evidence } from '#core/assurance.ts';
import type { Authenticator, Challenge, Claim, Pending } from '#core/authenticator.ts';
import type { Enrolment } from '#core/enrolment/state.ts';
import type { Secret } from '#core/secret.ts';
import type { SignIn } from '#core/sign-in/state.ts';

/**
 * What is remembered, grouped by aggregate; verbs say the intent. Handed out in two halves: pages and readers get a
 * {@link Reader}, only `flows/`, `outbox/` and the command line get to write, and only inside a transaction.
 *
 * Times are `Temporal.Instant` here and integer milliseconds in the tables. Tokens are stored as SHA-256 of 256 random
 * bits; secrets are sealed (see `seal.ts`); a short code is kept as a keyed hash.
 */
export type Store = {
  read: Reader;
  /**
   * One short transaction; it resolves when what was written is on the disk. Never do slow work (a password hash, a
   * network call) inside, and nothing but what `tx` offers: PostgreSQL may run `work` again after a deadlock.
   */
  transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /** `ok`, or a sentence that says what is wrong. */
  health(): Promise<string>;
  close(): Promise<void>;
};

export type Organisation = {
  id: string;
  /** In addresses and the command line: `bakkerij-van-dam`. */
  slug: string;
  name: string;
  language: 'en' | 'nl';
  /** IANA name; a deadline is a date in this zone. */
  timeZone: string;
  /** Overrides of policy fields, by name; checked by `core/policy`. */
  policy: Record<string, unknown>;
  /** Whom a person may ask, and where: shown on prompts. */
  helpContact: string;
  /** One accent colour as `#rrggbb`, or empty. */
  colour: string;
  createdAt: Temporal.Instant;
};

export type Account = {
  id: string;
  name: string;
  language: 'en' | 'nl';
  status: 'active' | 'disabled';
  /** Rises with every change of what the account can be opened with; what was made under an older value is dead. */
  securityEpoch: number;
  /** First completed sign-in: a late joiner's clock starts here. */
  firstSignInAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
};

export type Address = {
  account: string;
  address: string;
  primary: boolean;
  confirmedAt: Temporal.Instant | null;
};

export type Role = 'member' | 'agent' | 'administrator';

export type Membership = { account: string; organisation: Organisation; role: Role; joinedAt: Temporal.Instant };

/** A roll-out as stored: facts and choices, no verdicts. */
export type CampaignRow = {
  id: string;
  organisation: string;
  name: string;
  /** First day on which people are asked. */
  startsOn: Temporal.PlainDate;
  /** Last day of *later*: until and including. Null: offered, not required. */
  deadline: Temporal.PlainDate | null;
  status: 'draft' | 'running' | 'paused';
  createdAt: Temporal.Instant;
};

export type DeferralRow = { account: string; organisation: string; campaign: string | null; at: Temporal.Instant };
export type ExtensionRow = { account: string; campaign: string; until: Temporal.PlainDate; reason: string; by: string };
export type ExemptionRow = {
  account: string;
  organisation: string;
  until: Temporal.PlainDate;
  reason: string;
  owner: string;
};

/** A sign-in under way. The cookie carries a token whose hash is `tokenHash`. */
export type Attempt = {
  id: string;
  tokenHash: Uint8Array;
  account: string;
  state: SignIn;
  securityEpoch: number;
  /** The live session that is being raised, for a step-up. */
  session: string | null;
  /** Own-origin path the person was going to. */
  returnTo: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  endedAt: Temporal.Instant | null;
};

export type Session = {
  id: string;
  tokenHash: Uint8Array;
  account: string;
  evidence: Evidence[];
  viaRememberedDevice: boolean;
  securityEpoch: number;
  userAgent: string;
  address: string;
  createdAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
  /** Absolute end. */
  expiresAt: Temporal.Instant;
};

export type RememberedDevice = {
  id: string;
  tokenHash: Uint8Array;
  account: string;
  securityEpoch: number;
  userAgent: string;
  address: string;
  createdAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** A wizard under way, held by one attempt and worth nothing elsewhere. */
export type EnrolmentRow = {
  id: string;
  account: string;
  /** The attempt in which it runs. */
  holder: string;
  state: Enrolment;
  sealed: EnrolmentSecrets;
  securityEpoch: number;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** The unproved half of an enrolment; sealed in its row, emptied when it ends. */
export type EnrolmentSecrets = {
  pending: Pending | null;
  /** Earlier QR codes of this person's wizard, newest first, at most three: for the wrong-code doctor. */
  superseded: Pending[];
  /** The number that a code was sent to. */
  number: Secret | null;
  /** The backup code on the screen, until it is confirmed. */
  backupCode: Secret | null;
};

/** A one-time link that was sent or handed over. The address carries a token whose hash is `tokenHash`. */
export type Link = {
  id: string;
  tokenHash: Uint8Array;
  kind: 'reset' | 'activate' | 'not-me';
  account: string;
  securityEpoch: number;
  /** What the link is about, for instance the audit line that a `not-me` link answers. No secrets. */
  subject: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  consumedAt: Temporal.Instant | null;
};

/** Something to send, written in the transaction that causes it and sent after it. The payload is sealed. */
export type OutboxMessage = {
  id: string;
  channel: 'mail' | 'sms';
  account: string | null;
  /** E-mail address or E.164 number. */
  to: Secret;
  /** Template name and the values it needs; may hold a code or a link. */
  payload: Secret;
  /** The same key is never queued twice. */
  idempotencyKey: string;
  runAt: Temporal.Instant;
  /** After this instant it is not sent any more (codes), or null. */
  expiresAt: Temporal.Instant | null;
  attempts: number;
};

export type AuditEntry = {
  at: Temporal.Instant;
  event: string;
  /** Account that acted, or null for a stranger or the system. */
  actor: string | null;
  /** Account it happened to. */
  account: string | null;
  address: string;
  userAgent: string;
  request: string;
  detail: Record<string, string | number | boolean | null>;
};

export type AuditLine = AuditEntry & { sequence: number; previous: string; hash: string };

/**
 * Which things of an account end. `links` are those that let somebody in: "this wasn't me" stays good. `except` keeps
 * the session or attempt in which the change was made; a wizard is named by its holder.
 */
export type Ending = {
  sessions?: boolean;
  attempts?: boolean;
  rememberedDevices?: boolean;
  links?: boolean;
  enrolments?: boolean;
  except?: { session?: string; attempt?: string; enrolment?: string };
};

export type Reader = {
  organisations: { all(): Promise<Organisation[]>; bySlug(slug: string): Promise<Organisation | null> };
  accounts: {
    byId(id: string): Promise<Account | null>;
    /** By normalised address; see `normaliseAddress`. Only a confirmed or primary address finds an account. */
    byAddress(address: string): Promise<Account | null>;
    addresses(account: string): Promise<Address[]>;
    memberships(account: string): Promise<Membership[]>;
    count(): Promise<number>;
    administrators(): Promise<Account[]>;
  };
  authenticators: {
    /** Alive ones, oldest first, secrets opened. */
    of(account: string): Promise<Authenticator[]>;
    byId(id: string): Promise<Authenticator | null>;
  };
  campaigns: {
    of(organisations: string[]): Promise<CampaignRow[]>;
    deferrals(account: string): Promise<DeferralRow[]>;
    extensions(account: string): Promise<ExtensionRow[]>;
    exemptions(account: string): Promise<ExemptionRow[]>;
    /** Instants of completed sign-ins, newest first, at most `limit`. */
    signIns(account: string, limit: number): Promise<Temporal.Instant[]>;
  };
  attempts: { byToken(tokenHash: Uint8Array): Promise<Attempt | null>; byId(id: string): Promise<Attempt | null> };
  sessions: { byToken(tokenHash: Uint8Array): Promise<Session | null>; of(account: string): Promise<Session[]> };
  devices: {
    byToken(tokenHash: Uint8Array): Promise<RememberedDevice | null>;
    of(account: string): Promise<RememberedDevice[]>;
  };
  enrolments: {
    /** The one alive for this holder. */
    byHolder(holder: string): Promise<EnrolmentRow | null>;
    /** The newest of the account whatever its holder or end, made after `since`: for superseded QR codes. */
    latestOf(account: string, since: Temporal.Instant): Promise<EnrolmentRow | null>;
  };
  challenges: {
    /** The newest unconsumed one for this holder and purpose, expired or not. */
    open(holder: string, purpose: Challenge['purpose']): Promise<Challenge | null>;
  };
  links: { byToken(tokenHash: Uint8Array): Promise<Link | null> };
  budgets: {
    /** Instants charged under this key, oldest first. */
    history(key: string): Promise<Temporal.Instant[]>;
  };
  audit: {
    /** Of one account, newest first. */
    of(account: string, limit: number): Promise<AuditLine[]>;
    /** From `after` on, in order, at most `limit`: for verification and export. */
    page(after: number, limit: number): Promise<AuditLine[]>;
    head(): Promise<{ sequence: number; hash: string }>;
  };
  outbox: { waiting(): Promise<number>; oldestWaiting(): Promise<Temporal.Instant | null> };
};

export type Writer = Reader & {
  organisations: { create(row: Organisation): Promise<void> };
  accounts: {
    create(row: Account, addresses: Address[]): Promise<void>;
    join(row: { account: string; organisation: string; role: Role; joinedAt: Temporal.Instant }): Promise<void>;
    /** Locks the account row until the end of the transaction (PostgreSQL; SQLite has one writer anyway). */
    lock(id: string): Promise<Account | null>;
    /** Raises `securityEpoch` by one. Answers the new value. */
    raiseEpoch(id: string): Promise<number>;
    setStatus(id: string, status: Account['status']): Promise<void>;
    setLanguage(id: string, language: Account['language']): Promise<void>;
    /** Sets `firstSignInAt` where it is empty, and adds a fact to `signIns`. */
    recordSignIn(id: string, at: Temporal.Instant): Promise<void>;
    /** For the command line and the import. */
    remove(id: string): Promise<void>;
  };
  authenticators: {
    bind(row: Authenticator & { boundBy: string }): Promise<void>;
    /** Ends it and empties its secret. False when it had ended already. */
    unbind(id: string, at: Temporal.Instant, reason: string): Promise<boolean>;
    rename(id: string, label: string): Promise<void>;
    /** Stores a stronger form of the secret (parameters raised on sign-in). */
    improve(id: string, secret: Secret<Uint8Array>): Promise<void>;
    /** Counts one refused guess, or, with `ok`, clears the count and notes the use. */
    noteUse(id: string, ok: boolean, at: Temporal.Instant): Promise<{ failures: number }>;
    disable(id: string, at: Temporal.Instant): Promise<void>;
  };
  /** Single use, decided by a row: one conditional write whose row count is checked. True for the one winner. */
  claims: { take(claim: Claim, at: Temporal.Instant): Promise<boolean> };
  campaigns: {
    create(row: CampaignRow): Promise<void>;
    recordDeferral(row: DeferralRow): Promise<void>;
    extend(row: ExtensionRow): Promise<void>;
    exempt(row: ExemptionRow): Promise<void>;
  };
  attempts: {
    create(row: Attempt): Promise<void>;
    /** Locks an alive, unexpired attempt; null when it is gone, ended or expired. */
    lock(id: string, now: Temporal.Instant): Promise<Attempt | null>;
    save(id: string, change: Pick<Attempt, 'state' | 'expiresAt' | 'securityEpoch' | 'endedAt'>): Promise<void>;
  };
  sessions: {
    create(row: Session): Promise<void>;
    touch(id: string, at: Temporal.Instant): Promise<void>;
    /** False when it was gone. */
    end(id: string): Promise<boolean>;
  };
  devices: {
    create(row: RememberedDevice): Promise<void>;
    touch(id: string, at: Temporal.Instant): Promise<void>;
    end(id: string): Promise<boolean>;
  };
  enrolments: {
    create(row: EnrolmentRow): Promise<void>;
    /** Locks an alive, unexpired enrolment of this holder. */
    lock(holder: string, now: Temporal.Instant): Promise<EnrolmentRow | null>;
    /**
     * A state of `bound` or `ended` ends the row: it is not alive for its holder any more. Its secrets
     * are emptied, but for the QR codes of one that was left.
     */
    save(id: string, change: Pick<EnrolmentRow, 'state' | 'sealed' | 'expiresAt' | 'securityEpoch'>): Promise<void>;
  };
  challenges: {
    /** Makes the holder's earlier ones of this purpose void. */
    create(row: Challenge): Promise<void>;
    /** Counts one try. Answers the number of tries so far. */
    countTry(id: string): Promise<number>;
  };
  links: {
    /** Earlier unconsumed ones of this kind and account become void, but for `not-me`: each answers its own notice. */
    create(row: Link): Promise<void>;
    /** True for the one winner. */
    consume(id: string, at: Temporal.Instant): Promise<boolean>;
  };
  budgets: {
    /** Locks the row of this key and answers its history. */
    lock(key: string): Promise<Temporal.Instant[]>;
    save(key: string, history: Temporal.Instant[]): Promise<void>;
  };
  /** Ends what `what` names, for the whole account. */
  end(account: string, what: Ending, at: Temporal.Instant): Promise<void>;
  /** Adds a line to the chain. Call it last in a transaction: it takes the lock of the chain's head. */
  audit: { append(entry: AuditEntry): Promise<AuditLine> };
  outbox: {
    /** False when the key was queued before. */
    queue(message: Omit<OutboxMessage, 'attempts'>): Promise<boolean>;
    /**
     * Takes up to `limit` due messages under a lease; whoever dies with them loses them to the next after it.
     * `channel`: of this one only, so that a mail server that is stuck does not hold up text messages.
     */
    lease(
      limit: number,
      now: Temporal.Instant,
      lease: Temporal.Duration,
      channel?: OutboxMessage['channel'],
    ): Promise<OutboxMessage[]>;
    /** Done with: its payload is emptied. `error` null when it was sent. */
    finish(id: string, at: Temporal.Instant, error: string | null): Promise<void>;
    retry(id: string, runAt: Temporal.Instant, error: string): Promise<void>;
  };
  /** Deletes what ended or expired before `before`. */
  sweep(before: Temporal.Instant): Promise<void>;
};

/** Addresses compare by this form: NFKC, trimmed, lower case. Dots and plus signs belong to the owner. */
export function normaliseAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}
