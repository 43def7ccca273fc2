import { z } from 'zod';
import { instant, millis, oneOf } from '../columns.ts';
import type { HelpCount, HelpLinks, OwnArticle } from '../help.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const articlesOf = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('help_articles')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .orderBy('title')
    .orderBy('slug'),
);
const removeAll = statement<{ organisation: string }>()((db, its) =>
  db.deleteFrom('help_articles').where('organisation', '=', its.organisation),
);
const addOne = statement<Tables['help_articles']>()((db, its) =>
  db
    .insertInto('help_articles')
    .values({
      organisation: its.organisation,
      language: its.language,
      slug: its.slug,
      title: its.title,
      markdown: its.markdown,
      changed_at: its.changed_at,
    })
    .onConflict((conflict) => conflict.columns(['organisation', 'language', 'slug']).doNothing()),
);
const changeOne = statement<Tables['help_articles'] & { seen: number }>()((db, its) =>
  db
    .updateTable('help_articles')
    .set({ title: its.title, markdown: its.markdown, changed_at: its.changed_at })
    .where('organisation', '=', its.organisation)
    .where('language', '=', its.language)
    .where('slug', '=', its.slug)
    .where('changed_at', '=', its.seen),
);
const removeOne = statement<{ organisation: string; language: string; slug: string }>()((db, its) =>
  db
    .deleteFrom('help_articles')
    .where('organisation', '=', its.organisation)
    .where('language', '=', its.language)
    .where('slug', '=', its.slug),
);
const linksOf = statement<{ organisation: string }>()((db, its) =>
  db.selectFrom('help_links').selectAll().where('organisation', '=', its.organisation),
);
const firstLinks = statement<Tables['help_links']>()((db, its) =>
  db
    .insertInto('help_links')
    .values({ organisation: its.organisation, links: its.links, changed_at: its.changed_at })
    .onConflict((conflict) => conflict.column('organisation').doNothing()),
);
const otherLinks = statement<Tables['help_links'] & { seen: number }>()((db, its) =>
  db
    .updateTable('help_links')
    .set({ links: its.links, changed_at: its.changed_at })
    .where('organisation', '=', its.organisation)
    .where('changed_at', '=', its.seen),
);
const countsSince = statement<{ day: string }>()((db, its) =>
  db
    .selectFrom('help_counts')
    .selectAll()
    .where('day', '>=', its.day)
    .orderBy('count', 'desc')
    .orderBy('day', 'desc')
    .orderBy('article')
    .orderBy('answer'),
);
const oneMore = statement<Omit<Tables['help_counts'], 'count'> & { count: number }>()((db, its) =>
  db
    .insertInto('help_counts')
    .values({
      day: its.day,
      organisation: its.organisation,
      language: its.language,
      article: its.article,
      answer: its.answer,
      page: its.page,
      refusal: its.refusal,
      count: its.count,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'organisation', 'language', 'article', 'answer', 'page', 'refusal'])
        .doUpdateSet((e) => ({ count: e('help_counts.count', '+', e.ref('excluded.count')) })),
    ),
);

export function helpReader({ on }: Context): ReaderOf<'help'> {
  return {
    articles: async (organisations) => {
      const each = await Promise.all(organisations.map((organisation) => articlesOf.all(on, { organisation })));
      return each.flat().map(toArticle);
    },
    links: async (organisations) => {
      const each = await Promise.all(organisations.map((organisation) => linksOf.all(on, { organisation })));
      return each.flat().map(toLinks);
    },
    counts: async (since) => (await countsSince.all(on, { day: since.toString() })).map(toCount),
  };
}

export function helpWriter({ on }: Context): WriterOf<'help'> {
  return {
    async replaceArticles(organisation, articles) {
      await removeAll.run(on, { organisation });
      for (const article of articles) await insert(on, 'help_articles', rowOf({ ...article, organisation }));
    },
    addArticle: async (article) => (await addOne.run(on, rowOf(article))) === 1,
    changeArticle: async (article, seen) => (await changeOne.run(on, { ...rowOf(article), seen: millis(seen) })) === 1,
    removeArticle: async ({ organisation, language, slug }) =>
      (await removeOne.run(on, { organisation, language, slug })) === 1,
    changeLinks: async ({ organisation, links, changedAt }, seen) => {
      const row = { organisation, links: encode(links), changed_at: millis(changedAt) };
      const changed = seen ? await otherLinks.run(on, { ...row, seen: millis(seen) }) : await firstLinks.run(on, row);
      return changed === 1;
    },
    count: async ({ day, organisation, language, article, answer, page, refusal }) => {
      const row = { day: day.toString(), organisation, language, article, answer, page, refusal };
      await oneMore.run(on, { ...row, count: 1 });
    },
  };
}

function rowOf({ organisation, language, slug, title, markdown, changedAt }: OwnArticle): Tables['help_articles'] {
  return { organisation, language, slug, title, markdown, changed_at: millis(changedAt) };
}

function toArticle(row: Tables['help_articles']): OwnArticle {
  return {
    organisation: row.organisation,
    language: oneOf(['en', 'nl'], row.language, 'help_articles.language'),
    slug: row.slug,
    title: row.title,
    markdown: row.markdown,
    changedAt: instant(row.changed_at),
  };
}

const links = z.array(z.object({ title: z.string(), address: z.string() }));

function toLinks(row: Tables['help_links']): HelpLinks {
  const { organisation } = row;
  return { organisation, links: links.parse(decode(row.links)), changedAt: instant(row.changed_at) };
}

function toCount(row: Tables['help_counts']): HelpCount & { count: number } {
  return {
    day: Temporal.PlainDate.from(row.day),
    organisation: row.organisation,
    language: oneOf(['en', 'nl'], row.language, 'help_counts.language'),
    article: row.article,
    answer: oneOf(['yes', 'no', 'stuck'], row.answer, 'help_counts.answer'),
    page: row.page,
    refusal: row.refusal,
    count: row.count,
  };
}
