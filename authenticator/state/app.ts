import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Words, wordsIn } from '../words/index.ts';
import type { Model } from './model.ts';
import type { State } from './state.ts';
import { type Store, useStore } from './store.ts';

type Around = { store: Store<State>; model: Model };

const App = createContext<Around | null>(null);

export const AppProvider = App.Provider;

/** What every screen is drawn from: what is, what can be done, and the words for it. */
export function useApp(): { state: State; model: Model; words: Words } {
  const around = useContext(App);
  if (!around) throw new Error('A screen was drawn outside the app');
  const state = useStore(around.store);
  return { state, model: around.model, words: wordsIn(state.language) };
}
