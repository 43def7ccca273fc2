import { randomUUID } from 'node:crypto';
import type { Refusal, Refused } from '#core/refusal.ts';
import type { Browser } from '#flows/advance.ts';
import type { Deps } from '#flows/deps.ts';
import type { Errand, Errands } from '#flows/errand.ts';
import type { Keep } from '#flows/scene.ts';
import { type Who, whoIs } from '#flows/session.ts';
import { hashToken } from '#flows/token.ts';
import type { TryOuts } from '#flows/try-out.ts';
import { type Form, readForm } from '#http/body.ts';
import { clientAddress } from '#http/client-address.ts';
import { compressed } from '#http/compress.ts';
import type { Cookies } from '#http/cookies.ts';
import type { Door } from '#http/door.ts';
import type { Evenly } from '#http/evenly.ts';
import type { Log } from '#http/log.ts';
import { securityHeaders } from '#http/headers.ts';
import { returnTo } from '#http/return-to.ts';
import { newNonce } from '#http/nonce.ts';
import type { Attempt } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { Assets } from '#ui/assets.ts';
import { Document, renderDocument } from '#ui/document.tsx';
import { REFRESH_SECONDS } from '#ui/waiting.tsx';
import { chrome, type Lang, negotiate, speak, type Words } from '#words/index.ts';
import { askAgainPage } from './account/ask-again.page.tsx';
import { frameFor } from './frame.tsx';
import { helpWith } from './help/link.ts';
import type { RouteLevel } from './route.ts';
import type { Page } from './page.ts';
import { problemPage } from './problem.page.tsx';
import { statusOf } from './status.ts';

/** What pages need of the program: the flows, the reading half of the store, and how to talk to a browser. */
export type Site = {
  deps: Deps;
  read: Reader;
  assets: Assets;
  cookies: Cookies;
  publicUrl: URL;
  trustedProxies: Parameters<typeof clientAddress>[2];
  /** For answers that must not tell by their time whether there is such a person. */
  evenly: Evenly;
  log: Log;
  /** Sign-ins for applications. */
  errands: Errands;
  /** For reverse proxies: answers before the pages do. */
  door: Door;
  tryOuts: TryOuts;
};

export const COOKIE = {
  session: 'session',
  attempt: 'attempt',
  device: 'device',
  language: 'language',
  /** The same browser that asked, while nobody is named yet. */
  passkey: 'passkey',
  /** The last second step that worked here: which to show first. */
  lastUsed: 'last-used',
  tryOut: 'try-out',
} as const;

/** A year: the language is a preference and no secret. */
const LANGUAGE_KEPT = Temporal.Duration.from({ hours: 365 * 24 });

/** As long as it takes until everybody who waits for a hash has had their turn. */
const BUSY_SECONDS = '5';

/** As pairs: a `Headers` would check every one of them twice, here and in the answer. */
type HeaderList = [string, string][];

/** One request with everything that is known about it, and the ways to answer it. */
export type Visit = Awaited<ReturnType<typeof visitOf>>;

export async function visitOf(
  site: Site,
  request: Request,
  peer: string,
  params: Record<string, string>,
  level: RouteLevel,
) {
  const { deps, cookies, read, publicUrl } = site;
  const url = new URL(request.url);
  const cookie = (name: string) => cookies.read(request.headers, name);
  const sessionToken = cookie(COOKIE.session);
  const who: Who | null = sessionToken ? await whoIs(deps, sessionToken) : null;
  const attempt = await liveAttempt(site, cookie(COOKIE.attempt), who);
  // A step of a sign-in is about the account that signs in, whoever else is signed in here; to every other page a
  // sign-in under way is nobody: whoever has only a password learns nothing from it.
  const person = (level === 'pending' ? attempt?.account : who?.session.account) ?? null;
  const account = person ? await read.accounts.byId(person) : null;
  const memberships = person ? await read.accounts.memberships(person) : [];
  let going = attempt?.returnTo ?? url.searchParams.get('return-to') ?? url.pathname;
  let errand: Errand | null = await site.errands.errandAt(going);
  const lang: Lang = negotiate({
    account: account && who?.session.account === account.id ? account.language : null,
    // In the middle of a sign-in the switch at the foot of the page is the newer wish.
    cookie: cookie(COOKIE.language) ?? account?.language ?? null,
    acceptLanguage: [errand?.uiLocales.split(' ').join(','), request.headers.get('accept-language')]
      .filter(Boolean)
      .join(','),
  });
  const words: Words = speak(lang, memberships[0]?.organisation.timeZone ?? 'UTC');
  const browser: Browser = {
    origin: {
      address: clientAddress(peer, request.headers, site.trustedProxies),
      userAgent: (request.headers.get('user-agent') ?? '').slice(0, 300),
      request: randomUUID(),
    },
    deviceToken: cookie(COOKIE.device),
    session: who?.session.id ?? null,
  };
  const now = deps.clock.now();
  let form: Form | null = null;

  const visit = {
    site,
    deps,
    read,
    request,
    peer,
    level,
    url,
    params,
    who,
    attempt,
    account,
    memberships,
    words,
    browser,
    now,
    cookie,
    /** The address of this page as a GET. */
    here: url.pathname + url.search,

    /** Own-origin path from the query, else the portal. */
    returnTo: () => returnTo(url.searchParams.get('return-to')),

    /** The sign-in for an application that the person is on the way to, if there is one. */
    async errand(to: string = going): Promise<Errand | null> {
      if (to !== going) errand = await site.errands.errandAt((going = to));
      return errand;
    },

    /** The posted form, or an answer that says what is wrong with the request. */
    async form(): Promise<Form | Response> {
      if (form) return form;
      const read = await readForm(request);
      if (!read.ok) return visit.problem({ refusal: read.refusal }, read.status);
      form = read.form;
      return form;
    },

    /** Draws a page. With `refused`, the status says so: a machine must not take an error for a success. */
    async page<View>(
      page: Page<View>,
      view: View,
      refused: Refused | null = null,
      keep: Keep & { formsLeadTo?: string } = {},
    ): Promise<Response> {
      const nonce = newNonce();
      const leadsTo = keep.formsLeadTo ?? errand?.leadsTo;
      const frame = { ...(await frameFor(visit)), ...helpWith(visit, page.name, refused) };
      const hasError = refused !== null || (page.hasError?.(view) ?? false);
      const waitsAt = page.waitsAt?.(view) ?? null;
      const html = renderDocument(
        Document({
          lang,
          title: page.title(view, words),
          texts: chrome(words),
          assets: site.assets.links,
          nonce,
          hasError,
          siteName: frame.site.name,
          refresh: waitsAt === null ? null : { seconds: REFRESH_SECONDS, to: waitsAt },
          children: page.body({ view, words, frame }),
        }),
      );
      const packed = await compressed(html, request.headers.get('accept-encoding'));
      const headers: HeaderList = Object.entries({
        ...securityHeaders({ publicUrl, nonce, ...(leadsTo && { formsLeadTo: leadsTo }) }),
        ...packed.headers,
        'content-type': 'text/html; charset=utf-8',
        'content-language': lang,
      });
      if (refused?.detail?.retryAt) {
        const seconds = refused.detail.retryAt.since(now).total('seconds');
        headers.push(['retry-after', String(Math.max(1, Math.ceil(seconds)))]);
      } else if (refused?.refusal === 'busy') headers.push(['retry-after', BUSY_SECONDS]);
      setCookies(headers, keep);
      return new Response(packed.body, { status: refused ? statusOf(refused.refusal) : 200, headers });
    },

    /** On to another page, with a GET (RFC 9110 §15.4.4): a reload then repeats nothing. */
    redirect(to: string, keep: Keep = {}): Response {
      const headers: HeaderList = Object.entries({ ...securityHeaders({ publicUrl }), location: to });
      setCookies(headers, keep);
      return new Response(null, { status: 303, headers });
    },

    /** For a script of ours. Null: this is not the moment for it. */
    json(value: object | null, keep: Keep = {}): Response {
      const type = 'application/json; charset=utf-8';
      const headers: HeaderList = Object.entries({ ...securityHeaders({ publicUrl }), 'content-type': type });
      setCookies(headers, keep);
      return new Response(JSON.stringify(value), { status: value ? 200 : 409, headers });
    },

    /** An attachment, for instance the backup code as a text file. */
    file(name: string, text: string, type = 'text/plain'): Response {
      const headers = {
        ...securityHeaders({ publicUrl }),
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
      };
      return new Response(text, { headers });
    },

    /** A page that says what is wrong with a request as a whole. */
    problem(refused: Refused, status = statusOf(refused.refusal)): Promise<Response> {
      return visit
        .page(problemPage, { sentence: words.refusal(refused, now), reference: null }, refused)
        .then((response) => new Response(response.body, { status, headers: response.headers }));
    },

    /** The sentence for a refusal, for a field. */
    says: (refused: Refused | null): string | null => (refused ? words.refusal(refused, now) : null),

    /** To the beginning, with a word on why; back here afterwards when here is a page that needs no more than that. */
    toSignIn(why: Refusal): Response {
      const query = new URLSearchParams();
      // A step of a sign-in is no place to come back to: once signed in, it would lead here again, in a circle.
      if (why === 'attempt-expired') query.set('notice', why);
      else if (request.method === 'GET' && visit.here !== '/') query.set('return-to', visit.here);
      const search = query.size > 0 ? `?${query}` : '';
      return visit.redirect(`/sign-in${search}`, attempt ? {} : { attempt: null });
    },

    /** "Enter your password again" or a code: this page needs a proof that is younger than five minutes. */
    askAgain(page = '/account'): Promise<Response> {
      const back = request.method === 'GET' ? visit.here : page;
      return visit.page(askAgainPage, { returnTo: back }, { refusal: 'fresh-proof-required' });
    },

    setLanguage(chosen: Lang, to: string): Response {
      const response = visit.redirect(to);
      response.headers.append('set-cookie', cookies.write(COOKIE.language, chosen, { maxAge: LANGUAGE_KEPT }));
      return response;
    },
  };
  return visit;

  function setCookies(headers: HeaderList, keep: Keep): void {
    const set = (name: string, value: string, until?: Temporal.Instant) =>
      headers.push(['set-cookie', cookies.write(name, value, until ? { maxAge: until.since(now) } : {})]);
    const clear = (name: string) => headers.push(['set-cookie', cookies.clear(name)]);
    if (keep.session) set(COOKIE.session, keep.session.reveal());
    if (keep.attempt) set(COOKIE.attempt, keep.attempt.reveal());
    if (keep.device) set(COOKIE.device, keep.device.token.reveal(), keep.device.until);
    if (keep.session === null) clear(COOKIE.session);
    if (keep.attempt === null && cookie(COOKIE.attempt)) clear(COOKIE.attempt);
    if (keep.device === null && cookie(COOKIE.device)) clear(COOKIE.device);
  }
}

/** The sign-in under way in this browser; a step-up counts only in the session it was begun in. */
async function liveAttempt({ read, deps }: Site, token: string | null, who: Who | null): Promise<Attempt | null> {
  const attempt = token ? await read.attempts.byToken(hashToken(token)) : null;
  if (!attempt || attempt.endedAt) return null;
  if (Temporal.Instant.compare(attempt.expiresAt, deps.clock.now()) <= 0) return null;
  if (attempt.session !== null && attempt.session !== who?.session.id) return null;
  return attempt;
}
