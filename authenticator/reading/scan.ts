import type { Entry } from '../codes/entry.ts';

/** Why a text is no account. Each has a sentence in every language: `words.unreadable`. */
export type Unreadable =
  | 'empty'
  | 'web-address'
  | 'something-else'
  | 'counter-based'
  | 'no-secret'
  | 'bad-secret'
  | 'short-secret'
  | 'long-secret'
  | 'algorithm'
  | 'digits'
  | 'period'
  | 'broken-address'
  | 'broken-migration'
  | 'empty-migration';

/** Google's export comes in several QR codes; `part` counts from 1. */
export type Part = { part: number; of: number };

/** What a scanned, pasted or typed text is. */
export type Scan =
  | { kind: 'otpauth'; entry: Entry }
  /** `passedOver`: accounts in it that this app has no codes for (counter-based, MD5). */
  | { kind: 'migration'; entries: Entry[]; passedOver: number; part: Part }
  /** An address of ours, `https://…/authenticator/pair#…`: it ties an app to an account, and holds no codes. */
  | { kind: 'pairing'; address: URL }
  | { kind: 'unknown'; why: Unreadable };

export function unreadable(why: Unreadable): { kind: 'unknown'; why: Unreadable } {
  return { kind: 'unknown', why };
}
