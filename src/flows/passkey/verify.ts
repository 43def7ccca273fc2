import { useOptions } from '#authenticators/passkey/index.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { needsUserVerification } from '#core/sign-in/offer.ts';
import type { Attempt } from '#store/rows.ts';
import { type Advanced, advance, type Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import { tellOwner } from '../notice.ts';
import { type Facts, loadFacts } from '../world.ts';
import { ceremonyFor, challengeFor, type Holder, passkeysOf, rpIdOf } from './ceremony.ts';
import { spendPasskey } from './use.ts';

/** What a browser is asked in a sign-in under way: one of this person's passkeys. */
export async function askForOwnPasskey(deps: Deps, attempt: Attempt) {
  const facts = await loadFacts(deps.store.read, attempt.account, deps.clock.now());
  const allowed = passkeysOf(facts?.authenticators ?? []).filter((one) => !one.disabledAt);
  if (!facts || attempt.state.at !== 'verifying' || allowed.length === 0) return null;
  const challenge = await challengeFor(deps, holderOf(attempt));
  const rpId = rpIdOf(deps.publicUrl);
  return useOptions({ challenge, rpId, mustVerifyUser: mustVerifyUser(attempt, facts), allowed });
}

/** A passkey as the second step, or as a proof given again. */
export async function verifyPasskey(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  input: { answer: string; remember: boolean },
): Promise<Advanced> {
  const { store, clock, types } = deps;
  const stay = (refused: Refused): Advanced => ({ state: attempt.state, keep: {}, refused });
  const now = clock.now();
  const facts = await loadFacts(store.read, attempt.account, now);
  if (!facts || attempt.state.at !== 'verifying') return stay(refuse('out-of-order'));
  const own = passkeysOf(facts.authenticators);
  if (own.length === 0) return stay(refuse('method-not-available'));

  const ceremony = await ceremonyFor(deps, holderOf(attempt), {
    account: attempt.account,
    mustNameOwner: false,
    mustVerifyUser: mustVerifyUser(attempt, facts),
    policy: facts.policy,
  });
  const handle = types.passkey.handleIn(input.answer);
  const bound = own.find((one) => one.handle === handle);
  const context = { now, wall: clock.wall(), challenge: null, others: [], ceremony };
  const finding = bound && (await types.passkey.verify(bound, input.answer, context));

  return advance(deps, attempt, browser, async (scene) => {
    if (!bound || !finding?.ok) {
      if (hasPassword(attempt)) await tellOwner(scene, { kind: 'wrong-passkey', values: {} });
      return { type: 'disproved', refused: refuse('passkey-refused') };
    }
    const lost = await spendPasskey(scene, bound, finding);
    if (lost) return { type: 'disproved', refused: lost };
    return { type: 'proved', evidence: finding.evidence, remember: input.remember };
  });
}

function holderOf(attempt: Attempt): Holder {
  return { holder: attempt.id, purpose: 'verify' };
}

function mustVerifyUser({ state }: Attempt, { policy }: Facts): boolean {
  return state.at !== 'verifying' || needsUserVerification(state.evidence, state.goal, policy);
}

function hasPassword({ state }: Attempt): boolean {
  return 'evidence' in state && state.evidence.some((one) => one.type === 'password');
}
