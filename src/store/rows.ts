import type { ApplicationPolicy } from '#core/application/policy.ts';
import type { ForwardAuthSettings, OidcSettings } from '#core/application/settings.ts';
import type { Evidence } from '#core/assurance.ts';
import type { Pending } from '#core/authenticator.ts';
import type { Enrolment } from '#core/enrolment/state.ts';
import type { Secret } from '#core/secret.ts';
import type { SignIn } from '#core/sign-in/state.ts';

// What is remembered, as whoever reads it gets it: facts and choices, no verdicts.

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
  /** When the account was last given back by a recovery; applications may ask. */
  recoveredAt: Temporal.Instant | null;
};

export type Address = {
  account: string;
  address: string;
  primary: boolean;
  confirmedAt: Temporal.Instant | null;
};

export type Role = 'member' | 'agent' | 'administrator';

export type Membership = {
  account: string;
  organisation: Organisation;
  role: Role;
  joinedAt: Temporal.Instant;
  /** Names of groups inside the organisation, for applications and waves. */
  groups: string[];
};

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
  /** The name under which applications know it; stays when `id` changes. */
  sid: string;
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

/** A random number that a passkey has to sign: good once, for whom and for what it was made. */
export type PasskeyChallenge = {
  /** The attempt or session that asked, or the browser of somebody who is nobody yet. */
  holder: string;
  /** `only`: instead of address and password. `verify`: in a sign-in under way. `bind`: a new passkey. */
  purpose: 'only' | 'verify' | 'bind';
  challenge: Uint8Array;
  expiresAt: Temporal.Instant;
};

export type PasskeyInvitation = { at: Temporal.Instant; declinedAt: Temporal.Instant | null };
/**
 * `recovery-page`: the page of a request. The others answer a mail about one, and `recovery-pass` opens the wizard.
 */
export const LINK_KINDS = [
  'reset',
  'activate',
  'not-me',
  'recovery-mailbox',
  'recovery-page',
  'recovery-cancel',
  'recovery-pass',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A phone that holds Nachtslot Authenticator: first a code in a wizard, once, and then the token by which it asks. */
export type Pairing = {
  /** Of the authenticator that it becomes, or is. */
  id: string;
  account: string;
  /** The attempt in whose wizard the code is shown. */
  holder: string;
  codeHash: Uint8Array;
  tokenHash: Uint8Array | null;
  createdAt: Temporal.Instant;
  /** Of the code. */
  expiresAt: Temporal.Instant;
  pairedAt: Temporal.Instant | null;
  /** Where its notifications go; null where it wants none. */
  push: Secret | null;
};

/** What a browser's push service hands out (W3C, Push API): where to send, and two keys that only the phone can answer to. */
export type PushAddress = { endpoint: string; p256dh: string; auth: string };

/** A question to the apps of an account. The number stands on the page that asked; one of the apps answers, once. */
export type Approval = {
  id: string;
  account: string;
  /** The attempt that asked. */
  holder: string;
  /** `bind`: the test at the end of a pairing, which one phone answers. */
  purpose: 'verify' | 'bind';
  /** The one phone that may answer; null for all that are bound. */
  device: string | null;
  number: Secret;
  organisation: string;
  /** Where the person is going, or empty. */
  application: string;
  userAgent: string;
  address: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  answer: ApprovalAnswer | null;
  answeredAt: Temporal.Instant | null;
  answeredBy: string | null;
  claimedAt: Temporal.Instant | null;
  /** A notification was queued; taken by a push service; shown by a phone. Null: not, or not yet. */
  pushQueuedAt: Temporal.Instant | null;
  pushSentAt: Temporal.Instant | null;
  pushArrivedAt: Temporal.Instant | null;
};

/** A request as it is made. */
export type AskedApproval = Omit<
  Approval,
  'answer' | 'answeredAt' | 'answeredBy' | 'claimedAt' | 'pushQueuedAt' | 'pushSentAt' | 'pushArrivedAt'
>;

/** `superseded`: a newer request took its place. */
export const APPROVAL_ANSWERS = ['approved', 'denied', 'wrong', 'superseded'] as const;
export type ApprovalAnswer = (typeof APPROVAL_ANSWERS)[number];

/** A one-time link that was sent or handed over. The address carries a token whose hash is `tokenHash`. */
export type Link = {
  id: string;
  tokenHash: Uint8Array;
  kind: LinkKind;
  account: string;
  securityEpoch: number;
  /** What the link is about, for instance the audit line that a `not-me` link answers. No secrets. */
  subject: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  consumedAt: Temporal.Instant | null;
};

/** An application that people sign in to. */
export type Application = {
  /** The client identifier (RFC 6749 §2.2). */
  id: string;
  /** The organisation whose administrators look after it. */
  owner: string;
  name: string;
  kind: 'oidc' | 'forward-auth';
  /** Organisations whose members may use it. */
  audience: string[];
  status: 'active' | 'disabled';
  /** Where the portal's tile leads, or empty. */
  homeUrl: string;
  policy: ApplicationPolicy;
  /** By `kind`. */
  settings: OidcSettings | ForwardAuthSettings;
  /** SHA-256 of the client secret: 256 random bits, shown once. */
  secretHash: Uint8Array | null;
  /** It has a picture; the picture itself is read by `applications.logo`. */
  hasLogo: boolean;
  createdAt: Temporal.Instant;
  changedAt: Temporal.Instant;
};

export type { ForwardAuthRule, ForwardAuthSettings, OidcSettings } from '#core/application/settings.ts';

/** A session at the host of an application behind a reverse proxy. It is alive while the session `sid` is. */
export type ForwardSession = {
  tokenHash: Uint8Array;
  account: string;
  sid: string;
  host: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** What opens one: good once, at one host, in the browser that holds the nonce. */
export type ForwardTicket = ForwardSession & {
  nonceHash: Uint8Array;
  /** Where the person was going, on that host. */
  path: string;
};

/**
 * What every request at such a host reads. The stamps rise with every change of what a verdict about the account is made
 * of. Milliseconds, for this is the hot path.
 */
export type ForwardLookUp = {
  session: string;
  lastSeenMs: number;
  expiresMs: number;
  ownStamp: number | null;
  commonStamp: number | null;
};

/** The same of every request with an access token: where it hangs, until when, and under which stamps. */
export type TokenLookUp = ForwardLookUp & { account: string; tokenExpiresMs: number; grantExpiresMs: number };

/** What a person agreed to. It outlives the grants made under it. */
export type Consent = { account: string; application: string; scopes: string[]; givenAt: Temporal.Instant };

/** A session of ours in which an application was signed in to. Once the session is gone, the application is told. */
export type ApplicationSession = {
  account: string;
  application: string;
  sid: string;
  /** The name the application knows the session by: its own, so that two applications cannot compare. */
  clientSid: string;
  createdAt: Temporal.Instant;
  attempts: number;
};

/** Something OpenID Connect keeps. `key` is the SHA-256 of what the client or the browser holds. */
export type OidcObject = {
  model: string;
  key: Uint8Array;
  payload: Record<string, unknown>;
  grantId: string | null;
  uid: string | null;
  account: string | null;
  application: string | null;
  expiresAt: Temporal.Instant;
  consumedAt: Temporal.Instant | null;
};

/** A key that signs tokens. It is published before it signs, and after. */
export type SigningKey = {
  /** `kid`. */
  id: string;
  algorithm: 'ES256' | 'RS256';
  /** The private JWK as JSON; sealed in the database. */
  secret: Secret;
  createdAt: Temporal.Instant;
  signsFrom: Temporal.Instant;
  /** Published until then; null for the one in use. */
  retiresAt: Temporal.Instant | null;
};

/** Something to send, written in the transaction that causes it and sent after it. The payload is sealed. */
export type OutboxMessage = {
  id: string;
  channel: 'mail' | 'sms' | 'push';
  account: string | null;
  /** E-mail address, E.164 number, or the id of a paired phone. */
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

/** What is kept of a phone that wants notifications. */
export function pushAddressIn(kept: Secret): PushAddress {
  return JSON.parse(kept.reveal()) as PushAddress;
}
