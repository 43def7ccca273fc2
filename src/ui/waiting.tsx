/** Seconds between two looks of a page without scripts: often enough to wait for, seldom enough to read the page. */
export const REFRESH_SECONDS = 5;

/** Where a page asks whether something else has happened meanwhile, and where it goes then. */
export type Waiting = {
  /** Answers `{ "state": …, "says": … }`. */
  at: string;
  /** How it stands on this page. */
  state: string;
  /** The page itself, as a GET. */
  page: string;
};

/** For `browser/wait.ts`. At the state `approved` the form with that id goes off by itself. */
export function Wait({ at, state, page }: Waiting) {
  return <div hidden data-wait={at} data-state={state} data-page={page} />;
}

/** A sentence of a page that waits; empty, it takes no room. It may change while the page stays as it is. */
export function Says({ text }: { text: string }) {
  return <p role="status">{text}</p>;
}
