import type { Application } from '#store/rows.ts';
import type { Origin } from './deps.ts';

/** Where the answer to a try-out comes: a page of ours, which every application is allowed beside its own. */
export const TRY_OUT_CALLBACK = '/admin/applications/callback';

/** What was told: the tokens as they were handed out, and what the userinfo endpoint said. Kept nowhere. */
export type TryOutAnswer = { idToken: string; accessToken: string; scope: string; userinfo: Record<string, unknown> };

/** A sign-in for an application with ourselves in its place, on the very road that its people take. */
export type TryOuts = {
  /** Where the browser goes; null when the request was refused. */
  begin(
    application: Application,
    asked: { state: string; nonce: string; challenge: string },
    origin: Origin,
  ): Promise<string | null>;
  /** The code for tokens; null when it is none, or was used. */
  redeem(
    application: Application,
    given: { code: string; verifier: string },
    origin: Origin,
  ): Promise<TryOutAnswer | null>;
};
