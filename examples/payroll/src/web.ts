import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Frame, type Html, layout } from './pages/layout.ts';
import { type Problem, problemPage } from './pages/problem.ts';
import type { Session, Sessions } from './sessions.ts';
import { day, languageOf, WORDS } from './words/index.ts';

type CookieName = 'session' | 'trip' | 'language';

/** Who is asking, in which language, and how a page is sent. */
export function createWeb({ sessions, overTls }: { sessions: Sessions; overTls: boolean }) {
  return { who, words, cookie, remember, show, problem };

  function problem(c: Context, what: Problem, status: ContentfulStatusCode): Promise<Response> {
    const [title] = words(c).problems[what];
    return show(c, title, problemPage(words(c), what, who(c) !== null), { status });
  }

  async function show(
    c: Context,
    title: string,
    main: Html,
    { status = 200, hasError = false }: { status?: ContentfulStatusCode; hasError?: boolean } = {},
  ): Promise<Response> {
    return c.html(await layout(frameOf(c), { title, hasError }, main), status);
  }

  function frameOf(c: Context): Frame {
    const session = who(c);
    const due = session?.assurance?.enrolmentDue;
    const say = words(c);
    return {
      words: say,
      path: c.req.path,
      who: session && { name: session.name, due: due ? day(say, Temporal.PlainDate.from(due)) : null },
    };
  }

  function who(c: Context): Session | null {
    return sessions.find(cookie(c, 'session'));
  }

  function words(c: Context) {
    return WORDS[languageOf(cookie(c, 'language'), who(c)?.language ?? null, c.req.header('accept-language'))];
  }

  // The prefix makes browsers refuse what a sibling host might plant (RFC 6265bis §4.1.3.2); it needs TLS.
  function cookie(c: Context, name: CookieName): string | undefined {
    return overTls ? getCookie(c, `tally-${name}`, 'host') : getCookie(c, `tally-${name}`);
  }

  function remember(c: Context, name: CookieName, value: string, maxAge?: number): void {
    setCookie(c, `tally-${name}`, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      ...(overTls && { secure: true, prefix: 'host' }),
      ...(maxAge !== undefined && { maxAge }),
    });
  }
}

export async function field(c: Context, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value : '';
}

export function headers(issuer: URL, overTls: boolean): Record<string, string> {
  // Forms go to us, and signing out goes on to the issuer: browsers hold a redirect after a form to the same rule.
  const forms = `form-action 'self' ${issuer.origin}`;
  return {
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self'; ${forms}; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(overTls && { 'strict-transport-security': 'max-age=63072000' }),
  };
}
