import { randomUUID } from 'node:crypto';
import type { Deps } from '#flows/deps.ts';
import { isKnownHost, redeemTicket } from '#flows/forward-auth.ts';
import { hashToken, newToken } from '#flows/token.ts';
import { clientAddress, type Trusted } from '#http/client-address.ts';
import type { DoorAnswer, Knock } from '#http/door.ts';
import { only } from '#http/cookies.ts';
import { addressAt, hostOf, OUR_CORNER } from '#http/place.ts';
import type { Answers } from './answers.ts';
import { cookiesAt, NONCE_AT_HOST, SESSION_AT_HOST } from './cookies.ts';

/** Long enough to sign in, to set up an authenticator and to be called away in between. */
const NONCE_KEPT = Temporal.Duration.from({ hours: 1 });

/** What a sign-in carries along as the place to go back to has an end. */
const LONGEST = 1_900;

/**
 * Our corner of every host: the proxy hands these paths to us. `begin` marks the browser and sends it to our own origin;
 * it comes `in` with a ticket and gets a cookie of this host. No page, and nothing of the application is touched.
 */
export function atHost(deps: Deps, trusted: Trusted, say: Answers): (knock: Knock) => Promise<DoorAnswer> {
  const { publicUrl } = deps;

  async function begin(host: string, url: URL, knock: Knock): Promise<DoorAnswer> {
    const cookies = cookiesAt(host);
    // One for all tabs: the second must not spoil what the first has begun.
    const nonce = cookieOf(knock, host, NONCE_AT_HOST) ?? newToken().token.reveal();
    const to = new URL(addressAt(host, url.searchParams.get('to')));
    const there = [to.pathname + to.search, '/'].map((path) => askUs(host, path, nonce));
    const location = there.find((one) => one.length < LONGEST) ?? there[1] ?? publicUrl.origin;
    return say.redirect(location, [cookies.write(NONCE_AT_HOST, nonce, { maxAge: NONCE_KEPT })]);
  }

  function askUs(host: string, to: string, nonce: string): string {
    const query = new URLSearchParams({ host, to, nonce: Buffer.from(hashToken(nonce)).toString('base64url') });
    return `${publicUrl.origin}/forward-auth/begin?${query.toString()}`;
  }

  async function comeIn(host: string, url: URL, knock: Knock): Promise<DoorAnswer> {
    const cookies = cookiesAt(host);
    const ticket = url.searchParams.get('ticket') ?? '';
    const nonce = cookieOf(knock, host, NONCE_AT_HOST);
    const replaces = cookieOf(knock, host, SESSION_AT_HOST);
    const opened =
      nonce && /^[\w-]{43}$/.test(ticket)
        ? await redeemTicket(deps, originOf(knock), { ticket, nonce, host, replaces })
        : null;
    if (!opened)
      return say.redirect(`${publicUrl.origin}/forward-auth/not-in?${new URLSearchParams({ host }).toString()}`);
    return say.redirect(addressAt(host, opened.path), [cookies.write(SESSION_AT_HOST, opened.token.reveal())]);
  }

  function originOf(knock: Knock) {
    const forwarded = new Headers({ 'x-forwarded-for': knock.header('x-forwarded-for') ?? '' });
    return {
      address: clientAddress(knock.peer, forwarded, trusted),
      userAgent: (knock.header('user-agent') ?? '').slice(0, 300),
      request: randomUUID(),
    };
  }

  return async (knock) => {
    const host = hostOf(knock.header('x-forwarded-host') ?? '');
    const url = URL.parse(knock.target, 'http://host.invalid');
    if (!host || !url || !(await isKnownHost(deps, host))) return say.notFound();
    switch (url.pathname.slice(OUR_CORNER.length)) {
      case 'begin':
        return begin(host, url, knock);
      case 'in':
        if (knock.method !== 'GET') return say.notFound(); // looking at it spends nothing
        return comeIn(host, url, knock);
      case 'sign-out':
        // Following a link changes nothing: our own page asks, and its button ends the session at every host.
        return say.redirect(`${publicUrl.origin}/forward-auth/sign-out`);
      default:
        return say.notFound();
    }
  };
}

function cookieOf(knock: Knock, host: string, name: string): string | null {
  return only(knock.header('cookie') ?? '', cookiesAt(host).name(name));
}
