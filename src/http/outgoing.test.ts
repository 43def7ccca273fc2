import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { addressesOf, postTo } from './outgoing.ts';

test('the status is what comes back, and nothing is waited for that stands behind it', async (t) => {
  assert.equal(await posted(t, 'HTTP/1.1 201 Created\r\ncontent-length: 1000000\r\n\r\n'), 201);
  assert.equal(await posted(t, 'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\n\r\n'), 302);
});

test('whatever the other side does, it is over in time: one that hangs would hold up all who come after it', async (t) => {
  const sayings = {
    'nothing at all': '',
    'an answer that never comes': 'HTTP/1.1 103 Early Hints\r\n\r\n',
    'an upgrade that nobody asked for': 'HTTP/1.1 101 Up\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    'no HTTP': 'hello\r\n\r\n',
  };
  for (const [what, said] of Object.entries(sayings)) {
    const { promise: late, resolve } = Promise.withResolvers<string>();
    const timer = setTimeout(resolve, 2000, 'late');
    const outcome = await Promise.race([posted(t, said).catch((fault: unknown) => fault), late]);
    clearTimeout(timer);
    assert.ok(outcome instanceof Error, `${what}: ${String(outcome)}`);
  }
});

test('a name that nobody resolves is waited for only so long', async () => {
  const never = () => new Promise<never>(() => {});
  await assert.rejects(addressesOf(new URL('https://slow.example/'), never, 20), /No address in time/);
  const address = { address: '203.0.113.7', family: 4 };
  assert.deepEqual(await addressesOf(new URL('https://quick.example/'), async () => [address], 20), [address]);
});

/** To a server that says this and then nothing more. */
async function posted(t: TestContext, said: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(said));
    t.after(() => socket.destroy());
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const target = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return postTo(target, { address: '127.0.0.1', family: 4 }, { headers: {}, body: 'x', patienceMs: 300 });
}
