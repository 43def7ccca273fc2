import { render } from 'preact';
import { App } from './app.tsx';
import { openDatabase } from './keeping/database.ts';
import { canLock } from './keeping/lock.ts';
import { openVault } from './keeping/vault.ts';
import { CannotKeep } from './screens/cannot-keep.tsx';
import { AppProvider } from './state/app.ts';
import { clockDrift } from './state/drift.ts';
import { watchInstalling } from './state/install.ts';
import { createModel } from './state/model.ts';
import { createWalk } from './state/screens.ts';
import type { State } from './state/state.ts';
import { createStore } from './state/store.ts';
import { languageOf, wordsIn } from './words/index.ts';

const LOCKS_AFTER_MS = 60_000;

const root = document.getElementById('app');
if (!root) throw new Error('The page has no place for the app');

start(root).catch((error: unknown) => {
  console.error(error);
  render(<CannotKeep words={wordsIn(languageOf(document.documentElement.lang))} />, root);
});

async function start(place: HTMLElement): Promise<void> {
  const database = await openDatabase();
  const windows = new BroadcastChannel('nachtslot-authenticator');
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin, our own
  const vault = await openVault(database, () => windows.postMessage('changed'));
  const settings = await database.settings();
  const store = createStore<State>({
    screen: { at: 'list' },
    accounts: [],
    found: null,
    pairing: null,
    asked: null,
    said: null,
    fresh: [],
    lock: vault.lock(),
    locked: vault.isLocked(),
    canLock: await canLock(),
    language: languageOf(settings.language, document.documentElement.lang),
    drift: null,
    notifications: null,
    install: null,
  });
  document.documentElement.lang = store.get().language;
  const walk = createWalk((screen) => store.set({ screen }));
  const model = createModel(store, vault, database, walk);
  store.set({ screen: walk.start() });
  windows.addEventListener('message', () => void model.hear());
  watchInstalling((install) => store.set({ install }));
  lockInBackground(() => void model.close());
  await model.reload();
  place.replaceChildren();
  render(
    <AppProvider value={{ store, model }}>
      <App />
    </AppProvider>,
    place,
  );
  model.arrive();
  document.addEventListener('visibilitychange', () => void model.look());
  navigator.serviceWorker?.addEventListener('message', ({ data }) => void model.look(data === 'asked'));
  void model.look();
  store.set({ drift: await clockDrift() });
  await keepForOffline(() => store.get().pairing === null);
}

/** A phone that lies on the table for a minute is anybody's. */
function lockInBackground(close: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') {
      hiddenAt = Date.now();
      timer = setTimeout(close, LOCKS_AFTER_MS);
    } else if (hiddenAt > 0 && Date.now() - hiddenAt >= LOCKS_AFTER_MS) close(); // timers sleep with the phone
  });
}

/** The service worker; a newer one that waits takes over now, while nothing is under way yet. */
async function keepForOffline(isIdle: () => boolean): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/authenticator/sw.js', { scope: '/authenticator/' });
  // A pairing code that waits for a yes is nowhere else: a reload would lose it.
  if (!registration.waiting || !navigator.serviceWorker.controller || !isIdle()) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage('take over', []);
}
