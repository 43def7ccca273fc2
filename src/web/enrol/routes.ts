import type { Course, EnrolmentEvent } from '#core/enrolment/state.ts';
import type { Advanced } from '#flows/advance.ts';
import {
  keepBackupCode,
  passGuard,
  passGuardByVoucher,
  proveNew,
  proveNumber,
  renamePending,
  resendBindingText,
  resendGuardCode,
  sendBindingText,
  stepWizard,
} from '#flows/enrolment.ts';
import { bindDevice, testAgain } from '#flows/approval/bind.ts';
import { pairAnew } from '#flows/approval/pair.ts';
import { askForFirstPasskey, bindPasskey } from '#flows/passkey/bind.ts';
import { isRecovered } from '#flows/world.ts';
import { returnTo } from '#http/return-to.ts';
import type { EnrolmentRow } from '#store/rows.ts';
import { pending, type PendingVisit, type Route, signedIn, type SignedInVisit } from '../route.ts';
import { proceed } from '../sign-in/routes.ts';
import { pageOf } from '../sign-in/where.ts';
import { CARD_FILE } from './card.page.tsx';
import { donePage } from './done.page.tsx';
import { BACKUP_FILE } from './keep.page.tsx';
import { phoneState } from './phone.ts';
import { backupFileText, cardFileOf, showWizard, type Shown } from './views.ts';

export const enrolRoutes: Route[] = [
  pending('GET', '/enrol', show),
  pending('POST', '/enrol/guard', guard),
  pending('POST', '/enrol/guard/resend', (visit) =>
    after(visit, resendGuardCode(visit.deps, visit.browser, visit.attempt)),
  ),
  pending('POST', '/enrol/guard/voucher', voucher),
  pending('POST', '/enrol/choice', choose),
  pending('POST', '/enrol/label', rename),
  pending('POST', '/enrol/scanned', (visit) => step(visit, { type: 'scanned' })),
  pending('POST', '/enrol/back', (visit) => step(visit, { type: 'back' })),
  pending('POST', '/enrol/code', prove),
  pending('POST', '/enrol/passkey', passkey),
  pending('POST', '/enrol/passkey/options', async (visit) =>
    visit.json(await askForFirstPasskey(visit.deps, visit.attempt)),
  ),
  pending('POST', '/enrol/app', (visit) => after(visit, bindDevice(visit.deps, visit.browser, visit.attempt))),
  pending('POST', '/enrol/app/again', (visit) => after(visit, pairAnew(visit.deps, visit.browser, visit.attempt))),
  pending('POST', '/enrol/app/test', (visit) => after(visit, testAgain(visit.deps, visit.browser, visit.attempt))),
  pending('GET', '/enrol/app/state', async (visit) => visit.json(await phoneState(visit))),
  pending('POST', '/enrol/sms', sendSms),
  pending('POST', '/enrol/sms/resend', (visit) =>
    after(visit, resendBindingText(visit.deps, visit.browser, visit.attempt)),
  ),
  pending('POST', '/enrol/sms/code', proveSms),
  pending('POST', '/enrol/sms/skip', (visit) => step(visit, { type: 'sms-skipped' })),
  pending('POST', '/enrol/backup-code', keep),
  pending('POST', '/enrol/backup-code/file', download),
  pending('POST', '/enrol/card/file', downloadCard),
  pending('POST', '/enrol/leave', (visit) => step(visit, { type: 'left' })),
  signedIn('GET', '/enrol/done', done),
];

/** The wizard's page is a function of its state: the back button and a second tab show where it really is. */
async function show(visit: PendingVisit): Promise<Response> {
  const row = await rowOf(visit);
  if (row) return showWizard(visit, row, {});
  const page = pageOf(visit.attempt.state);
  // A wizard that is gone has no page: its attempt is of no use any more, and this address would lead to itself.
  if (!page || page === '/enrol') return visit.redirect('/sign-in?notice=attempt-expired', { attempt: null });
  return visit.redirect(page);
}

async function choose(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const authenticator = form.get('choice');
  if (authenticator === '') return again(visit, { refused: { refusal: 'choice-missing' } });
  return step(visit, { type: 'chosen', authenticator });
}

async function passkey(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, bindPasskey(visit.deps, visit.browser, visit.attempt, form.get('credential')));
}

async function guard(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, passGuard(visit.deps, visit.browser, visit.attempt, form.get('code')));
}

async function voucher(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const work = passGuardByVoucher(visit.deps, visit.browser, visit.attempt, form.get('voucher'));
  return after(visit, work, { voucher: true });
}

async function rename(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, renamePending(visit.deps, visit.browser, visit.attempt, form.get('label')));
}

async function prove(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, proveNew(visit.deps, visit.browser, visit.attempt, form.get('code')));
}

async function sendSms(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const number = form.get('number');
  return after(visit, sendBindingText(visit.deps, visit.browser, visit.attempt, number), { number });
}

async function proveSms(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, proveNumber(visit.deps, visit.browser, visit.attempt, form.get('code')));
}

async function keep(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const saved = form.get('saved') === 'yes';
  const input = { saved, locator: form.get('locator') };
  return after(visit, keepBackupCode(visit.deps, visit.browser, visit.attempt, input), { saved });
}

/** The code as a file, for browsers without scripts; changes nothing. */
async function download(visit: PendingVisit): Promise<Response> {
  const code = (await rowOf(visit))?.sealed.backupCode;
  if (!code) return again(visit, { refused: { refusal: 'out-of-order' } });
  return visit.file(BACKUP_FILE, await backupFileText(visit, code.reveal()));
}

/** The card as a file, for browsers without scripts; changes nothing. */
async function downloadCard(visit: PendingVisit): Promise<Response> {
  const text = await cardFileOf(visit, await rowOf(visit));
  if (text === null) return again(visit, { refused: { refusal: 'out-of-order' } });
  return visit.file(CARD_FILE, text);
}

async function done(visit: SignedInVisit): Promise<Response> {
  const course = visit.url.searchParams.get('course');
  const known: Course = course === 'move' || course === 'backup-code' ? course : 'first';
  const { searchParams } = visit.url;
  const continueTo = returnTo(searchParams.get('return-to'));
  const bound = SAID.find((type) => type === searchParams.get('with')) ?? null;
  return visit.page(donePage, { continueTo, course: known, bound });
}

/** What the last page of the wizard has words of its own for. */
const SAID = ['passkey', 'code-card'] as const;

function step(visit: PendingVisit, event: EnrolmentEvent & { type: Parameters<typeof stepWizard>[3]['type'] }) {
  return after(visit, stepWizard(visit.deps, visit.browser, visit.attempt, event));
}

/** A refusal is shown on the page it concerns; everything else goes on with a GET, so that a reload repeats nothing. */
async function after(
  visit: PendingVisit,
  work: Promise<Advanced>,
  shown: Omit<Shown, 'refused'> = {},
): Promise<Response> {
  const before = await rowOf(visit);
  const advanced = await work;
  if (advanced.refused && advanced.state?.at === 'enrolling')
    return again(visit, { ...shown, refused: advanced.refused });
  if (advanced.state?.at === 'complete') {
    const course = before && 'course' in before.state ? before.state.course : 'first';
    const query = new URLSearchParams({ course, 'return-to': visit.attempt.returnTo });
    const bound = SAID.find((type) => type === typeSetUpIn(before));
    if (bound) query.set('with', bound);
    return visit.redirect(`/enrol/done?${query}`, advanced.keep);
  }
  if (advanced.state === null && !advanced.refused && isRecovered(visit.attempt) && before?.state.at === 'keeping-code')
    return visit.redirect('/sign-in?notice=recovered', advanced.keep);
  if (advanced.state === null && !advanced.refused)
    return visit.redirect(visit.attempt.session ? '/account' : '/sign-in', advanced.keep);
  return proceed(visit, advanced, visit.attempt.returnTo);
}

/** What this wizard has bound. */
function typeSetUpIn(row: EnrolmentRow | null): string | null {
  if (!row) return null;
  if ('type' in row.state) return row.state.type;
  return 'evidence' in row.state ? (row.state.evidence[0]?.type ?? null) : null;
}

/** A resent form or an old tab gets the page of today's state with one sentence, and nothing is changed. */
async function again(visit: PendingVisit, shown: Shown): Promise<Response> {
  const row = await rowOf(visit);
  // No wizard here at all: the sign-in stands elsewhere, and a stray form must not throw it away.
  if (visit.attempt.state.at !== 'enrolling') return visit.redirect(pageOf(visit.attempt.state) ?? '/sign-in');
  if (!row) return visit.redirect('/sign-in?notice=attempt-expired', { attempt: null });
  return showWizard(visit, row, shown);
}

async function rowOf(visit: PendingVisit): Promise<EnrolmentRow | null> {
  if (visit.attempt.state.at !== 'enrolling') return null;
  const row = await visit.read.enrolments.byHolder(visit.attempt.id);
  return row && Temporal.Instant.compare(row.expiresAt, visit.now) > 0 ? row : null;
}
