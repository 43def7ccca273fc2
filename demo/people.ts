import { asked } from './people/asked.ts';
import { both, due } from './people/due.ts';
import { devices, working } from './people/enrolled.ts';
import { later } from './people/later.ts';
import { staff, trouble } from './people/trouble.ts';
import type { Person } from './person.ts';

/** Everybody, in the order of the road: each with one line of story, each a case that somebody needs to see. */
export const CHAPTERS = { asked, later, due, both, working, devices, trouble, staff } satisfies Record<
  string,
  readonly Person[]
>;

export type Chapter = keyof typeof CHAPTERS;

export const PEOPLE: readonly Person[] = Object.values(CHAPTERS).flat();

/** Whom to be first: the whole road in six people. */
export const FIRST = ['grace.okafor', 'sanne.de.boer', 'stella.crane', 'priya.raman', 'martin.slow', 'zoe.harbour'];

export function byId(id: string): Person | null {
  return PEOPLE.find((one) => one.id === id) ?? null;
}
