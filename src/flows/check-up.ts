import { hasShownSecondStep } from '#core/policy/check-up.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { type Changed, inChange, no } from './account.ts';
import type { Browser } from './advance.ts';
import { budgetKey, chargeNow, giveBack } from './budget.ts';
import { checkUpOf } from './check-up-due.ts';
import type { Deps } from './deps.ts';
import { auditEntry } from './scene.ts';
import type { ChangeScene } from './security-change.ts';
import type { Who } from './session.ts';
import { type Facts, isMain, policyOf } from './world.ts';

/** The second step was used in this very session. */
export function hasShown({ session }: Who, { authenticators }: Pick<Facts, 'authenticators'>): boolean {
  return hasShownSecondStep(session.evidence, authenticators.filter(isMain));
}

/**
 * The first four characters of the paper, typed back from where it is kept now: they show the right paper and spend
 * nothing. Charged like any guess: nobody tries locators through until one fits.
 */
export async function checkUp(deps: Deps, browser: Browser, who: Who, locator: string): Promise<Changed> {
  const { store, clock, types } = deps;
  const account = who.session.account;
  if (locator.trim() === '') return no(refuse('check-up-locator-missing'));
  const at = clock.now();
  const key = budgetKey.guesses(account);
  const { guessBudget } = policyOf(await store.read.accounts.memberships(account));
  const charged = await chargeNow(store, key, guessBudget, at);
  if (!charged.allowed) return no(refuse('guess-budget-spent', { retryAt: charged.retryAt }));
  return inChange(deps, browser, who, async (scene) => {
    const { facts } = scene;
    const paper = facts.authenticators.find((one) => one.type === 'backup-code' && !one.disabledAt);
    if (!paper) return no(refuse('out-of-order'));
    if (types.backupCode.readLocator(locator) !== paper.hint) {
      await record(scene, 'failed');
      return no(refuse('check-up-locator-wrong'));
    }
    await giveBack(scene.tx, key, at);
    if (!hasShown(who, facts)) return no(refuse('check-up-step-missing'));
    await record(scene, 'passed');
    return { refused: null, keep: {} };
  });
}

/** *Not now*: counted, and refused when it was said often enough. It is asked on the start page and stops nobody. */
export function skipCheckUp(deps: Deps, browser: Browser, who: Who): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    const verdict = await checkUpOf(scene.tx, scene.facts, scene.now);
    if (!verdict.due) return { refused: null, keep: {} }; // put off or passed already, in another tab
    const refused: Refused | null = verdict.skipsLeft > 0 ? null : refuse('check-up-skips-spent');
    if (!refused) await record(scene, 'skipped');
    return { refused, keep: {} };
  });
}

async function record(scene: ChangeScene, outcome: 'passed' | 'skipped' | 'failed'): Promise<void> {
  await scene.tx.checkUps.record(scene.facts.account.id, { at: scene.now, outcome });
  scene.audit.push(auditEntry(scene, `check-up.${outcome}`));
}
