import type { Entry, Names } from '../codes/entry.ts';
import type { Database } from '../keeping/database.ts';
import { NotShown } from '../keeping/lock.ts';
import { Overtaken, type Vault } from '../keeping/vault.ts';
import { readScan } from '../reading/read.ts';
import type { Part } from '../reading/scan.ts';
import { type Language, type Words, wordsIn } from '../words/index.ts';
import { createApprovals } from './approvals.ts';
import { compare } from './compare.ts';
import { createLocking } from './locking.ts';
import { createNotifications } from './notifications.ts';
import { createSay } from './say.ts';
import type { Walk } from './screens.ts';
import type { Candidate, Screen, State, Trouble } from './state.ts';
import type { Store } from './store.ts';

export type Model = ReturnType<typeof createModel>;

/** Everything the person can do, each a function in reading order. What goes wrong is said, never thrown. */
export function createModel(store: Store<State>, vault: Vault, database: Database, walk: Walk) {
  const parts = new Set<number>();

  const words = (): Words => wordsIn(store.get().language);
  const say = createSay(store);
  const notifications = createNotifications(store, vault, database, say);
  const reload = async () => {
    const locked = vault.isLocked();
    store.set({ locked, lock: vault.lock(), accounts: locked ? [] : await vault.accounts() });
    await notifications.show();
  };
  /** Every act goes through here. */
  const act = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (error) {
      if (error instanceof Overtaken) return location.reload();
      if (error instanceof NotShown) return say(words().unreadable['not-shown'], 'bad');
      console.error(error);
      say(words().fault, 'bad');
    }
  };

  /** What was read goes in at once where there is nothing to ask, else it waits on a screen of its own. */
  const takeEntries = async (entries: readonly Entry[], passedOver = 0, part: Part | null = null) => {
    const candidates = compare(entries, await vault.entries());
    const [only] = candidates;
    const isSingle = candidates.length === 1 && passedOver === 0 && part === null;
    if (isSingle && only?.here) {
      store.set({ fresh: [only.here] });
      walk.home();
      return say(words().alreadyHere);
    }
    if (isSingle && only && !only.sameName) return addAll([only]);
    store.set({ found: { candidates, passedOver, part } });
    walk.swap({ at: 'found' });
  };
  const addAll = async (candidates: readonly Candidate[], next: () => void = walk.home) => {
    const fresh = await vault.add(candidates.filter(({ here }) => !here).map(({ entry }) => entry));
    // Asked once there is something to lose: browsers clear what nobody asked them to keep.
    void navigator.storage?.persist?.();
    store.set({ fresh, found: null });
    await reload();
    next();
    say(words().added(fresh.length));
  };

  const { meetPairing, ...approvals } = createApprovals(store, vault, walk, say, { act, reload, notifications });

  return {
    ...approvals,
    ...createLocking(store, vault, walk, say, { act, reload, notifications }),
    words,
    say,
    reload,
    ...walk,
    // What was said belongs to the screen before.
    go: (screen: Screen) => {
      store.set({ said: null });
      walk.go(screen);
    },
    swap: (screen: Screen) => {
      store.set({ said: null });
      walk.swap(screen);
    },

    /** A text from the camera, a picture or a hand. Answers why it is nothing to keep, or null. */
    take: async (text: string): Promise<Trouble | null> => {
      const scan = readScan(text);
      switch (scan.kind) {
        case 'otpauth':
          await act(() => takeEntries([scan.entry]));
          return null;
        case 'migration': {
          const { entries, passedOver, part } = scan;
          await act(() => takeEntries(entries, passedOver, part.of > 1 ? part : null));
          return null;
        }
        case 'pairing':
          return meetPairing(scan.address);
        case 'unknown':
          return scan.why;
      }
      return scan satisfies never;
    },
    takeEntries: (entries: readonly Entry[]) => act(() => takeEntries(entries)),

    addFound: () =>
      act(async () => {
        const { found } = store.get();
        if (!found) return walk.home();
        const { part } = found;
        if (part) parts.add(part.part);
        if (!part || parts.size >= part.of) {
          parts.clear();
          return addAll(found.candidates);
        }
        await addAll(found.candidates, () => walk.swap({ at: 'scan' }));
        say(words().partAdded(part.part, part.of));
      }),
    replaceFound: () =>
      act(async () => {
        const only = store.get().found?.candidates[0];
        if (!only?.sameName) return walk.home();
        await vault.replace(only.sameName, only.entry);
        store.set({ fresh: [only.sameName], found: null });
        await reload();
        walk.home();
        say(words().replaced);
      }),

    rename: (id: string, names: Names) =>
      act(async () => {
        await vault.rename(id, names);
        await reload();
        walk.home();
        say(words().saved);
      }),
    move: (id: string, by: 1 | -1) =>
      act(async () => {
        const ids = store.get().accounts.map((one) => one.id);
        const at = ids.indexOf(id);
        ids.splice(at, 1);
        ids.splice(at + by, 0, id);
        await vault.order(ids);
        await reload();
      }),
    remove: (id: string) =>
      act(async () => {
        await vault.remove(id);
        await reload();
        walk.home();
        say(words().removed);
      }),

    entries: () => vault.entries(),
    turnNotificationsOn: () => act(notifications.turnOn),
    turnNotificationsOff: () => act(notifications.turnOff),

    speak: (language: Language) =>
      act(async () => {
        // Kept first: what a person sees has come to stay.
        await database.keepSettings({ ...(await database.settings()), language });
        store.set({ language });
        document.documentElement.lang = language;
      }),

    /** Another window has written something. */
    hear: () =>
      act(async () => {
        if (await vault.isCurrent()) await reload();
        else location.reload();
      }),
  };
}
