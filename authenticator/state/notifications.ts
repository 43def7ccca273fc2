import type { Database } from '../keeping/database.ts';
import type { Vault } from '../keeping/vault.ts';
import { canNotify, clearNotifications, mayNotify, subscribe, unsubscribe, within } from '../notifying/subscription.ts';
import { pushKeyOf, tellPush } from '../pairing/server.ts';
import { wordsIn } from '../words/index.ts';
import type { createSay } from './say.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

const TELLS_WITHIN_MS = 5000;

/** Whether this phone tells its owner that a request waits. Nothing of it is ever waited for. */
export function createNotifications(
  store: Store<State>,
  vault: Vault,
  database: Database,
  say: ReturnType<typeof createSay>,
) {
  /** Tried again by itself once, and then when the app is opened the next time. */
  let isTried = false;

  const show = async (): Promise<void> => {
    const isPaired = (await database.phones()).length > 0;
    const { notifications } = await database.settings();
    store.set({ notifications: isPaired ? stateOf(notifications === true) : null });
  };

  /** The browser's address, told to the server for every account this phone is tied to. False: it came to nothing. */
  const begin = async (): Promise<boolean> => {
    const [first] = await vault.phones();
    const key = first && (await pushKeyOf(first));
    const target = typeof key === 'string' ? await subscribe(key) : null;
    if (!target) return false;
    const told = await Promise.all((await database.phones()).map((phone) => tellPush(phone, target)));
    if (!told.every((no) => no === null)) return false;
    await database.keepSettings({ ...(await database.settings()), notifications: true });
    return true;
  };

  const end = async (): Promise<void> => {
    await database.keepSettings({ ...(await database.settings()), notifications: false });
    await unsubscribe();
    const told = Promise.all((await database.phones()).map((phone) => tellPush(phone, null)));
    // Whatever waits for this, forgetting everything for one, waits for no server.
    await within(TELLS_WITHIN_MS, told);
  };

  return {
    show,
    /** Asked in the press that connects; the answer may come when it is connected long since. */
    permit: mayNotify,
    begin: async (permitted: Promise<boolean>): Promise<void> => {
      if (await permitted) await begin();
      await show();
    },
    /** The server has no address of a phone whose owner wants to be told. */
    mend: async (): Promise<void> => {
      const { notifications } = await database.settings();
      if (isTried || notifications !== true || stateOf(true) !== 'on') return;
      isTried = true;
      await begin();
    },
    turnOn: async (): Promise<void> => {
      const isOn = (await mayNotify()) && (await begin());
      await show();
      const words = wordsIn(store.get().language);
      if (isOn) say(words.notificationsOn);
      else if (store.get().notifications !== 'blocked') say(words.notificationsFailed, 'bad');
    },
    turnOff: async (): Promise<void> => {
      await end();
      await show();
      say(wordsIn(store.get().language).notificationsOff);
    },
    end,
    clear: clearNotifications,
  };
}

export type Notifications = ReturnType<typeof createNotifications>;

function stateOf(isWanted: boolean): NonNullable<State['notifications']> {
  if (!canNotify()) return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  return isWanted && Notification.permission === 'granted' ? 'on' : 'off';
}
