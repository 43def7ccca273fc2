import { connect, type Socket } from 'node:net';
import type { Order, Told } from './load.ts';

// The client's process: the same bytes again and again over connections that stay open, each with one request under way.
// Only the first answer on each is read; the others have to be as long as that one, so that the client stays the cheaper
// half and does not become what is measured.
const END = '\r\n\r\n';

process.on('message', (order: Order) => {
  drive(order).then(
    (told) => process.send?.(told),
    (fault: unknown) => process.send?.({ done: 0, seconds: 1, wrong: String(fault) } satisfies Told),
  );
});
process.on('disconnect', () => process.exit());

async function drive({ port, request, connections, seconds }: Order): Promise<Told> {
  const bytes = Buffer.from(request);
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)));
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  let wrong: string | null = null;
  const lane = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let first = Buffer.alloc(0);
      let whole = 0;
      let missing = 0;
      const next = () => {
        done += 1;
        missing = whole;
        if (wrong === null && performance.now() < until) socket.write(bytes);
        else resolve();
      };
      socket.on('error', reject).on('data', (part: Buffer) => {
        if (whole === 0) {
          first = Buffer.concat([first, part]);
          if (!isWhole(first)) return;
          const text = first.toString('latin1');
          if (!text.startsWith('HTTP/1.1 200')) wrong ??= text.slice(0, 400);
          whole = first.byteLength;
          return next();
        }
        missing -= part.byteLength;
        if (missing < 0) wrong ??= part.toString('latin1', 0, 400);
        if (missing <= 0) next();
      });
      socket.write(bytes);
    });
  // Never asleep: waking it is work that only the slower server would have to do.
  let isOver = false;
  const stayAwake = () => void (isOver || setImmediate(stayAwake));
  stayAwake();
  await Promise.all(sockets.map(lane));
  isOver = true;
  const took = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return { done, seconds: took, wrong };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function isWhole(seen: Buffer): boolean {
  const head = seen.indexOf(END);
  if (head < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(seen.toString('latin1', 0, head))?.[1] ?? 0);
  return seen.byteLength >= head + END.length + length;
}
