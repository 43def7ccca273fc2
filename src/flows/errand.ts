import type { Level } from '#core/assurance.ts';
import type { Demand } from '#core/sign-in/state.ts';
import type { Application } from '#store/rows.ts';
import type { Browser } from './advance.ts';
import type { Who } from './session.ts';

/** What has to happen at a page of ours before an application gets its answer. */
export type Next =
  /** Not this browser's, or over. */
  | { kind: 'gone' }
  | { kind: 'sign-in' }
  | { kind: 'prove'; demand: Demand; startOver: boolean; freshWithin: Temporal.Duration | null }
  /** `must`: the application asked for somebody else than who is signed in. */
  | { kind: 'choose-account'; must: boolean }
  | { kind: 'consent'; scopes: string[] }
  | { kind: 'refused'; because: 'application-disabled' | 'not-for-you' | 'passkey-needed' }
  /** On to the application, by way of the provider. */
  | { kind: 'done'; to: string };

/** A sign-in for an application, as pages see it. */
export type Errand = {
  application: Application;
  /** Where a form may lead in the end, beside our own origin (Content Security Policy, `form-action`). */
  leadsTo: string;
  loginHint: string;
  uiLocales: string;
  /** The level a sign-in has to reach, once it is known whose it is. */
  levelFor(account: string): Promise<Level>;
  next(who: Who | null): Promise<Next>;
  /** The person's answer. */
  agree(browser: Browser, who: Who): Promise<Next>;
  choose(who: Who): Promise<Next>;
  decline(): Promise<Next>;
};

/** An application asks that somebody be signed out (OpenID Connect RP-Initiated Logout 1.0). */
export type SignOutRequest =
  /** Not a request that can be answered, or an address that it has not registered. */
  | { kind: 'refused'; problem: 'unknown-application' | 'redirect-unknown' | 'request-wrong' }
  /**
   * `goOnTo`: where to go on afterwards, registered by the application. `isOwn`: it holds a token of this very session;
   * anybody else could have made this request, and the person is asked.
   */
  | { kind: 'asked'; application: Application | null; goOnTo: string | null; isOwn: boolean };

/** Where errands come from: a protocol that pages need not know. */
export type Errands = {
  /** The sign-in for an application that an address of ours stands for: what a sign-in page may know of it. */
  errandAt(path: string): Promise<Errand | null>;
  /**
   * The same, if it is this browser's: its cookie has to name it. Whoever follows a link to somebody else's would
   * otherwise sign in for them.
   */
  ownErrandAt(path: string, headers: Headers): Promise<Errand | null>;
  signOutRequest(parameters: URLSearchParams, who: Who | null): Promise<SignOutRequest>;
};
