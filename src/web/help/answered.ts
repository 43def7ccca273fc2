import { countAnswer } from '#flows/help.ts';
import type { HelpAnswer } from '#store/help.ts';
import { isOrigin } from '#src/help/about.ts';
import { isLang } from '#words/index.ts';
import type { Visit } from '../visit.ts';
import { articleAddress, isRefusal, type Reading } from './reading.ts';
import { findArticle, ownArticles } from './shelf.ts';

/** Counts *Was this helpful?* or *I'm stuck here*, and shows the article again. Everything in the form is of closed lists. */
export async function answered(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const answer = form.get('answer');
  const lang = form.get('lang');
  const from = form.get('from');
  const about = form.get('about');
  const isMeant = isAnswer(answer) && (from === '' || isOrigin(from)) && (about === '' || isRefusal(about));
  if (!isLang(lang) || !isMeant) return visit.problem({ refusal: 'input-malformed' });
  const reading: Reading = {
    at: form.get('at') === '/sign-in/help' ? '/sign-in/help' : '/help',
    from: isOrigin(from) ? from : null,
    about: isRefusal(about) ? about : null,
  };
  const found = findArticle(visit, await ownArticles(visit), lang, form.get('article'));
  if (!found) return visit.problem({ refusal: 'input-malformed' });
  const refused = await countAnswer(visit.deps, visit.browser.origin.address, {
    organisation: visit.memberships[0]?.organisation.id ?? '',
    language: lang,
    article: found.slug,
    answer,
    page: from,
    refusal: about,
  });
  if (refused) return visit.problem(refused);
  const back = new URL(articleAddress(reading, lang, found.slug), visit.url);
  back.searchParams.set('said', answer);
  return visit.redirect(`${back.pathname}${back.search}#answer`);
}

export function isAnswer(text: string): text is HelpAnswer {
  return text === 'yes' || text === 'no' || text === 'stuck';
}
