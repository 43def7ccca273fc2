import { endsAt, raisesEpoch, type SecurityChange } from '#core/policy/ends.ts';
import type { NoticeEvent } from '#outbox/queue.ts';
import { tellOwner } from './notice.ts';
import { endRequest } from './recovery/end.ts';
import { auditEntry, type Scene } from './scene.ts';

/** A change may be made in an attempt (the wizard) or in a session (the account page). */
export type ChangeScene = Omit<Scene, 'attempt' | 'priorSession'> & { attempt: Scene['attempt'] | null };

/**
 * Everything that follows from one change of what an account can be opened with: what ends (the table in
 * `core/policy/ends.ts`), the epoch, the audit line, and the word to the owner. The session in which it was made stays.
 */
export async function applyChange(
  scene: ChangeScene,
  change: SecurityChange,
  notice: NoticeEvent | null,
  keepSession: string | null = scene.attempt?.session ?? null,
): Promise<void> {
  const { tx, facts, attempt, now } = scene;
  const ends = endsAt[change];
  await tx.end(
    facts.account.id,
    {
      sessions: ends.sessions === 'end',
      attempts: ends.attempts === 'end',
      rememberedDevices: ends.rememberedDevices === 'end',
      grants: ends.grants === 'end',
      links: ends.links === 'end',
      enrolments: ends.enrolments === 'end',
      except: {
        ...(attempt ? { attempt: attempt.id, enrolment: attempt.id } : {}),
        ...(keepSession ? { session: keepSession } : {}),
      },
    },
    now,
  );
  if (ends.tokens === 'end') await endTokens(scene);
  if (ends.recovery === 'cancel') await endRequest(scene, 'change');
  if (raisesEpoch(change)) {
    facts.account.securityEpoch = await tx.accounts.raiseEpoch(facts.account.id);
    if (attempt) attempt.securityEpoch = facts.account.securityEpoch;
    if (ends.links === 'stay') await tx.links.carry(facts.account.id, facts.account.securityEpoch);
  }
  // One change has several causes (an authenticator is removed, or replaced by a new one): the notice tells them apart.
  const detail = notice ? { ...notice.values, notice: notice.kind } : {};
  scene.audit.push(auditEntry(scene, `account.${change}`, detail));
  if (notice) await tellOwner(scene, notice);
}

/** They are worth nothing while the account is closed; opened again, it must not bring back what a stranger made in it. */
async function endTokens(scene: ChangeScene): Promise<void> {
  const { tx, facts } = scene;
  for (const { organisation } of facts.memberships)
    for (const { id, madeBy } of await tx.apiTokens.of(organisation.id))
      if (madeBy === facts.account.id && (await tx.apiTokens.remove(organisation.id, id)))
        scene.audit.push(auditEntry(scene, 'api-token.revoked', { organisation: organisation.id, token: id }));
}
