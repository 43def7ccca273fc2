import { atLeast, type Level } from '../assurance.ts';
import { levelOf } from './assertion.ts';

/** What a request says about strength (OpenID Connect Core §3.1.2.1 and §5.5.1.1). */
export type AcrRequest = {
  /** In order of preference. */
  values: readonly string[];
  /** One of them, or an error; otherwise a wish. */
  essential: boolean;
};

export const NO_ACR: AcrRequest = { values: [], essential: false };

/**
 * The level a request asks for. The first name in its list that can be reached counts; a wish that cannot be reached
 * is a wish. Null: an essential one that cannot, which has to be said and not lowered.
 */
export function askedLevel({ values, essential }: AcrRequest, attainable: Level): Level | null {
  const levels = values.flatMap((acr) => levelOf(acr) ?? []);
  const reachable = levels.find((level) => atLeast(attainable, level));
  if (reachable) return reachable;
  if (essential && values.length > 0) return null;
  return 'aal1';
}

/**
 * The name under which a level is told. Whoever asked for two steps and gets something that cannot be phished is told
 * what they asked for: it is true, and they compare names.
 */
export function toldAs(acr: string, { values }: AcrRequest): string {
  if (values.length === 0 || values.includes(acr)) return acr;
  const level = levelOf(acr);
  const below = values.filter((one) => level && atLeast(level, levelOf(one) ?? 'aal2-phr'));
  const known = below.filter((one) => levelOf(one) !== null);
  return known[0] ?? acr;
}
