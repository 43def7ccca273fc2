import { openDatabase } from '../keeping/database.ts';
import { tellArrived, tellPush } from '../pairing/server.ts';
import type { WorkerScope } from '../worker-scope.ts';
import { TAG, targetOf, within } from './subscription.ts';
import { notificationIn } from './words.ts';

const SUBSCRIBES_WITHIN_MS = 5000;

/** What the service worker does about notifications: shows them, opens the app, and keeps their address right. */
export function watchPushes(self: WorkerScope, { shell, icon }: { shell: string; icon: string | undefined }): void {
  self.addEventListener('push', (event) => event.waitUntil(pushed(event.data?.text() ?? '')));
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(openApp());
  });
  self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(changed(event)));

  async function pushed(text: string): Promise<void> {
    const database = await openDatabase().catch(() => null);
    const { language } = (await database?.settings().catch(() => null)) ?? {};
    const { title, body, lang } = notificationIn(language, self.navigator.language.slice(0, 2));
    // Whatever came: a browser takes the permission away from whoever is sent something and shows nothing.
    await self.registration.showNotification(title, {
      body,
      lang,
      icon,
      tag: TAG,
      renotify: true,
      requireInteraction: true,
    });
    for (const window of await windows()) window.postMessage('look', []);
    const told = readPush(text);
    const phone = (await database?.phones())?.find(({ id }) => id === told?.device);
    if (told && phone) await tellArrived(phone, told.request);
  }

  async function openApp(): Promise<void> {
    const [window] = await windows();
    if (!window) return void (await self.clients.openWindow(`${shell}#request`));
    window.postMessage('asked', []);
    await window.focus();
  }

  async function windows() {
    const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    return all.filter(({ url }) => new URL(url).pathname.startsWith(shell));
  }

  /** The push service has given this browser another address. The app may be shut, or locked. */
  async function changed({ newSubscription, oldSubscription }: Changed): Promise<void> {
    const options = oldSubscription?.options;
    const again = () =>
      options ? within(SUBSCRIBES_WITHIN_MS, self.registration.pushManager.subscribe(options)) : null;
    const target = targetOf(newSubscription ?? (await again()));
    if (!target) return;
    for (const phone of await (await openDatabase()).phones()) await tellPush(phone, target);
  }
}

type Changed = { newSubscription?: PushSubscription | null; oldSubscription?: PushSubscription | null };

function readPush(text: string): { device: string; request: string } | null {
  try {
    const { device, request } = JSON.parse(text) as Record<string, unknown>;
    return typeof device === 'string' && typeof request === 'string' ? { device, request } : null;
  } catch {
    return null;
  }
}
