import { randomUUID } from 'node:crypto';
import { atLeast } from '#core/assurance.ts';
import type { Secret } from '#core/secret.ts';
import { begin } from '#core/enrolment/decide.ts';
import type { SignInEffect } from '#core/sign-in/state.ts';
import type { Session } from '#store/rows.ts';
import { openEnrolment } from './enrolment-effects.ts';
import { inviteToPasskey } from './passkey/invitation.ts';
import { endRequest } from './recovery/end.ts';
import { auditEntry, type Keep, type Scene } from './scene.ts';
import { applyChange } from './security-change.ts';
import { newToken } from './token.ts';
import { enrolmentOf, isByTextAlone, isOnPhone, isRecovered, underPolicy, withParts } from './world.ts';

/**
 * Carries out what a sign-in decided: one case per effect, and nothing else writes on the machine's behalf.
 * The attempt is changed in place; whoever calls saves it.
 */
export async function perform(scene: Scene, effects: readonly SignInEffect[]): Promise<Keep> {
  const keep: Keep = {};
  for (const effect of effects) {
    switch (effect.do) {
      case 'open-session':
        Object.assign(keep, await openSession(scene, effect));
        break;
      case 'remember-device':
        keep.device = await rememberDevice(scene);
        break;
      case 'record-deferral': {
        const { organisation, campaign } = effect;
        await scene.tx.campaigns.recordDeferral({
          account: scene.facts.account.id,
          organisation,
          campaign,
          at: scene.now,
        });
        break;
      }
      case 'start-enrolment': {
        const { duty } = scene.facts;
        // Late, with nothing but a password: whoever found the password must also hold the mailbox.
        const isLate = effect.because === 'required' && duty.kind === 'required' && duty.guard === 'mailed-code';
        await openEnrolment(scene, begin(effect.course, isLate || isWizardByTextAlone(scene)));
        break;
      }
      case 'report-phone-lost':
        await reportPhoneLost(scene);
        break;
      case 'audit':
        scene.audit.push(auditEntry(scene, effect.event, effect.detail));
        break;
      default:
        effect satisfies never;
    }
  }
  return keep;
}

/**
 * Whoever took the number over must hold the mailbox too, before anything is bound in place of what is there. What was
 * reported lost counts as there: otherwise saying so would be the way round.
 */
function isWizardByTextAlone({ attempt, facts }: Scene): boolean {
  const { state } = attempt;
  return state.at === 'enrolling' && !isRecovered(attempt) && isByTextAlone(state.evidence, facts);
}

/**
 * Suspended at once on report of loss (NIST SP 800-63B-4 §4.3), and not ended: an account that is left without any second
 * step would open its wizard to the password alone. A passkey may be in a computer, and opens nothing without its owner's
 * face or PIN: it is removed by name.
 */
async function reportPhoneLost(scene: Scene): Promise<void> {
  const { tx, facts, now } = scene;
  const apps = facts.authenticators.filter((one) => isOnPhone(one) && !one.disabledAt);
  // With the codes that came with a paired phone: they are on it too.
  for (const one of withParts(facts.authenticators, apps)) await tx.authenticators.disable(one.id, now);
  facts.authenticators = underPolicy(await tx.authenticators.of(facts.account.id), facts.policy, now);
  facts.enrolment = enrolmentOf(facts.authenticators);
  const [first] = apps;
  const values = { type: first?.type ?? '', label: first?.label ?? '' };
  await applyChange(scene, 'authenticator-removed', { kind: 'phone-lost', values });
}

/** The end of every sign-in and step-up. Called for the effect `open-session` and for nothing else. */
async function openSession(scene: Scene, effect: SignInEffect & { do: 'open-session' }): Promise<Keep> {
  const { tx, facts, attempt, origin, now } = scene;
  const { evidence, viaRememberedDevice } = effect;
  const raised = attempt.session
    ? ((await tx.sessions.of(facts.account.id)).find((one) => one.id === attempt.session) ?? null)
    : null;
  // Whoever opens the account with two steps has not lost them; and the owner reads that somebody said so. A text message
  // is no sign of it: it comes to the stolen phone.
  if (atLeast(effect.level, 'aal2') && !isByTextAlone(evidence, facts)) await endRequest(scene, 'signed-in');
  if (scene.priorSession) await tx.sessions.end(scene.priorSession);
  if (raised)
    return { session: await continueSession(scene, { ...raised, evidence, viaRememberedDevice }), attempt: null };

  const { token, tokenHash } = newToken();
  await tx.sessions.create({
    id: randomUUID(),
    sid: randomUUID(),
    tokenHash,
    account: facts.account.id,
    evidence,
    viaRememberedDevice,
    securityEpoch: facts.account.securityEpoch,
    userAgent: origin.userAgent,
    address: origin.address,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now.add(facts.policy.sessionAbsolute),
  });
  await tx.accounts.recordSignIn(facts.account.id, now);
  await inviteToPasskey(scene, evidence);
  return { session: token, attempt: null };
}

/**
 * The same session under a new identifier, after its rights rose or its account changed: the old identifier is dead
 * from here on, and the absolute end stays where it was.
 */
export async function continueSession(
  { tx, facts, now }: Pick<Scene, 'tx' | 'facts' | 'now'>,
  session: Session,
): Promise<Secret> {
  const { token, tokenHash } = newToken();
  await tx.sessions.end(session.id);
  await tx.sessions.create({
    ...session,
    id: randomUUID(),
    tokenHash,
    securityEpoch: facts.account.securityEpoch,
    lastSeenAt: now,
  });
  return token;
}

async function rememberDevice(scene: Scene): Promise<NonNullable<Keep['device']>> {
  const { tx, facts, origin, now } = scene;
  scene.audit.push(auditEntry(scene, 'device.remembered'));
  const { token, tokenHash } = newToken();
  const until = now.add(facts.policy.rememberDeviceFor);
  await tx.devices.create({
    id: randomUUID(),
    tokenHash,
    account: facts.account.id,
    securityEpoch: facts.account.securityEpoch,
    userAgent: origin.userAgent,
    address: origin.address,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: until,
  });
  return { token, until };
}
