import type { Evidence } from '#core/assurance.ts';
import { isInvitationDue } from '#core/policy/passkey-invitation.ts';
import type { Reader } from '#store/store.ts';
import type { Deps } from '../deps.ts';
import { checkUpOf } from '../check-up-due.ts';
import type { Scene } from '../scene.ts';
import type { Who } from '../session.ts';
import { type Facts, isMain } from '../world.ts';

/** Whoever has just set up a second step is not asked for the next one in the same breath. */
const SETTLED_AFTER = Temporal.Duration.from({ hours: 7 * 24 });

/** After a sign-in with a password: notes that this is the time to say *A passkey instead of your password*. */
export async function inviteToPasskey(scene: Pick<Scene, 'tx' | 'facts' | 'now'>, evidence: Evidence[]): Promise<void> {
  const { tx, facts, now } = scene;
  const couldDoBetter = evidence.some((one) => one.type === 'password') && isSettled(facts, now);
  if (!couldDoBetter) return;
  const before = await tx.passkeys.invitations(facts.account.id);
  const isAskedSomethingElse = facts.duty.kind !== 'none' || (await checkUpOf(tx, facts, now)).due;
  if (isInvitationDue({ before, couldDoBetter, isAskedSomethingElse }, facts.policy, now))
    await tx.passkeys.invite(facts.account.id, now);
}

/** Whether the invitation of this sign-in is still open: neither taken nor turned down. */
export async function isInvitedToPasskey(
  read: Pick<Reader, 'passkeys'>,
  { session }: Who,
  facts: Facts,
): Promise<boolean> {
  if (!facts.policy.passkeysOffered || facts.authenticators.some((one) => one.type === 'passkey')) return false;
  const last = (await read.passkeys.invitations(facts.account.id)).at(-1);
  if (!last || last.declinedAt) return false;
  return Temporal.Instant.compare(last.at, session.createdAt) >= 0;
}

export async function declinePasskey({ store, clock }: Deps, who: Who): Promise<void> {
  await store.transaction((tx) => tx.passkeys.decline(who.session.account, clock.now()));
}

function isSettled({ authenticators, enrolment }: Facts, now: Temporal.Instant): boolean {
  const main = authenticators.filter(isMain);
  return (
    enrolment === 'enrolled' &&
    main.every((one) => one.type !== 'passkey' && Temporal.Instant.compare(one.boundAt.add(SETTLED_AFTER), now) < 0)
  );
}
