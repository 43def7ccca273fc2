import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { acceptedEncoding, compressed } from './compress.ts';
import { type StaticFile, serveStatic } from './static.ts';

const body = new Uint8Array(Buffer.from('body{}'.repeat(50)));
const file: StaticFile = {
  contentType: 'text/css; charset=utf-8',
  etag: '"abc"',
  body,
  br: new Uint8Array(brotliCompressSync(body)),
  gzip: new Uint8Array(gzipSync(body)),
  immutable: true,
};
const files = new Map([
  ['/static/a.css', file],
  ['/favicon.svg', { ...file, immutable: false, br: null, gzip: null }],
]);
const get = (path: string, headers = {}, method = 'GET') =>
  serveStatic(new Request(`http://localhost${path}`, { method, headers }), files);

test('a file goes out in the best encoding the browser takes, and is kept for ever', async () => {
  const answer = get('/static/a.css', { 'accept-encoding': 'gzip, deflate, br' });
  assert.equal(answer?.headers.get('content-encoding'), 'br');
  assert.match(answer?.headers.get('cache-control') ?? '', /immutable/);
  assert.equal(answer?.headers.get('vary'), 'accept-encoding');
  assert.equal(get('/static/a.css', { 'accept-encoding': 'gzip' })?.headers.get('content-encoding'), 'gzip');
  const plain = get('/static/a.css');
  assert.equal(plain?.headers.get('content-encoding'), null);
  assert.equal((await plain?.text())?.length, body.length);
});

test('a name without a hash is asked for again', () => {
  assert.doesNotMatch(get('/favicon.svg')?.headers.get('cache-control') ?? '', /immutable/);
});

test('what the browser has already is not sent again', () => {
  assert.equal(get('/static/a.css', { 'if-none-match': '"abc"' })?.status, 304);
  assert.equal(get('/static/a.css', { 'if-none-match': '"old"' })?.status, 200);
});

test('HEAD tells the length and sends nothing', async () => {
  const answer = get('/static/a.css', {}, 'HEAD');
  assert.equal(answer?.headers.get('content-length'), String(body.length));
  assert.equal(await answer?.text(), '');
});

test('other names, other methods and ways out of the folder are not ours to answer', () => {
  for (const path of ['/static/b.css', '/static/', '/static/../package.json', '/static/%2e%2e/a.css', '/'])
    assert.equal(get(path), null, path);
  assert.equal(get('/static/a.css', {}, 'POST'), null);
});

test('an encoding that is ruled out with q=0 is not used', () => {
  assert.equal(acceptedEncoding('br;q=0, gzip'), 'gzip');
  assert.equal(acceptedEncoding('br; q=0.000, gzip;q=0'), null);
  assert.equal(acceptedEncoding('brx'), null);
  assert.equal(acceptedEncoding(null), null);
});

test('a page is compressed for who takes it, and varies by that', async () => {
  const page = `<!doctype html>${'<p>Hello</p>'.repeat(200)}`;
  const br = await compressed(page, 'br, gzip');
  assert.equal(br.headers['content-encoding'], 'br');
  assert.ok(br.body.byteLength < page.length / 4);
  const plain = await compressed(page, null);
  assert.equal(Buffer.from(plain.body).toString(), page);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, 'accept-encoding');
});
