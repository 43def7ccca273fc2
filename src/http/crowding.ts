import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that may wait for their answers at once. No browser and no proxy sends a second one. */
const MOST_AT_ONCE = 16;

/**
 * Whether a connection has sent more requests than may wait. Node reads all that stand in one packet, more than a thousand,
 * and keeps their answers for whoever never fetches them: a hundred megabytes for the price of one connection.
 */
export function crowding(): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const underWay = new WeakMap<Socket, number>();
  return ({ socket }, outgoing) => {
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    outgoing.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    return count > MOST_AT_ONCE;
  };
}
