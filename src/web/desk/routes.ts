import type { Refused } from '#core/refusal.ts';
import { approveCase, claimCase, recordCheck, rejectCase } from '#flows/recovery/desk.ts';
import { freezeAccount } from '#flows/recovery/freeze.ts';
import type { Form } from '#http/body.ts';
import type { Route } from '../route.ts';
import { casePage } from './case.page.tsx';
import { type CaseView, caseView } from './case-view.ts';
import { closedRoutes } from './closed.ts';
import { atDesk, caseAtDesk, type DeskVisit } from './door.ts';
import { showQueue } from './queue.ts';
import { voucherRoutes } from './vouchers.ts';

export const deskRoutes: Route[] = [
  atDesk('GET', '/desk', showQueue),
  atDesk('GET', '/desk/cases/:id', (visit) => show(visit)),
  atDesk('POST', '/desk/cases/:id/claim', (visit) => step(visit, 'page', (at) => claimCase(at))),
  atDesk('POST', '/desk/cases/:id/checks', check),
  atDesk('POST', '/desk/cases/:id/approve', (visit) =>
    step(visit, 'page', (at, form) => approveCase(at, form.get('digest'))),
  ),
  atDesk('POST', '/desk/cases/:id/reject', (visit) =>
    step(visit, 'reject', (at, form) => rejectCase(at, { reason: form.get('reason') })),
  ),
  atDesk('POST', '/desk/cases/:id/freeze', freeze),
  ...closedRoutes,
  ...voucherRoutes,
];

type At = Parameters<typeof claimCase>[0];
type Where = NonNullable<CaseView['errors']>['on'];

async function show(visit: DeskVisit, shown: Parameters<typeof caseView>[2] = {}, refused: Refused | null = null) {
  const row = await caseAtDesk(visit);
  const view = row && (await caseView(visit, row, shown));
  return view ? visit.page(casePage, view, refused) : visit.problem({ refusal: 'not-found' });
}

async function step(
  visit: DeskVisit,
  on: Where,
  work: (at: At, form: Form) => Promise<Refused | null>,
  typed?: (form: Form) => CaseView['typed'],
): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const row = await caseAtDesk(visit);
  if (!row) return visit.problem({ refusal: 'not-found' });
  const refused = await work({ deps: visit.deps, browser: visit.browser, who: visit.who, id: row.id }, form);
  if (!refused) return visit.redirect(`/desk/cases/${row.id}`);
  const sentence = visit.says(refused) ?? '';
  const place = FIELD_OF[refused.refusal] ?? (refused.refusal === 'reason-missing' ? on : 'page');
  return show(visit, { errors: { on: place, sentence }, ...(typed && { typed: typed(form) }) }, refused);
}

const FIELD_OF: Partial<Record<Refused['refusal'], Where>> = {
  'choice-missing': 'kind',
  'seen-missing': 'seen',
  'seen-has-number': 'seen',
};

function check(visit: DeskVisit): Promise<Response> {
  return step(
    visit,
    'seen',
    (at, form) =>
      recordCheck(at, { kind: form.get('kind'), passed: form.get('outcome') !== 'failed', seen: form.get('seen') }),
    (form) => ({ kind: form.get('kind'), seen: form.get('seen').slice(0, 400) }),
  );
}

function freeze(visit: DeskVisit): Promise<Response> {
  return step(visit, 'freeze', async (at, form) => {
    const row = await caseAtDesk(visit);
    const addresses = row ? await visit.read.accounts.addresses(row.account) : [];
    const address = addresses.find((one) => one.primary)?.address ?? '';
    return freezeAccount(at, address, form.get('reason'));
  });
}
