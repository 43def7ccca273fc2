/** Whose wages we pay. A real payroll has contracts and a database; here three employers fit on a page. */
export type Employer = { id: string; name: string; country: 'GB' | 'NL'; currency: 'GBP' | 'EUR' };

export const EMPLOYERS: readonly Employer[] = [
  { id: 'quillwharf', name: 'Quillwharf Freight', country: 'GB', currency: 'GBP' },
  { id: 'duizendkorrel', name: 'Bakkerij Duizendkorrel', country: 'NL', currency: 'EUR' },
  { id: 'tallybridge', name: 'Tallybridge Payroll', country: 'GB', currency: 'GBP' },
];

/** The employers that a token names and that are our customers. Somebody may have two, and gets two payslips. */
export function employersOf(claims: Record<string, unknown>): Employer[] {
  const { organisations } = claims;
  if (!Array.isArray(organisations)) return [];
  const named = new Set(
    organisations.flatMap((one: unknown) => (typeof one === 'object' && one && 'id' in one ? [one.id] : [one])),
  );
  return EMPLOYERS.filter(({ id }) => named.has(id));
}
