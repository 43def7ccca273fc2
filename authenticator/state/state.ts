import type { Entry } from '../codes/entry.ts';
import type { Account } from '../keeping/vault.ts';
import type { Lock } from '../keeping/lock.ts';
import type { Asked } from '../pairing/server.ts';
import type { Part } from '../reading/scan.ts';
import type { Language, Words } from '../words/index.ts';

/** Where the person is. No secret is ever part of it: the browser writes its history to the disk. */
export type Screen =
  | { at: 'list' }
  | { at: 'add' }
  | { at: 'scan' }
  | { at: 'type' }
  | { at: 'found' }
  | { at: 'pair' }
  | { at: 'account'; id: string }
  | { at: 'remove'; id: string }
  | { at: 'settings' }
  | { at: 'export' }
  | { at: 'import' }
  | { at: 'forget' };

/** Read, and waiting for an answer. `here`: the very same account; `sameName`: the id of one that may be its older self. */
export type Candidate = { entry: Entry; here: string | null; sameName: string | null };
export type Found = { candidates: Candidate[]; passedOver: number; part: Part | null };

/** Why something was refused: a name in `words.unreadable` that is a plain sentence. */
export type Trouble = {
  [K in keyof Words['unreadable']]: Words['unreadable'][K] extends string ? K : never;
}[keyof Words['unreadable']];

/** What was just done, in the words of the moment. */
export type Said = { text: string; kind: 'done' | 'bad' };

export type State = {
  screen: Screen;
  accounts: Account[];
  found: Found | null;
  /** A pairing code that waits for a yes. */
  pairing: string | null;
  /** A request that one of the accounts makes of this phone. */
  asked: { phone: string; request: Asked } | null;
  said: Said | null;
  /** Accounts that were just added: the eye finds them by their edge. */
  fresh: readonly string[];
  lock: Lock['kind'] | null;
  locked: boolean;
  canLock: boolean;
  language: Language;
  /** By how many seconds this device's clock is ahead, where that spoils codes. */
  drift: number | null;
  /** Whether this phone tells of requests; null where it is tied to no account. */
  notifications: 'on' | 'off' | 'blocked' | 'impossible' | null;
  /** How this browser puts the app on a home screen, if it does and has not. */
  install: 'ask' | 'ios' | null;
};
