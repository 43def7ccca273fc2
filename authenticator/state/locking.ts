import type { Vault } from '../keeping/vault.ts';
import { type Words, wordsIn } from '../words/index.ts';
import type { Around } from './around.ts';
import type { createSay } from './say.ts';
import type { Walk } from './screens.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** Shutting the app, opening it, and emptying it for good. */
export function createLocking(
  store: Store<State>,
  vault: Vault,
  walk: Walk,
  say: ReturnType<typeof createSay>,
  around: Around,
) {
  const { act, reload, notifications } = around;
  const words = (): Words => wordsIn(store.get().language);
  return {
    unlock: () =>
      act(async () => {
        await vault.unlock();
        await reload();
      }),
    close: () =>
      act(async () => {
        if (!vault.lock()) return;
        vault.close();
        store.set({ found: null, asked: null });
        await reload();
      }),
    turnLockOn: () =>
      act(async () => {
        await vault.turnOn(words().name);
        await reload();
        say(words().lockedOn);
      }),
    turnLockOff: () =>
      act(async () => {
        await vault.turnOff();
        await reload();
        say(words().lockedOff);
      }),
    forget: () =>
      act(async () => {
        await notifications.end();
        await vault.forget();
        await reload();
        walk.home();
        say(words().forgotten);
      }),
  };
}
