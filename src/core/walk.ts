/** A machine with everything that may happen to it, so that all of it can be walked. */
export type Walkable<State, Event, World, Decided extends { state: State }> = {
  starts: readonly State[];
  /** All that may happen, at any moment. */
  events: readonly Event[];
  /** All circumstances; they may change between any two steps, as they do while a page stays open overnight. */
  worlds: readonly World[];
  decide(state: State, event: Event, world: World): Decided;
  /** States with the same key go on alike; one of them is walked. */
  key(state: State): string;
};

export type Step<State, Event, World, Decided> = {
  from: State;
  event: Event;
  world: World;
  decided: Decided;
  /** Keys of where it comes from and where it leads. */
  fromKey: string;
  toKey: string;
};

/**
 * Every step that can be taken, breadth first: from each reachable state, with each event, in each world. The tests
 * hold the rules against all of them, and the drawings in `docs/reference/machines.md` are made of them.
 */
export function* walk<State, Event, World, Decided extends { state: State }>(
  machine: Walkable<State, Event, World, Decided>,
): Generator<Step<State, Event, World, Decided>> {
  const seen = new Set<string>();
  let frontier: State[] = [];
  const visit = (state: State, key: string) => {
    if (!seen.has(key)) frontier.push(state);
    seen.add(key);
  };
  for (const start of machine.starts) visit(start, machine.key(start));

  while (frontier.length > 0) {
    const current = frontier;
    frontier = [];
    for (const from of current) {
      const fromKey = machine.key(from);
      for (const event of machine.events) {
        for (const world of machine.worlds) {
          const decided = machine.decide(from, event, world);
          const toKey = decided.state === from ? fromKey : machine.key(decided.state);
          yield { from, event, world, decided, fromKey, toKey };
          visit(decided.state, toKey);
        }
      }
    }
  }
}

/** The keys from which none of the wanted ones can be reached, by these steps. */
export function deadEnds(
  steps: Iterable<{ fromKey: string; toKey: string }>,
  isWanted: (key: string) => boolean,
): string[] {
  const before = new Map<string, Set<string>>();
  const keys = new Set<string>();
  for (const { fromKey, toKey } of steps) {
    keys.add(fromKey).add(toKey);
    before.set(toKey, (before.get(toKey) ?? new Set()).add(fromKey));
  }
  const alive = new Set([...keys].filter(isWanted));
  for (const key of alive) for (const earlier of before.get(key) ?? []) alive.add(earlier);
  return [...keys].filter((key) => !alive.has(key));
}
