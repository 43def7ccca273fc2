import { request as open } from 'node:http';
import type { App } from '#web/app.ts';

/** Holds back the last byte of many requests, and lets go of all of them at once. */
export type Gate = { arrive(): Promise<void> };

/** How long the servers have, with everything but the last bytes in hand, to get ready. */
const PAUSE_MS = 100;

export function gateFor(requests: number): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = requests;
  return {
    arrive: () => {
      missing -= 1;
      if (missing === 0) setTimeout(resolve, PAUSE_MS);
      return promise;
    },
  };
}

/** The servers as a browser sees them: a socket for each request, each request to the next one in turn. */
export type Wire = App & { gate: Gate | null; ports: number[] };

export function wireTo(ports: number[]): Wire {
  let turn = 0;
  const wire: Wire = {
    routes: [],
    gate: null,
    ports,
    async fetch(request) {
      turn += 1;
      const port = wire.ports[turn % wire.ports.length] ?? 0;
      return exchange({ port, from: sourceOf(turn) }, request, Buffer.from(await request.arrayBuffer()), wire.gate);
    },
  };
  return wire;
}

/** Fifty addresses, where the loopback has more than one: no limit may hang on where a guess comes from. */
function sourceOf(turn: number): string {
  return process.platform === 'linux' ? `127.0.0.${2 + (turn % 50)}` : '127.0.0.1';
}

type Line = { port: number; from: string };

function exchange({ port, from }: Line, request: Request, body: Buffer, gate: Gate | null): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const { pathname, search, host } = new URL(request.url);
  const headers = { ...Object.fromEntries(request.headers), host, 'content-length': String(body.length) };
  const target = { host: '127.0.0.1', port, localAddress: from, agent: false };
  const sent = open({ ...target, method: request.method, path: pathname + search, headers });
  sent.setNoDelay(true);
  let arrived = gate === null;
  sent.on('error', (fault) => {
    if (!arrived) void gate?.arrive(); // whom nobody listens to any more must not keep the others waiting
    reject(fault);
  });
  sent.on('response', (answer) => {
    const chunks: Buffer[] = [];
    answer.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => resolve(toResponse(answer.statusCode ?? 0, answer.rawHeaders, Buffer.concat(chunks))));
  });
  if (!gate || body.length === 0) sent.end(body);
  else
    sent.write(body.subarray(0, -1), (fault) => {
      if (fault) return;
      arrived = true;
      void gate.arrive().then(() => sent.end(body.subarray(-1)));
    });
  return promise;
}

function toResponse(status: number, raw: string[], body: Buffer): Response {
  const headers = new Headers();
  for (let i = 0; i < raw.length; i += 2) headers.append(raw[i] ?? '', raw[i + 1] ?? '');
  const empty = status === 204 || status === 304 || body.length === 0;
  return new Response(empty ? null : Uint8Array.from(body), { status, headers });
}
