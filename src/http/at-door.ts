import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door, DoorAnswer } from './door.ts';
import { statusOfFault } from './fault.ts';
import { securityHeaders } from './headers.ts';
import type { Log } from './log.ts';

/** Takes a request that is for the door; false leaves it to the pages. */
export type AtDoor = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** Between the sockets and the door: nothing is made that the answer does not need. */
export function atDoor(door: Door, log: Log, publicUrl: URL): AtDoor {
  const headers = [
    ...Object.entries(securityHeaders({ publicUrl })).flat(),
    'content-type',
    'text/plain; charset=utf-8',
  ];
  return (incoming, outgoing) => {
    const target = incoming.url ?? '';
    if (!door.isFor(target)) return false;
    const { headers: sent, socket, method = '' } = incoming;
    const header = (name: string) => {
      const value = sent[name];
      return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
    };
    const write = ({ status, headers: own, body }: DoorAnswer) => {
      if (body === undefined) return void outgoing.writeHead(status, own).end();
      const length = String(Buffer.byteLength(body));
      outgoing.writeHead(status, [...own, 'content-length', length]).end(method === 'HEAD' ? undefined : body);
    };
    door.answer({ method, target, peer: socket.remoteAddress ?? '', header }).then(write, (fault: unknown) => {
      const reference = crypto.randomUUID();
      log.error({ reference, method, path: target.split('?')[0], error: fault }, 'a request failed');
      write({
        status: statusOfFault(fault),
        headers,
        body: `Something went wrong on our side. Reference: ${reference}\n`,
      });
    });
    return true;
  };
}
