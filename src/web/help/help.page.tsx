import { Beside } from '#ui/beside.tsx';
import { List, Row } from '#ui/list.tsx';
import { Section } from '#ui/section.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Page } from '../page.ts';
import { SLUGS } from './articles/article.ts';
import { ARTICLES } from './articles/index.ts';
import { AskSomebody, type Contact } from './ask-somebody.tsx';

export type HelpView = { contacts: Contact[] };

/** The overview: every article with one line, and whom to ask when none of them is enough. */
export const helpPage: Page<HelpView> = {
  name: 'help',
  title: (_view, { t }) => t('help.heading'),
  body: ({ view, words, frame }) => {
    const { t, lang } = words;
    return (
      <WidePage frame={frame} heading={t('help.heading')} lead={t('help.lead')}>
        <Beside side={<AskSomebody contacts={view.contacts} words={words} />}>
          <Section id="articles" heading={t('help.articles')}>
            <List label={t('help.articles')}>
              {SLUGS.map((slug) => (
                <Row
                  key={slug}
                  title={<a href={`/help/${lang}/${slug}`}>{ARTICLES[lang][slug].title}</a>}
                  detail={ARTICLES[lang][slug].summary}
                />
              ))}
            </List>
          </Section>
        </Beside>
      </WidePage>
    );
  },
  examples: {
    stranger: { contacts: [] },
    known: { contacts: [{ organisation: 'Bakkerij van Dam', contact: 'personeel@bakkerij.example' }] },
  },
};
