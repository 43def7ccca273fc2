import { jwtVerify } from 'jose';
import { ALGORITHMS, isAboutToken, issuerKeys, type KeyOptions } from './keys.ts';
import type { Refusal } from './token.ts';

export type LogoutOptions = KeyOptions & {
  clientId: string;
  now?: () => Date;
  /**
   * Remembers a `jti` until `until`, and says whether it is new. Kept in memory where it is left out; give one that
   * all your processes share where there are several.
   */
  once?: (jti: string, until: Date) => boolean | Promise<boolean>;
};

/** Whose sessions to end: this one, or all of this person. At least one of the two is there. */
export type Logout = { subject: string | null; sid: string | null };

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const TOLERANCE_SECONDS = 5;
const MOST_OLD_SECONDS = 180;

/** Verifies the `logout_token` that the issuer posts (OpenID Connect Back-Channel Logout 1.0 §2.6). */
export function logoutVerifier(options: LogoutOptions) {
  const { issuer, clientId, now = () => new Date(), once = inMemory(now) } = options;
  const keys = issuerKeys(options);

  return async (token: string): Promise<{ ok: true; logout: Logout } | { ok: false; refusal: Refusal }> => {
    const no = (detail: string, reason: Refusal['reason'] = 'invalid') => ({
      ok: false as const,
      refusal: { reason, detail },
    });
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience: clientId,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: now(),
        requiredClaims: ['iat', 'exp', 'jti', 'events'],
        maxTokenAge: MOST_OLD_SECONDS,
      });
      // Older issuers leave `typ` out; one that is there must be the right one.
      const typ = protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
      if (typ !== undefined && typ !== 'logout+jwt' && typ !== 'jwt') return no(`typ is ${typ}`);
      const { sub, sid, jti, exp, events } = payload;
      if (payload['nonce'] !== undefined) return no('has a nonce, so it is an ID token');
      if (!isLogoutEvent(events)) return no('says nothing of a log-out');
      if (typeof sub !== 'string' && typeof sid !== 'string') return no('names neither a person nor a session');
      if (typeof jti !== 'string' || exp === undefined) return no('has no jti or no end');
      if (!(await once(jti, new Date((exp + TOLERANCE_SECONDS) * 1000)))) return no('was used already');
      return {
        ok: true,
        logout: { subject: sub ?? null, sid: typeof sid === 'string' ? sid : null },
      };
    } catch (fault) {
      const detail = fault instanceof Error ? fault.message : String(fault);
      return no(detail, isAboutToken(fault) ? 'invalid' : 'unavailable');
    }
  };
}

function isLogoutEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || !(EVENT in events)) return false;
  const event = (events as Record<string, unknown>)[EVENT];
  return typeof event === 'object' && event !== null && !Array.isArray(event);
}

function inMemory(now: () => Date) {
  const seen = new Map<string, Date>();
  return (jti: string, until: Date): boolean => {
    for (const [old, end] of seen) if (end < now()) seen.delete(old);
    if (seen.has(jti)) return false;
    seen.set(jti, until);
    return true;
  };
}
