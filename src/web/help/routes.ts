import { policyOf } from '#flows/world.ts';
import { isLang } from '#words/index.ts';
import { open, type Route } from '../route.ts';
import type { Visit } from '../visit.ts';
import { type HelpFacts, SLUGS } from './articles/article.ts';
import { articlePage } from './article.page.tsx';
import type { Contact } from './ask-somebody.tsx';
import { helpPage } from './help.page.tsx';

export const helpRoutes: Route[] = [
  open('GET', '/help', async (visit) => visit.page(helpPage, { contacts: await contactsOf(visit) })),
  open('GET', '/help/:lang/:article', show),
  // Without a language: what a page of ours links to, and what is easy to say on the telephone.
  ...SLUGS.map((slug) => open('GET', `/help/${slug}`, (visit) => visit.redirect(`/help/${visit.words.lang}/${slug}`))),
];

async function show(visit: Visit): Promise<Response> {
  const lang = visit.params['lang'] ?? '';
  const slug = SLUGS.find((one) => one === visit.params['article']);
  if (!isLang(lang) || !slug) return visit.problem({ refusal: 'not-found' });
  return visit.page(articlePage, { lang, slug, facts: factsOf(visit), contacts: await contactsOf(visit) });
}

/** The numbers in force for this person; for a stranger, those of every organisation that chose no others. */
function factsOf({ memberships, site }: Visit): HelpFacts {
  const policy = policyOf(memberships);
  const inDays = (duration: Temporal.Duration) => Math.round(duration.total('hours') / 24);
  return {
    host: site.publicUrl.host,
    deferralsAllowed: policy.deferralsAllowed,
    returnsAfterSignIns: policy.deferralReturnsAfterSignIns,
    returnsAfterDays: inDays(policy.deferralReturnsAfter),
    rememberDays: inDays(policy.rememberDeviceFor),
    attemptFailures: policy.attemptFailures,
    resetLinkMinutes: Math.round(policy.resetLinkLives.total('minutes')),
    smsCodeMinutes: Math.round(policy.smsCodeLives.total('minutes')),
  };
}

/** Whom this person may ask. A stranger is told only where there is one organisation, whose house this is. */
async function contactsOf({ memberships, read }: Visit): Promise<Contact[]> {
  const own = memberships.map(({ organisation }) => organisation);
  const all = own.length > 0 ? own : await read.organisations.all();
  const known = own.length > 0 || all.length === 1 ? all : [];
  return known
    .filter((one) => one.helpContact !== '')
    .map((one) => ({ organisation: one.name, contact: one.helpContact }));
}
