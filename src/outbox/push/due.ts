import { type OutboxMessage, type PushAddress, pushAddressIn } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import type { PushLetter } from '../messages.ts';
import type { RenderedPush, Sent } from '../transport.ts';
import { vapidIn } from './vapid.ts';

type Tx = Pick<Writer, 'approvals' | 'pairings' | 'vapid'>;

/**
 * What a phone is sent about a request, made when it is sent: by then the request may be over, or the phone may want
 * nothing any more. Then it is null.
 *
 * It holds two names and nothing else. Whatever a locked screen may show is the phone's own generic sentence, and the
 * number goes nowhere but to the page that asked.
 */
export async function pushDue(
  tx: Tx,
  row: OutboxMessage,
  { request: id }: PushLetter,
  now: Temporal.Instant,
): Promise<RenderedPush | null> {
  const device = row.to.reveal();
  const request = await tx.approvals.byId(id);
  const pairing = await tx.pairings.byId(device);
  const key = await tx.vapid.key();
  if (!request || !pairing?.push || !key || request.answer !== null) return null;
  const ttlSeconds = Math.floor(now.until(request.expiresAt).total('seconds'));
  if (ttlSeconds <= 0) return null;
  return {
    channel: 'push',
    address: pushAddressIn(pairing.push),
    vapid: vapidIn(key),
    text: JSON.stringify({ request: id, device }),
    ttlSeconds,
    // One at a time at the push service too: a newer one takes the place of one that the phone has not fetched.
    topic: device.replaceAll('-', '').slice(0, 32),
  };
}

/** What became of it: the page that waits says so, and an address that is no more is forgotten. */
export async function pushSettled(
  tx: Tx,
  { request }: PushLetter,
  { device, address }: { device: string; address: PushAddress },
  sent: Sent,
  at: Temporal.Instant,
): Promise<void> {
  if (sent.ok) return tx.approvals.notePush(request, 'sent', at);
  if (!sent.gone) return;
  const pairing = await tx.pairings.byId(device);
  // Unless the phone has named another one meanwhile.
  if (pairing?.push && pushAddressIn(pairing.push).endpoint === address.endpoint)
    await tx.pairings.setPush(device, null);
}
