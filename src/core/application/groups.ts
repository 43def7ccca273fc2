import { refuse, type Refused } from '../refusal.ts';

export const GROUPS_MOST = 50;
export const GROUP_MOST_CHARACTERS = 60;

/** Names of groups in one spelling, each once. A comma would be two names where they travel in a header. */
export function readGroups(names: readonly string[]): string[] | Refused {
  const groups = [...new Set(names.map((name) => name.normalize('NFC').trim()))].filter((name) => name !== '');
  if (groups.length > GROUPS_MOST) return refuse('groups-too-many', { limit: GROUPS_MOST });
  const isFine = (name: string) => [...name].length <= GROUP_MOST_CHARACTERS && !/[,;\p{C}\p{Zl}\p{Zp}]/u.test(name);
  const wrong = groups.find((name) => !isFine(name));
  return wrong === undefined ? groups : refuse('group-name-invalid', { limit: GROUP_MOST_CHARACTERS });
}
