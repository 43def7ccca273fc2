import { existsSync, readFileSync } from 'node:fs';
import type { Stage } from './stage.ts';

export type Message = { channel: 'mail' | 'sms'; to: string; text: string; idempotencyKey: string };

/** What the servers handed over to be delivered, oldest first, over all their deaths. */
export function sentBy({ orders }: Pick<Stage, 'orders'>): Message[] {
  if (!orders.sentFile || !existsSync(orders.sentFile)) return [];
  return readFileSync(orders.sentFile, 'utf8').split('\n').flatMap(read);
}

/** A line that was being written when the server died is cut off. */
function read(line: string): Message[] {
  try {
    return [JSON.parse(line) as Message];
  } catch {
    return [];
  }
}
