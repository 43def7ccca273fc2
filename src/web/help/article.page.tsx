import { fill } from '#src/help/fill.ts';
import { SLUGS } from '#src/help/slugs.ts';
import type { HelpAnswer } from '#store/help.ts';
import { Beside } from '#ui/beside.tsx';
import { Prose } from '#ui/prose.tsx';
import { Section } from '#ui/section.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import { type Lang, speak } from '#words/index.ts';
import type { Page } from '../page.ts';
import { Answer } from './answer.tsx';
import { ArticleList } from './article-list.tsx';
import { AskSomebody, type Contact, exampleContact } from './ask-somebody.tsx';
import { BackTo } from './back-to.tsx';
import { Drawn } from './drawn.tsx';
import { EXAMPLE_KNOWN, factsIn, type Known } from './facts.ts';
import { backFrom, indexAddress, onwardFrom, type Reading } from './reading.ts';
import { type Found, ourShelves, type Shelf } from './shelf.ts';

export type ArticleView = {
  lang: Lang;
  found: Found;
  reading: Reading;
  known: Known;
  /** The group it belongs to, with the other articles of it. */
  more: Shelf;
  contacts: Contact[];
  /** What has just been answered here. */
  said: HelpAnswer | null;
};

/** One article, in the language of its address; a link that somebody passed on shows what they read. */
export const articlePage: Page<ArticleView> = {
  name: 'help-article',
  title: ({ lang, found, known }) => fill(found.document.title, factsIn(speak(lang), known)),
  body: ({ view, words, frame }) => {
    const { lang, found, reading, more } = view;
    const { t } = words;
    const facts = factsIn(speak(lang, words.timeZone), view.known);
    const { title, summary, blocks } = found.document;
    const back = backFrom(reading);
    return (
      <WidePage
        frame={frame}
        heading={fill(title, facts)}
        lead={
          <>
            <p lang={lang}>{fill(summary, facts)}</p>
            {found.by && <p class="row-meta">{t('help.of-organisation', { organisation: found.by })}</p>}
            <div class="task-top">
              {back && <BackTo href={back} label={t('help.back-to')} />}
              <BackTo href={indexAddress(reading)} label={t('help.to-overview')} />
            </div>
          </>
        }
      >
        <Beside
          side={
            <>
              <AskSomebody contacts={view.contacts} words={words} />
              <Section id="more" heading={more.heading}>
                <ArticleList
                  label={more.heading}
                  articles={more.articles}
                  lang={lang}
                  reading={reading}
                  facts={facts}
                />
              </Section>
            </>
          }
        >
          <div class="section">
            <article lang={lang} class="help-article">
              <Prose>
                <Drawn blocks={blocks} facts={facts} lang={lang} onward={onwardFrom(reading)} />
              </Prose>
            </article>
            <div class="aside">
              <Answer reading={reading} slug={found.slug} lang={lang} said={view.said} words={words} />
              <button type="button" class="link" hidden data-print>
                {t('help.print')}
              </button>
            </div>
          </div>
        </Beside>
      </WidePage>
    );
  },
  examples: (words) => ({
    ...Object.fromEntries(SLUGS.map((slug) => [slug, example(words.lang, slug)])),
    'from-a-step': {
      ...example(words.lang, 'wrong-code'),
      reading: { at: '/sign-in/help', from: 'enrol-prove', about: 'code-wrong' },
    },
    stuck: { ...example(words.lang, 'wrong-code'), said: 'stuck' },
  }),
};

function example(lang: Lang, slug: string): ArticleView {
  const words = speak(lang);
  const shelves = ourShelves(words);
  const shelf = shelves.find(({ articles }) => articles.some((one) => one.slug === slug));
  const found = shelf?.articles.find((one) => one.slug === slug);
  if (!shelf || !found) throw new Error(`No article ${slug}`);
  return {
    lang,
    found,
    reading: { at: '/help', from: null, about: null },
    known: EXAMPLE_KNOWN,
    more: { ...shelf, articles: shelf.articles.filter((one) => one !== found) },
    contacts: [exampleContact(lang)],
    said: null,
  };
}
