import { z } from 'zod';
import type { AuditLine } from './rows.ts';

// What a terminal or an editor would obey or hide, though JSON allows it as it is: DEL and C1, line and direction marks.
const DISTURBS = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One line of an export: JSON, and nothing in it that is more than text to whoever looks at it. */
export function asExported(line: AuditLine): string {
  return JSON.stringify(line).replace(DISTURBS, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const form = z.strictObject({
  sequence: z.int(),
  at: z.iso.datetime().transform((text) => Temporal.Instant.from(text)),
  event: z.string(),
  actor: z.string().nullable(),
  account: z.string().nullable(),
  address: z.string(),
  userAgent: z.string(),
  request: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  previous: z.string(),
  hash: z.string(),
});

/** Null: this is no line as the export writes them. A time finer than it was kept would not be seen in the hash. */
export function fromExport(text: string): AuditLine | null {
  try {
    const line = form.parse(JSON.parse(text));
    return asExported(line) === text && line.at.epochNanoseconds % 1_000_000n === 0n ? line : null;
  } catch {
    return null;
  }
}
