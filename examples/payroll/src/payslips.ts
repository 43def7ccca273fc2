import type { Employer } from './employers.ts';
import { makeIban } from './iban.ts';

/** In cents or pence. */
export type Line = { what: LineName; amount: number };
export type LineName = 'gross' | 'overtime' | 'allowance' | 'travel' | 'tax' | 'insurance' | 'pension';
export type Payslip = {
  /** In addresses: `quillwharf-2026-05`. */
  id: string;
  employer: Employer;
  month: Temporal.PlainYearMonth;
  paidOn: Temporal.PlainDate;
  earned: readonly Line[];
  withheld: readonly Line[];
  net: number;
};

const PAYDAY = 25;
const MONTHS_SHOWN = 6;

/** Newest first. The figures are made up from the person's identifier, so that they stay the same. */
export function payslipsOf(subject: string, employers: readonly Employer[], today: Temporal.PlainDate): Payslip[] {
  const thisMonth = today.toPlainYearMonth();
  const last = today.day >= PAYDAY ? thisMonth : thisMonth.subtract({ months: 1 });
  const months = Array.from({ length: MONTHS_SHOWN }, (_, back) => last.subtract({ months: back }));
  return months.flatMap((month) => employers.map((employer) => payslip(subject, employer, month)));
}

/** An account that no bank has: its bank code is ours. */
export function firstIban({ subject, employers }: { subject: string; employers: readonly Employer[] }): string {
  const country = employers[0]?.country ?? 'GB';
  const digits = String(draw(subject, 'account') % 100_000_000).padStart(8, '0');
  return country === 'NL' ? makeIban('NL', `TALY00${digits}`) : makeIban('GB', `TALY000000${digits}`);
}

function payslip(subject: string, employer: Employer, month: Temporal.PlainYearMonth): Payslip {
  const isDutch = employer.country === 'NL';
  const gross = 220_000 + (draw(subject, employer.id) % 190_000);
  const travel = isDutch ? 4_000 + (draw(subject, `${employer.id} travel`) % 9_000) : 0;
  // Dutch holiday pay comes in May, eight per cent of a year.
  const allowance = isDutch && month.month === 5 ? Math.round(gross * 12 * 0.08) : 0;
  const overtime = (draw(subject, `${employer.id} ${month.toString()}`) % 5) * 4_725;
  const taxable = gross + overtime + allowance;
  const earned: Line[] = [{ what: 'gross', amount: gross }];
  if (overtime) earned.push({ what: 'overtime', amount: overtime });
  if (allowance) earned.push({ what: 'allowance', amount: allowance });
  if (travel) earned.push({ what: 'travel', amount: travel });
  const withheld: Line[] = [
    { what: 'tax', amount: Math.round(taxable * (isDutch ? 0.187 : 0.122)) },
    ...(isDutch ? [] : [{ what: 'insurance' as const, amount: Math.round(taxable * 0.063) }]),
    { what: 'pension', amount: Math.round(gross * 0.05) },
  ];
  return {
    id: `${employer.id}-${month.toString()}`,
    employer,
    month,
    paidOn: month.toPlainDate({ day: PAYDAY }),
    earned,
    withheld,
    net: sum(earned) - sum(withheld),
  };
}

export function sum(lines: readonly Line[]): number {
  return lines.reduce((total, { amount }) => total + amount, 0);
}

/** FNV-1a: the same text draws the same number. */
function draw(subject: string, what: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${subject}/${what}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
