import { connect, type Socket } from 'node:net';

/** One answer as it came over the line. */
export type Said = { status: number; headers: Map<string, string>; text: string };

/** A request byte by byte: no library that would mend or refuse it. Names and values go out as they are given, in latin1. */
export type Asking = { method: string; target: string; headers: readonly [string, string][]; body?: Buffer };

/** Nobody waits so long but for ever, also where many tests share a machine. */
const PATIENCE_MS = 15_000;

/** Sends a request and reads until the server hangs up; throws where it does not within `patience`. */
export async function ask(port: number, asking: Asking, patience = PATIENCE_MS): Promise<Said> {
  const { method, target, headers, body = Buffer.alloc(0) } = asking;
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1');
  return answerIn(await exchange(port, Buffer.concat([head, body]), patience));
}

/** What comes back for these bytes until the line is closed. */
export function exchange(port: number, bytes: Buffer | string, patience = PATIENCE_MS): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ port, host: '127.0.0.1' });
  const parts: Buffer[] = [];
  const timer = setTimeout(() => {
    socket.destroy();
    reject(new Error(`no end after ${patience} ms; so far: ${text(parts).slice(0, 300)}`));
  }, patience);
  socket.on('data', (part: Buffer) => parts.push(part));
  // A server that has said no may hang up on whoever is still talking.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(timer);
    resolve(text(parts));
  });
  socket.write(bytes);
  return promise;
}

/** The first answer in what came. */
export function answerIn(raw: string): Said {
  const end = raw.indexOf('\r\n\r\n');
  const [first = '', ...lines] = raw.slice(0, Math.max(0, end)).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = end < 0 ? '' : raw.slice(end + 4);
  const bytes = Buffer.from(headers.get('transfer-encoding') === 'chunked' ? unchunked(body) : body, 'latin1');
  return { status, headers, text: bytes.toString('utf8') };
}

function unchunked(body: string): string {
  let [rest, whole] = [body, ''];
  for (;;) {
    const [, size = ''] = /^([0-9a-f]+)\r\n/i.exec(rest) ?? [];
    const length = Number.parseInt(size, 16);
    if (!(length > 0)) return whole;
    whole += rest.slice(size.length + 2, size.length + 2 + length);
    rest = rest.slice(size.length + 4 + length);
  }
}

function text(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('latin1');
}

/** A line that is held open, and may say something now and then. */
export function hold(port: number, first: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ port, host: '127.0.0.1' }, () => {
    socket.removeListener('error', reject);
    socket.on('error', () => {});
    if (first) socket.write(first);
    resolve(socket);
  });
  socket.once('error', reject);
  return promise;
}
