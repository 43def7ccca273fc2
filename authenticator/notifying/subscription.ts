import type { PushTarget } from '../pairing/server.ts';

/** Neither `subscribe()` nor `unsubscribe()` need ever settle where the browser cannot reach its push service. */
const SUBSCRIBES_WITHIN_MS = 5000;
/** The first time, the service worker fetches the whole app before it is there. */
const READY_WITHIN_MS = 30_000;

/** Whether this browser, as it stands, can show notifications at all; Safari on a phone only from the home screen. */
export function canNotify(): boolean {
  return 'Notification' in globalThis && 'PushManager' in globalThis && 'serviceWorker' in navigator;
}

/** Within a press and nowhere else: browsers turn down what comes by itself, for good. */
export async function mayNotify(): Promise<boolean> {
  if (!canNotify()) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Where notifications for this browser go; null where that cannot be had now. `key`: of our server. */
export async function subscribe(key: string): Promise<PushTarget | null> {
  const registration = await within(READY_WITHIN_MS, navigator.serviceWorker.ready);
  if (!registration) return null;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  const kept = await registration.pushManager.getSubscription();
  if (kept && isFor(kept, options.applicationServerKey)) return targetOf(kept);
  // Made for another server's key: a push service would take nothing from us.
  if (kept) await within(SUBSCRIBES_WITHIN_MS, kept.unsubscribe());
  return targetOf(await within(SUBSCRIBES_WITHIN_MS, registration.pushManager.subscribe(options)));
}

/** As far as it can be had now: an address that nobody answers at any more is forgotten by the server too. */
export async function unsubscribe(): Promise<void> {
  if (!canNotify()) return;
  const registration = await navigator.serviceWorker.getRegistration('/authenticator/');
  const kept = await registration?.pushManager.getSubscription();
  if (kept) await within(SUBSCRIBES_WITHIN_MS, kept.unsubscribe());
}

/** What the screen shows already need not lie on the lock screen too. */
export async function clearNotifications(): Promise<void> {
  if (!canNotify()) return;
  const registration = await navigator.serviceWorker.getRegistration('/authenticator/');
  for (const one of (await registration?.getNotifications({ tag: TAG })) ?? []) one.close();
}

/** Of two notifications with one tag the newer takes the place of the older. */
export const TAG = 'request';

export function targetOf(subscription: PushSubscription | null): PushTarget | null {
  const { endpoint, keys: { p256dh, auth } = {} } = subscription?.toJSON() ?? {};
  return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : null;
}

/** Null: it took too long, or came to nothing. */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), milliseconds));
  return Promise.race([work.catch(() => null), late]);
}

function isFor({ options: { applicationServerKey: key } }: PushSubscription, wanted: Uint8Array): boolean {
  const kept = key && new Uint8Array(key);
  return kept?.length === wanted.length && kept.every((byte, at) => byte === wanted[at]);
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}
