import type { Account, Role } from './rows.ts';

/** What an administrator sees of a person of their organisation: nothing of other organisations, and no secret. */
export type Member = {
  account: string;
  name: string;
  /** The primary one. */
  address: string;
  status: Account['status'];
  role: Role;
  groups: string[];
  /** Second steps that are bound, without what is in them. */
  secondSteps: { type: string; disabledAt: Temporal.Instant | null }[];
};

/** Where the last page ended: people are listed by name. */
export type MemberCursor = { name: string; account: string };

export type PeopleReader = {
  /** By name; `search` is looked for in name and address, whatever its case. */
  page(wish: { organisation: string; search: string; after: MemberCursor | null; limit: number }): Promise<Member[]>;
  /** Null for whoever does not belong to this organisation. */
  member(organisation: string, account: string): Promise<Member | null>;
  count(organisation: string): Promise<number>;
  /** Accounts of the administrators, by id. */
  administrators(organisation: string): Promise<string[]>;
  /** Names of all groups that somebody of the organisation is in, in order. */
  groups(organisation: string): Promise<string[]>;
};

/** With it a program acts for one organisation. */
export type ApiToken = {
  id: string;
  organisation: string;
  name: string;
  /** SHA-256 of the token: 256 random bits, shown once. */
  tokenHash: Uint8Array;
  scope: 'read' | 'write';
  /** The administrator who made it; without them it is worth nothing. */
  madeBy: string;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
};

export type ApiTokensReader = {
  /** Newest first; those that have expired are listed, until they are swept away. */
  of(organisation: string): Promise<ApiToken[]>;
  /** Not found once it has expired. */
  byToken(tokenHash: Uint8Array): Promise<ApiToken | null>;
};

export type ApiTokensWriter = ApiTokensReader & {
  create(row: ApiToken): Promise<void>;
  touch(id: string, at: Temporal.Instant): Promise<void>;
  /** False when this organisation has none of this id. */
  remove(organisation: string, id: string): Promise<boolean>;
};
