/** Rows kept at most: a working day's people. */
const MOST_KEPT = 20_000;

/**
 * Answers again what was found before, for as long as nobody has committed anything: a page brings thirty requests of the
 * same person with it. What was found missing is not kept; anybody can ask for what does not exist.
 */
export function whileUnchanged<Row>(version: (() => number) | null) {
  const rows = new Map<string, Row>();
  let of: number | null = null;
  return (key: string, find: () => Promise<Row | null>): Promise<Row | null> => {
    if (!version) return find();
    // Asked before the row is read: what is committed in between makes the next request look again.
    const asked = version();
    if (asked !== of) rows.clear();
    of = asked;
    const known = rows.get(key);
    if (known) return Promise.resolve(known);
    return find().then((row) => {
      if (row && asked === of) {
        if (rows.size >= MOST_KEPT) rows.clear();
        rows.set(key, row);
      }
      return row;
    });
  };
}
