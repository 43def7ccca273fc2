import { mayVouch } from '#core/recovery/who-may.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Browser } from '../advance.ts';
import { budgetKey, chargeNow } from '../budget.ts';
import type { Deps } from '../deps.ts';
import type { Who } from '../session.ts';
import { policyOf } from '../world.ts';
import { put, stepCase } from './case.ts';
import { refusesSamePerson, standingIn } from './standing.ts';

/**
 * "I see this person in front of me": a colleague types the number that stands on the person's own page. Nobody can
 * vouch for a request by guessing numbers: each wrong one is charged like a guess, to whoever guesses.
 */
export async function vouch(
  deps: Deps,
  browser: Browser,
  who: Who,
  input: { number: string; seesThem: boolean },
): Promise<Refused | null> {
  if (!who.isFresh) return refuse('fresh-proof-required');
  const colleague = who.session.account;
  const number = input.number.replaceAll(/\D/g, '');
  if (number === '') return refuse('code-missing');
  if (!input.seesThem) return refuse('seeing-not-confirmed');
  const { guessBudget } = policyOf(await deps.store.read.accounts.memberships(colleague));
  const charged = await chargeNow(deps.store, budgetKey.vouches(colleague), guessBudget, deps.clock.now());
  if (!charged.allowed) return refuse('guess-budget-spent', { retryAt: charged.retryAt });

  const row = number.length === 6 ? await deps.store.read.recovery.openByNumber(number) : null;
  if (!row) return refuse('request-number-wrong');
  return stepCase(deps, { id: row.id, origin: browser.origin, actor: colleague }, async (scene) => {
    const standing = await standingIn(scene.tx, colleague, scene.row.organisation);
    const refused = mayVouch(standing, scene.row.account, scene.now);
    const before = scene.row.state.facts.proofs.flatMap((one) => (one.kind === 'vouched' ? [one.by] : []));
    const same = await refusesSamePerson(scene.tx, colleague, [scene.row.account, ...before]);
    return refused ?? same ?? put(scene, { type: 'vouched', by: colleague });
  });
}
