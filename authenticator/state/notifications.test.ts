import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Database, KeptPhone, Settings } from '../keeping/database.ts';
import type { Vault } from '../keeping/vault.ts';
import { createNotifications } from './notifications.ts';
import type { State } from './state.ts';
import { createStore } from './store.ts';

// What forgets everything on a phone begins with the end of its notifications, and has to go on.
for (const [what, unsubscribe] of [
  ['says no', () => Promise.reject(new DOMException('away', 'AbortError'))],
  ['never answers', () => new Promise(() => {})],
  ['is as it should be', () => Promise.resolve(true)],
] as const)
  test(`they end on this phone whatever its push service does: it ${what}`, async (t) => {
    browser(t, { pushManager: { getSubscription: async () => ({ unsubscribe }) } });
    Object.assign(globalThis, { Notification: {}, PushManager: {} });
    t.after(() => ['Notification', 'PushManager'].forEach((name) => Reflect.deleteProperty(globalThis, name)));
    await ends(t);
  });

test('they end where there are none: Safari on a phone, not from the home screen', async (t) => {
  browser(t, {});
  await ends(t);
});

test('they end where the server is not reached, and nobody says so', async (t) => {
  browser(t, {});
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: true });
  t.after(() => Reflect.deleteProperty(navigator, 'onLine'));
  t.mock.method(crypto.subtle, 'sign', async () => new ArrayBuffer(64));
  const { mock } = t.mock.method(globalThis, 'fetch', () => new Promise(() => {}));
  await ends(t, [{ id: 'phone' } as KeptPhone]);
  assert.equal(mock.callCount(), 1, 'control: it was tried');
});

function browser(t: TestContext, registration: object): void {
  const value = { getRegistration: async () => registration };
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value });
  t.after(() => Reflect.deleteProperty(navigator, 'serviceWorker'));
}

async function ends(t: TestContext, phones: KeptPhone[] = []): Promise<void> {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let settings: Settings = { language: 'nl', notifications: true };
  const database = {
    settings: async () => settings,
    keepSettings: async (changed: Settings) => void (settings = changed),
    phones: async () => phones,
  };
  const { end } = createNotifications(
    createStore({} as State),
    {} as Vault,
    database as Partial<Database> as Database,
    () => {},
  );
  const outcomes: string[] = [];
  void end().then(
    () => outcomes.push('ended'),
    (fault: unknown) => outcomes.push(String(fault)),
  );
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(1000);
  }
  assert.deepEqual(outcomes, ['ended']);
  assert.deepEqual(settings, { language: 'nl', notifications: false });
}
