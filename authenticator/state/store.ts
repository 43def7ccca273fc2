import { useLayoutEffect, useState } from 'preact/hooks';

export type Store<S> = {
  get(): S;
  set(change: Partial<S>): void;
  /** Answers how to stop. */
  subscribe(listener: () => void): () => void;
};

/** One record, and who wants to know when it changes. */
export function createStore<S extends object>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useStore<S extends object>(store: Store<S>): S {
  const [, draw] = useState(0);
  const drawn = store.get();
  useLayoutEffect(() => {
    const again = () => draw((times) => times + 1);
    // What changed since the drawing was told to nobody: the link that opened the app is met in that very moment.
    if (store.get() !== drawn) again();
    return store.subscribe(again);
  }, [store]);
  return drawn;
}
