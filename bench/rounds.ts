/** How much got done in one round of about `seconds`. */
export type Round = { done: number; seconds: number };

/** Runs `work` again and again, `atOnce` at a time, for about this long. */
export async function round(work: () => Promise<void>, atOnce: number, seconds: number): Promise<Round> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < until) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { done, seconds: (performance.now() - began) / 1000 };
}

/**
 * Two things side by side: in turns, in one process, so that whatever else the machine is doing hits both. The ratio is
 * the median over the pairs; a machine that others use gives no seconds worth comparing.
 */
export async function sideBySide(
  subject: () => Promise<void>,
  yardstick: () => Promise<void>,
  { atOnce, seconds, pairs }: { atOnce: number; seconds: number; pairs: number },
): Promise<{ ratio: number; lowest: number; highest: number; perSecond: number }> {
  await round(subject, atOnce, seconds / 2); // warm
  await round(yardstick, atOnce, seconds / 2);
  const results: { ratio: number; rate: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const one = await round(subject, atOnce, seconds);
    const other = await round(yardstick, atOnce, seconds);
    const rate = one.done / one.seconds;
    results.push({ ratio: rate / (other.done / other.seconds), rate });
  }
  const ratios = results.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const rates = results.map(({ rate }) => rate).sort((a, b) => a - b);
  const middle = Math.floor(pairs / 2);
  return {
    ratio: ratios[middle] ?? 0,
    lowest: ratios[0] ?? 0,
    highest: ratios.at(-1) ?? 0,
    perSecond: rates[middle] ?? 0,
  };
}
