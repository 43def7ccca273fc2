import { admit } from '#core/application/admit.ts';
import { NOTHING_ASKED } from '#core/application/policy.ts';
import type { Deps } from './deps.ts';
import type { Facts } from './world.ts';

/** A way into an application. */
export type Tile = { id: string; name: string; home: string; hasLogo: boolean };

/** Applications that a person may use and that can be opened with an address, by name; what they ask, they ask there. */
export async function applicationsFor({ store }: Deps, { memberships }: Pick<Facts, 'memberships'>): Promise<Tile[]> {
  if (memberships.length === 0) return [];
  const belongings = memberships.map(({ organisation, groups }) => ({ organisation: organisation.id, groups }));
  const all = await store.read.applications.all();
  return all
    .filter((one) => one.homeUrl !== '' && admit(one, belongings, NOTHING_ASKED).admitted)
    .map(({ id, name, homeUrl, hasLogo }) => ({ id, name, home: homeUrl, hasLogo }));
}
