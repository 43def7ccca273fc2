import { randomUUID } from 'node:crypto';
import { unpairedIn } from '#authenticators/app/index.ts';
import { secretOf } from '#authenticators/sms/secret.ts';
import type { Authenticator, CheckContext, Finding, Pending } from '#core/authenticator.ts';
import type { EnrolmentEvent } from '#core/enrolment/state.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import type { Attempt, EnrolmentRow } from '#store/rows.ts';
import { type Advanced, advanceEnrolment, type Browser, claim } from './advance.ts';
import { budgetKey, chargeNow, giveBack } from './budget.ts';
import type { Deps } from './deps.ts';
import { mayResend, sendGuardCode } from './guard.ts';
import { isVoucher, useVoucher } from './recovery/voucher.ts';
import type { Scene } from './scene.ts';
import { sendText } from './text-message.ts';
import { policyOf } from './world.ts';

export const LABEL_MOST_CHARACTERS = 60;

/** The steps of the wizard that need no proof. */
export function stepWizard(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  event: EnrolmentEvent & { type: 'chosen' | 'scanned' | 'back' | 'sms-skipped' | 'left' },
): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (_scene, row) => {
    // A phone says itself that it has scanned: what no phone took has nothing to be tested.
    if (event.type === 'scanned' && isUnpaired(row)) return refuse('out-of-order');
    return { event };
  });
}

function isUnpaired({ sealed: { pending } }: EnrolmentRow): boolean {
  return pending?.type === 'app' && unpairedIn(pending.secret).publicKey === null;
}

/** What the entry in the person's app will be called; shown and changeable before it is scanned. */
export function renamePending(deps: Deps, browser: Browser, attempt: Attempt, label: string): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (_scene, row) => {
    const name = label.normalize('NFC').trim();
    if ([...name].length > LABEL_MOST_CHARACTERS || name === '')
      return refuse('label-too-long', { limit: LABEL_MOST_CHARACTERS });
    if (row.state.at !== 'scanning' || !row.sealed.pending) return refuse('out-of-order');
    row.sealed.pending = { ...row.sealed.pending, label: name };
    return STAYS;
  });
}

/** Step 3: the first code of the new authenticator. Wrong ones are charged like any guess. */
export async function proveNew(deps: Deps, browser: Browser, attempt: Attempt, answer: string): Promise<Advanced> {
  const { store, types } = deps;
  const row = await store.read.enrolments.byHolder(attempt.id);
  if (!row || row.state.at !== 'proving' || !row.sealed.pending) return notNow(deps, browser, attempt);
  if (answer.trim() === '') return stay(attempt, refuse('code-missing'));
  const pending = row.sealed.pending;
  const prove = types.byType(pending.type)?.prove;
  if (!prove) throw new Error(`${pending.type} cannot be proved`);

  const guess = await payForGuess(deps, attempt);
  if ('refusal' in guess) return stay(attempt, guess);
  const finding = await prove(pending, answer, {
    ...(await contextOf(deps, attempt)),
    superseded: row.sealed.superseded,
  });
  return advanceEnrolment(deps, attempt, browser, async (scene, locked) => {
    if (!finding.ok) return finding;
    if (locked.state.at !== 'proving') return clickedTwice(scene, guess);
    // Another tab may have made a new QR code while this one was being checked: only the code of the one on record binds.
    if (!isSameSecret(locked, pending.secret)) return refuse('code-from-older-qr');
    await guess.refund(scene);
    const authenticator = randomUUID(); // the proof says whose it was
    const { made } = finding;
    if (made) locked.sealed.pending = { ...pending, secret: made.secret };
    return {
      event: { type: 'proved', evidence: { ...finding.evidence, authenticator } },
      prepared: {
        authenticator,
        counter: finding.claim.kind === 'counter' ? finding.claim.value : -1,
        hint: made?.hint,
      },
    };
  });
}

/** Step 4, first half: the number. What is proved later is what is stored now. */
export function sendBindingText(deps: Deps, browser: Browser, attempt: Attempt, input: string): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    if (row.state.at !== 'adding-sms') return refuse('out-of-order');
    const number = deps.types.sms.readNumber(input, {
      countries: scene.facts.policy.smsCountries,
      defaultCountry: scene.facts.account.language === 'nl' ? 'NL' : 'GB',
    });
    if ('refusal' in number) return number;
    const isResend = row.sealed.number?.reveal() === number.e164;
    const refused = await sendText(scene, { number: number.e164, authenticator: null, purpose: 'bind' });
    if (refused && !(isResend && row.state.sent)) return refused;
    row.sealed.number = new Secret(number.e164);
    return refused ?? { event: { type: 'sms-sent' } };
  });
}

/** Another code to the number that was typed before, a minute after the last one at the earliest. */
export async function resendBindingText(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  const row = await deps.store.read.enrolments.byHolder(attempt.id);
  const number = row?.sealed.number;
  return number ? sendBindingText(deps, browser, attempt, number.reveal()) : notNow(deps, browser, attempt);
}

/** Step 4, second half: the code that was sent. */
export async function proveNumber(deps: Deps, browser: Browser, attempt: Attempt, answer: string): Promise<Advanced> {
  const { store, types } = deps;
  const before = await store.read.enrolments.byHolder(attempt.id);
  // A form that was sent twice: nothing is compared any more, so nothing is charged.
  if (before?.state.at !== 'adding-sms' || !before.state.sent) return notNow(deps, browser, attempt);
  if (answer.trim() === '') return stay(attempt, refuse('code-missing'));
  const guess = await payForGuess(deps, attempt);
  if ('refusal' in guess) return stay(attempt, guess);
  const sent = before.sealed.number;
  const context = await contextOf(deps, attempt);
  const { challenge } = context;
  const finding = sent
    ? await types.sms.prove(numberAsPending(sent, context.now), answer, { ...context, superseded: [] })
    : refuse('challenge-missing');
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    if ('refusal' in finding || !challenge) {
      if (challenge) await scene.tx.challenges.countTry(challenge.id);
      return 'refusal' in finding ? finding : refuse('challenge-missing');
    }
    if (row.state.at !== 'adding-sms') return clickedTwice(scene, guess);
    const number = row.sealed.number?.reveal();
    // The number may have been changed between sending and proving: the code proves the one it was sent to.
    if (number === undefined || number !== challenge.destination.reveal()) return refuse('challenge-missing');
    if (!(await claim(scene, { kind: 'challenge', challenge: challenge.id }))) return refuse('code-used-already');
    await guess.refund(scene);
    return { event: { type: 'sms-proved' }, prepared: { number: { e164: number, hint: number.slice(-3) } } };
  });
}

/** Step 5: the box is ticked and the first group was typed back from wherever the code is kept now. */
export async function keepBackupCode(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  input: { saved: boolean; locator: string },
): Promise<Advanced> {
  const { store, types } = deps;
  const row = await store.read.enrolments.byHolder(attempt.id);
  const code = row?.sealed.backupCode;
  if (row?.state.at !== 'keeping-code' || !code) return notNow(deps, browser, attempt);
  if (!types.backupCode.isLocatorOf(code, input.locator)) return stay(attempt, refuse('locator-wrong'));
  if (!input.saved) return stay(attempt, refuse('saving-not-confirmed'));

  const stored = await types.backupCode.toStored(code); // slow on purpose: before the transaction
  if ('refusal' in stored) return stay(attempt, stored);
  return advanceEnrolment(deps, attempt, browser, async (_scene, locked) => {
    if (locked.sealed.backupCode?.reveal() !== code.reveal()) return refuse('out-of-order');
    return { event: { type: 'code-kept' }, prepared: { backupCode: { code: code.reveal(), ...stored } } };
  });
}

/** The mailed code that guards a late enrolment. */
export async function passGuard(deps: Deps, browser: Browser, attempt: Attempt, answer: string): Promise<Advanced> {
  const { store, types } = deps;
  const row = await store.read.enrolments.byHolder(attempt.id);
  if (row?.state.at !== 'guarding') return notNow(deps, browser, attempt);
  if (isVoucher(answer)) return passGuardByVoucher(deps, browser, attempt, answer);
  if (answer.trim() === '') return stay(attempt, refuse('code-missing'));
  const guess = await payForGuess(deps, attempt);
  if ('refusal' in guess) return stay(attempt, guess);
  const challenge = await store.read.challenges.open(attempt.id, 'guard');
  const finding = types.challenges.check(challenge, answer, await contextOf(deps, attempt));
  return advanceEnrolment(deps, attempt, browser, async (scene, locked) => {
    if (!finding.ok || !challenge) {
      if (challenge) await scene.tx.challenges.countTry(challenge.id);
      return finding.ok || finding.refusal === 'code-wrong' ? refuse('guard-code-wrong') : finding;
    }
    if (locked.state.at !== 'guarding') return clickedTwice(scene, guess);
    if (!(await claim(scene, { kind: 'challenge', challenge: challenge.id }))) return refuse('code-used-already');
    await guess.refund(scene);
    return { event: { type: 'guard-passed' } };
  });
}

/** A voucher from an administrator in place of the mailed code: handed over in person, good once. */
export async function passGuardByVoucher(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  answer: string,
): Promise<Advanced> {
  const row = await deps.store.read.enrolments.byHolder(attempt.id);
  if (row?.state.at !== 'guarding') return notNow(deps, browser, attempt);
  if (answer.trim() === '') return stay(attempt, refuse('code-missing'));
  const guess = await payForGuess(deps, attempt);
  if ('refusal' in guess) return stay(attempt, guess);
  return advanceEnrolment(deps, attempt, browser, async (scene, locked) => {
    if (locked.state.at !== 'guarding') return clickedTwice(scene, guess);
    if (!(await useVoucher(scene, answer))) return refuse('voucher-wrong');
    await guess.refund(scene);
    return { event: { type: 'guard-passed' } };
  });
}

/** Mails the guard code again, a minute after the last one at the earliest. */
export function resendGuardCode(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    if (row.state.at !== 'guarding') return refuse('out-of-order');
    const last = await scene.tx.challenges.open(attempt.id, 'guard');
    const { smsResendAfter } = scene.facts.policy;
    if (last && !mayResend(last, smsResendAfter, scene.now))
      return refuse('sms-too-soon', { retryAt: last.createdAt.add(smsResendAfter) });
    return (await sendGuardCode(scene)) ?? STAYS;
  });
}

/** A change of the row that is no step of the machine. */
const STAYS = { event: null } as const;

type PaidGuess = { refund(scene: Scene): Promise<void> };

/** One budget for every door: a guess in the wizard costs what a guess at sign-in costs. */
async function payForGuess({ store, clock }: Deps, attempt: Attempt): Promise<PaidGuess | Refused> {
  const now = clock.now();
  const key = budgetKey.guesses(attempt.account);
  const { guessBudget } = policyOf(await store.read.accounts.memberships(attempt.account));
  const charged = await chargeNow(store, key, guessBudget, now);
  if (!charged.allowed) return refuse('guess-budget-spent', { retryAt: charged.retryAt });
  return { refund: (scene) => giveBack(scene.tx, key, now) };
}

/** The right code, a moment after itself: the first click has gone on, and the second one costs nothing. */
async function clickedTwice(scene: Scene, guess: PaidGuess): Promise<Refused> {
  await guess.refund(scene);
  return refuse('out-of-order');
}

async function contextOf({ store, clock }: Deps, attempt: Attempt): Promise<CheckContext> {
  const others: Authenticator[] = await store.read.authenticators.of(attempt.account);
  const challenge = await store.read.challenges.open(attempt.id, 'bind');
  return { now: clock.now(), wall: clock.wall(), challenge, others };
}

function numberAsPending(number: Secret, madeAt: Temporal.Instant): Pending {
  return { type: 'sms', secret: secretOf(number.reveal()), label: '', madeAt };
}

function isSameSecret(row: EnrolmentRow, secret: Secret<Uint8Array>): boolean {
  const current = row.sealed.pending?.secret.reveal();
  return current !== undefined && Buffer.compare(current, secret.reveal()) === 0;
}

/** A resent form or an old tab: the machine says what it makes of it (and writes it down). */
function notNow(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async () => refuse('out-of-order'));
}

function stay(attempt: Attempt, why: Refused & Partial<Finding>): Advanced {
  const { refusal, detail } = why;
  return { state: attempt.state, keep: {}, refused: detail ? { refusal, detail } : { refusal } };
}
