import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Secret } from '#core/secret.ts';
import type { Store } from '#store/store.ts';
import { type PushDouble, pushDouble } from '#test/support/push-double.ts';
import { memoryStore, NOON } from '#test/support/store.ts';
import type { Log } from '../deliver.ts';
import { queuePush } from '../queue.ts';
import { createOutbox, type Outbox } from '../run.ts';
import { pushFrom } from './send.ts';
import { pushServices } from './services.ts';
import { vapidIn, vapidPublicKey } from './vapid.ts';

const PUBLIC = new URL('https://login.dam.example');
const REQUEST = 'b3c1c1b0-5d0a-4f0e-9a57-0a4ae6f0a111';
const DEVICE = '0f6e2c52-86b4-4f5c-8c63-6f0d2d3f9a42';
const NUMBER = '481093';

describe('notifications', () => {
  let store: Store;
  let service: PushDouble;
  let outbox: Outbox;
  let now: Temporal.Instant;
  let logged: string[];

  beforeEach(async () => {
    now = NOON;
    logged = [];
    store = await memoryStore({ now: () => now });
    service = await pushDouble();
    const note: Log['info'] = (fields, message) => void logged.push(`${message} ${JSON.stringify(fields)}`);
    const push = pushFrom(pushServices([service.origin]), { publicUrl: PUBLIC, timeoutMs: 300 });
    const log = { info: note, warn: note, error: note };
    outbox = createOutbox({ store, transports: { mail: null, sms: null, push }, now: () => now, log });
    await vapidPublicKey(store);
    const account = { id: 'a1', name: 'Zoë', language: 'en', status: 'active', securityEpoch: 1 } as const;
    await store.transaction(async (tx) => {
      await tx.accounts.create({ ...account, firstSignInAt: null, createdAt: NOON }, []);
      const times = { createdAt: NOON, expiresAt: NOON.add({ minutes: 10 }) };
      await tx.pairings.create({ id: DEVICE, account: 'a1', holder: 'x', codeHash: new Uint8Array(32), ...times });
      await tx.pairings.setPush(DEVICE, service.subscribe());
    });
  });
  afterEach(async () => {
    await Promise.all([service.close(), store.close()]);
  });

  const ask = (id = REQUEST) =>
    store.transaction(async (tx) => {
      const times = { createdAt: now, expiresAt: now.add({ seconds: 60 }) };
      const who = { organisation: 'Van Dam', application: 'Payroll', userAgent: 'Firefox', address: '192.0.2.7' };
      const what = { id, account: 'a1', holder: 'h1', purpose: 'verify', device: null } as const;
      await tx.approvals.create({ ...what, ...who, ...times, number: new Secret(NUMBER) });
      await queuePush(tx, { account: 'a1', device: DEVICE, request: id, now, expiresAt: times.expiresAt });
    });
  const later = (seconds: number) => (now = now.add({ seconds }));
  const asked = async (id = REQUEST) => {
    const request = await store.read.approvals.byId(id);
    assert.ok(request);
    return request;
  };
  const address = async () => (await store.read.pairings.byId(DEVICE))?.push ?? null;

  it('says that a request waits, to the phone alone, and nothing of what it says', async () => {
    await ask();
    later(5);
    assert.equal(await outbox.deliverDue(), 1);
    assert.deepEqual(service.refusals, []);
    const [pushed] = service.received;
    assert.deepEqual(JSON.parse(pushed?.text ?? ''), { request: REQUEST, device: DEVICE });
    assert.deepEqual([pushed?.ttl, pushed?.urgency, pushed?.subject], [55, 'high', PUBLIC.origin]);
    const { pushQueuedAt, pushSentAt, pushArrivedAt } = await asked();
    assert.deepEqual([String(pushQueuedAt), String(pushSentAt), pushArrivedAt], [String(NOON), String(now), null]);
    assert.equal(await outbox.deliverDue(), 0);
  });

  it('one phone has one topic: a newer request takes the place of an older one that was not fetched', async () => {
    await ask();
    await outbox.deliverDue();
    await ask('another');
    await outbox.deliverDue();
    assert.equal(service.received.length, 2);
    assert.equal(new Set(service.received.map(({ topic }) => topic)).size, 1);
  });

  for (const mode of [{ status: 500 }, { status: 503 }, { status: 429 }, 'drop', 'hang'] as const)
    it(`tries again within the minute and never after it: ${JSON.stringify(mode)}`, async () => {
      service.mode = mode;
      await ask();
      for (const seconds of [0, 3, 6, 16]) {
        later(seconds);
        assert.equal(await outbox.deliverDue(), 0);
      }
      assert.equal(service.requests, 4);
      later(60);
      service.mode = 'ok';
      await outbox.deliverDue();
      assert.equal(service.requests, 4);
      assert.equal((await asked()).pushSentAt, null);
      assert.equal(await store.read.outbox.waiting(), 0);
      assert.ok(await address(), 'the phone is still there');
    });

  it('a service that comes back within the minute is told', async () => {
    await service.close();
    await ask();
    assert.equal(await outbox.deliverDue(), 0);
    assert.match((await outbox.status()).push, /^push: ECONNREFUSED/);
    assert.equal(await store.read.outbox.waiting(), 1);
  });

  for (const status of [404, 410])
    it(`${status}: the address is forgotten, and nothing goes there again`, async () => {
      service.mode = { status };
      await ask();
      await outbox.deliverDue();
      assert.equal(await address(), null);
      assert.deepEqual(await store.read.pairings.withPush('a1'), []);
      later(20);
      await outbox.deliverDue();
      assert.equal(service.requests, 1);
    });

  for (const status of [400, 403, 413, 301, 307])
    it(`${status} is a no: not tried again, and no redirect is followed`, async () => {
      service.mode = { status };
      await ask();
      await outbox.deliverDue();
      later(20);
      await outbox.deliverDue();
      assert.deepEqual([service.requests, service.moved], [1, 0]);
      assert.ok(await address());
    });

  it('nothing is sent of a request that was answered, superseded or is over, nor to a phone that wants none', async () => {
    await ask();
    await store.transaction((tx) => tx.approvals.answer(REQUEST, 'denied', DEVICE, now));
    await outbox.deliverDue();
    await ask('two');
    await ask('three');
    await store.transaction((tx) => tx.pairings.setPush(DEVICE, null));
    await outbox.deliverDue();
    await store.transaction((tx) => tx.pairings.setPush(DEVICE, service.subscribe()));
    await ask('four');
    later(60);
    await outbox.deliverDue();
    assert.equal(service.requests, 0);
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('a push service that hangs holds up no other', async () => {
    const other = await pushDouble('hang');
    const slow = { publicUrl: PUBLIC, timeoutMs: 4000 };
    const push = pushFrom(pushServices([service.origin, other.origin]), slow);
    const log = { info() {}, warn() {}, error() {} };
    const both = createOutbox({ store, transports: { mail: null, sms: null, push }, now: () => now, log });
    const stop = both.start();
    const good = (await address())?.reveal() ?? '';
    await store.transaction((tx) => tx.pairings.setPush(DEVICE, other.subscribe()));
    await ask();
    both.wake();
    while (other.requests === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await store.transaction((tx) => tx.pairings.setPush(DEVICE, JSON.parse(good)));
    await ask('another');
    const began = performance.now();
    both.wake();
    while (service.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(performance.now() - began < 2000);
    await other.close();
    await stop();
  });

  it('an address that the operator does not send to any more is not called', async () => {
    const elsewhere = service.subscribe().endpoint.replace('127.0.0.1', '127.0.0.2');
    await store.transaction((tx) => tx.pairings.setPush(DEVICE, { ...service.subscribe(), endpoint: elsewhere }));
    await ask();
    await outbox.deliverDue();
    assert.equal(service.requests, 0);
    assert.match((await outbox.status()).push, /address-not-allowed/);
  });

  it('the log names no address, no phone, no request', async () => {
    for (const mode of ['ok', 'drop', { status: 410 }] as const) {
      service.mode = mode;
      await store.transaction((tx) => tx.pairings.setPush(DEVICE, service.subscribe()));
      await ask(crypto.randomUUID());
      await outbox.deliverDue();
      later(61);
    }
    assert.equal(logged.length, 3);
    assert.doesNotMatch(logged.join('\n'), /127\.0\.0\.1|\/push\/|0f6e2c52|Payroll|481093/);
  });

  it('the key is made once, however many need it first', async () => {
    const fresh = await memoryStore();
    const made = await Promise.all([1, 2, 3, 4].map(() => vapidPublicKey(fresh)));
    assert.equal(new Set(made).size, 1);
    const kept = await fresh.read.vapid.key();
    assert.ok(kept);
    assert.equal(Buffer.from(vapidIn(kept).publicKey, 'base64url').length, 65);
    assert.equal(Buffer.from(vapidIn(kept).privateKey, 'base64url').length, 32);
    await fresh.close();
  });
});
