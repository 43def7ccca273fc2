import { WidePage } from '#ui/wide-page.tsx';
import { Prose } from '#ui/prose.tsx';
import { Section } from '#ui/section.tsx';
import type { Lang } from '#words/index.ts';
import type { Page } from '../page.ts';
import { type HelpFacts, SLUGS, type Slug } from './articles/article.ts';
import { ARTICLES } from './articles/index.ts';
import { AskSomebody, type Contact } from './ask-somebody.tsx';

export type ArticleView = { lang: Lang; slug: Slug; facts: HelpFacts; contacts: Contact[] };

/** One article, in the language of its address; a link that somebody passed on shows what they read. */
export const articlePage: Page<ArticleView> = {
  name: 'help-article',
  title: ({ lang, slug }) => ARTICLES[lang][slug].title,
  body: ({ view: { lang, slug, facts, contacts }, words, frame }) => {
    const { t } = words;
    const article = ARTICLES[lang][slug];
    return (
      <WidePage frame={frame} heading={article.title} lead={<a href="/help">{t('help.to-overview')}</a>}>
        <article lang={lang} class="section">
          <Prose>{article.body(facts)}</Prose>
        </article>
        <AskSomebody contacts={contacts} words={words} />
        <Section id="more" heading={t('help.more')}>
          <ul class="plain" lang={lang}>
            {SLUGS.filter((other) => other !== slug).map((other) => (
              <li key={other}>
                <a href={`/help/${lang}/${other}`}>{ARTICLES[lang][other].title}</a>
              </li>
            ))}
          </ul>
        </Section>
      </WidePage>
    );
  },
  examples: Object.fromEntries(
    SLUGS.flatMap((slug) => [
      [slug, example('en', slug)],
      [`${slug}-nl`, example('nl', slug)],
    ]),
  ),
};

function example(lang: Lang, slug: Slug): ArticleView {
  return {
    lang,
    slug,
    facts: {
      host: 'id.example.com',
      deferralsAllowed: 3,
      returnsAfterSignIns: 3,
      returnsAfterDays: 7,
      rememberDays: 30,
      attemptFailures: 5,
      resetLinkMinutes: 60,
      smsCodeMinutes: 10,
    },
    contacts: [{ organisation: 'Bakkerij van Dam', contact: 'personeel@bakkerij.example' }],
  };
}
