import { type Facts, fill } from '#src/help/fill.ts';
import { List, Row } from '#ui/list.tsx';
import type { Lang } from '#words/index.ts';
import { articleAddress, type Reading } from './reading.ts';
import type { Found } from './shelf.ts';

type ListProps = {
  label: string;
  articles: readonly Found[];
  lang: Lang;
  reading: Reading;
  facts: Facts;
  /** With the one line on what each is about. */
  summaries?: boolean;
};

export function ArticleList({ label, articles, lang, reading, facts, summaries }: ListProps) {
  return (
    <List label={label}>
      {articles.map(({ slug, document, by }) => (
        <Row
          key={slug}
          title={
            <a lang={lang} href={articleAddress(reading, lang, slug)}>
              {fill(document.title, facts)}
            </a>
          }
          detail={summaries && fill(document.summary, facts)}
          meta={summaries && by}
        />
      ))}
    </List>
  );
}
