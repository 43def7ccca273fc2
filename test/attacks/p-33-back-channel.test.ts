// P-33: the program sends requests of its own to where an application says. Nothing may be reached, or held up, by that.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { test } from 'node:test';
import { register, RelyingParty, visit, type World, world } from '#test/support/oidc-client.ts';
import { signIn } from './support/provider.ts';

type After = { after(work: () => unknown): void };

/** Addresses where machines keep their own secrets, in the clothes they come in. */
const FORBIDDEN = (port: number) => [
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[::ffff:7f00:1]:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f.1:${port}/`,
  `http://0177.0.0.1:${port}/`,
  `http://127.1:${port}/`,
  `http://0.0.0.0:${port}/`,
  `http://[::]:${port}/`,
  `https://127.0.0.1:${port}/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://[64:ff9b::7f00:1]/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
];

test('an address inside is never spoken to, however it is written', async (t) => {
  const inside = await listening(t, (_request, response) => response.writeHead(200).end());
  const w = await opened(t);
  for (const address of FORBIDDEN(inside.port)) {
    const failure = await toldOf(w, { backchannelLogoutUri: `${address}logout` });
    assert.deepEqual([failure['failure'], failure['givenUp']], ['address-not-allowed', true], address);
  }
  assert.equal(inside.heard, 0);
});

test('a redirect is not followed, to nowhere: not to the metadata of a cloud, not back into the house', async (t) => {
  const secret = await listening(t, (_request, response) => response.writeHead(200).end());
  const w = await opened(t, 'http://localhost:3000');
  for (const status of [301, 302, 303, 307, 308])
    for (const to of [
      `http://localhost:${secret.port}/admin`,
      'http://169.254.169.254/latest/',
      '//evil.test/',
      'file:///etc/passwd',
    ]) {
      const rota = await listening(t, (_request, response) => response.writeHead(status, { location: to }).end());
      const told = await toldOf(w, rota.settings);
      assert.deepEqual(
        [told['failure'], told['givenUp'], rota.heard],
        [`status-${status}`, false, 1],
        `${status} ${to}`,
      );
    }
  assert.equal(secret.heard, 0);
});

test('an application that is down, broken, slow or endless is waited for a little, tried a few times and given up', async (t) => {
  const w = await opened(t, 'http://localhost:3000');
  const broken = await listening(t, (_request, response) => response.writeHead(500).end());
  const endless = await listening(t, (_request, response) => {
    response.writeHead(500);
    const more = setInterval(() => response.write('x'.repeat(65_536)), 5);
    response.on('close', () => clearInterval(more));
  });
  const silent = await listening(t, () => {});
  const down = { redirectUris: ['http://localhost:1/callback'], backchannelLogoutUri: 'http://localhost:1/logout' };
  const honest = await listening(t, (_request, response) => response.writeHead(204).end());

  assert.deepEqual((await toldOf(w, broken.settings))['failure'], 'status-500');
  assert.deepEqual((await toldOf(w, endless.settings))['failure'], 'status-500');
  assert.deepEqual((await toldOf(w, down))['failure'], 'ECONNREFUSED');
  const began = performance.now();
  assert.match(String((await toldOf(w, silent.settings))['failure']), /^ABORT_ERR$|Timeout/);
  assert.ok(performance.now() - began < 10_000);
  silent.close();

  // Whoever is next is told all the same, and the rest is tried again and ends.
  assert.equal((await toldOf(w, honest.settings))['failure'], undefined);
  for (let round = 0; round < 8; round += 1) {
    w.r.advance({ hours: 2 });
    // Two processes look at once.
    await Promise.all([w.r.signOuts.tellDue(), w.r.signOuts.tellDue()]);
  }
  assert.equal(broken.heard, 6, 'once, and five times more');
  assert.deepEqual(await w.r.store.read.applicationSessions.of(w.grace.id), []);
});

/** Signs in at an application that is registered like this, signs out, and answers what the audit says of telling it. */
async function toldOf(w: World, settings: { redirectUris?: string[]; backchannelLogoutUri: string }) {
  const application = await register(w.r, w.house, { settings });
  const jar = w.newJar();
  await signIn(w, jar);
  const party = await RelyingParty.of(application, jar.origin, w.through);
  const begun = await party.begin();
  assert.ok((await visit(jar, begun.url)).left?.includes('code='), 'control');
  await jar.post('/sign-out');
  await w.r.signOuts.tellDue();
  const lines = await w.r.store.read.audit.of(w.grace.id, 10);
  const line = lines.find(
    ({ event, detail }) => event.startsWith('application.sign-out-') && detail['application'] === application.id,
  );
  assert.ok(line, settings.backchannelLogoutUri);
  return line.detail;
}

async function listening(t: After, answer: RequestListener) {
  const state = { heard: 0 };
  const server = createServer((request, response) => {
    state.heard += 1;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  t.after(close);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const origin = `http://localhost:${port}`;
  return {
    port,
    close,
    get heard() {
      return state.heard;
    },
    settings: { redirectUris: [`${origin}/callback`], backchannelLogoutUri: `${origin}/logout` },
  };
}

async function opened(t: After, publicUrl = 'https://id.example.test'): Promise<World> {
  const w = await world({ person: { enrolled: false }, publicUrl });
  t.after(w.close);
  return w;
}
