import { asksOf, type Rulebook, rulesFor } from '#core/application/rule.ts';
import type { Deps } from '#flows/deps.ts';
import { loadRulebook } from '#flows/forward-auth.ts';
import { hashToken } from '#flows/token.ts';
import { isTrustedPeer, type Trusted } from '#http/client-address.ts';
import { only } from '#http/cookies.ts';
import type { Door, DoorAnswer, Knock } from '#http/door.ts';
import { OUR_CORNER, originOf } from '#http/place.ts';
import { type Answers, answersOf } from './answers.ts';
import { type Asked, askedOf } from './asked.ts';
import { atHost } from './at-host.ts';
import { cookiesAt, SESSION_AT_HOST } from './cookies.ts';
import { NOBODY } from './identity.ts';
import { keptVerdicts } from './kept.ts';

/** A session is noted as seen at most this often: asking should not be writing. */
const SEEN_EVERY_MS = 60_000;

const ADDRESS = '/forward-auth';

/**
 * Answers reverse proxies: whether whoever asks them for a page may have it. Every answer reads one row; the rest is kept
 * under what stands in it.
 */
export function forwardAuthDoor(deps: Deps, trusted: Trusted): Door {
  const { store, clock } = deps;
  const verdicts = keptVerdicts(store.read, clock);
  const peers = new Map<string, boolean>();
  let book: { stamp: number; rules: Rulebook } | null = null;
  const say = answersOf(deps.publicUrl);
  const corner = atHost(deps, trusted, say);

  function isTrusted(peer: string): boolean {
    let known = peers.get(peer);
    if (known === undefined) {
      if (peers.size > 1_000) peers.clear();
      peers.set(peer, (known = isTrustedPeer(peer, trusted)));
    }
    return known;
  }

  async function rulesUnder(stamp: number): Promise<Rulebook> {
    if (book?.stamp === stamp) return book.rules;
    const rules = await loadRulebook(store.read);
    book = { stamp, rules };
    return rules;
  }

  async function ask(knock: Knock): Promise<DoorAnswer> {
    const asked = askedOf(knock);
    if (!asked) return say.forbidden('This is not a question that nginx, Caddy or Traefik would ask.');
    const token = only(knock.header('cookie') ?? '', cookiesAt(asked.host).name(SESSION_AT_HOST));
    const row = token ? await store.read.forwardAuth.lookUp(hashToken(token), asked.host) : null;
    const stamp = row ? (row.commonStamp ?? 0) : await store.read.forwardAuth.commonStamp();
    const rules = rulesFor(await rulesUnder(stamp), asked.host, asked.path);
    const anybody = asksOf(rules, null);
    if (anybody.entry === 'closed') return say.forbidden('There is no way in here.');
    const nowMs = clock.now().epochMilliseconds;
    const verdict = row ? await verdicts.verdict(row, rules, nowMs) : null;
    if (row && verdict && nowMs >= row.lastSeenMs + SEEN_EVERY_MS)
      await store.transaction((tx) => tx.sessions.touch(row.session, clock.now()));
    if (verdict?.is === 'in') return verdict.answer;
    if (anybody.entry === 'open') return NOBODY;
    if (verdict?.is === 'closed') return say.forbidden('You are signed in, and this is not for you.');
    return toSignIn(say, asked);
  }

  return {
    isFor: (target) => target === ADDRESS || target.startsWith(`${ADDRESS}?`) || target.startsWith(OUR_CORNER),
    answer: (knock) => {
      if (!isTrusted(knock.peer))
        return Promise.resolve(say.forbidden('Only a proxy in NACHTSLOT_TRUSTED_PROXIES may ask this.'));
      if (knock.method !== 'GET' && knock.method !== 'HEAD') return Promise.resolve(say.methodNotAllowed);
      return knock.target.startsWith(OUR_CORNER) ? corner(knock) : ask(knock);
    },
  };
}

/** Not signed in, or not strongly enough: to our corner of that host, which leads to the sign-in and back. */
function toSignIn(say: Answers, { host, wanted, redirects, isNavigation }: Asked): DoorAnswer {
  // A script, a picture or a socket has no use for a page with a form.
  if (!isNavigation) return say.unauthorised;
  const location = `${originOf(host)}${OUR_CORNER}begin?${new URLSearchParams({ to: wanted }).toString()}`;
  return say.signIn(redirects === 'nginx' ? 401 : 302, location);
}
