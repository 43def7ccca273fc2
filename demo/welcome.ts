import { byId } from './people.ts';

/** Whom to be first in a terminal, and what each shows. */
const TOUR = [
  ['grace.okafor', 'is asked for the first time; “Remind me later” three times'],
  ['sanne.de.boer', 'the same in Dutch, with a nearer last day'],
  ['fiona.marsh', 'has put it off three times: only “Enable” is left'],
  ['stella.crane', 'is overdue: “Enable”, a mailed code, then the wizard'],
  ['priya.raman', 'is enrolled: password, then the code that /demo shows'],
  ['martin.slow', 'has a phone with a wrong clock: see what the page says'],
] as const;

/** What the terminal says when the demonstration is ready. */
export function welcome(
  url: URL,
  { payrollUrl, folder, colours }: { payrollUrl: URL; folder: string | null; colours: boolean },
): string {
  const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim, warm] = [paint(1), paint(2), paint(33)];
  const people = TOUR.flatMap(([id, shows]) => {
    const person = byId(id);
    return person ? [{ ...person, shows }] : [];
  });
  const width = (of: (one: (typeof people)[number]) => string) => Math.max(...people.map((one) => of(one).length));
  const [addresses, passwords] = [width((one) => one.address), width((one) => one.password)];
  return [
    '',
    `  ${warm('▌')} ${bold('Nachtslot')}  the demonstration is ready`,
    '',
    `    ${bold(`${url.origin}/demo`)}   everybody, the clock, the mailbox`,
    `    ${url.origin}/        the product itself`,
    `    ${payrollUrl.origin}/        a payroll portal that signs people in with it`,
    '',
    '  Sign in as',
    '',
    ...people.flatMap(({ address, password, shows }) => [
      `    ${bold(address.padEnd(addresses))}   ${password.padEnd(passwords)}`,
      `      ${dim(shows)}`,
    ]),
    '',
    dim(
      folder
        ? `  Everything is kept in ${folder}.`
        : '  Nothing is kept: the next start begins anew. DEMO_DATA=folder keeps it.',
    ),
    dim('  Ctrl+C stops it.'),
    '',
  ].join('\n');
}
