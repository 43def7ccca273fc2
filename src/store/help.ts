/** An article that an organisation wrote itself; with the name of one of ours it stands in place of that. */
export type OwnArticle = {
  organisation: string;
  language: 'en' | 'nl';
  slug: string;
  title: string;
  markdown: string;
  changedAt: Temporal.Instant;
};

/** Where the organisation sends its people besides: `https:`, `mailto:` or `tel:`. */
export type HelpLink = { title: string; address: string };

/** The whole list of one organisation, in its order. */
export type HelpLinks = { organisation: string; links: HelpLink[]; changedAt: Temporal.Instant };

export type HelpAnswer = 'yes' | 'no' | 'stuck';

/** What is counted, per day: no person, no words of theirs. */
export type HelpCount = {
  day: Temporal.PlainDate;
  /** Empty for a stranger. */
  organisation: string;
  language: 'en' | 'nl';
  article: string;
  answer: HelpAnswer;
  /** The page that help was read from, by its name; empty for none. */
  page: string;
  /** The refusal that page showed; empty for none. */
  refusal: string;
};

export type HelpReader = {
  /** All of these organisations, by name. */
  articles(organisations: readonly string[]): Promise<OwnArticle[]>;
  /** Those of them that ever had any. */
  links(organisations: readonly string[]): Promise<HelpLinks[]>;
  /** From this day on, most first. */
  counts(since: Temporal.PlainDate): Promise<(HelpCount & { count: number })[]>;
};

export type HelpWriter = {
  /** In place of whatever the organisation had before. */
  replaceArticles(organisation: string, articles: readonly OwnArticle[]): Promise<void>;
  /** False where there is one of that name in that language. */
  addArticle(article: OwnArticle): Promise<boolean>;
  /** In place of the one that was changed last at `seen`; false where there is no such one any more. */
  changeArticle(article: OwnArticle, seen: Temporal.Instant): Promise<boolean>;
  /** False where there was none. */
  removeArticle(which: Pick<OwnArticle, 'organisation' | 'language' | 'slug'>): Promise<boolean>;
  /** In place of the list that was changed last at `seen` (null: of none); false where that is not the present one. */
  changeLinks(list: HelpLinks, seen: Temporal.Instant | null): Promise<boolean>;
  /** One more. */
  count(what: HelpCount): Promise<void>;
};
