import type { Browser, BrowserContext, Page, Worker } from 'playwright-core';
import type { PushAddress } from '#store/rows.ts';
import type { PushDouble } from '#test/support/push-double.ts';
import { type House, kept, openApp, type Visitor } from './authenticator.ts';

/**
 * A phone whose browser subscribes at the double. A browser without the Internet has no push service of its own, so
 * `subscribe()` answers what the double hands out; everything from there to the notification is the browser's.
 */
export async function openPushedPhone(
  browser: Browser,
  house: House,
  service: PushDouble,
  permissions: readonly string[] = ['notifications', 'camera'],
): Promise<PushedPhone> {
  const address = service.subscribe();
  const visitor = await openApp(browser, house, { permissions, locale: 'en-GB' }, (context) =>
    context.addInitScript(subscribeAt, address),
  );
  await kept(visitor.page);
  const deliver = await delivering(visitor.context, house);
  service.deliver = ({ endpoint, text }) => (endpoint === address.endpoint ? deliver(text) : Promise.resolve());
  return { ...visitor, address, deliver, worker: () => workerOf(visitor.context) };
}

export type PushedPhone = Visitor & {
  address: PushAddress;
  /** By the browser's own way, past every push service. */
  deliver(text: string): Promise<void>;
  worker(): Promise<Worker>;
};

/** What lies on the lock screen. */
export async function notifications(phone: PushedPhone): Promise<{ title: string; body: string; lang: string }[]> {
  const worker = await phone.worker();
  return worker.evaluate(async () => {
    const registration: unknown = Reflect.get(globalThis, 'registration');
    const shown = await (registration as ServiceWorkerRegistration).getNotifications();
    return shown.map(({ title, body, lang }) => ({ title, body, lang }));
  });
}

export async function until(what: string, is: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await is()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It never came to this: ${what}`);
}

async function delivering(context: BrowserContext, { origin }: House): Promise<(text: string) => Promise<void>> {
  // Another tab of the same browser, which has nothing to do with the app.
  const beside: Page = await context.newPage();
  await beside.goto(`${origin}/help`);
  const cdp = await context.newCDPSession(beside);
  const { promise: found, resolve } = Promise.withResolvers<string>();
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/authenticator/`);
    if (ours) resolve(ours.registrationId);
  });
  await cdp.send('ServiceWorker.enable');
  const registrationId = await found;
  return async (data) => void (await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }));
}

async function workerOf(context: BrowserContext): Promise<Worker> {
  const [running] = context.serviceWorkers();
  return running ?? context.waitForEvent('serviceworker');
}

/** Runs in the page. */
function subscribeAt({ endpoint, p256dh, auth }: PushAddress): void {
  let subscribed: object | null = null;
  const subscription = {
    endpoint,
    options: { applicationServerKey: new ArrayBuffer() },
    toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => {
      subscribed = null;
      return true;
    },
  };
  Object.assign(PushManager.prototype, {
    subscribe: async ({ userVisibleOnly, applicationServerKey }: PushSubscriptionOptionsInit) => {
      const key = applicationServerKey instanceof Uint8Array ? applicationServerKey : new Uint8Array();
      if (!userVisibleOnly || key.length !== 65 || key[0] !== 4) throw new TypeError('no key of a server');
      subscription.options.applicationServerKey = Uint8Array.from(key).buffer;
      subscribed = subscription;
      return subscription;
    },
    getSubscription: async () => subscribed,
  });
}
