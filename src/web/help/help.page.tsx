import { Section } from '#ui/section.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';
import { ArticleList } from './article-list.tsx';
import { AskSomebody, type Contact, exampleContact } from './ask-somebody.tsx';
import { BackTo } from './back-to.tsx';
import { EXAMPLE_KNOWN, factsIn, type Known } from './facts.ts';
import { backFrom, indexAddress, type Reading } from './reading.ts';
import { SearchForm } from './search-form.tsx';
import { type Found, lookFor, ourShelves, type Shelf } from './shelf.ts';

export type HelpView = {
  reading: Reading;
  known: Known;
  shelves: Shelf[];
  /** What was looked for, and what was found, best first. */
  searched: { query: string; found: Found[] } | null;
  contacts: Contact[];
};

/** The overview: search on top, every article with one line, and whom to ask when none of them is enough. */
export const helpPage: Page<HelpView> = {
  name: 'help',
  title: ({ searched }, { t }) => (searched ? `${searched.query} · ${t('help.heading')}` : t('help.heading')),
  body: ({ view, words, frame }) => {
    const { t, lang } = words;
    const { reading, shelves, searched } = view;
    const facts = factsIn(words, view.known);
    const back = backFrom(reading);
    const hasFound = searched !== null && searched.found.length > 0;
    const shown = hasFound ? [] : shelves;
    return (
      <WidePage
        frame={frame}
        heading={t('help.heading')}
        lead={
          <>
            <p>{t('help.lead')}</p>
            <div class="task-top">
              {back && <BackTo href={back} label={t('help.back-to')} />}
              {searched && <BackTo href={indexAddress(reading)} label={t('help.all-articles')} />}
            </div>
            <SearchForm query={searched?.query ?? ''} reading={reading} words={words} />
          </>
        }
      >
        {searched && <Found searched={searched} view={view} words={words} />}
        <div class="shelves">
          {shown.map(({ heading, articles }, at) => (
            <Section key={heading} id={`group-${at + 1}`} heading={heading}>
              <ArticleList label={heading} articles={articles} lang={lang} reading={reading} facts={facts} summaries />
            </Section>
          ))}
          <AskSomebody contacts={view.contacts} words={words} />
        </div>
      </WidePage>
    );
  },
  examples: (words) => {
    const shelves = ourShelves(words);
    const reading: Reading = { at: '/help', from: null, about: null };
    const view = { reading, known: EXAMPLE_KNOWN, shelves, searched: null, contacts: [] };
    const facts = factsIn(words, EXAMPLE_KNOWN);
    const query = words.lang === 'nl' ? 'nieuwe telefoon' : 'new phone';
    return {
      stranger: view,
      known: {
        ...view,
        reading: { ...reading, from: 'account' },
        contacts: [exampleContact(words.lang)],
      },
      found: { ...view, searched: { query, found: lookFor(query, shelves, facts) } },
      'nothing-found': { ...view, searched: { query: 'qqq', found: [] } },
    };
  },
};

type FoundProps = { searched: NonNullable<HelpView['searched']>; view: HelpView; words: Words };

function Found({ searched: { query, found }, view, words }: FoundProps) {
  const { t, lang } = words;
  const heading =
    found.length > 0 ? t('help.search-found', { count: found.length, query }) : t('help.search-none', { query });
  return (
    <Section id="found" heading={heading}>
      {found.length === 0 ? (
        <p class="section-intro">{t('help.search-none-what')}</p>
      ) : (
        <ArticleList
          label={heading}
          articles={found}
          lang={lang}
          reading={view.reading}
          facts={factsIn(words, view.known)}
          summaries
        />
      )}
    </Section>
  );
}
