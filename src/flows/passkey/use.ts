import type { Authenticator, Finding } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { tellOwner } from '../notice.ts';
import { auditEntry } from '../scene.ts';
import type { ChangeScene } from '../security-change.ts';

/**
 * Spends what a right answer needs spent. A counter that did not rise means that two devices hold one key, or one and
 * its copy (WebAuthn L3 §7.2, step 22): refused, marked for the owner to see, and told.
 */
export async function spendPasskey(
  scene: Pick<ChangeScene, 'tx' | 'facts' | 'deps' | 'origin' | 'now' | 'audit'>,
  bound: Authenticator,
  finding: Finding & { ok: true },
): Promise<Refused | null> {
  const { tx, facts, now } = scene;
  const today = facts.authenticators.find((one) => one.id === bound.id);
  // Removed, or shut out by a new policy, while it was being checked.
  if (!today || today.disabledAt) return refuse('passkey-refused');
  const { claim } = finding;
  // It never counted, says this answer; but a moment ago it did.
  const hasRisen = claim.kind === 'none' ? today.counter <= 0 : await tx.claims.take(claim, now);
  if (!hasRisen) {
    if (await tx.authenticators.flag(bound.id, now))
      await tellOwner(scene, { kind: 'passkey-copied', values: { type: bound.type, label: bound.label } });
    scene.audit.push(auditEntry(scene, 'passkey.copied', { authenticator: bound.id }));
    return refuse('passkey-refused');
  }
  await tx.authenticators.noteUse(bound.id, true, now);
  return null;
}
