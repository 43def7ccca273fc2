import type { Secret } from '#core/secret.ts';
import type { Attempt, AuditEntry } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import type { Deps, Origin } from './deps.ts';
import type { Facts } from './world.ts';

/** What a browser has to keep after a step. Undefined: leave its cookie alone. Null: take it away. */
export type Keep = {
  attempt?: Secret | null;
  session?: Secret | null;
  device?: { token: Secret; until: Temporal.Instant } | null;
};

/** In what the effects take place. `priorSession`: the session this browser had before; a new one replaces it. */
export type Scene = {
  deps: Deps;
  tx: Writer;
  facts: Facts;
  attempt: Attempt;
  origin: Origin;
  now: Temporal.Instant;
  priorSession: string | null;
  /** Lines to append at the end: the chain's head is locked last, so that transactions cannot wait in a circle. */
  audit: AuditEntry[];
};

/** A line of the audit about the account of this scene, by its owner or whoever passes for them. */
export function auditEntry(
  scene: Pick<Scene, 'facts' | 'origin' | 'now'>,
  event: string,
  detail: AuditEntry['detail'] = {},
): AuditEntry {
  const account = scene.facts.account.id;
  return { at: scene.now, event, actor: account, account, ...scene.origin, detail };
}
