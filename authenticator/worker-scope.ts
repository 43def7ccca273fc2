/** What a service worker has (Service Workers §4), as far as it is used: the type library for pages does not know it. */
export type WorkerScope = {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
};

type Extendable = { waitUntil(work: Promise<unknown>): void };

type Events = {
  install: Extendable;
  activate: Extendable;
  message: Extendable & { data: unknown };
  fetch: { request: Request; respondWith(answer: Promise<Response>): void };
};
