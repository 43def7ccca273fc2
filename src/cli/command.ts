/** What a command gets from outside. Tests bring their own. */
export type Around = {
  env: Record<string, string | undefined>;
  /** Where `nachtslot.config.json` is looked for. */
  folder: string;
  /** A line for whoever called. */
  out(line: string): void;
  /** A line for whoever watches: refusals, questions of a log. */
  err(line: string): void;
  /** Null where nobody sits at a terminal. */
  ask: ((question: string) => Promise<string>) | null;
  now(): Temporal.Instant;
};

/** `value`: how the value is called in the help; without it the flag is a switch. */
export type Flag = { sentence: string; value?: string };

export type Call = {
  /** The words after the command, as many as it asks for. */
  words: string[];
  flag(name: string): string | undefined;
  isSet(name: string): boolean;
  json: boolean;
};

/**
 * `lines` for people, `json` for programs; null where everything was said on the way. `refused`: it was carried out and
 * found something that must not be (exit 1).
 */
export type Answer = { lines: readonly string[]; json: Record<string, unknown> | null; refused?: boolean };

export type Command = {
  summary: string;
  /** More than the summary, where there is more to know. */
  about?: string;
  /** Names of the words that must follow: `['FILE']`. */
  words?: readonly string[];
  flags?: Readonly<Record<string, Flag>>;
  run(call: Call, around: Around): Promise<Answer>;
};

/** The command will not do it; the sentence says why and what to do instead. Exit 1. */
export class Refused extends Error {
  override name = 'Refused';
}

/** The command line itself is wrong. Exit 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage';
}
