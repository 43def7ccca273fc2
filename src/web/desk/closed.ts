import type { Refused } from '#core/refusal.ts';
import { freezeAccount, thawAccount } from '#flows/recovery/freeze.ts';
import type { Freeze } from '#store/recovery.ts';
import type { Route } from '../route.ts';
import { type ClosedRow, type ClosedView, closedPage } from './closed.page.tsx';
import { atDesk, type DeskVisit } from './door.ts';

export const closedRoutes: Route[] = [
  atDesk('GET', '/desk/closed', (visit) => show(visit, { typed: { address: '', reason: '' }, errors: null })),
  atDesk('POST', '/desk/closed', close),
  atDesk('POST', '/desk/closed/open', openAgain),
];

async function close(visit: DeskVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const typed = { address: form.get('address').trim().slice(0, 320), reason: form.get('reason').slice(0, 400) };
  const refused = await freezeAccount(visit, typed.address, typed.reason);
  if (!refused) return visit.redirect('/desk/closed');
  const on = refused.refusal === 'reason-missing' ? 'reason' : refused.refusal === 'nobody-here' ? 'address' : 'page';
  return show(visit, { typed, errors: { on, sentence: visit.says(refused) ?? '' } }, refused);
}

async function openAgain(visit: DeskVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const refused = await thawAccount(visit, form.get('address'));
  if (!refused) return visit.redirect('/desk/closed');
  const errors = { on: 'page', sentence: visit.says(refused) ?? '' } as const;
  return show(visit, { typed: { address: '', reason: '' }, errors }, refused);
}

async function show(
  visit: DeskVisit,
  rest: Omit<ClosedView, 'rows'>,
  refused: Refused | null = null,
): Promise<Response> {
  const freezes = (await Promise.all(visit.desks.map(({ id }) => visit.read.recovery.freezesOf(id)))).flat();
  const rows = await Promise.all(freezes.map((one) => rowOf(visit, one)));
  return visit.page(closedPage, { rows, ...rest }, refused);
}

async function rowOf({ read }: DeskVisit, freeze: Freeze): Promise<ClosedRow> {
  const nameOf = async (id: string) => (await read.accounts.byId(id))?.name ?? '';
  const addresses = await read.accounts.addresses(freeze.account);
  return {
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
    name: await nameOf(freeze.account),
    reason: freeze.reason,
    by: await nameOf(freeze.frozenBy),
    at: freeze.frozenAt,
    firstThawBy: freeze.firstThawBy ? await nameOf(freeze.firstThawBy) : null,
  };
}
