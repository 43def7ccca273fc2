import type { ChangedBy } from '#core/policy/field.ts';
import { FIELDS } from '#core/policy/fields.ts';
import { DEFAULT_POLICY, POLICY_FIELDS, type PolicyField, showField } from '#core/policy/policy.ts';
import { GENERATED, table } from './markdown.ts';

/** Every number of the program, as a table. */
export function policy(): string {
  return `${GENERATED}

# Policy

Every number of the program. An organisation's policy names the fields that differ, durations as in ISO 8601
(\`{ "deferralsAllowed": 2, "rememberDeviceFor": "P7D" }\`). What is not allowed keeps its default and is named when the
policy is read. Where several organisations ask something of one person, the strictest value of each field holds.

${table(['field', 'what it says', 'default', 'an organisation may choose', 'strict is'], POLICY_FIELDS.map(row))}
`;
}

function row(name: PolicyField): string[] {
  const { sentence, range, organisation, strict } = FIELDS[name];
  const strictIs = organisation === 'nobody' ? '' : strict;
  return [`\`${name}\``, sentence, defaultOf(name), CHOICE[organisation](range), strictIs];
}

const CHOICE: Record<ChangedBy, (range: string) => string> = {
  nobody: () => 'nothing else',
  stricter: (range) => `${range}, never less strict than the default`,
  either: (range) => range,
};

function defaultOf(name: PolicyField): string {
  const value = showField(DEFAULT_POLICY, name);
  if (typeof DEFAULT_POLICY[name] !== 'number') return value;
  const { unit } = FIELDS[name];
  return `${value} ${value === '1' ? unit.replace(/s$/, '') : unit}`;
}
