import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushAddress } from '#store/rows.ts';

/** How the service behaves: `hang` takes the message and never answers, `drop` takes it and hangs up. */
export type PushMode = 'ok' | 'slow' | 'hang' | 'drop' | { status: number };

export type Pushed = { endpoint: string; text: string; ttl: number; urgency: string; topic: string; subject: string };

type State = {
  requests: number;
  moved: number;
  origin: string;
  /** How a message comes to the browser; null: it stays at the service. */
  deliver: ((pushed: Pushed) => Promise<void>) | null;
};

export type PushDouble = Awaited<ReturnType<typeof pushDouble>>;

/**
 * A push service on this machine (RFC 8030), with the browsers behind it: what it hands out is an address with keys, and
 * what comes there has to be signed by the right server (RFC 8292) and to open with the keys of that browser (RFC 8291).
 * Written from the three documents, and not with the library under test.
 */
export async function pushDouble(mode: PushMode = 'ok') {
  const received: Pushed[] = [];
  const refusals: string[] = [];
  const browsers = new Map<string, { keys: ECDH; auth: Buffer }>();
  const state: State = { requests: 0, moved: 0, origin: '', deliver: null };
  const double = { ...state, mode, received, refusals, subscribe, close };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;

  /** A browser that wants messages. */
  function subscribe(): PushAddress {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16);
    const path = `/push/${randomBytes(16).toString('base64url')}`;
    browsers.set(path, { keys, auth });
    return {
      endpoint: `${double.origin}${path}`,
      p256dh: keys.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
    };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    double.requests += 1;
    const { mode } = double;
    if (request.url === '/moved') double.moved += 1;
    if (typeof mode === 'object') return void response.writeHead(mode.status, { location: '/moved' }).end();
    try {
      received.push(open(request, Buffer.concat(chunks)));
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : 'unknown');
      return void response.writeHead(400).end();
    }
    if (mode === 'hang') return;
    if (mode === 'drop') return void request.socket.destroy();
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
    response.writeHead(201, { location: `${double.origin}/message/1` }).end();
    const newest = received.at(-1);
    if (newest) await double.deliver?.(newest);
  }

  function open({ method, url = '', headers }: IncomingMessage, body: Buffer): Pushed {
    const browser = browsers.get(url);
    need(method === 'POST' && browser, 'no such browser');
    const subject = subjectOf(headers.authorization ?? '', double.origin);
    const ttl = Number(headers['ttl']);
    need(Number.isInteger(ttl) && ttl >= 0, 'TTL');
    need(headers['content-encoding'] === 'aes128gcm', 'content-encoding');
    const topic = String(headers['topic'] ?? '');
    need(/^[A-Za-z0-9_-]{1,32}$/.test(topic), 'topic');
    const text = decrypt(body, browser).toString();
    const urgency = String(headers['urgency']);
    return { endpoint: `${double.origin}${url}`, text, ttl, urgency, topic, subject };
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** RFC 8292 §2 and §3: a token for this very service, of a server that can be asked who it is. */
function subjectOf(authorization: string, origin: string): string {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const point = Buffer.from(key, 'base64url');
  need(point.length === 65 && point[0] === 4, 'k');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) => one.toString('base64url'));
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  const [head = '', claims = '', signature = ''] = token.split('.');
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  need(isSigned, 'signature');
  need(jsonOf(head)['alg'] === 'ES256', 'alg');
  const { aud, exp, sub } = jsonOf(claims);
  need(aud === origin, 'aud');
  const seconds = Number(exp) - Date.now() / 1000;
  need(seconds > 0 && seconds <= 24 * 60 * 60, 'exp');
  need(typeof sub === 'string' && /^(https:\/\/|mailto:.+@)/.test(sub), 'sub');
  return sub;
}

/** RFC 8188 §2 and RFC 8291 §3: salt, record size, the sender's key; one record. */
function decrypt(body: Buffer, { keys, auth }: { keys: ECDH; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16);
  const size = body.readUInt32BE(16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  need(keyLength === 65 && sealed.length <= size && sealed.length > 17, 'one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const input = derive(keys.computeSecret(sender), auth, info, 32);
  const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  need(end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0), 'padding');
  return padded.subarray(0, end);
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

function jsonOf(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function need(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
