import type { Level } from '../assurance.ts';

/** What an application asks of the people who use it, beside what their organisation asks. */
export type ApplicationPolicy = {
  /** Who may use it: members of its audience who are in one of these groups; everybody where it is empty. */
  groups: readonly string[];
  /**
   * How strong a sign-in has to be. `organisation`: whatever the campaign of the person's organisation asks, which may be
   * put off. The other two are demands: they beat *Remind me later* and a remembered device.
   */
  strength: 'organisation' | 'two-steps' | 'phishing-resistant';
  /** The groups that `strength` is asked of; everybody where it is empty. */
  strengthFor: readonly string[];
  /** Seconds that the deciding proof may be old; null: as old as the session. */
  freshWithinSeconds: number | null;
};

export const OPEN_TO_MEMBERS: ApplicationPolicy = {
  groups: [],
  strength: 'organisation',
  strengthFor: [],
  freshWithinSeconds: null,
};

/** What counts of an application: facts of its row. */
export type ApplicationFacts = {
  status: 'active' | 'disabled';
  /** Organisations whose members may use it. */
  audience: readonly string[];
  policy: ApplicationPolicy;
};

/** What counts of a membership: the organisation's id and the person's groups in it. */
export type Belonging = { organisation: string; groups: readonly string[] };

/** What one request asks on top, for instance with `acr_values`, `max_age` and `prompt=login`. */
export type Asked = { level: Level; freshWithinSeconds: number | null; proveAgain: boolean };

export const NOTHING_ASKED: Asked = { level: 'aal1', freshWithinSeconds: null, proveAgain: false };
