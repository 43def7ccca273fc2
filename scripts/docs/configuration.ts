import { z } from 'zod';
import { CONFIG_FILE, SETTINGS, VARIABLES } from '#src/config.ts';
import { GENERATED, table } from './markdown.ts';

type Described = { description?: string; default?: unknown };

/** Every setting of a server, as a table. */
export function configuration(): string {
  return `${GENERATED}

# Configuration

A server reads \`${CONFIG_FILE}\` in its working directory, and the environment, which wins. Neither is needed. A
file that names its [schema](config.schema.json) is completed and checked by editors:

\`\`\`json
{
  "$schema": "./docs/reference/config.schema.json",
  "publicUrl": "https://login.example",
  "trustedProxies": ["127.0.0.1"]
}
\`\`\`

A wrong value stops every command with a sentence that names it; \`nachtslot doctor\` looks at what the values lead to.

${table(['variable', 'in the file', 'what it says', 'default'], Object.entries(settings()).map(row))}
`;
}

/** The same as a JSON schema (2020-12), for editors. */
export function configurationSchema(): string {
  const schema = z.toJSONSchema(SETTINGS, { io: 'input' });
  const properties = { $schema: { type: 'string' }, ...schema.properties };
  return `${JSON.stringify({ title: `Nachtslot: ${CONFIG_FILE}`, ...schema, properties }, null, 2)}\n`;
}

function settings(): Record<string, Described> {
  const { properties = {} } = z.toJSONSchema(SETTINGS, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, typeof property === 'boolean' ? {} : property]),
  );
}

function row([name, { description = '', default: standard }]: [string, Described]): string[] {
  const variable = Object.entries(VARIABLES).find(([setting]) => setting === name)?.[1].name ?? '';
  return [`\`${variable}\``, `\`${name}\``, description, shown(standard)];
}

function shown(standard: unknown): string {
  if (standard === undefined || (Array.isArray(standard) && standard.length === 0)) return 'none';
  return `\`${typeof standard === 'string' ? standard : JSON.stringify(standard)}\``;
}
