/** How much got done in one round of about `seconds`, and the processor time of all threads that it took. */
export type Round = { done: number; seconds: number; processorSeconds: number };

/** Runs `work` again and again, `atOnce` at a time, for about this long. */
export async function round(work: () => Promise<void>, atOnce: number, seconds: number): Promise<Round> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const until = began + seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < until) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const { user, system } = process.cpuUsage(cpu);
  return { done, seconds: (performance.now() - began) / 1000, processorSeconds: (user + system) / 1e6 };
}

/**
 * Two things side by side: in turns, in one process, so that whatever else the machine is doing hits both. The ratio is
 * the median over the pairs; a machine that others use gives no seconds worth comparing. `processor` is the same ratio in
 * processor time, which the work of others disturbs least.
 */
export type Compared = { ratio: number; lowest: number; highest: number; perSecond: number; processor: number };

/** For work that this process does itself. */
export function sideBySide(
  subject: () => Promise<void>,
  yardstick: () => Promise<void>,
  { atOnce, seconds, pairs }: { atOnce: number; seconds: number; pairs: number },
): Promise<Compared> {
  const of = (work: () => Promise<void>) => (within: number) => round(work, atOnce, within);
  return inTurns(of(subject), of(yardstick), { seconds, pairs });
}

/** For work that is asked for from elsewhere: each answers what got done in about so many seconds. */
export async function inTurns(
  subject: (seconds: number) => Promise<Round>,
  yardstick: (seconds: number) => Promise<Round>,
  { seconds, pairs }: { seconds: number; pairs: number },
): Promise<Compared> {
  await subject(seconds / 2); // warm
  await yardstick(seconds / 2);
  const results: { ratio: number; rate: number; processor: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const one = await subject(seconds);
    const other = await yardstick(seconds);
    const rate = one.done / one.seconds;
    const processor = other.processorSeconds / other.done / (one.processorSeconds / one.done);
    results.push({ ratio: rate / (other.done / other.seconds), rate, processor });
  }
  const ratios = results.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const rates = results.map(({ rate }) => rate).sort((a, b) => a - b);
  const processors = results.map(({ processor }) => processor).sort((a, b) => a - b);
  const middle = Math.floor(pairs / 2);
  return {
    ratio: ratios[middle] ?? 0,
    lowest: ratios[0] ?? 0,
    highest: ratios.at(-1) ?? 0,
    perSecond: rates[middle] ?? 0,
    processor: processors[middle] ?? 0,
  };
}
