import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { type Assets, buildAssets } from './assets.ts';

let assets: Assets;
before(async () => {
  assets = await buildAssets();
});

test('every file a document links to is there, under a name that changes with its content', () => {
  for (const path of Object.values(assets.links)) {
    assert.ok(assets.files.get(path)?.immutable, path);
    assert.match(path, /^\/static\/[\w.-]+-[0-9A-Za-z]{8}\.(css|js|svg|woff)$/);
  }
});

test('styles, scripts and type together leave room for a page below 30 kB', () => {
  const wire = Object.values(assets.links).map((path) => {
    const file = assets.files.get(path);
    return (file?.br ?? file?.body)?.byteLength ?? Infinity;
  });
  const total = wire.reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(total < 22_400, `${total} bytes`);
});

test('what is compressed is the same file', () => {
  const css = assets.files.get(assets.links.css);
  assert.deepEqual(brotliDecompressSync(css?.br ?? Buffer.of()), Buffer.from(css?.body ?? Buffer.of()));
});

test('the styles load nothing from elsewhere, and point to the font under its hashed name', () => {
  const css = Buffer.from(assets.files.get(assets.links.css)?.body ?? []).toString();
  const urls = [...css.matchAll(/url\(["']?([^)"']+)/g)].map(([, url]) => url ?? '');
  assert.ok(urls.includes(assets.links.font));
  for (const url of urls) assert.ok(assets.files.has(url), url);
});

test('nothing in the scripts writes HTML or a style attribute, which the Content-Security-Policy would refuse', () => {
  const js = Buffer.from(assets.files.get(assets.links.js)?.body ?? []).toString();
  assert.doesNotMatch(js, /innerHTML|insertAdjacentHTML|document\.write|setAttribute\("style|\beval\b|new Function/);
});
