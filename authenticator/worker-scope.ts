/** What a service worker has (Service Workers §4), as far as it is used: the type library for pages does not know it. */
export type WorkerScope = {
  location: Location;
  navigator: { language: string };
  clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window'; includeUncontrolled: boolean }): Promise<WindowClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  registration: {
    pushManager: PushManager;
    showNotification(title: string, options: ShownNotification): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
};

type Extendable = { waitUntil(work: Promise<unknown>): void };

type Events = {
  install: Extendable;
  activate: Extendable;
  message: Extendable & { data: unknown };
  push: Extendable & { data: { text(): string } | null };
  notificationclick: Extendable & { notification: Notification };
  pushsubscriptionchange: Extendable & {
    newSubscription?: PushSubscription | null;
    oldSubscription?: PushSubscription | null;
  };
  fetch: { request: Request; respondWith(answer: Promise<Response>): void };
};

type WindowClient = { url: string; focus(): Promise<unknown>; postMessage(message: string, transfer: []): void };

/** Notifications API §2, with what the type library for pages leaves to workers. */
type ShownNotification = NotificationOptions & { renotify: boolean };
