import type { Field } from './field.ts';
import { FIELDS } from './fields.ts';

type ValueOf<F> = F extends Field<infer V> ? V : never;

/** The values alone. Every duration is exact (a day is 24 hours), so that `instant.add` takes it as it is. */
export type Policy = { [Name in keyof typeof FIELDS]: ValueOf<(typeof FIELDS)[Name]> };
export type PolicyField = keyof Policy;

/** What is wrong with one override, for the person who wrote it. */
export type PolicyProblem = { field: string; sentence: string };

/** The table again, typed by field: what lets one loop treat all of them. */
const fields: { readonly [Name in PolicyField]: Field<Policy[Name]> } = FIELDS;

export const POLICY_FIELDS = Object.keys(FIELDS).filter(isField);

export const DEFAULT_POLICY: Policy = every((name) => fields[name].default);

/**
 * The policy of an organisation: the defaults, with its overrides where they are allowed. What is not allowed keeps
 * its default and is named, so that a mistyped policy weakens nothing and stops nobody.
 */
export function readPolicy(overrides: Record<string, unknown>): { policy: Policy; problems: PolicyProblem[] } {
  const policy = { ...DEFAULT_POLICY };
  const problems: PolicyProblem[] = [];
  for (const [name, raw] of Object.entries(overrides)) {
    const sentence = isField(name) ? override(policy, name, raw) : 'is not a field of the policy';
    if (sentence) problems.push({ field: name, sentence });
  }
  return { policy, problems };
}

/** Where several organisations ask something of one person, the strictest value of each field holds. */
export function strictest(policies: readonly Policy[]): Policy {
  const [first, ...others] = policies;
  if (!first) return DEFAULT_POLICY;
  return others.reduce((one, other) => every((name) => fields[name].stricter(one[name], other[name])), first);
}

/** The value of a field as people say it: `30 days`. */
export function showField<Name extends PolicyField>(policy: Pick<Policy, Name>, name: Name): string {
  return fields[name].show(policy[name]);
}

/** Puts one override in place, or says why not. */
function override<Name extends PolicyField>(policy: Pick<Policy, Name>, name: Name, raw: unknown): string | null {
  const field = fields[name];
  if (field.organisation === 'nobody') return 'is the same for everybody';
  const read = field.read(raw);
  if (!read.ok) return read.sentence;
  const loosens = field.show(field.stricter(read.value, field.default)) !== field.show(read.value);
  if (field.organisation === 'stricter' && loosens) {
    return `may only be made stricter than ${field.show(field.default)}`;
  }
  policy[name] = read.value;
  return null;
}

/** One value per field, for all fields. */
function every(value: <Name extends PolicyField>(name: Name) => Policy[Name]): Policy {
  // The one place where TypeScript cannot follow: the names are those of the table, all of them.
  return Object.fromEntries(POLICY_FIELDS.map((name) => [name, value(name)])) as Policy;
}

function isField(name: string): name is PolicyField {
  return Object.hasOwn(FIELDS, name);
}
