import type { Vault } from '../keeping/vault.ts';
import { askedOf, pairWith, tell } from '../pairing/server.ts';
import { type Words, wordsIn } from '../words/index.ts';
import type { Around } from './around.ts';
import type { createSay } from './say.ts';
import type { Walk } from './screens.ts';
import type { State, Trouble } from './state.ts';
import type { Store } from './store.ts';

const LOOKS_EVERY_MS = 2500;

/** What this phone does for accounts it is tied to: it is connected, it looks for requests, it answers them. */
export function createApprovals(
  store: Store<State>,
  vault: Vault,
  walk: Walk,
  say: ReturnType<typeof createSay>,
  around: Around,
) {
  const words = (): Words => wordsIn(store.get().language);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked while an answer was on its way may come back with the very request that was answered. */
  const answered = new Set<string>();

  /** A notification was tapped, and what it told of has not been seen yet. */
  let isExpected = false;

  /**
   * Only while somebody looks at it, and the app is open: then a phone asks, and otherwise it is left alone. `expected`:
   * because a notification was tapped.
   */
  const look = async (expected = false): Promise<void> => {
    clearTimeout(timer);
    isExpected ||= expected;
    if (document.visibilityState === 'visible' && !store.get().locked) await lookOnce();
    timer = setTimeout(() => void look(), LOOKS_EVERY_MS);
  };
  const lookOnce = async () => {
    for (const phone of await vault.phones()) {
      const found = await askedOf(phone);
      if ('no' in found) {
        if (found.no !== 'unknown') continue;
        await vault.unpair(phone.id);
        await around.notifications.show();
        say(words().unpaired, 'bad');
        continue;
      }
      if (!found.push) void around.notifications.mend();
      if (found.request && !answered.has(found.request.id)) return seen({ phone: phone.id, request: found.request });
    }
    if (store.get().asked) store.set({ asked: null });
    if (isExpected) seenNothing();
  };
  const seen = (asked: NonNullable<State['asked']>) => {
    isExpected = false;
    if (store.get().asked?.request.id !== asked.request.id) void around.notifications.clear();
    store.set({ asked });
  };
  const seenNothing = () => {
    isExpected = false;
    say(words().requestOver, 'bad');
    void around.notifications.clear();
  };

  /** An address of ours, from the camera or behind the link that opened the app: asked before it is done. */
  const meetPairing = (address: URL): Trouble | null => {
    if (address.origin !== location.origin) return 'other-house';
    store.set({ pairing: address.hash.slice(1) });
    walk.swap({ at: 'pair' });
    return null;
  };

  const answer = (given: { decision: 'approve'; number: string } | { decision: 'deny' }) =>
    around.act(async () => {
      const { asked } = store.get();
      const phone = (await vault.phones()).find(({ id }) => id === asked?.phone);
      if (!asked || !phone) return;
      const no = await tell(phone, asked.request, given);
      if (no?.no === 'nobody') return say(words().noConnection, 'bad');
      answered.add(asked.request.id);
      store.set({ asked: null });
      if (no) return say(no.no === 'wrong' ? words().numberWrong : words().requestOver, 'bad');
      say(given.decision === 'deny' ? words().denied : words().approved);
    });

  return {
    look,
    meetPairing,
    /** Opened by the link behind a QR code: the code is taken out of the address, where it would be kept. */
    arrive: () => {
      const address = new URL(location.href);
      if (address.hash === '#request') {
        history.replaceState(history.state, '', address.pathname);
        isExpected = true;
      }
      if (address.pathname !== '/authenticator/pair') return;
      history.replaceState(history.state, '', new URL('./', address));
      if (address.hash.length > 1) meetPairing(address);
    },
    pair: () => {
      // In the press itself, or the browser does not ask; and nobody waits for the answer.
      const permitted = around.notifications.permit();
      return around.act(async () => {
        const code = store.get().pairing;
        if (!code) return walk.home();
        const done = await pairWith(code);
        if ('no' in done) return say(done.no === 'nobody' ? words().noConnection : words().pairRefused, 'bad');
        const id = await vault.pair(done.phone, done.entry);
        void navigator.storage?.persist?.();
        store.set({ pairing: null, fresh: [id] });
        await around.reload();
        walk.home();
        await look();
        // The test that follows says it better, and is not to be covered.
        if (!store.get().asked) say(words().paired);
        void around.notifications.begin(permitted);
      });
    },
    approve: (number: string) => answer({ decision: 'approve', number }),
    deny: () => answer({ decision: 'deny' }),
  };
}
