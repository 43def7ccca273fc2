// P-45: requests that are none. Two parsers that read one differently let a stranger put words into another's mouth; so
// whatever can be read twice is refused, directly and behind the nginx and the Caddy of the documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { rig } from '#test/support/rig.ts';
import type { App } from '#web/app.ts';
import { freePort, startApplication, startCaddy, startNginx } from '../journeys/support/proxies.ts';
import { answerIn, exchange } from './support/raw-socket.ts';

const LOGIN = 'login.example.org';
const HOST = `Host: ${LOGIN}\r\n`;
const FORM = `Origin: https://${LOGIN}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
const POST = `POST /forgot HTTP/1.1\r\n${HOST}${FORM}`;
const GET = `GET /sign-in HTTP/1.1\r\n${HOST}`;
const BODY = 'address=a%40b.test';
const SMUGGLED = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`;

/** Read twice, each of these is two different requests. */
const AMBIGUOUS: Record<string, string> = {
  'a length and chunks (CL.TE)': `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks and a length (TE.CL)': `${POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4c\r\n${SMUGGLED}\r\n0\r\n\r\n`,
  'two lengths': `${POST}Content-Length: 18\r\nContent-Length: 5\r\n\r\n${BODY}${SMUGGLED}`,
  'two equal lengths': `${POST}Content-Length: 18\r\nContent-Length: 18\r\n\r\n${BODY}`,
  'a list of lengths': `${POST}Content-Length: 18, 5\r\n\r\n${BODY}${SMUGGLED}`,
  'a length with a sign': `${POST}Content-Length: +18\r\n\r\n${BODY}`,
  'a length below nothing': `${POST}Content-Length: -1\r\n\r\n${BODY}`,
  'a length in hexadecimal': `${POST}Content-Length: 0x12\r\n\r\n${BODY}`,
  'a length beyond all numbers': `${POST}Content-Length: 99999999999999999999\r\n\r\n${BODY}`,
  'a length of words': `${POST}Content-Length: many\r\n\r\n${BODY}`,
  'chunks twice': `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks by another name': `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks after a tab': `${POST}Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks before something else': `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks in a folded line': `${POST}Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a blank before the colon': `${POST}Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a line that is folded': `${GET}X-Folded: one\r\n two\r\n\r\n`,
  'a bare end of line in a header': `${GET}X-Bare: one\nX-Other: two\r\n\r\n`,
  'a carriage return in a header': `${GET}X-Bare: one\rX-Other: two\r\n\r\n`,
  'a NUL in a header': `${GET}X-Nul: one\0two\r\n\r\n`,
  'a header without a name': `${GET}: nothing\r\n\r\n`,
  'two hosts': `${GET}Host: evil.test\r\n\r\n`,
  'no host': 'GET /sign-in HTTP/1.1\r\n\r\n',
  'a chunk of no size': `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk below nothing': `${POST}Transfer-Encoding: chunked\r\n\r\n-1\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk beyond all numbers': `${POST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk longer than it says': `${POST}Transfer-Encoding: chunked\r\n\r\n3\r\n${BODY}\r\n0\r\n\r\n`,
  'a chunk with an endless extension': `${POST}Transfer-Encoding: chunked\r\n\r\n12;${'x'.repeat(20_000)}\r\n${BODY}\r\n0\r\n\r\n`,
  'an expectation that is none': `${POST}Expect: a-miracle\r\nContent-Length: 18\r\n\r\n${BODY}`,
  'a method of odd letters': `GÉT /sign-in HTTP/1.1\r\n${HOST}\r\n`,
  'no method': `/sign-in HTTP/1.1\r\n${HOST}\r\n`,
  'a version that is none': `GET /sign-in HTTP/9.9\r\n${HOST}\r\n`,
  'a blank in the address': `GET /sign in HTTP/1.1\r\n${HOST}\r\n`,
  'HTTP/2 without asking': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a tunnel': `CONNECT evil.test:443 HTTP/1.1\r\n${HOST}\r\n`,
  'an address of another host': `GET http://evil.test/sign-in HTTP/1.1\r\n${HOST}\r\n`,
  'the beginning of TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(200, '\0'),
  'a thousand headers': `${GET}${Array.from({ length: 1_000 }, (_, at) => `X-${at}: ${at}\r\n`).join('')}\r\n`,
  'headers of 17 KiB': `${GET}X-Fat: ${'x'.repeat(17 * 1024)}\r\n\r\n`,
  'five hundred cookies': `${GET}Cookie: ${Array.from({ length: 500 }, (_, at) => `c${at}=${'x'.repeat(30)}`).join('; ')}\r\n\r\n`,
  'an address of 64 KiB': `GET /sign-in?${'x'.repeat(64 * 1024)} HTTP/1.1\r\n${HOST}\r\n`,
};

/** Odd, and one thing only: these may be taken. */
const UNUSUAL: Record<string, string> = {
  'two equal hosts in two spellings': `GET /sign-in HTTP/1.1\r\nHost: LOGIN.EXAMPLE.ORG\r\n\r\n`,
  'chunks with trailers': `${POST}Transfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n12\r\n${BODY}\r\n0\r\nX-Late: 1\r\nContent-Length: 3\r\n\r\n`,
  'an expectation': `${POST}Expect: 100-continue\r\nContent-Length: 18\r\n\r\n${BODY}`,
  'a wish for WebSocket': `${GET}Connection: close, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
  'a wish for HTTP/2': `${GET}Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  'HTTP/1.0': `GET /sign-in HTTP/1.0\r\n${HOST}\r\n`,
  'a body where none belongs': `GET /sign-in HTTP/1.1\r\n${HOST}Content-Length: 18\r\n\r\n${BODY}`,
  'an address with bytes above ASCII': `GET /sign-in?with=\xff\xfe HTTP/1.1\r\n${HOST}\r\n`,
  'half an escape': `GET /%E0%A4%A/%zz HTTP/1.1\r\n${HOST}\r\n`,
};

test('directly: what can be read in two ways is refused, and nobody waits', async () => {
  await withServer(async ({ port, seen }) => {
    for (const [what, bytes] of Object.entries({ ...AMBIGUOUS, ...UNUSUAL })) {
      const raw = await exchange(port, Buffer.from(closing(bytes), 'latin1')).catch((fault: Error) => {
        throw new Error(`${what}: ${fault.message}`);
      });
      const first = raw.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
      const { status } = answerIn(first);
      assert.ok(status < 500, `${what}: ${first.slice(0, 200)}`);
      if (what in UNUSUAL) assert.ok(status >= 200, `${what}: ${first.slice(0, 200)}`);
      assert.ok(!seen.includes('/smuggled'), what);
      await honest(port, what);
    }
  });
});

for (const [name, start] of [
  ['nginx', startNginx],
  ['caddy', startCaddy],
] as const)
  test(`behind ${name}: no request comes out that was not answered`, async () => {
    await withServer(async ({ port, seen }) => {
      const application = await startApplication();
      const tls = await freePort();
      const proxy = await start({ tls, nachtslot: port, application: application.port });
      try {
        for (const [what, bytes] of Object.entries({ ...AMBIGUOUS, ...UNUSUAL })) {
          seen.length = 0;
          const raw = await overTls(tls, Buffer.from(bytes, 'latin1'));
          const statuses = [...raw.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status));
          for (const status of statuses)
            assert.ok(status < 500 || PROXYS_OWN[name].includes(status), `${what}: ${raw.slice(0, 300)}`);
          const answered = statuses.filter((status) => status >= 200).length;
          assert.ok(
            seen.length <= Math.max(1, answered),
            `${what}: ${answered} answers, and came through: ${seen.join()}`,
          );
          // The next one on the proxy's line to us gets the answer to their own question.
          const own = await overTls(tls, Buffer.from(`GET /help HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`), 15_000);
          assert.match(own, /^HTTP\/1\.1 200 /, `${what}: ${own.slice(0, 300)}`);
          assert.match(own, /<title>Help/, what);
        }
      } finally {
        await proxy.stop();
        application.stop();
      }
    });
  });

/** What a proxy says by itself of what it does not know; and Caddy of a body that breaks off while it hands it on. */
const PROXYS_OWN = { nginx: [501, 505], caddy: [501, 502, 505] };

/** The program, and the paths of what got as far as its pages. */
async function withServer(body: (on: { port: number; seen: string[] }) => Promise<void>): Promise<void> {
  const r = await rig({ publicUrl: `https://${LOGIN}` });
  const seen: string[] = [];
  const through: App = {
    ...r.app,
    fetch: (request, peer) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/help') seen.push(pathname);
      return r.app.fetch(request, peer);
    },
  };
  const server = await r.listen({ host: '127.0.0.1', port: 0 }, through);
  try {
    await body({ port: server.port, seen });
  } finally {
    await server.close();
  }
}

async function honest(port: number, after: string): Promise<void> {
  const raw = await exchange(port, `GET /sign-in HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
  assert.equal(answerIn(raw).status, 200, `the next one after: ${after}`);
}

/** Asked to hang up afterwards, where the request is well-formed enough to say so. */
function closing(bytes: string): string {
  return bytes.includes('Connection:') ? bytes : bytes.replace(/Host: [^\r]*\r\n/i, '$&Connection: close\r\n');
}

/** What comes back until the proxy hangs up, or has had nothing more to say for a while. */
function overTls(port: number, bytes: Buffer, quietMs = 80): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let raw = '';
  const socket = connect({ port, host: '127.0.0.1', servername: LOGIN, rejectUnauthorized: false }, () => {
    socket.write(bytes);
    socket.setTimeout(quietMs, () => socket.destroy());
  });
  socket.setEncoding('latin1').on('data', (part: string) => (raw += part));
  socket.on('error', () => {});
  socket.on('close', () => resolve(raw));
  return promise;
}
