/** Resolves with the first signal that says stop. The second one ends the process on the spot. */
export function told(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let before = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (before) process.exit(130);
        before = true;
        resolve(signal);
      });
    }
  });
}
