// P-26 at the provider: whatever a request says of where it came to, addresses are built from the configuration.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { CALLBACK, type World, world } from '#test/support/oidc-client.ts';
import { signIn } from './support/provider.ts';

const OURS = 'https://id.example.test';

/** What stands in a request beside its path. Each is sent as written, byte for byte. */
const SAID: Record<string, string[]> = {
  'a strange host': ['Host: evil.test'],
  'a strange host with a port': ['Host: evil.test:8443'],
  'our host with a strange port': ['Host: id.example.test:8443'],
  'our host with a dot': ['Host: id.example.test.'],
  'our host in capitals': ['Host: ID.EXAMPLE.TEST'],
  'our host behind a user': ['Host: id.example.test@evil.test'],
  'our host before a strange one': ['Host: id.example.test.evil.test'],
  'a host that is a path': ['Host: evil.test/oidc'],
  'a host that is a quote': ['Host: evil.test"><script>'],
  'no host': ['Host:'],
  'a forwarded host': ['Host: id.example.test', 'X-Forwarded-Host: evil.test'],
  'two forwarded hosts': ['Host: id.example.test', 'X-Forwarded-Host: evil.test, id.example.test'],
  'a forwarded scheme': ['Host: id.example.test', 'X-Forwarded-Proto: http'],
  'a forwarded scheme of scripts': ['Host: id.example.test', 'X-Forwarded-Proto: javascript'],
  'a forwarded port': ['Host: id.example.test', 'X-Forwarded-Port: 8443'],
  'a forwarded prefix': ['Host: id.example.test', 'X-Forwarded-Prefix: /evil.test', 'X-Forwarded-Path: //evil.test'],
  'a forwarded server': ['Host: id.example.test', 'X-Forwarded-Server: evil.test', 'X-Host: evil.test'],
  Forwarded: ['Host: id.example.test', 'Forwarded: for=1.2.3.4;host=evil.test;proto=http'],
  'another address': ['Host: id.example.test', 'X-Original-URL: /evil.test', 'X-Rewrite-URL: /evil.test'],
  'another host by Origin and Referer': [
    'Host: id.example.test',
    'Origin: https://evil.test',
    'Referer: https://evil.test/',
  ],
  'a method by header': ['Host: id.example.test', 'X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: DELETE'],
};

test('discovery, the door, its way back, sign-out and every error name the configured origin and no other', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  const port = w.port;
  await signIn(w, w.jar);
  await control(w);
  const cookie = `Cookie: ${[...w.jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`;
  const good = (await w.party.begin()).url;
  const bye = `/oidc/logout?client_id=${w.application.id}&post_logout_redirect_uri=${encodeURIComponent('https://evil.test')}`;
  for (const [what, headers] of Object.entries(SAID)) {
    const discovery = await raw(port, 'GET /.well-known/openid-configuration', headers);
    if (discovery.status === 200) isOurDocument(discovery.body, what);
    else assert.ok(discovery.status === 400 || discovery.status === 421, `${what}: ${discovery.status}`);
    for (const path of [
      good,
      good.replace(/redirect_uri=[^&]*/, 'redirect_uri=x'),
      '/oidc/auth',
      '/oidc/auth/unknown',
      bye,
      '/oidc/nothing',
    ])
      for (const also of [[], [cookie]]) {
        const answer = await raw(port, `GET ${path}`, [...headers, ...also]);
        assert.ok(answer.status < 500, `${what}: ${answer.status} ${path}`);
        isHomely(answer, `${what}: ${path}`);
      }
    const token = await raw(port, 'POST /oidc/token', [...headers, 'Content-Length: 0']);
    assert.ok(token.status >= 400 && token.status < 500, what);
    isHomely(token, what);
    const userinfo = await raw(port, 'GET /oidc/userinfo', [...headers, 'Authorization: Bearer x']);
    assert.ok(userinfo.status >= 400 && userinfo.status < 500, what);
    isHomely(userinfo, what);
  }
  await control(w);
});

test('a request line with a whole address, two hosts, and a method in a header', async (t) => {
  const w = await world({ person: { enrolled: false } });
  t.after(w.close);
  const port = w.port;
  for (const line of [
    'GET https://evil.test/.well-known/openid-configuration',
    'GET http://evil.test/oidc/auth',
    'GET //evil.test/.well-known/openid-configuration',
    'GET /\\evil.test/.well-known/openid-configuration',
    'GET https://id.example.test/.well-known/openid-configuration',
  ]) {
    const answer = await raw(port, line, ['Host: id.example.test']);
    assert.ok(answer.status < 500, `${line}: ${answer.status}`);
    isHomely(answer, line);
    if (answer.body.includes('"issuer"')) isOurDocument(answer.body, line);
  }
  const two = await raw(port, 'GET /.well-known/openid-configuration', ['Host: id.example.test', 'Host: evil.test']);
  if (two.status === 200) isOurDocument(two.body, 'two hosts');
  else assert.equal(two.status, 400);
  // What was fetched under a strange name is not kept for others.
  const after = await raw(port, 'GET /.well-known/openid-configuration', ['Host: id.example.test']);
  isOurDocument(after.body, 'afterwards');
  await signIn(w, w.jar);
  await control(w);
});

function isOurDocument(body: string, what: string): void {
  const said = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as Record<string, unknown>;
  assert.equal(said['issuer'], OURS, what);
  for (const [name, value] of Object.entries(said))
    if (/_(?:endpoint|uri)$/.test(name)) assert.ok(String(value).startsWith(`${OURS}/oidc/`), `${what}: ${name}`);
}

/** No word of what the request said of itself, and no way but into our own house or to the registered address. */
function isHomely({ head, body }: Heard, what: string): void {
  const location = /^location: *(.*)$/im.exec(head)?.[1]?.trim() ?? null;
  if (location !== null && !/^\/(?![/\\])/.test(location)) {
    const { origin, pathname } = new URL(location);
    assert.ok(origin === OURS || origin + pathname === CALLBACK, `${what}: ${location}`);
  }
  // Whoever may read an answer is told under the name they gave; nobody with somebody's cookies.
  assert.doesNotMatch(head, /access-control-allow-credentials/i, what);
  for (const line of head.split('\r\n').filter((one) => !/^(?:HTTP\/|access-control-allow-origin:)/i.test(one)))
    assert.doesNotMatch(line.replaceAll(encodeURIComponent('https://evil.test'), ''), /evil\.test|:8443/, what);
  const shown = body.replace(/<input type="hidden" name="return-to" value="[^"<>]*"\/>/g, '');
  assert.doesNotMatch(shown, /evil\.test|<script>(?!\n)|:8443/, what);
}

type Heard = { status: number; head: string; body: string };

/** A request as it is written here: no library may mend it. */
async function raw(port: number, line: string, headers: string[]): Promise<Heard> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('latin1');
  const cut = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, cut), body: text.slice(cut + 4) };
}

async function control(w: World): Promise<void> {
  const begun = await w.party.begin();
  const { location } = await w.jar.get(begun.url);
  assert.equal((await w.party.redeem(location ?? '', begun)).claims()?.sub, w.grace.id, 'control');
}
