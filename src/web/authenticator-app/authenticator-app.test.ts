import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rig } from '#test/support/rig.ts';

// What a browser needs to install the app (W3C Web Application Manifest; web.dev, *installability criteria*).
type Manifest = {
  id: string;
  name: string;
  short_name: string;
  start_url: string;
  scope: string;
  display: string;
  lang: string;
  description: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
};

const MOST_BYTES = 120_000;

test('the name that people are told leads to the app, and the app is the same for everybody', async () => {
  const r = await rig();
  const jar = r.browser();
  const name = await jar.get('/authenticator');
  assert.deepEqual([name.status, name.location], [303, '/authenticator/']);
  const page = await jar.get('/authenticator/');
  assert.equal(page.status, 200);
  assert.deepEqual(page.headers.getSetCookie(), []);
  assert.match(page.text, /<meta name="viewport" content="width=device-width/);
  assert.match(page.text, /<noscript>.*This app needs JavaScript/s, 'it says what is missing where nothing runs');
  assert.doesNotMatch(page.text, /<script(?![^>]* src=)|<style| style=| on\w+=/, 'nothing inline');
  const again = await r.browser().get('/authenticator/');
  assert.equal(page.text, again.text);
});

test('its language is the switch’s, else the browser’s', async () => {
  const r = await rig();
  const jar = r.browser();
  assert.match((await jar.get('/authenticator/', { 'accept-language': 'nl-BE' })).text, /<html lang="nl"/);
  await jar.post('/language', { language: 'nl', 'return-to': '/' });
  const page = await jar.get('/authenticator/');
  assert.match(page.text, /<html lang="nl".*manifest-nl\.webmanifest/s);
});

test('the manifest says what an installed app needs, in both languages', async () => {
  const r = await rig();
  const jar = r.browser();
  for (const lang of ['en', 'nl']) {
    const answer = await jar.get(`/authenticator/manifest-${lang}.webmanifest`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/manifest\+json/);
    const manifest = JSON.parse(answer.text) as Manifest;
    assert.equal(manifest.name, 'Nachtslot Authenticator');
    assert.ok(manifest.short_name.length <= 14, 'it fits under an icon');
    assert.equal(manifest.lang, lang);
    assert.equal(manifest.display, 'standalone');
    assert.deepEqual([manifest.id, manifest.start_url, manifest.scope], Array(3).fill('/authenticator/'));
    assert.ok(manifest.description.length > 20);
    const kinds = manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
    assert.deepEqual(kinds, ['192x192 any', '512x512 any', '512x512 maskable']);
    for (const { src, sizes, type } of manifest.icons) {
      const file = await r.app.fetch(new Request(new URL(src, 'https://id.example.test')), '');
      assert.equal(file.headers.get('content-type'), type);
      const png = Buffer.from(await file.arrayBuffer());
      assert.equal(png.toString('latin1', 1, 4), 'PNG');
      assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes);
    }
  }
});

test('the worker keeps every file the page links to, and changes when one of them does', async () => {
  const r = await rig();
  const jar = r.browser();
  const worker = await jar.get('/authenticator/sw.js');
  assert.match(worker.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.equal(worker.headers.get('cache-control'), 'no-store', 'a new one is found at once');
  const page = await jar.get('/authenticator/');
  const links = [...page.text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, link = '']) => link);
  assert.ok(links.length >= 5);
  for (const link of links) {
    assert.match(link, /-\w{8}\.\w+$/, 'its name carries a hash of what is in it');
    assert.ok(worker.text.includes(`"${link}"`), link);
  }
});

test('the first load weighs less than 120 kB over the wire, with everything that is kept for offline', async () => {
  const r = await rig();
  const jar = r.browser();
  const accept = { 'accept-encoding': 'gzip, deflate, br, zstd' };
  const worker = await jar.get('/authenticator/sw.js');
  const files = new Set([...worker.text.matchAll(/"(\/static\/[^"]+)"/g)].map(([, path = '']) => path));
  assert.ok(files.size >= 9, 'scripts, styles, type and icons');
  let bytes = 0;
  for (const path of ['/authenticator/', '/authenticator/sw.js', '/authenticator/manifest-en.webmanifest', ...files]) {
    const answer = await jar.get(path, accept);
    assert.equal(answer.status, 200, path);
    bytes += answer.bytes + [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('').length;
  }
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
});

test('the camera is for this page alone, and its policy lets in nothing from elsewhere', async () => {
  const r = await rig();
  const app = await r.browser().get('/authenticator/');
  assert.match(app.headers.get('permissions-policy') ?? '', /camera=\(self\)/);
  const policy = app.headers.get('content-security-policy') ?? '';
  for (const wanted of ["default-src 'none'", "script-src 'self'", "worker-src 'self'", "manifest-src 'self'"])
    assert.ok(policy.split('; ').includes(wanted), wanted);
  assert.doesNotMatch(policy, /unsafe|nonce|data:|blob:|\*/);
  const other = await r.browser().get('/sign-in');
  assert.match(other.headers.get('permissions-policy') ?? '', /camera=\(\)/);
});
