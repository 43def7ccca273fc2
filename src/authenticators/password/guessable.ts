import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { DUTCH_PASSWORD_WORDS } from './dutch.ts';

/**
 * Below this many guesses, by a guesser who knows the lists, a password counts as being on them: some 270 million, a
 * few list entries or patterns strung together. What people make up themselves lies orders of magnitude above.
 */
const GUESSES = 2 ** 28;

/**
 * How much of a password is looked at, and how many letters are tried as look-alikes ("pa$$w0rd"). The estimate runs
 * on the one thread that serves everybody, and its time grows with both.
 */
const LOOKED_AT = 48;
const LOOK_ALIKES = 6;

/**
 * Whether a guesser would come by this password early: on a list of much-used passwords, a repetition, a row of keys,
 * a sequence, a date, or a few of those. `context` are words that this guesser knows besides.
 */
export async function isGuessable(password: string, context: readonly string[]): Promise<boolean> {
  estimator ??= load();
  const { guesses } = (await estimator).check(password, [...context]);
  return guesses < GUESSES;
}

let estimator: Promise<ZxcvbnFactory> | null = null;

/** The lists are large and only needed when somebody chooses a password, so they are not loaded at start. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, 'everyday-nl': DUTCH_PASSWORD_WORDS },
    graphs: common.adjacencyGraphs,
    maxLength: LOOKED_AT,
    l33tMaxSubstitutions: LOOK_ALIKES,
  });
}
