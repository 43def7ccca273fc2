import { GENESIS, hashOf, toRow } from './audit-chain.ts';
import type { AuditLine } from './rows.ts';
import type { Reader } from './store.ts';

/** A place in the chain that was written down elsewhere: on paper, in a mail, in another system. */
export type Anchor = { sequence: number; hash: string };

/** `line` is the number of the first line that cannot be trusted. */
export type AuditFinding =
  | { ok: true; lines: number; head: Anchor }
  | {
      ok: false;
      line: number;
      fault: 'edited' | 'missing' | 'added' | 'moved' | 'truncated' | 'head-edited' | 'rewritten';
    };

const PAGE = 1_000;
/** Below every line, so that one added in front of the first is seen as well. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * Walks the whole chain and compares it with its head, and with `anchor` where there is one. Without an anchor,
 * somebody who can rewrite all lines and the head together stays unseen; with one, only what came after it can be lost.
 */
export async function verifyAudit(audit: Reader['audit'], anchor: Anchor | null = null): Promise<AuditFinding> {
  let last: Anchor = { sequence: 0, hash: GENESIS };
  let after = BEFORE_ALL;
  for (;;) {
    const lines = await readPage(audit, after);
    if (lines === 'unreadable') return fault(last.sequence + 1, 'edited');
    for (const line of lines) {
      const found = check(line, last) ?? checkAnchor(line, anchor);
      if (found) return found;
      last = { sequence: line.sequence, hash: line.hash };
    }
    after = last.sequence;
    if (lines.length > 0) continue;

    const head = await audit.head();
    // Lines and head are committed together: a head in front of the lines that were read means that new ones came.
    if (head.sequence > last.sequence && (await readPage(audit, after)).length > 0) continue;
    return checkEnd(last, head, anchor);
  }
}

/**
 * The same for lines that were exported, without the database. They begin with the first one, or with the one that
 * follows `anchor`. With an anchor behind them nobody can have written them anew.
 */
export async function verifyExport(
  lines: AsyncIterable<AuditLine | null>,
  anchor: Anchor | null = null,
): Promise<AuditFinding> {
  let last: Anchor = { sequence: 0, hash: GENESIS };
  let count = 0;
  for await (const line of lines) {
    if (count === 0 && anchor && line?.sequence === anchor.sequence + 1) last = anchor;
    if (!line) return fault(last.sequence + 1, 'edited');
    const found = check(line, last) ?? checkAnchor(line, anchor);
    if (found) return found;
    last = { sequence: line.sequence, hash: line.hash };
    count += 1;
  }
  if (anchor && anchor.sequence > last.sequence) return fault(last.sequence + 1, 'truncated');
  return { ok: true, lines: count, head: last };
}

function check(line: AuditLine, last: Anchor): AuditFinding | null {
  const expected = last.sequence + 1;
  if (line.sequence < expected) return fault(line.sequence, 'added');
  if (line.sequence > expected) return fault(expected, 'missing');
  if (hashOf(toRow(line)) !== line.hash) return fault(expected, 'edited');
  // Whole in itself, and yet it does not belong behind the line before it.
  if (line.previous !== last.hash) return fault(expected, 'moved');
  return null;
}

function checkAnchor(line: AuditLine, anchor: Anchor | null): AuditFinding | null {
  return anchor?.sequence === line.sequence && anchor.hash !== line.hash ? fault(line.sequence, 'rewritten') : null;
}

function checkEnd(last: Anchor, head: Anchor, anchor: Anchor | null): AuditFinding {
  if (head.sequence > last.sequence) return fault(last.sequence + 1, 'truncated');
  if (head.sequence < last.sequence) return fault(head.sequence + 1, 'added');
  if (head.hash !== last.hash) return fault(last.sequence, 'head-edited');
  if (anchor && anchor.sequence > last.sequence) return fault(last.sequence + 1, 'truncated');
  return { ok: true, lines: last.sequence, head: last };
}

/** A line whose time or detail was changed into nonsense cannot even be read; then the lines before it come alone. */
async function readPage(audit: Reader['audit'], after: number): Promise<AuditLine[] | 'unreadable'> {
  for (const limit of [PAGE, 1]) {
    try {
      return await audit.page(after, limit);
    } catch (fault) {
      if (!(fault instanceof SyntaxError || fault instanceof RangeError || fault instanceof TypeError)) throw fault;
    }
  }
  return 'unreadable';
}

function fault(line: number, what: (AuditFinding & { ok: false })['fault']): AuditFinding {
  return { ok: false, line, fault: what };
}
