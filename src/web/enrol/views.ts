import type { Enrolment } from '#core/enrolment/state.ts';
import type { Refused } from '#core/refusal.ts';
import { LABEL_MOST_CHARACTERS } from '#flows/enrolment.ts';
import { progressOf } from '#flows/showing.ts';
import { enrolmentWorld, type Facts, isRecovered, loadFacts } from '#flows/world.ts';
import type { EnrolmentRow } from '#store/rows.ts';
import type { Words } from '#words/index.ts';
import type { PendingVisit } from '../route.ts';
import { askedOf, becauseSentence, person } from '../sign-in/views.ts';
import { testPage } from './test.page.tsx';
import { pairPage } from './pair.page.tsx';
import { pairView, testView } from './phone.ts';
import { cardPage } from './card.page.tsx';
import { ceremonyPage } from './ceremony.page.tsx';
import { choosePage } from './choose.page.tsx';
import { guardPage } from './guard.page.tsx';
import { keepPage } from './keep.page.tsx';
import { provePage } from './prove.page.tsx';
import { bindScreens } from '#authenticators/screens.ts';
import { scanPage, screenOf } from './scan.page.tsx';
import { smsPage } from './sms.page.tsx';
import type { WizardView } from './wizard-page.tsx';

/** What a posted form adds to the page: the refusal, and what was typed (secrets excepted). */
export type Shown = { refused?: Refused | null; number?: string; saved?: boolean; voucher?: boolean };

/** Draws the page of the wizard's state. */
export async function showWizard(visit: PendingVisit, row: EnrolmentRow, shown: Shown): Promise<Response> {
  const { state } = row;
  const refused = shown.refused ?? null;
  const facts = await loadFacts(visit.read, row.account, visit.now);
  if (!facts || state.at === 'bound' || state.at === 'ended') return visit.redirect('/sign-in');
  const world = enrolmentWorld(visit.deps, facts, visit.now, isRecovered(visit.attempt));
  const view: WizardView = {
    ...(await person(visit)),
    progress: progressOf(state, world),
    canGoBack: state.at === 'scanning' || state.at === 'proving' || (state.at === 'adding-sms' && state.sent),
    canLeave: canLeave(visit, state),
    error: visit.says(refused),
  };
  const asked = askedOf(facts);
  switch (state.at) {
    case 'guarding': {
      const challenge = await visit.read.challenges.open(row.holder, 'guard');
      const sentTo = challenge && maskAddress(challenge.destination.reveal());
      const voucherError = shown.voucher ? view.error : null;
      const error = shown.voucher ? null : view.error;
      // A voucher stands in for the mail of whoever has nothing yet; all others have a desk.
      const isLate = facts.enrolment === 'none';
      const contact = asked?.contact ?? facts.memberships[0]?.organisation.helpContact ?? '';
      return visit.page(guardPage, { ...view, error, voucherError, sentTo, contact, isLate }, refused);
    }
    case 'choosing': {
      const because = asked ? becauseSentence(asked, visit.words) : '';
      const chosen = row.sealed.pending?.type ?? (makesNewCard(state, facts) ? 'code-card' : null);
      return visit.page(choosePage, { ...view, offered: world.offered, chosen, becauseSentence: because }, refused);
    }
    case 'scanning': {
      const { pending } = row.sealed;
      if (!pending) throw new Error('scanning without a pending secret');
      if (state.type === 'app')
        return visit.page(pairPage, { ...view, ...(await pairView(visit, pending, isPhone(visit))) }, refused);
      const printed = bindScreens[state.type];
      if (printed && 'codesOf' in printed) {
        const codes = printed.codesOf(pending);
        return visit.page(cardPage, { ...view, ...(await cardOf(visit, codes)), type: state.type }, refused);
      }
      const entry = { ...screenOf(state.type).entryOf(pending, view.address), onPhone: isPhone(visit) };
      return visit.page(scanPage, { ...view, type: state.type, entry, labelMost: LABEL_MOST_CHARACTERS }, refused);
    }
    case 'proving':
      if (state.type === 'app') return visit.page(testPage, { ...view, ...(await testView(visit)) }, refused);
      if (world.oneStep.includes(state.type)) return visit.page(ceremonyPage, { ...view, type: state.type }, refused);
      return visit.page(provePage, { ...view, type: state.type, entryName: row.sealed.pending?.label ?? '' }, refused);
    case 'adding-sms': {
      const number = row.sealed.number?.reveal() ?? '';
      const sentTo = state.sent ? `•••• ${number.slice(-3)}` : null;
      return visit.page(smsPage, { ...view, number: shown.number ?? '', sentTo }, refused);
    }
    case 'keeping-code': {
      const code = row.sealed.backupCode?.reveal();
      if (!code) throw new Error('keeping a code that is not there');
      const isBox = refused?.refusal === 'saving-not-confirmed';
      const error = visit.says(refused);
      return visit.page(
        keepPage,
        {
          ...view,
          code,
          fileText: await backupFileText(visit, code),
          besideCard: state.evidence[0]?.type === 'code-card',
          saved: shown.saved ?? false,
          savedError: isBox ? error : null,
          locatorError: isBox ? null : error,
        },
        refused,
      );
    }
  }
}

/** Whoever has a card and no app, and moves, has most likely come for the next card. */
function makesNewCard(state: Enrolment & { at: 'choosing' }, { authenticators }: Facts): boolean {
  const has = (type: string) => authenticators.some((one) => one.type === type);
  return state.course === 'move' && has('code-card') && !has('totp') && !has('app');
}

async function cardOf(visit: PendingVisit, codes: readonly string[]) {
  const { words, memberships, now, site } = visit;
  const organisation = memberships[0]?.organisation.name ?? words.t('common.product');
  const { address } = await person(visit);
  const host = site.publicUrl.host;
  return {
    codes,
    organisation,
    madeAt: now,
    host,
    fileText: cardFileText(words, { codes, organisation, address, host, now }),
  };
}

/** The card as a file, for whoever prints it elsewhere. */
export function cardFileText(
  { t, shortDate }: Words,
  card: { codes: readonly string[]; organisation: string; address: string; host: string; now: Temporal.Instant },
): string {
  const { codes, organisation, address, host, now } = card;
  const lines = codes.map((code, index) => `${String(index + 1).padStart(4)}  ${code}`);
  const about = t('enrol.code-card-paper', { address, date: shortDate(now), link: host });
  return [t('enrol.code-card-label', { organisation }), about, '', ...lines, '', t('enrol.code-card-rules'), ''].join(
    '\n',
  );
}

/** The same, of the wizard that stands at its card; null where it does not. */
export async function cardFileOf(visit: PendingVisit, row: EnrolmentRow | null): Promise<string | null> {
  const pending = row?.state.at === 'scanning' ? row.sealed.pending : null;
  const screen = pending && bindScreens[pending.type];
  return pending && screen && 'codesOf' in screen ? (await cardOf(visit, screen.codesOf(pending))).fileText : null;
}

/** What stands in the downloaded file: enough to know later what it is for, and for which account. */
export async function backupFileText(visit: PendingVisit, code: string): Promise<string> {
  const { words, memberships, now } = visit;
  return words.t('enrol.backup-file', {
    organisation: memberships[0]?.organisation.name ?? words.t('common.product'),
    address: (await person(visit)).address,
    code,
    date: words.shortDate(now),
    link: visit.site.publicUrl.origin,
  });
}

/** Nothing is bound yet, and nobody demands it. */
function canLeave(visit: PendingVisit, state: Enrolment): boolean {
  const { state: signIn } = visit.attempt;
  const isFree = signIn.at === 'enrolling' && signIn.optional;
  return isFree && (state.at === 'choosing' || state.at === 'scanning' || state.at === 'proving');
}

/** A phone cannot scan its own screen. Client hints where there are any, else the browser's name for itself. */
function isPhone({ request }: PendingVisit): boolean {
  const hint = request.headers.get('sec-ch-ua-mobile');
  if (hint !== null) return hint === '?1';
  return /\b(Mobile|iPhone|iPod|Android)\b/.test(request.headers.get('user-agent') ?? '');
}

function maskAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${[...local][0] ?? ''}•••@${domain}`;
}
