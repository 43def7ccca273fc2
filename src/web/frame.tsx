import { Banner } from '#ui/notice.tsx';
import { ButtonLink } from '#ui/button.tsx';
import type { Frame } from '#ui/frame.ts';
import { LANGUAGES } from '#words/index.ts';
import { enrolmentOf, loadFacts } from '#flows/world.ts';
import type { Visit } from './visit.ts';

/** The wizard and the account page say what the banner would. */
const SAYS_IT_ITSELF = /^\/(enrol|account)(\/|$)/;

/** Whose house it is and who is looking. Before sign-in that is the only organisation there is, or the server itself. */
export async function frameFor(visit: Visit): Promise<Frame> {
  const { words, who, account, memberships } = visit;
  const { t } = words;
  const frame: Frame = {
    site: { name: await houseName(visit), home: '/' },
    languages: LANGUAGES.map(({ code, label }) => ({ code, label, current: code === words.lang })),
    languageAction: '/language',
    here: visit.request.method === 'GET' ? visit.here : pageOf(visit.url.pathname),
    // Within a sign-in we know whose help it is.
    help: visit.level === 'pending' ? '/sign-in/help' : '/help',
  };
  const isIn = account !== null && who?.session.account === account.id;
  if (account) frame.person = { name: account.name, signOut: '/sign-out', ...(isIn && { account: '/account' }) };
  const hasDesk = memberships.some(({ role }) => role !== 'member');
  const administers = memberships.some(({ role }) => role === 'administrator');
  if (isIn && hasDesk && frame.person)
    frame.person.places = [
      { href: '/desk', label: t('desk.heading') },
      ...(administers ? [{ href: '/admin', label: t('admin.where') }] : []),
    ];
  if (isIn && !SAYS_IT_ITSELF.test(visit.url.pathname)) {
    const banner = await bannerFor(visit);
    if (banner) {
      frame.banner = (
        <Banner action={<ButtonLink href="/account#password-and-2fa">{t('common.set-it-up')}</ButtonLink>}>
          {banner}
        </Banner>
      );
    }
  }
  return frame;
}

async function houseName({ memberships, read, words }: Visit): Promise<string> {
  const own = memberships[0]?.organisation.name;
  if (own) return own;
  const all = await read.organisations.all();
  return (all.length === 1 && all[0]?.name) || words.t('common.product');
}

/** While *later* lasts, one quiet line says until when, with the way back. */
async function bannerFor({ who, read, now, words }: Visit): Promise<string | null> {
  const facts = who && (await loadFacts(read, who.session.account, now));
  if (!facts) return null;
  const { t } = words;
  if (enrolmentOf(facts.authenticators) === 'without-backup-code') return t('common.banner-no-backup-code');
  if (facts.duty.kind === 'invited' && facts.duty.lastDay)
    return t('common.banner-invited', { date: words.date(facts.duty.lastDay) });
  if (facts.duty.kind === 'required') return t('common.banner-required');
  return null;
}

const OWN_PAGES = ['/account/password', '/help/request', '/sign-in/recover'];

/** Forms post to `/enrol/code` and the like; the page they belong to is the first part of the address. */
function pageOf(path: string): string {
  const isItsOwnPage = /^\/(?:reset|activate|not-me|recovery-[a-z]+)\/./.test(path) || OWN_PAGES.includes(path);
  const request = /^\/recovery\/[^/]+/.exec(path)?.[0];
  if (request) return request;
  return isItsOwnPage ? path : `/${path.split('/')[1] ?? ''}`;
}
