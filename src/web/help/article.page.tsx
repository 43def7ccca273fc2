import { Beside } from '#ui/beside.tsx';
import { Icon } from '#ui/icon.tsx';
import { List, Row } from '#ui/list.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import { Prose } from '#ui/prose.tsx';
import { Section } from '#ui/section.tsx';
import type { Lang, Words } from '#words/index.ts';
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
    const article = ARTICLES[lang][slug];
    return (
      <WidePage frame={frame} heading={article.title} lead={<Overview words={words} />}>
        <Beside
          side={
            <>
              <AskSomebody contacts={contacts} words={words} />
              <Others lang={lang} slug={slug} words={words} />
            </>
          }
        >
          <article lang={lang} class="section">
            <Prose>{article.body(facts)}</Prose>
          </article>
        </Beside>
      </WidePage>
    );
  },
  examples: ({ lang }) => Object.fromEntries(SLUGS.map((slug) => [slug, example(lang, slug)])),
};

function Overview({ words: { t } }: { words: Words }) {
  return (
    <a class="back" href="/help">
      <Icon name="back" />
      {t('help.to-overview')}
    </a>
  );
}

function Others({ lang, slug, words: { t } }: { lang: Lang; slug: Slug; words: Words }) {
  return (
    <Section id="more" heading={t('help.more')}>
      <List label={t('help.more')}>
        {SLUGS.filter((other) => other !== slug).map((other) => (
          <Row
            key={other}
            title={
              <a lang={lang} href={`/help/${lang}/${other}`}>
                {ARTICLES[lang][other].title}
              </a>
            }
          />
        ))}
      </List>
    </Section>
  );
}

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
