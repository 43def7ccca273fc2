import { AsyncLocalStorage } from 'node:async_hooks';
import type { Deps, Origin } from '#flows/deps.ts';
import type { Who } from '#flows/session.ts';
import type { Cookies } from '#http/cookies.ts';
import type { Log } from '#http/log.ts';
import type { Keys } from '#store/keys.ts';

/** What the provider needs of the program. */
export type Around = {
  deps: Deps;
  keys: Pick<Keys, 'cookie'>;
  cookies: Cookies;
  log: Log;
  pages: Pages;
};

/** Pages are drawn elsewhere; here is only said what they have to say. */
export type Pages = {
  /** A request that cannot go on, and cannot be sent back to the application either. */
  problem(request: Request, what: Problem, status: number): Promise<Response>;
};

export type Problem = 'unknown-application' | 'redirect-unknown' | 'expired' | 'request-wrong' | 'fault';

/** The request under way. The library hands its adapter no context; the audit needs one. */
export type Current = {
  origin: Origin;
  path: string;
  who: Who | null;
  /** The application that we stand in for in this request, which comes from inside (see `try-out.ts`). */
  tryOut?: string;
};
export const current = new AsyncLocalStorage<Current>();

const NOBODY: Origin = { address: '', userAgent: '', request: '' };

export function originNow(): Origin {
  return current.getStore()?.origin ?? NOBODY;
}

/**
 * An instant of policies as the library's clock shows it, in whole seconds. In the demonstration the two differ: a token
 * must be as old for its reader as it is here.
 */
export function onTheWall({ clock }: Pick<Deps, 'clock'>, at: Temporal.Instant): number {
  const ahead = clock.now().since(clock.wall());
  return Math.floor(at.subtract(ahead).epochMilliseconds / 1000);
}
