/**
 * Lets a bounded number of costly computations run at once and a bounded number wait; beyond that the answer is an
 * immediate null, which the caller turns into the refusal `busy`. A flood of sign-ins then costs a bounded amount of
 * memory, and whoever waits, waits seconds and not minutes.
 */
export type Gate = { run<T>(work: () => Promise<T>): Promise<T | null> };

export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  const queue: (() => void)[] = [];
  let running = 0;

  return {
    async run(work) {
      if (running >= atOnce) {
        if (queue.length >= waiting) return null;
        // Whoever leaves hands its place over, so nobody who comes later can slip in between.
        await new Promise<void>((enter) => queue.push(enter));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
