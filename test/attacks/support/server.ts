// The product as a process of its own: it listens, tells its port, and lives until it is killed or its parent is gone.
import { appendFileSync } from 'node:fs';
import { assemble } from '#src/main.ts';
import { readKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import { CHEAP } from '#test/support/rig.ts';
import { readClock } from './clock.ts';
import type { Orders } from './servers.ts';

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;
const { sentFile } = orders;
process.stdin.resume().on('end', () => process.exit());

// Everything slow is loaded by now; a stand-by waits here for the word, so that a restart takes no second.
if (orders.waits) {
  process.stdout.write('loaded\n');
  await new Promise((go) => process.stdin.once('data', go));
}
const now = () => readClock(orders.clockFile).now;
const clock = { now, wall: () => readClock(orders.clockFile).wall, livedMs: () => now().epochMilliseconds };
const keys = readKeys(orders.keyFile);
const store = await openStore({ url: orders.url, keys, now: clock.now });
const send = (channel: string) => ({
  send: async (message: { to: string; text: string; idempotencyKey: string }) => {
    const { to, text, idempotencyKey } = message;
    if (sentFile) appendFileSync(sentFile, `${JSON.stringify({ channel, to, text, idempotencyKey })}\n`);
    return { ok: true as const, reference: '' };
  },
});
const nachtslot = await assemble({
  store,
  keys,
  publicUrl: new URL(orders.publicUrl),
  clock,
  transports: { mail: send('mail'), sms: send('sms'), push: null },
  trustedProxies: [],
  log: { info() {}, warn() {}, error: (fields, sentence) => console.error(sentence, fields) },
  ...(orders.hashing === 'cheap' && { hashing: CHEAP }),
});
// Without a file for them, messages wait for the test to fetch them.
if (sentFile) nachtslot.outbox.start();
const { port } = await nachtslot.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${port}\n`);
