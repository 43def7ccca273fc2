import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { presenceOf } from '#flows/presence.ts';
import type { TokenLookUp } from '#store/rows.ts';
import type { Around } from './around.ts';

/** An answer of the library's, and what it was made under. */
type Kept = {
  ownStamp: number | null;
  commonStamp: number | null;
  session: string;
  fromMs: number;
  untilMs: number;
  idleMs: number;
  /** The end that stands in the token, which the library compares with the time on the wall. */
  wallEndMs: number;
  headers: string[];
  body: string;
};

export type KeptUserinfo = {
  /** Keeps what the library answers. */
  watch(provider: Provider): void;
  /** True when it is answered here; false leaves it to the library, with everything that is not quite plain. */
  answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean>;
};

const MOST_KEPT = 20_000;
/** Their answers depend on more than stamps tell of: when an authenticator changed, whether a device is remembered. */
const NOT_KEPT = ['assurance'];
const NOT_PLAIN = ['cookie', 'origin', 'dpop', 'transfer-encoding', 'expect'];

/**
 * Applications ask again and again for the same claims with the same token. The library's answer is kept and repeated as
 * long as the one row that every request reads says what it said then: the token, its grant and its session are there,
 * and no stamp has risen (`docs/decisions/0018-stamps-instead-of-telling.md`).
 */
export function keptUserinfo({ deps: { store, clock } }: Pick<Around, 'deps'>): KeptUserinfo {
  const kept = new Map<string, Kept>();

  function isTrue(one: Kept, row: TokenLookUp): boolean {
    const nowMs = clock.now().epochMilliseconds;
    return (
      one.ownStamp === row.ownStamp &&
      one.commonStamp === row.commonStamp &&
      one.session === row.session &&
      nowMs >= one.fromMs &&
      nowMs <
        Math.min(one.untilMs, row.expiresMs, row.tokenExpiresMs, row.grantExpiresMs, row.lastSeenMs + one.idleMs) &&
      clock.wall().epochMilliseconds < one.wallEndMs
    );
  }

  async function keep(ctx: KoaContextWithOIDC, key: Uint8Array, row: TokenLookUp): Promise<void> {
    const { AccessToken: token } = ctx.oidc.entities;
    if (ctx.status !== 200 || !token?.exp || NOT_KEPT.some((scope) => token.scopes.has(scope))) return;
    const now = clock.now();
    // Read after the stamps: what changes meanwhile raises them, and this is thrown away at the next request.
    const { presence, until } = await presenceOf(store.read, row.session, now);
    if (!presence || presence.account !== token.accountId) return;
    const body = JSON.stringify(ctx.body);
    const own = Object.entries(ctx.res.getHeaders()).flatMap(([name, value]) =>
      value === undefined || name === 'content-length' ? [] : [name, String(value)],
    );
    const [oldest] = kept.size >= MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(nameOf(key), {
      ownStamp: row.ownStamp,
      commonStamp: row.commonStamp,
      session: row.session,
      fromMs: now.epochMilliseconds,
      untilMs: until.epochMilliseconds,
      idleMs: presence.idle.total('milliseconds'),
      wallEndMs: token.exp * 1000,
      headers: [...own, 'content-length', String(Buffer.byteLength(body))],
      body,
    });
  }

  return {
    watch: (provider) =>
      void provider.use(async (ctx, next) => {
        const key = plainKey(ctx.req);
        const row = key && (await store.read.oidc.lookUp(key));
        await next();
        if (key && row) await keep(ctx as KoaContextWithOIDC, key, row);
      }),
    async answer(incoming, outgoing) {
      const key = plainKey(incoming);
      const one = key && kept.get(nameOf(key));
      const row = one && (await store.read.oidc.lookUp(key));
      if (!row || !isTrue(one, row)) return false;
      outgoing.writeHead(200, one.headers).end(one.body);
      return true;
    },
  };
}

/** The key of the token, where a request is a question and nothing else; null otherwise. */
function plainKey({ method, url, headers }: IncomingMessage): Uint8Array | null {
  if (method !== 'GET' || url !== '/oidc/userinfo') return null;
  const token = /^Bearer ([\w-]{43})$/.exec(headers.authorization ?? '')?.[1];
  if (!token || NOT_PLAIN.some((name) => headers[name] !== undefined)) return null;
  if ((headers['content-length'] ?? '0') !== '0') return null;
  return hash('sha256', token, 'buffer');
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
