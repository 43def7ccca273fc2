import { hash } from 'node:crypto';
import { instant, millis } from './columns.ts';
import { canonical, decode } from './json.ts';
import type { Tables } from './schema.ts';
import type { AuditLine } from './rows.ts';

/** What stands before the first line. */
export const GENESIS: string = '0'.repeat(64);

type Unhashed = Omit<Tables['audit'], 'hash'>;

/** SHA-256 over the hash of the line before and every column of this one, its number included; hexadecimal. */
export function hashOf(row: Unhashed): string {
  const line = {
    sequence: row.sequence,
    at: row.at,
    event: row.event,
    actor: row.actor,
    account: row.account,
    address: row.address,
    user_agent: row.user_agent,
    request: row.request,
    detail: row.detail,
  };
  return hash('sha256', `${row.previous}\n${canonical(line)}`, 'hex');
}

export function toRow(line: Omit<AuditLine, 'hash'>): Unhashed {
  return {
    sequence: line.sequence,
    at: millis(line.at),
    event: line.event,
    actor: line.actor,
    account: line.account,
    address: asStored(line.address),
    user_agent: asStored(line.userAgent),
    request: asStored(line.request),
    detail: canonical(line.detail),
    previous: line.previous,
  };
}

export function toLine(row: Tables['audit']): AuditLine {
  return {
    sequence: row.sequence,
    at: instant(row.at),
    event: row.event,
    actor: row.actor,
    account: row.account,
    address: row.address,
    userAgent: row.user_agent,
    request: row.request,
    detail: decode(row.detail) as AuditLine['detail'],
    previous: row.previous,
    hash: row.hash,
  };
}

/** What strangers send, as both databases hand it back, so that the hash is over what is stored. */
function asStored(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
