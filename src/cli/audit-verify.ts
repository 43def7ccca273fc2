import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Anchor, type AuditFinding, verifyAudit } from '#store/audit-verify.ts';
import { type Command, Refused } from './command.ts';
import { withHouse } from './house.ts';

export const command: Command = {
  summary: 'Checks that nobody changed, removed, added or moved a line of the audit.',
  about:
    'Keep what "audit verify --json" prints somewhere else: given back as --anchor, it also shows whether everything up ' +
    'to that moment was rewritten.',
  flags: { anchor: { value: 'FILE', sentence: 'What an earlier "audit verify --json" printed.' } },
  run: (call, around) => {
    const file = call.flag('anchor');
    const anchor = file === undefined ? null : readAnchor(file);
    return withHouse(around, async ({ store }) => {
      const found = await verifyAudit(store.read.audit, anchor);
      const json = found.ok ? { lines: found.lines, head: found.head } : { line: found.line, fault: found.fault };
      return { lines: [inWords(found)], json, refused: !found.ok };
    });
  },
};

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
