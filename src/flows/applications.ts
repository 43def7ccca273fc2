import { admit } from '#core/application/admit.ts';
import type { Asked, Belonging } from '#core/application/policy.ts';
import { type Standing, standing } from '#core/application/standing.ts';
import type { Level } from '#core/assurance.ts';
import type { Application, Membership } from '#store/rows.ts';
import type { Deps } from './deps.ts';
import type { Who } from './session.ts';
import { type Facts, loadFacts } from './world.ts';

/** Whether what this session has shown is enough for the application, and what more is needed if not. */
export async function standingAt(
  deps: Pick<Deps, 'store' | 'clock' | 'types'>,
  who: Who,
  application: Application,
  asked: Asked,
  since: Temporal.Instant | null,
): Promise<Standing> {
  const now = deps.clock.now();
  const facts = await loadFacts(deps.store.read, who.session.account, now);
  if (!facts) return { kind: 'refused', because: 'not-for-you' };
  const admission = admit(application, belongingsOf(facts.memberships), asked);
  return standing(admission, who.session, { policy: facts.policy, attainable: attainableFor(deps, facts), now, since });
}

/**
 * The level a sign-in for this application has to reach, once it is known who signs in. What the account cannot reach is
 * not demanded here: the person is told at the application's door.
 */
export async function levelFor(
  deps: Pick<Deps, 'store' | 'clock' | 'types'>,
  account: string,
  application: Application,
  asked: Asked,
): Promise<Level> {
  const facts = await loadFacts(deps.store.read, account, deps.clock.now());
  if (!facts) return 'aal1';
  const admission = admit(application, belongingsOf(facts.memberships), asked);
  const attainable = attainableFor(deps, facts);
  if (!admission.admitted) return 'aal1';
  return admission.level === 'aal2-phr' ? attainable : admission.level;
}

/** Two steps can be set up by anybody, in the wizard; what cannot be phished has to be there. */
export function attainableFor(
  { types }: Pick<Deps, 'types'>,
  { authenticators }: Pick<Facts, 'authenticators'>,
): Level {
  const canResist = authenticators.some((one) => !one.disabledAt && types.byType(one.type)?.phishingResistant);
  return canResist ? 'aal2-phr' : 'aal2';
}

export function belongingsOf(memberships: readonly Membership[]): Belonging[] {
  return memberships.map(({ organisation, groups }) => ({ organisation: organisation.id, groups }));
}
