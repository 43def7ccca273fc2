import type { Advanced } from '#flows/advance.ts';
import { COOKIE, type Visit } from '../visit.ts';

/** A year: it is a habit and no secret. */
const KEPT = Temporal.Duration.from({ hours: 365 * 24 });

/** What worked last time is offered first on this device. Not paper: whoever used that wants the usual way back. */
export function noteLastUsed(visit: Visit, response: Response, { refused }: Advanced, type: string): Response {
  if (refused || !/^[a-z-]{1,20}$/.test(type) || type === 'password' || type === 'backup-code') return response;
  const line = visit.site.cookies.write(COOKIE.lastUsed, type, { maxAge: KEPT, sameSite: 'Strict' });
  response.headers.append('set-cookie', line);
  return response;
}

export function lastUsedIn(visit: Visit): string | null {
  return visit.cookie(COOKIE.lastUsed);
}
