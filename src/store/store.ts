import type { CheckUp } from '#core/policy/check-up.ts';
import type { Authenticator, Challenge, Claim } from '#core/authenticator.ts';
import type { Secret } from '#core/secret.ts';
import type { KeptTime } from '#core/steady-time.ts';
import type { Acknowledged } from './database.ts';
import type { RecoveryReader, RecoveryWriter } from './recovery.ts';
import type { ApiTokensReader, ApiTokensWriter, PeopleReader } from './administration.ts';
import type { HelpReader, HelpWriter } from './help.ts';
import type {
  Account,
  Address,
  Application,
  ApplicationSession,
  Approval,
  ApprovalAnswer,
  AskedApproval,
  Attempt,
  AuditEntry,
  AuditLine,
  CampaignRow,
  Consent,
  DeferralRow,
  EnrolmentRow,
  ExemptionRow,
  ExtensionRow,
  ForwardLookUp,
  ForwardSession,
  ForwardTicket,
  Link,
  LinkKind,
  Membership,
  OidcObject,
  Organisation,
  OutboxMessage,
  Pairing,
  PasskeyChallenge,
  PasskeyInvitation,
  PushAddress,
  RememberedDevice,
  Role,
  Session,
  SigningKey,
  TokenLookUp,
} from './rows.ts';

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
   * One short transaction; it resolves when what was written is on the disk, or, if that is asked for, when it is
   * committed: for what another transaction follows before anybody is told. Never do slow work (a password hash, a
   * network call) inside, and nothing but what `tx` offers: PostgreSQL may run `work` again after a deadlock.
   */
  transaction<T>(work: (tx: Writer) => Promise<T>, acknowledged?: Acknowledged): Promise<T>;
  /** `ok`, or a sentence that says what is wrong. */
  health(): Promise<string>;
  close(): Promise<void>;
};

/**
 * Which things of an account end. `links` are those that let somebody in: "this wasn't me" stays good. `except` keeps
 * the session or attempt in which the change was made; a wizard is named by its holder.
 */
export type Ending = {
  sessions?: boolean;
  attempts?: boolean;
  rememberedDevices?: boolean;
  /** Everything applications were given. What the person agreed to stays agreed to. */
  grants?: boolean;
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
    /** When one other than the password was last bound or ended; a spent backup code is no change. */
    changedAt(account: string): Promise<Temporal.Instant | null>;
    /** The living one that is found by this, whoever it belongs to. */
    byHandle(handle: string): Promise<Authenticator | null>;
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
  sessions: {
    byToken(tokenHash: Uint8Array): Promise<Session | null>;
    /** By the name that stays when the identifier changes. */
    bySid(sid: string): Promise<Session | null>;
    byId(id: string): Promise<Session | null>;
    of(account: string): Promise<Session[]>;
  };
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
  passkeys: {
    /** When this person was invited to set up a passkey, oldest first. */
    invitations(account: string): Promise<PasskeyInvitation[]>;
  };
  pairings: {
    byCode(codeHash: Uint8Array): Promise<Pairing | null>;
    byId(id: string): Promise<Pairing | null>;
    /** Phones of this account that want notifications. */
    withPush(account: string): Promise<string[]>;
  };
  approvals: {
    byId(id: string): Promise<Approval | null>;
    /** The newest that this attempt asked for. */
    latest(holder: string): Promise<Approval | null>;
    /** The one that waits for an answer. */
    live(account: string, now: Temporal.Instant): Promise<Approval | null>;
    /** How often *This wasn't me* was said after `since`. */
    denials(account: string, since: Temporal.Instant): Promise<number>;
    /** The same, of everybody in this organisation, newest first. */
    deniedIn(organisation: string, since: Temporal.Instant): Promise<Approval[]>;
  };
  checkUps: {
    /** Oldest first. */
    of(account: string): Promise<CheckUp[]>;
  };
  links: { byToken(tokenHash: Uint8Array): Promise<Link | null> };
  recovery: RecoveryReader;
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
  applications: {
    byId(id: string): Promise<Application | null>;
    /** Of all organisations, by name. */
    all(): Promise<Application[]>;
    /** Looked after by this organisation, by name. */
    ownedBy(organisation: string): Promise<Application[]>;
    logo(id: string): Promise<{ type: string; bytes: Uint8Array } | null>;
  };
  consents: {
    of(account: string): Promise<Consent[]>;
    /** The one for this application. */
    given(account: string, application: string): Promise<Consent | null>;
  };
  applicationSessions: { of(account: string): Promise<ApplicationSession[]> };
  forwardAuth: {
    /** Null also for the session of another host. */
    lookUp(tokenHash: Uint8Array, host: string): Promise<ForwardLookUp | null>;
    /** Rises with every change of an organisation, a campaign or an application. */
    commonStamp(): Promise<number>;
  };
  oidc: {
    /** Not found once it has expired; found when it was consumed. */
    find(model: string, key: Uint8Array): Promise<OidcObject | null>;
    findByUid(model: string, uid: string): Promise<OidcObject | null>;
    /** An access token by its key, as long as its grant is there and the session that was made in. */
    lookUp(key: Uint8Array): Promise<TokenLookUp | null>;
  };
  signingKeys: {
    /** Those that are still published, oldest first. */
    published(): Promise<SigningKey[]>;
  };
  people: PeopleReader;
  apiTokens: ApiTokensReader;
  help: HelpReader;
  outbox: { waiting(): Promise<number>; oldestWaiting(): Promise<Temporal.Instant | null> };
  /** The key by which push services know this server (RFC 8292). */
  vapid: { key(): Promise<Secret | null> };
  clock: { kept(): Promise<KeptTime> };
};

export type Writer = Reader & {
  organisations: {
    create(row: Organisation): Promise<void>;
    setHelpContact(id: string, contact: string): Promise<void>;
    setPolicy(id: string, overrides: Organisation['policy']): Promise<void>;
  };
  accounts: {
    create(row: Omit<Account, 'recoveredAt'>, addresses: Address[]): Promise<void>;
    join(row: {
      account: string;
      organisation: string;
      role: Role;
      joinedAt: Temporal.Instant;
      groups?: string[];
    }): Promise<void>;
    setGroups(account: string, organisation: string, groups: string[]): Promise<void>;
    setRecovered(id: string, at: Temporal.Instant): Promise<void>;
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
    /** Whether nothing living has this handle; nobody else can bind it until the end of the transaction. */
    isFree(handle: string): Promise<boolean>;
    /** Notes that a copy of it seems to be about. True the first time. */
    flag(id: string, at: Temporal.Instant): Promise<boolean>;
  };
  /** Single use, decided by a row: one conditional write whose row count is checked. True for the one winner. */
  claims: { take(claim: Claim, at: Temporal.Instant): Promise<boolean> };
  campaigns: {
    create(row: CampaignRow): Promise<void>;
    setStatus(id: string, status: CampaignRow['status']): Promise<void>;
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
  passkeys: {
    challenge(row: PasskeyChallenge): Promise<void>;
    /**
     * Takes every open challenge of this holder and purpose and answers those that were still good: whatever comes of the
     * answer, none of them is good for another one.
     */
    spend(holder: string, purpose: PasskeyChallenge['purpose'], at: Temporal.Instant): Promise<Uint8Array[]>;
    invite(account: string, at: Temporal.Instant): Promise<void>;
    /** *No, thank you*, to every invitation that is open. False when there was none. */
    decline(account: string, at: Temporal.Instant): Promise<boolean>;
  };
  pairings: {
    create(row: Pick<Pairing, 'id' | 'account' | 'holder' | 'codeHash' | 'createdAt' | 'expiresAt'>): Promise<void>;
    /** Spends the code. One conditional write; true for the one winner. */
    pair(id: string, tokenHash: Uint8Array, at: Temporal.Instant): Promise<boolean>;
    /** Replaces what was there; null takes it away. */
    setPush(id: string, push: PushAddress | null): Promise<void>;
  };
  approvals: {
    /** Ends whatever else of the account waits: one request at a time. */
    create(row: AskedApproval): Promise<void>;
    /** One conditional write; true for the first answer in time. */
    answer(id: string, answer: ApprovalAnswer, by: string, at: Temporal.Instant): Promise<boolean>;
    /** Spends an approval that was given after `since`. True for the one winner. */
    claim(id: string, since: Temporal.Instant, at: Temporal.Instant): Promise<boolean>;
    /** The first time of each is the one that stays; `queued` begins again with each phone. */
    notePush(id: string, what: 'queued' | 'sent' | 'arrived', at: Temporal.Instant): Promise<void>;
  };
  checkUps: { record(account: string, what: CheckUp): Promise<void> };
  links: {
    /** Earlier unconsumed ones of this kind and account become void, but for those that answer a notice of their own. */
    create(row: Link): Promise<void>;
    /** True for the one winner. */
    consume(id: string, at: Temporal.Instant): Promise<boolean>;
    /** All of one kind become void. */
    void(account: string, kind: LinkKind, at: Temporal.Instant): Promise<void>;
    /** Those that were good until the epoch rose to this stay good. */
    carry(account: string, epoch: number): Promise<void>;
  };
  recovery: RecoveryWriter;
  budgets: {
    /** Locks the row of this key and answers its history. */
    lock(key: string): Promise<Temporal.Instant[]>;
    save(key: string, history: Temporal.Instant[]): Promise<void>;
  };
  applications: {
    create(row: Application): Promise<void>;
    /** Locks the row: of two changes at once the second sees what the first made of it. */
    lock(id: string): Promise<Application | null>;
    /** Everything but the logo and the secret. */
    save(
      id: string,
      change: Pick<Application, 'name' | 'audience' | 'status' | 'homeUrl' | 'policy' | 'settings' | 'changedAt'>,
    ): Promise<void>;
    setSecret(id: string, secretHash: Uint8Array | null, at: Temporal.Instant): Promise<void>;
    setLogo(id: string, logo: { type: string; bytes: Uint8Array } | null, at: Temporal.Instant): Promise<void>;
    /** With everything it was given. */
    remove(id: string): Promise<boolean>;
  };
  consents: {
    /** Replaces an earlier one. */
    give(row: Consent): Promise<void>;
    revoke(account: string, application: string): Promise<boolean>;
  };
  applicationSessions: {
    /** Once per session and application; a second time changes nothing. */
    note(row: Omit<ApplicationSession, 'attempts'>): Promise<void>;
    /**
     * Takes up to `limit` whose session is gone, under a lease: the application has to be told. Ended sessions are found
     * by their absence, so that no door can forget to say so.
     */
    leaseOrphans(limit: number, now: Temporal.Instant, lease: Temporal.Duration): Promise<ApplicationSession[]>;
    /** Told, or given up. */
    forget(sid: string, application: string): Promise<void>;
    retry(sid: string, application: string, runAt: Temporal.Instant): Promise<void>;
  };
  forwardAuth: {
    issue(row: ForwardTicket): Promise<void>;
    /** One conditional write: right ticket, nonce and host, unused and in time. Null for everybody but the one winner. */
    redeem(
      ticket: Pick<ForwardTicket, 'tokenHash' | 'nonceHash' | 'host'>,
      at: Temporal.Instant,
    ): Promise<Pick<ForwardTicket, 'account' | 'sid' | 'path'> | null>;
    open(row: ForwardSession): Promise<void>;
    end(tokenHash: Uint8Array): Promise<boolean>;
  };
  help: HelpReader & HelpWriter;
  oidc: {
    /** Replaces what was there under the same key; `consumedAt` is left as it is. */
    put(row: Omit<OidcObject, 'consumedAt'>, at: Temporal.Instant): Promise<void>;
    /** One conditional write; true for the one winner. */
    consume(model: string, key: Uint8Array, at: Temporal.Instant): Promise<boolean>;
    remove(model: string, key: Uint8Array): Promise<void>;
    /** Everything made under one grant, the grant itself included. */
    revokeGrant(grantId: string): Promise<void>;
    /**
     * Ends every grant made in one session of ours: a grant carries the session's `sid` as its `uid`. What was made
     * under it is worth nothing without it.
     */
    revokeSession(sid: string): Promise<void>;
    /** Everything one application holds of one person. */
    revokeFor(account: string, application: string): Promise<void>;
  };
  signingKeys: {
    create(row: SigningKey): Promise<void>;
    retire(id: string, retiresAt: Temporal.Instant): Promise<void>;
  };
  apiTokens: ApiTokensWriter;
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
    /** The same of everything that is due for one account: what leaves as one message is taken whole. */
    leaseOf(
      account: string,
      now: Temporal.Instant,
      lease: Temporal.Duration,
      channel: OutboxMessage['channel'],
    ): Promise<OutboxMessage[]>;
    /** Done with: its payload is emptied. `error` null when it was sent. */
    finish(id: string, at: Temporal.Instant, error: string | null): Promise<void>;
    retry(id: string, runAt: Temporal.Instant, error: string): Promise<void>;
    /** What is still to be sent under keys that begin so is not sent any more. */
    withdraw(keysBeginWith: string, at: Temporal.Instant): Promise<void>;
  };
  /** Of two that are kept at once, the first stays. */
  vapid: { keep(key: Secret): Promise<void> };
  clock: {
    /** Locks the row: of two processes that keep their time at once, the second sees what the first kept. */
    lock(): Promise<KeptTime>;
    keep(time: KeptTime): Promise<void>;
    /**
     * The clock showed `fromMs` and it is `toMs`. Ends what had ended by then, and what was begun after `toMs`; what holds
     * from a moment that has not come holds from `toMs` on.
     */
    goBack(fromMs: number, toMs: number): Promise<void>;
  };
  /**
   * Deletes what ended or expired before `before`, and what anybody can make without being anybody before `strangers`. Of
   * each kind some thousands at once, so that nobody waits for it: true where there is more.
   */
  sweep(before: Temporal.Instant, strangers?: Temporal.Instant): Promise<boolean>;
};

/** Addresses compare by this form: NFKC, trimmed, lower case. Dots and plus signs belong to the owner. */
export function normaliseAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}
