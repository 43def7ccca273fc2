import { challengeOf, type Demand, unmet } from './demand.ts';
import type { Token, Verifier } from './token.ts';

/** An answer that any framework can send. */
export type Denial = { status: 401 | 403 | 503; headers: Record<string, string>; body: string };
export type Guarded = { ok: true; token: Token } | { ok: false; denial: Denial };

/** Decides about one request by its `Authorization` header. */
export type Guard = (authorization: string | null | undefined) => Promise<Guarded>;

export type GuardOptions = {
  now?: () => Date;
  /** Hears why a token was refused. Nobody else does: a stranger learns nothing from us. */
  onRefusal?: (detail: string) => void;
};

/** What all middlewares are made of; use it where there is none for your framework. */
export function createGuard(verify: Verifier, demand: Demand = {}, options: GuardOptions = {}): Guard {
  const { now = () => new Date(), onRefusal } = options;
  return async (authorization) => {
    const sent = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '')?.[1];
    if (!sent) return deny(401, challengeOf(authorization ? 'invalid' : 'no-token'));
    const checked = await verify(sent);
    if (!checked.ok) {
      onRefusal?.(checked.refusal.detail);
      return checked.refusal.reason === 'unavailable' ? later() : deny(401, challengeOf('invalid'));
    }
    const missing = unmet(checked.token, demand, now());
    if (!missing) return { ok: true, token: checked.token };
    return deny(missing.error === 'insufficient_scope' ? 403 : 401, challengeOf(missing));
  };
}

function deny(status: 401 | 403, challenge: string): Guarded {
  const error = /error="([^"]+)"/.exec(challenge)?.[1] ?? 'token_required';
  return { ok: false, denial: answer(status, error, { 'www-authenticate': challenge }) };
}

/** Not 401: the client would throw away a token that may be good. */
function later(): Guarded {
  return { ok: false, denial: answer(503, 'temporarily_unavailable', { 'retry-after': '5' }) };
}

function answer(status: Denial['status'], error: string, headers: Record<string, string>): Denial {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ error }),
  };
}
