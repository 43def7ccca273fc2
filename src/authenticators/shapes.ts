import type { Refusal } from '#core/refusal.ts';

/**
 * What an answer looks like, from the answer alone. Nothing here compares a secret, so naming a shape tells a thief
 * only what they typed themselves.
 */
export type Shape = 'nothing' | 'six-digits' | 'eight-digits' | 'backup-code' | 'other';

export function shapeOf(answer: string): Shape {
  const code = compact(answer);
  if (code === '') return 'nothing';
  if (/^[0-9]{6}$/.test(code)) return 'six-digits';
  if (/^[0-9]{8}$/.test(code)) return 'eight-digits';
  // One or two characters too many or too few still mean the same piece of paper.
  if (/^[0-9A-Za-z]{18,22}$/.test(code)) return 'backup-code';
  return 'other';
}

/**
 * The answer without what people put between groups: blanks, dashes, and the invisible marks that come along when
 * copying. Digits of other scripts and full-width digits stay what they are, and are refused: no authenticator app
 * shows them.
 */
export function compact(answer: string): string {
  return answer.replace(/[\s\u00AD\u200B-\u200F\u2060\u2212\u2010-\u2015-]/gu, '');
}

/** Why this answer cannot be a six-digit code, or null when it can. */
export function notSixDigits(answer: string): Refusal | null {
  return REFUSAL_OF[shapeOf(answer)];
}

const REFUSAL_OF: Record<Shape, Refusal | null> = {
  nothing: 'code-missing',
  'six-digits': null,
  'eight-digits': 'code-has-eight-digits',
  'backup-code': 'code-is-backup-code',
  other: 'code-not-six-digits',
};
