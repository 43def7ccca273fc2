import { randomBytes } from 'node:crypto';
import type { Assurance } from '../../../clients/typescript/src/index.ts';
import type { Employer } from './employers.ts';

/** Somebody who is signed in here. The browser holds a random name of it, and nothing else. */
export type Session = {
  subject: string;
  /** The issuer's name for its session; a log-out names it. */
  sid: string | null;
  name: string;
  email: string | null;
  language: 'en' | 'nl' | null;
  employers: readonly Employer[];
  /** How and when the person was verified. */
  acr: string | null;
  authTime: Date | null;
  scopes: readonly string[];
  assurance: Assurance | null;
  idToken: string;
  accessToken: string;
  /** An account number that was typed when two steps were asked for in between. */
  draft: string | null;
  openedAt: Date;
  seenAt: Date;
};

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 8 * 3600_000;
const REMEMBERED_MS = 10 * 60_000;

/** In memory: one process, and everybody signs in again after a restart. A larger payroll has a table here. */
export function createSessions(now: () => Date) {
  const sessions = new Map<string, Session>();
  // A log-out may overtake the sign-in that it ends.
  const ended = new Map<string, Date>();

  function sweep(): void {
    for (const [token, session] of sessions) if (isOver(session)) sessions.delete(token);
    for (const [name, at] of ended) if (now().getTime() - at.getTime() > REMEMBERED_MS) ended.delete(name);
  }
  const isOver = ({ openedAt, seenAt }: Session) =>
    now().getTime() - seenAt.getTime() > IDLE_MS || now().getTime() - openedAt.getTime() > ABSOLUTE_MS;

  return {
    /** A new name each time, so that a name from before the sign-in is worth nothing. Null: it was ended already. */
    open(facts: Omit<Session, 'draft' | 'openedAt' | 'seenAt'>): string | null {
      sweep();
      if (facts.sid !== null && ended.has(facts.sid)) return null;
      const token = randomBytes(32).toString('base64url');
      sessions.set(token, { ...facts, draft: null, openedAt: now(), seenAt: now() });
      return token;
    },
    find(token: string | undefined): Session | null {
      const session = token === undefined ? undefined : sessions.get(token);
      if (!session || isOver(session)) return null;
      session.seenAt = now();
      return session;
    },
    end: (token: string | undefined): void => void (token !== undefined && sessions.delete(token)),
    /** One session of the issuer, or everything of a person. Answers how many ended. */
    endAll({ sid, subject }: { sid: string | null; subject: string | null }): number {
      if (sid !== null) ended.set(sid, now());
      let count = 0;
      for (const [token, session] of sessions) {
        if (sid === null ? session.subject !== subject : session.sid !== sid) continue;
        sessions.delete(token);
        count += 1;
      }
      return count;
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
