/**
 * Lets a bounded number of costly computations run at once and a bounded number wait; beyond that the answer is an
 * immediate null, which the caller turns into the refusal `busy`. A flood of sign-ins then costs a bounded amount of
 * memory, and whoever waits, waits seconds and not minutes.
 *
 * `from` is whoever asks. Each has a line of its own and they take turns; where nobody more may wait, whoever has the
 * longest line gives up a place. So a flood from one network stands in its own way and in nobody else's.
 */
export type Gate = { run<T>(work: () => Promise<T>, from?: string): Promise<T | null> };

/** Called with whether it is this one's turn, or there is no place for it any more. */
type Waiting = (isTurn: boolean) => void;

export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  /** In the order of their turns. */
  const lines = new Map<string, Waiting[]>();
  let [running, inLine] = [0, 0];

  function hasPlaceFor(from: string): boolean {
    if (inLine < waiting) return true;
    const own = lines.get(from)?.length ?? 0;
    const [name, longest] = [...lines].reduce((one, other) => (other[1].length > one[1].length ? other : one), NO_LINE);
    // With one more in the own line it would be no shorter than the other.
    if (longest.length <= own + 1) return false;
    longest.pop()?.(false);
    inLine -= 1;
    if (longest.length === 0) lines.delete(name);
    return true;
  }

  function wait(from: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const line = lines.get(from);
    if (line) line.push(resolve);
    else lines.set(from, [resolve]);
    inLine += 1;
    return promise;
  }

  function leave(): void {
    const [next] = lines;
    if (!next) return void (running -= 1);
    const [from, line] = next;
    // Whoever leaves hands its place over, so nobody who comes later can slip in between.
    line.shift()?.(true);
    inLine -= 1;
    lines.delete(from);
    if (line.length > 0) lines.set(from, line);
  }

  return {
    async run(work, from = '') {
      if (running < atOnce) running += 1;
      else if (!hasPlaceFor(from) || !(await wait(from))) return null;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

const NO_LINE: [string, Waiting[]] = ['', []];
