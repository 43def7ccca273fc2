import type { Screen } from './state.ts';

type Kept = { screen: Screen; depth: number };

/** Walks through the app's screens with the browser's own history: the phone's back gesture works as people expect. */
export function createWalk(show: (screen: Screen) => void) {
  const kept = (): Kept => (history.state as Kept | null) ?? { screen: { at: 'list' }, depth: 0 };
  addEventListener('popstate', () => show(kept().screen));
  return {
    /** After a reload, where the person was. */
    start: (): Screen => kept().screen,
    go: (screen: Screen) => {
      history.pushState({ screen, depth: kept().depth + 1 } satisfies Kept, '');
      show(screen);
      scrollTo(0, 0);
    },
    /** Instead of this one: a question that was answered is no place to come back to. */
    swap: (screen: Screen) => {
      history.replaceState({ screen, depth: kept().depth } satisfies Kept, '');
      show(screen);
      scrollTo(0, 0);
    },
    back: () => history.back(),
    home: () => {
      const { depth } = kept();
      show({ at: 'list' });
      if (depth > 0) history.go(-depth);
      scrollTo(0, 0);
    },
  };
}

export type Walk = ReturnType<typeof createWalk>;
