import type { Challenge } from '#core/authenticator.ts';
import type { Policy } from '#core/policy/policy.ts';
import { charge, type Window } from '#core/policy/throttle.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import { queueSms } from '#outbox/queue.ts';
import type { Attempt } from '#store/rows.ts';
import { type Advanced, type Browser, inScene } from './advance.ts';
import { budgetKey } from './budget.ts';
import type { Deps } from './deps.ts';
import { auditEntry, type Scene } from './scene.ts';

const DAY = Temporal.Duration.from({ hours: 24 });

/** *Text me a code* at the second step: to the bound number, and nowhere else. */
export function textSecondStep(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return inScene(deps, attempt, browser, async (scene) => {
    const bound = scene.facts.authenticators.find((one) => one.type === 'sms' && !one.disabledAt);
    const stay = (why: Refused | null): Advanced => ({ state: scene.attempt.state, keep: {}, refused: why });
    if (scene.attempt.state.at !== 'verifying') return stay(refuse('out-of-order'));
    if (!bound || !deps.smsAvailable) return stay(refuse('method-not-available'));
    const { smsRestsUntil } = scene.facts;
    if (smsRestsUntil) return stay(refuse('sms-rests', { retryAt: smsRestsUntil }));
    const number = new TextDecoder().decode(bound.secret.reveal());
    return stay(await sendText(scene, { number, authenticator: bound.id, purpose: 'verify' }));
  });
}

/**
 * Sends one code by text message, if every budget allows it. Budgets are reserved before sending, in the transaction
 * that queues the message: fifty requests at once send one (the pumping fraud of premium numbers lives on the race).
 */
export async function sendText(
  scene: Scene,
  to: { number: string; authenticator: string | null; purpose: Challenge['purpose'] },
): Promise<Refused | null> {
  const { tx, deps, facts, attempt, now } = scene;
  const { policy, account } = facts;
  const refused = await reserve(scene, to.number, policy);
  if (refused) return refused;

  const { challenge, code } = deps.types.challenges.make({
    account: account.id,
    authenticator: to.authenticator,
    holder: attempt.id,
    purpose: to.purpose,
    destination: new Secret(to.number),
    now,
    lives: policy.smsCodeLives,
  });
  await tx.challenges.create(challenge);
  await queueSms(tx, {
    account: account.id,
    to: to.number,
    language: account.language,
    organisation: facts.memberships[0]?.organisation.name ?? 'Nachtslot',
    code,
    host: deps.publicUrl.hostname,
    idempotencyKey: challenge.id,
    now,
    expiresAt: challenge.expiresAt,
  });
  scene.audit.push(auditEntry(scene, 'sms.sent', { purpose: to.purpose, lastDigits: to.number.slice(-3) }));
  deps.wake();
  return null;
}

/**
 * All of them or none: a message that is not sent must not use up the day of whoever's number was typed. The minute
 * between two is counted here too, for the account and for the number: a new sign-in is no new minute.
 */
async function reserve({ tx, facts, now }: Scene, number: string, policy: Policy): Promise<Refused | null> {
  const minute: Window = { limit: 1, within: policy.smsResendAfter };
  const limits: [string, number, Window[]][] = [
    [budgetKey.textsTo(number), policy.smsPerNumberPerDay, [minute]],
    [budgetKey.textsOf(facts.account.id), policy.smsPerAccountPerDay, [minute]],
    [budgetKey.textsInAll(), policy.smsPerDay, []],
  ];
  const paid: [string, Temporal.Instant[]][] = [];
  for (const [key, limit, spacing] of limits) {
    const history = await tx.budgets.lock(key);
    const inTime = charge(history, spacing, now);
    if (!inTime.allowed) return refuse('sms-too-soon', { retryAt: inTime.retryAt });
    const charged = charge(history, [{ limit, within: DAY }], now);
    if (!charged.allowed) return refuse('sms-budget-spent', { retryAt: charged.retryAt });
    paid.push([key, charged.history]);
  }
  for (const [key, history] of paid) await tx.budgets.save(key, history);
  return null;
}
