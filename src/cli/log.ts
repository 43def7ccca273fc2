import { pino } from 'pino';
import type { Config } from '#src/config.ts';
import type { Log } from '#http/log.ts';

/** What may be logged. A field that is not here is left out, so that no secret gets in because nobody thought of it. */
const FIELDS = new Set(
  `reference method path status error why
   channel message template tries merged failure transport
   signal worker process code workers milliseconds`.split(/\s+/),
);

/** Lines of JSON, written at once: what was said last before a crash is what one wants to read. */
export function createLog(level: Config['logLevel'], write: (line: string) => void): Log {
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return {
    info: (fields, sentence) => log.info(allowed(fields), sentence),
    warn: (fields, sentence) => log.warn(allowed(fields), sentence),
    error: (fields, sentence) => log.error(allowed(fields), sentence),
  };
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(fields).filter(([name]) => FIELDS.has(name));
  return Object.fromEntries(known.map(([name, value]) => [name, shown(value)]));
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return withoutTokens(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (!(value instanceof Error)) return '[not shown]';
  const { name, message, stack = '', cause } = value;
  const frames = stack.slice(stack.indexOf('\n    at ') + 1);
  return {
    name,
    message: withoutTokens(message),
    stack: withoutTokens(frames),
    ...(cause instanceof Error && { cause: shown(cause) }),
  };
}

/** A link's token is its address: whoever reads `/reset/…` in a log could use it. */
function withoutTokens(text: string): string {
  return text.replace(/[A-Za-z0-9_-]{40,}/g, '[token]');
}
