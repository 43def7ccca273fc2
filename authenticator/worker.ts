import { watchPushes } from './notifying/worker.ts';
import type { WorkerScope } from './worker-scope.ts';

// The service worker: keeps the files of the app, whole and of one version, so that it opens in a tunnel. It is bundled
// on its own (`src/ui/app-assets.ts`), which fills in the two names below.
declare const self: WorkerScope;
declare const VERSION: string;
declare const FILES: readonly string[];

const SHELL = '/authenticator/';
const CACHE = `nachtslot-authenticator-${VERSION}`;

self.addEventListener('install', (event) => event.waitUntil(fetchAll()));

self.addEventListener('activate', (event) => event.waitUntil(dropOlder()));

self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});

watchPushes(self, { shell: SHELL, icon: FILES.find((file) => file.includes('/icon-192-')) });

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === 'navigate' ? pathname === SHELL : FILES.includes(pathname))
    event.respondWith(kept(request, pathname));
});

async function fetchAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  // The page itself past every cache: it names the files of one version.
  await cache.addAll([new Request(SHELL, { cache: 'reload' }), ...FILES]);
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('nachtslot-authenticator-') && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname, { ignoreVary: true })) ?? fetch(request);
}
