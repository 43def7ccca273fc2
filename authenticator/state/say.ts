import type { Said, State } from './state.ts';
import type { Store } from './store.ts';

const SAID_MS = 5000;

/** Says something for a moment, at the foot of the screen. */
export function createSay(store: Store<State>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text: string, kind: Said['kind'] = 'done') => {
    clearTimeout(timer);
    store.set({ said: { text, kind } });
    timer = setTimeout(() => store.set({ said: null }), SAID_MS);
  };
}
