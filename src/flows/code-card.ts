import { codesLeft } from '#authenticators/code-card/card.ts';
import type { Authenticator } from '#core/authenticator.ts';
import { tellOwner } from './notice.ts';
import type { Scene } from './scene.ts';
import { enrolmentOf, underPolicy } from './world.ts';

/**
 * One code of a card is used. The facts must show it: the last one leads into the wizard, for the next sign-in would have
 * nothing to ask for. With three left the owner is told once, early enough to print a new card at home.
 */
export async function crossedOff(scene: Scene, card: Authenticator, number: number): Promise<void> {
  const { facts, now } = scene;
  const used = facts.authenticators.map((one) => (one.id === card.id ? { ...one, counter: number } : one));
  facts.authenticators = underPolicy(used, facts.policy, now);
  facts.enrolment = enrolmentOf(facts.authenticators);
  const left = codesLeft({ ...card, counter: number });
  if (left === facts.policy.codeCardLowAt) await tellOwner(scene, { kind: 'code-card-low', values: { count: left } });
}
