import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered } from './support/jar.ts';
import { rig } from './support/rig.ts';
import { signIn } from './support/roads.ts';

// Somebody on a train enrols with what a bad connection carries in a second or two: the page with the QR code, and
// everything it asks for, as a browser would get it.
const MOST_BYTES = 30_000;

test('the page that enrols weighs less than 30 kB over the wire with everything it needs', async () => {
  const r = await rig();
  const house = await r.organisation({ name: 'Koninklijke Bakkerij Duizendkorrel' });
  await r.campaign({ organisation: house.id });
  const jar = r.browser();
  await signIn(
    jar,
    await r.person({ organisations: [house], email: 'wilhelmina.van.der.meulen@duizendkorrel.example' }),
  );
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  await jar.submit('/enrol/choice', { choice: 'totp' });

  const accept = { 'accept-encoding': 'gzip, deflate, br, zstd' };
  const page = await r.browser().send(requestAs(jar, '/enrol', accept));
  assert.equal(page.status, 200);
  const plain = await jar.get('/enrol');
  assert.match(plain.text, /role="img"/);
  const links = [...plain.text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(links.length >= 3, 'style, script and typeface');
  let bytes = weightOf(page);
  for (const link of new Set(links)) bytes += weightOf(await jar.get(link, accept));
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes over the wire`);
});

function requestAs(jar: { cookies: Map<string, string> }, path: string, headers: Record<string, string>): Request {
  const cookie = [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Request(new URL(path, 'https://id.example.test'), { headers: { ...headers, cookie } });
}

/** Body and headers, as HTTP/1.1 sends them. */
function weightOf({ headers, bytes }: Answered): number {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return bytes + lines.length + 'HTTP/1.1 200 OK\r\n\r\n'.length;
}
