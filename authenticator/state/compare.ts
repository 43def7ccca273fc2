import type { Entry, Names } from '../codes/entry.ts';
import type { Candidate } from './state.ts';

type Present = Entry & { id: string };

/** Each entry beside what is here already. Twice in one export is once too many as well. */
export function compare(entries: readonly Entry[], present: readonly Present[]): Candidate[] {
  const seen: Present[] = [...present];
  return entries.map((entry) => {
    const here = seen.find((one) => isSame(one, entry))?.id ?? null;
    const sameName = present.find((one) => isNamedAlike(one, entry))?.id ?? null;
    if (!here) seen.push({ ...entry, id: 'in this very export' });
    return { entry, here, sameName: here ? null : sameName };
  });
}

function isSame(a: Entry, b: Entry): boolean {
  const codes = (one: Entry) => [one.secret.join(), one.algorithm, one.digits, one.periodSeconds].join(' ');
  return codes(a) === codes(b);
}

function isNamedAlike(a: Names, b: Names): boolean {
  const name = ({ issuer, account }: Names) => `${issuer}\n${account}`.toLowerCase();
  return name(a) === name(b) && name(a) !== '\n';
}
