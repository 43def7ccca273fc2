import { randomUUID } from 'node:crypto';
import { secretOf } from '#authenticators/sms/secret.ts';
import type { Authenticator, Pending } from '#core/authenticator.ts';
import type { Enrolment, EnrolmentEffect } from '#core/enrolment/state.ts';
import type { Secret } from '#core/secret.ts';
import type { Decision } from '#core/sign-in/state.ts';
import type { EnrolmentRow } from '#store/rows.ts';
import { openPairing } from './approval/pair.ts';
import { sendGuardCode } from './guard.ts';
import { redeemRequest } from './recovery/end.ts';
import { auditEntry, type Scene } from './scene.ts';
import { applyChange } from './security-change.ts';
import { isMain, isRecovered, underPolicy, withParts } from './world.ts';

/** How long earlier QR codes of a person's wizard are kept for the wrong-code doctor. */
const SUPERSEDED_KEPT = Temporal.Duration.from({ hours: 1 });
const SUPERSEDED_MOST = 3;

/** Opens the wizard of an attempt. A wizard that this person left behind a moment ago lends its old QR codes. */
export async function openEnrolment(scene: Scene, decision: Decision<Enrolment, EnrolmentEffect>): Promise<void> {
  const { tx, attempt, facts, now } = scene;
  const earlier = await tx.enrolments.latestOf(facts.account.id, now.subtract(SUPERSEDED_KEPT));
  const row: EnrolmentRow = {
    id: randomUUID(),
    account: facts.account.id,
    holder: attempt.id,
    state: decision.state,
    sealed: { pending: null, superseded: earlier ? asSuperseded(earlier) : [], number: null, backupCode: null },
    securityEpoch: facts.account.securityEpoch,
    createdAt: now,
    expiresAt: now.add(facts.policy.pendingSecretLives),
  };
  attempt.expiresAt = row.expiresAt;
  await performEnrolment(scene, row, decision.effects, {});
  await tx.enrolments.create(row);
  if (row.state.at === 'guarding') await sendGuardCode(scene);
}

/** What slow work outside the transaction made ready for the effects. */
export type Prepared = {
  /** The stored form of the backup code that is being confirmed. */
  backupCode?: { code: string; hint: string; secret: Secret<Uint8Array> };
  /** The number that was proved. */
  number?: { e164: string; hint: string };
  /** The id that the proved authenticator gets: its proof carries it already. */
  authenticator?: string;
  /** The counter of the proving code: it counts as used. */
  counter?: number;
  /** Of an authenticator that made its own key. */
  handle?: string;
  hint?: string;
  /** What comes with it and goes with it: the codes of a paired phone. */
  parts?: readonly Pick<Authenticator, 'type' | 'label' | 'secret'>[];
};

/** One case per effect of the wizard. The row is changed in place; whoever calls saves it. */
export async function performEnrolment(
  scene: Scene,
  row: EnrolmentRow,
  effects: readonly EnrolmentEffect[],
  prepared: Prepared,
): Promise<void> {
  for (const effect of effects) {
    switch (effect.do) {
      case 'make-pending':
        await makePending(scene, row, effect.type);
        break;
      case 'bind':
        await bindPending(scene, row, effect.replacing, prepared);
        break;
      case 'bind-sms':
        if (!prepared.number) throw new Error('bind-sms without a proved number');
        await bind(scene, { type: 'sms', hint: prepared.number.hint, secret: secretOf(prepared.number.e164) });
        await applyChange(scene, 'authenticator-added', {
          kind: 'sms-bound',
          values: { lastDigits: prepared.number.hint },
        });
        row.sealed.number = null;
        break;
      case 'make-backup-code':
        row.sealed.backupCode = scene.deps.types.backupCode.make();
        extend(scene, row);
        break;
      case 'bind-backup-code':
        await bindBackupCode(scene, row, prepared);
        break;
      case 'audit':
        scene.audit.push(auditEntry(scene, effect.event, effect.detail));
        break;
    }
  }
  row.securityEpoch = scene.facts.account.securityEpoch;
}

async function makePending(scene: Scene, row: EnrolmentRow, type: string): Promise<void> {
  const { sealed } = row;
  if (sealed.pending?.type === type) return; // back and forth must not leave dead entries in the person's app
  const begin = scene.deps.types.byType(type)?.begin;
  if (!begin) throw new Error(`${type} cannot be enrolled`);
  sealed.superseded = asSuperseded(row);
  sealed.pending = begin({
    label: entryName(scene),
    now: scene.now,
    codesOnCard: scene.facts.policy.codesOnCard,
  });
  if (type === 'app') await openPairing(scene, sealed.pending);
  extend(scene, row);
}

/** What the entry in the app is called: organisation and month keep an old entry and a new one apart. */
function entryName({ facts, now }: Scene): string {
  const organisation = facts.memberships[0]?.organisation;
  const day = now.toZonedDateTimeISO(organisation?.timeZone ?? 'UTC');
  const month = day.toLocaleString(facts.account.language, { month: 'short', year: 'numeric' });
  return `${organisation?.name ?? 'Nachtslot'}, ${month}`;
}

async function bindPending(scene: Scene, row: EnrolmentRow, replacing: boolean, prepared: Prepared): Promise<void> {
  const { pending } = row.sealed;
  if (!pending) throw new Error('bind without a pending secret');
  // Bind the new and unbind the old in one commit: at no moment is there none, and at no moment two.
  const former = scene.facts.authenticators.filter((one) => isFormer(scene, one, pending.type, replacing));
  for (const one of withParts(scene.facts.authenticators, former))
    await scene.tx.authenticators.unbind(one.id, scene.now, 'replaced');
  const { type, label, secret } = pending;
  const { authenticator: id, counter, handle, hint } = prepared;
  await bind(scene, { type, label, secret, id, counter, handle, hint });
  for (const part of prepared.parts ?? []) await bind(scene, { ...part, partOf: id });
  row.sealed.pending = null;
  row.sealed.superseded = [];
  if (isRecovered(scene.attempt)) {
    await redeemRequest(scene);
    await applyChange(scene, 'recovery-redeemed', { kind: 'account-recovered', values: { type, label } });
    return;
  }
  await applyChange(scene, former.length > 0 ? 'authenticator-removed' : 'authenticator-added', {
    kind: former.length > 0 ? 'authenticator-replaced' : 'authenticator-bound',
    values: { type: pending.type, label: pending.label },
  });
}

/** After a recovery nothing from before is left: not the app, not the number, not the paper. */
function isFormer({ attempt, facts }: Scene, one: Authenticator, type: string, replacing: boolean): boolean {
  if (isRecovered(attempt)) return one.type !== 'password';
  if (!isMain(one)) return false;
  if (one.disabledAt !== null) return true;
  // Like takes the place of like: a new card says nothing about the phone, nor a new phone about the card.
  const isLike = (bound: Authenticator) => (bound.type === 'code-card') === (type === 'code-card');
  const hasLike = facts.authenticators.some((bound) => isMain(bound) && !staysOnMove(bound) && isLike(bound));
  return replacing && !staysOnMove(one) && (!hasLike || isLike(one));
}

/** A new phone says nothing about a passkey: it may be in a computer or on a keyring, and is removed by name. */
function staysOnMove(one: Authenticator): boolean {
  return one.type === 'passkey';
}

async function bindBackupCode(scene: Scene, row: EnrolmentRow, { backupCode }: Prepared): Promise<void> {
  if (!backupCode || backupCode.code !== row.sealed.backupCode?.reveal())
    throw new Error('the backup code was made anew while it was being confirmed');
  const former = scene.facts.authenticators.filter((one) => one.type === 'backup-code');
  for (const one of former) await scene.tx.authenticators.unbind(one.id, scene.now, 'renewed');
  await bind(scene, { type: 'backup-code', hint: backupCode.hint, secret: backupCode.secret });
  row.sealed.backupCode = null;
  const isFirst = row.state.at !== 'ended' && row.state.course === 'first';
  await applyChange(scene, 'backup-code-renewed', isFirst ? null : { kind: 'backup-code-renewed', values: {} });
}

async function bind(
  scene: Scene,
  what: Pick<Authenticator, 'type' | 'secret'> &
    Partial<Pick<Authenticator, 'id' | 'label' | 'hint' | 'counter' | 'handle' | 'partOf'>>,
): Promise<void> {
  const { tx, facts, attempt, now } = scene;
  const { id = randomUUID(), label = '', hint = '', counter = -1, handle, partOf } = what;
  await tx.authenticators.bind({
    id,
    account: facts.account.id,
    type: what.type,
    label,
    secret: what.secret,
    hint,
    boundAt: now,
    lastUsedAt: null,
    counter,
    failures: 0,
    disabledAt: null,
    ...(handle !== undefined && { handle }),
    ...(partOf !== undefined && { partOf }),
    boundBy: attempt.state.at === 'enrolling' ? attempt.state.evidence.map((one) => one.type).join('+') : '',
  });
  facts.authenticators = underPolicy(await tx.authenticators.of(facts.account.id), facts.policy, now);
}

/** Each new secret on the screen gets its full time, and the attempt that holds it stays alive as long. */
function extend(scene: Scene, row: EnrolmentRow): void {
  row.expiresAt = scene.now.add(scene.facts.policy.pendingSecretLives);
  scene.attempt.expiresAt = row.expiresAt;
}

function asSuperseded({ sealed }: EnrolmentRow): Pending[] {
  return [...(sealed.pending ? [sealed.pending] : []), ...sealed.superseded].slice(0, SUPERSEDED_MOST);
}
