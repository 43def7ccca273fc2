import type { Refused } from '#core/refusal.ts';
import { makeVoucher } from '#flows/recovery/voucher.ts';
import type { Route } from '../route.ts';
import { atDesk, type DeskVisit } from './door.ts';
import { type VouchersView, vouchersPage } from './vouchers.page.tsx';

export const voucherRoutes: Route[] = [
  atDesk('GET', '/desk/vouchers', (visit) => show(visit, { made: null, typed: '', error: null })),
  atDesk('POST', '/desk/vouchers', make),
];

/** The answer to the POST shows the voucher, and nothing shows it again: no address leads there. */
async function make(visit: DeskVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const typed = form.get('address').trim().slice(0, 320);
  const made = await makeVoucher(visit.deps, visit.browser, visit.who, typed);
  if ('refusal' in made) return show(visit, { made: null, typed, error: visit.says(made) }, made);
  const { name, code, until } = made;
  return show(visit, { made: { name, code: code.reveal(), until }, typed: '', error: null });
}

async function show(
  visit: DeskVisit,
  rest: Pick<VouchersView, 'made' | 'typed' | 'error'>,
  refused: Refused | null = null,
): Promise<Response> {
  const { read, desks, memberships, now } = visit;
  const all = (await Promise.all(desks.map(({ id }) => read.recovery.vouchersOf(id)))).flat();
  const nameOf = async (id: string) => (await read.accounts.byId(id))?.name ?? '';
  const open = await Promise.all(
    all
      .filter(({ expiresAt }) => Temporal.Instant.compare(expiresAt, now) > 0)
      .map(async (one) => ({ name: await nameOf(one.account), by: await nameOf(one.madeBy), until: one.expiresAt })),
  );
  const isAdministrator = memberships.some(({ role }) => role === 'administrator');
  return visit.page(vouchersPage, { isAdministrator, open, ...rest }, refused);
}
