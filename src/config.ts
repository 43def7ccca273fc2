import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '#core/secret.ts';
import { trustedProxies } from '#http/client-address.ts';
import { isLoopbackHttp, publicUrl } from '#http/public-url.ts';

/** Beside the working directory of the program; everything in it is also a variable, and the variable wins. */
export const CONFIG_FILE = 'nachtslot.config.json';

const secret = z.string().transform((text) => new Secret(text));
const whole = (from: number, to: number) => {
  const said = `must be a whole number from ${from} to ${to}`;
  return z.number(said).int(said).min(from, said).max(to, said);
};
const said = (sentence: string) => z.string(sentence).min(1, sentence);

/** Every setting: what may be in the file, its default, and one sentence. What it says wrong follows its name. */
export const SETTINGS = z.strictObject({
  publicUrl: said('must be text')
    .superRefine((text, context) => {
      if (!isPublicUrl(text))
        context.addIssue('must be an origin like https://login.example: scheme and name, no path');
      else if (!isSafe(publicUrl(text)))
        context.addIssue('must begin with https://, as passwords would cross the network in the clear otherwise');
    })
    .transform(publicUrl)
    .prefault('http://localhost:3000')
    .describe(
      'The one origin under which people see us. Plain http is allowed on this machine only, where the port follows `PORT`.',
    ),
  databaseUrl: said('must be text')
    .regex(/^(sqlite:(?!:memory:).|postgres(ql)?:\/\/.)/, 'must begin with sqlite: and a path, or with postgres://')
    .transform((text) => new Secret(text))
    .prefault('sqlite:./data/nachtslot.db')
    .describe('Where everything is kept: `sqlite:PATH`, or `postgres://…` for several server processes.'),
  keyFile: said('must be the path of a file')
    .default('./data/keys.json')
    .describe('Keys that must not be in the database; made by `nachtslot init`, readable by the server alone.'),
  smtpUrl: secret
    .optional()
    .describe('The mail server: `smtp://…` or `smtps://user:password@…`. Without it mail waits in the outbox.'),
  mailFrom: said('must be a mail address')
    .optional()
    .describe('The address that mail comes from. Needed with a mail server.'),
  sms: secret
    .optional()
    .describe(
      'The provider of text messages: `twilio://…`, `bird://…`, `vonage://…`, `cm://…`, `sns://…` or `https://…` (a ' +
        'webhook of your own). Without it text messages are not offered.',
    ),
  pushServices: z
    .array(said('must list hosts'), 'must be a list')
    .default([])
    .describe(
      'Push services besides those of the browsers’ makers, for notifications of Nachtslot Authenticator: ' +
        '`push.example.org` or `*.push.example.org`. `none`: no notifications, phones ask while the app is open.',
    ),
  trustedProxies: z
    .array(z.string().refine(isNetwork, 'must list addresses or networks, like 10.0.0.0/8'), 'must be a list')
    .default([])
    .describe('Addresses or networks of reverse proxies whose `X-Forwarded-For` counts.'),
  port: whole(0, 65_535).default(3000).describe('Where to listen.'),
  host: said('must be a name or an address')
    .default('127.0.0.1')
    .describe('Where to listen; `0.0.0.0` only in a container or behind a firewall.'),
  workers: whole(1, 256)
    .optional()
    .describe('How many server processes. Without it: one with SQLite, one per core with PostgreSQL.'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info')
    .describe('From which severity on something is logged.'),
});

export type Config = z.output<typeof SETTINGS>;
export type Setting = keyof Config;

/** How a setting is called in the environment, and how its text becomes what would stand in the file. */
export const VARIABLES: Record<Setting, { name: string; read?: (text: string) => unknown }> = {
  publicUrl: { name: 'NACHTSLOT_PUBLIC_URL' },
  databaseUrl: { name: 'NACHTSLOT_DATABASE_URL' },
  keyFile: { name: 'NACHTSLOT_KEY_FILE' },
  smtpUrl: { name: 'NACHTSLOT_SMTP_URL' },
  mailFrom: { name: 'NACHTSLOT_MAIL_FROM' },
  sms: { name: 'NACHTSLOT_SMS' },
  pushServices: { name: 'NACHTSLOT_PUSH_SERVICES', read: (text) => text.split(',').map((one) => one.trim()) },
  trustedProxies: { name: 'NACHTSLOT_TRUSTED_PROXIES', read: (text) => text.split(',').map((one) => one.trim()) },
  port: { name: 'PORT', read: wholeNumber },
  host: { name: 'HOST' },
  workers: { name: 'NACHTSLOT_WORKERS', read: wholeNumber },
  logLevel: { name: 'NACHTSLOT_LOG_LEVEL' },
};

/** The configuration cannot be used. One sentence each, with the name of what is wrong and never its value. */
export class ConfigRefused extends Error {
  readonly sentences: string[];

  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigRefused';
    this.sentences = sentences;
  }
}

/** Reads the file where there is one, and the environment over it; an empty variable counts as not set. */
export function readConfig(from: { env: Record<string, string | undefined>; file: string }): Config {
  const given = fromFile(from.file);
  const origin = new Map<string, string>(Object.keys(given).map((key) => [key, `"${key}" in ${CONFIG_FILE}`]));
  for (const [setting, { name, read }] of Object.entries(VARIABLES)) {
    const text = from.env[name]?.trim();
    if (!text) continue;
    given[setting] = read ? read(text) : text;
    origin.set(setting, name);
  }
  const result = SETTINGS.safeParse(given);
  if (!result.success) throw new ConfigRefused(result.error.issues.map((issue) => sentenceOf(issue, origin)));
  const wrong = contradictions(result.data);
  if (wrong.length > 0) throw new ConfigRefused(wrong);
  const { port } = result.data;
  // Tried out on another port: links and forms must lead there too.
  if (given['publicUrl'] === undefined && port !== 0)
    return { ...result.data, publicUrl: publicUrl(`http://localhost:${port}`) };
  return result.data;
}

/** Several settings that do not go together. */
function contradictions({ smtpUrl, mailFrom, workers, databaseUrl }: Config): string[] {
  const wrong: string[] = [];
  if (smtpUrl && !mailFrom) wrong.push('NACHTSLOT_MAIL_FROM is missing: mail needs an address that it comes from.');
  if (mailFrom && !smtpUrl) wrong.push('NACHTSLOT_SMTP_URL is missing: NACHTSLOT_MAIL_FROM alone sends no mail.');
  if (workers !== undefined && workers > 1 && isSqlite(databaseUrl.reveal()))
    wrong.push('NACHTSLOT_WORKERS must be 1 with SQLite, which one process writes; use PostgreSQL for more.');
  return wrong;
}

export function isSqlite(databaseUrl: string): boolean {
  return databaseUrl.startsWith('sqlite:');
}

function fromFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return {};
    throw new ConfigRefused([`${path} cannot be read: ${fault instanceof Error ? fault.message : 'unknown fault'}.`]);
  }
  const form = z.record(z.string(), z.unknown());
  try {
    // Editors complete and check the file by this line.
    const { $schema: _, ...settings } = form.parse(JSON.parse(text));
    return settings;
  } catch {
    throw new ConfigRefused([`${path} must be one JSON object, like { "publicUrl": "https://login.example" }.`]);
  }
}

function sentenceOf(issue: z.core.$ZodIssue, origin: Map<string, string>): string {
  if (issue.code === 'unrecognized_keys')
    return `${CONFIG_FILE} has settings that do not exist: ${issue.keys.join(', ')}.`;
  const setting = String(issue.path[0]);
  return `${origin.get(setting) ?? setting} ${issue.message}.`;
}

function isPublicUrl(text: string): boolean {
  try {
    return Boolean(publicUrl(text));
  } catch {
    return false;
  }
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || isLoopbackHttp(url);
}

function isNetwork(entry: string): boolean {
  try {
    return Boolean(trustedProxies([entry]));
  } catch {
    return false;
  }
}

/** What is no number stays text, and is refused as such. */
function wholeNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
