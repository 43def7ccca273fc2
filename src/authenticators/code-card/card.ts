import type { Authenticator } from '#core/authenticator.ts';
import { makeSymbols, readSymbols } from '../crockford.ts';
import type { RandomBytes } from '../random.ts';

/** Forty bits: each is asked for by its number, behind the guess budget (NIST SP 800-63B-4 §3.1.2 asks for twenty). */
const SYMBOLS = 8;

/** The codes of a new card in the order of their numbers, as they are printed. */
export function makeCodes(count: number, random: RandomBytes): string[] {
  return Array.from({ length: count }, () => makeSymbols(SYMBOLS, random));
}

/** What was typed, as it is compared; null when it is no code of a card. */
export function readCode(typed: string): string | null {
  return readSymbols(typed, SYMBOLS);
}

/** What may be known of a bound card without its secret: `hint` is how many codes were printed on it. */
type Card = Pick<Authenticator, 'hint' | 'counter'>;

/** The number that is asked for. Behind the last one it stands for nothing. */
export function nextNumber({ counter }: Card): number {
  return Math.max(counter, 0) + 1;
}

export function codesLeft(card: Card): number {
  return Math.max(0, Number(card.hint) - nextNumber(card) + 1);
}

/** A card of which every code was used is as good as none. */
export function isUsedUp(one: Card & Pick<Authenticator, 'type'>): boolean {
  return one.type === 'code-card' && codesLeft(one) === 0;
}
