import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { fromExport } from '#store/audit-export.ts';
import { type Anchor, type AuditFinding, verifyAudit, verifyExport } from '#store/audit-verify.ts';
import type { AuditLine } from '#store/rows.ts';
import { type Answer, type Command, Refused } from './command.ts';
import { withHouse } from './house.ts';

export const command: Command = {
  summary: 'Checks that nobody changed, removed, added or moved a line of the audit.',
  about:
    'Keep what "audit verify --json" prints somewhere else: given back as --anchor, it also shows whether everything up ' +
    'to that moment was rewritten. An export can be checked on any other machine: that takes neither database nor keys.',
  flags: {
    anchor: { value: 'FILE', sentence: 'What an earlier "audit verify --json" printed.' },
    export: { value: 'FILE', sentence: 'What "audit export" printed, instead of the database.' },
  },
  run: async (call, around) => {
    const file = call.flag('anchor');
    const anchor = file === undefined ? null : readAnchor(file);
    const exported = call.flag('export');
    if (exported !== undefined) return answer(await verifyExport(linesIn(exported), anchor));
    return withHouse(around, async ({ store }) => answer(await verifyAudit(store.read.audit, anchor)));
  },
};

function answer(found: AuditFinding): Answer {
  const json = found.ok ? { lines: found.lines, head: found.head } : { line: found.line, fault: found.fault };
  return { lines: [inWords(found)], json, refused: !found.ok };
}

async function* linesIn(file: string): AsyncIterable<AuditLine | null> {
  if (!existsSync(file)) throw new Refused(`There is no file at ${file}.`);
  for await (const text of createInterface({ input: createReadStream(file) })) yield fromExport(text);
}

export function inWords(found: AuditFinding): string {
  if (!found.ok) return `The audit cannot be trusted from line ${found.line} on: ${FAULTS[found.fault]}.`;
  return `The audit is whole: ${found.lines} lines, up to ${found.head.hash}.`;
}

const FAULTS: Record<(AuditFinding & { ok: false })['fault'], string> = {
  edited: 'it was changed',
  missing: 'a line is missing',
  added: 'a line was added',
  moved: 'it stands in another place than it was written',
  truncated: 'the end was cut off',
  'head-edited': 'what says where it ends was changed',
  rewritten: 'it is not what the anchor says',
};

const anchorForm = z.object({ sequence: z.int(), hash: z.string() });

function readAnchor(file: string): Anchor {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return z.union([z.object({ head: anchorForm }).transform(({ head }) => head), anchorForm]).parse(content);
  } catch {
    throw new Refused(`${file} is not an anchor: keep what "audit verify --json" prints.`);
  }
}
