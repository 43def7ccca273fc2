/** Numbers and names that articles may mention. */
export const VALUE_NAMES = [
  'host',
  'origin',
  'deferralsAllowed',
  'returnsAfterSignIns',
  'returnsAfterDays',
  'rememberDays',
  'attemptFailures',
  'resetLinkMinutes',
  'smsCodeMinutes',
] as const;
/** What may be true here and not elsewhere. */
export const FACT_NAMES = ['remembers', 'sms', 'passkeys'] as const;

/** What an article says that is not written in it: sentences of the screens, numbers of the policy, steps of the wizard. */
export type Facts = {
  /** A sentence of the screens, `enrol.scan-heading`; null when there is none of that name. */
  sentence(key: string, values: Record<string, string | number>): string | null;
  /** Numbers and names, read from what is in force, so that help never says another one. */
  values: Readonly<Record<string, string | number>>;
  /** For `{{if sms}}`. */
  is: Readonly<Record<string, boolean>>;
  /** The heading of a numbered step of the wizard, null where this wizard has no such step. */
  step(name: string): string | null;
};

/** `{{enrol.scan-heading}}`, `{{common.wait-days count=rememberDays}}`, `{{host}}`, `{{step scan}}`. */
const BRACES = /\{\{(?:step (?<step>[\w-]+)|(?<name>[\w-]+(?:\.[\w-]+)?)(?<given>(?: \w+=\w+)*))\}\}/g;

/** Puts in what stands in braces. What is not known is shown as it was written: `unknownIn` finds it before a reader does. */
export function fill(text: string, facts: Facts): string {
  return text.replaceAll(BRACES, (written: string, ...rest: unknown[]) => said(groupsOf(rest), facts) ?? written);
}

/** Everything in braces that means nothing, of a text or of a whole article. */
export function unknownIn(text: string, facts: Facts): string[] {
  const braces = text.match(/\{\{.*?\}\}/gs) ?? [];
  return braces.filter((written) => {
    const [, fact] = /^\{\{if ([\w-]+)\}\}$/.exec(written) ?? [];
    if (fact !== undefined) return facts.is[fact] === undefined;
    return written !== '{{end}}' && fill(written, facts) === written;
  });
}

type Groups = { step?: string; name?: string; given?: string };

function said({ step, name = '', given = '' }: Groups, facts: Facts): string | null {
  if (step !== undefined) return facts.step(step);
  const value = Object.hasOwn(facts.values, name) ? facts.values[name] : undefined;
  if (!name.includes('.')) return value === undefined ? null : String(value);
  const values: Record<string, string | number> = {};
  for (const [, key = '', fact = ''] of given.matchAll(/(\w+)=(\w+)/g)) {
    const known = Object.hasOwn(facts.values, fact) ? facts.values[fact] : undefined;
    if (known === undefined) return null;
    values[key] = known;
  }
  const sentence = facts.sentence(name, values);
  // A sentence that still waits for a value would show its own braces to a reader.
  return sentence === null || /\{\{/.test(sentence) ? null : sentence;
}

function groupsOf(rest: readonly unknown[]): Groups {
  const last = rest.at(-1);
  return typeof last === 'object' && last !== null ? last : {};
}

/** Facts that know every name and mean nothing: for checking an article before anybody reads it. */
export function anyFacts(sentence: Facts['sentence'], steps: readonly string[]): Facts {
  return {
    sentence,
    values: Object.fromEntries(VALUE_NAMES.map((name) => [name, 1])),
    is: Object.fromEntries(FACT_NAMES.map((name) => [name, true])),
    step: (name) => (steps.includes(name) ? name : null),
  };
}
