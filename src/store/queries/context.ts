import type { Reader, Writer } from '../store.ts';
import type { Seal } from '../seal.ts';
import type { Connection } from '../statement.ts';

/** What every group of queries is made with. */
export type Context = {
  on: Connection;
  /** Of the database, where it has one; see `database.ts`. Null inside a transaction. */
  version: (() => number) | null;
  seal: Seal;
  /** The clock of policies; decides what has expired where the caller names no instant. */
  now: () => Temporal.Instant;
};

/** The half of a group that a page may have. */
export type ReaderOf<G extends keyof Reader> = Reader[G];
/** What the writing half adds to it. */
export type WriterOf<G extends keyof Writer> = G extends keyof Reader ? Omit<Writer[G], keyof Reader[G]> : Writer[G];
