import type { Refused } from '#core/refusal.ts';
import { type Facts, fill } from '#src/help/fill.ts';
import { type Document, readMarkdown } from '#src/help/markdown.ts';
import type { WrongText } from '#src/help/own-article.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { ErrorSummary } from '#ui/error-summary.tsx';
import { type Fact, Facts as FactList } from '#ui/facts.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import { Section } from '#ui/section.tsx';
import { Select } from '#ui/select.tsx';
import { TextArea } from '#ui/text-area.tsx';
import { type Lang, LANGUAGES, type Words } from '#words/index.ts';
import { Drawn } from '../help/drawn.tsx';
import { EXAMPLE_KNOWN, factsIn } from '../help/facts.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';
import { Whole } from './whole.tsx';

export type OwnArticleView = {
  room: Room;
  /** Of the article that is being changed; null for a new one. */
  title: string | null;
  language: Lang;
  slug: string;
  markdown: string;
  /** When the article was changed last that is being changed. */
  seen: string;
  wrong: readonly WrongText[];
  /** Wrong with the whole of it: changed meanwhile, or the proof is too old. */
  refused: Refused | null;
  preview: { document: Document; facts: Facts } | null;
  /** Our articles, to begin with. */
  ours: { value: string; label: string }[];
  now: Temporal.Instant;
};

const LANGUAGE_CHOICES = LANGUAGES.map(({ code, label }) => ({ value: code, label }));

/** An article in the organisation's own words: written, looked at, kept. */
export const ownArticlePage: Page<OwnArticleView> = {
  name: 'admin-help-article',
  title: (view, words) => `${headingOf(view, words)} · ${words.t('admin.where')}`,
  hasError: ({ wrong, refused }) => wrong.length > 0 || refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, wrong, now, title } = view;
    const errors = wrong.map(({ field, refused }) => ({ field, sentence: words.refusal(refused, now) }));
    const wrongAt = (field: WrongText['field']) => errors.find((one) => one.field === field)?.sentence ?? null;
    const page: `/${string}` = title === null ? '/admin/help/add' : `/admin/help/${view.language}/${view.slug}`;
    return (
      <AdminPage frame={frame} words={words} room={room} current="help" heading={headingOf(view, words)}>
        <ErrorSummary heading={t('common.fix-these')} errors={errors} />
        {view.refused && <Whole refused={view.refused} now={now} words={words} />}
        {view.preview && <Preview {...view.preview} lang={view.language} words={words} />}
        {title === null && view.markdown === '' && errors.length === 0 && <Start view={view} words={words} />}
        <Form action={addressOf(page, room)} hidden={{ seen: view.seen }}>
          <Section id="text" heading={t('admin.help-start-which')}>
            {title === null ? (
              <>
                <Select
                  name="language"
                  label={t('admin.help-language')}
                  value={view.language}
                  options={LANGUAGE_CHOICES}
                />
                <Field
                  name="slug"
                  label={t('admin.help-name')}
                  hint={t('admin.help-name-hint')}
                  value={view.slug}
                  error={wrongAt('slug')}
                  autocomplete="off"
                  required
                />
              </>
            ) : (
              <FactList facts={factsOf(view, words)} />
            )}
            <TextArea
              name="markdown"
              label={t('admin.help-text')}
              hint={t('admin.help-text-hint')}
              value={view.markdown}
              error={wrongAt('markdown')}
              rows={18}
              required
            />
            <Disclosure summary={t('admin.help-marks')}>
              <FactList facts={marks(words)} />
            </Disclosure>
          </Section>
          <Actions>
            <Button>{t('admin.save')}</Button>
            <Button kind="quiet" name="pressed" value="preview">
              {t('admin.help-preview')}
            </Button>
            <ButtonLink href={addressOf('help', room)} kind="quiet">
              {t('common.cancel')}
            </ButtonLink>
          </Actions>
        </Form>
      </AdminPage>
    );
  },
  examples: (words) => {
    const wrong: WrongText[] = [
      { field: 'slug', refused: { refusal: 'article-name-invalid', detail: { limit: 60 } } },
      { field: 'markdown', refused: { refusal: 'article-title-missing' } },
    ];
    const document = readMarkdown(EXAMPLE_TEXT);
    return {
      empty: example({ slug: '', markdown: '' }),
      change: example({ title: 'Waar is kamer 12', seen: '1' }),
      preview: example({ preview: { document, facts: factsIn(words, EXAMPLE_KNOWN) } }),
      errors: example({ slug: 'Kamer 12', markdown: EXAMPLE_TEXT.replace('# W', 'W'), wrong }),
      stale: example({ refused: { refusal: 'fresh-proof-required' } }),
    };
  },
  person: true,
};

function headingOf({ title }: OwnArticleView, { t }: Words): string {
  return title === null ? t('admin.help-add') : t('admin.help-change-what', { title });
}

/** As its readers will see it: the same parts draw it. */
function Preview({
  document,
  facts,
  lang,
  words: { t },
}: {
  document: Document;
  facts: Facts;
  lang: Lang;
  words: Words;
}) {
  return (
    <Section id="preview" heading={fill(document.title, facts)} intro={<p>{t('admin.help-previewed')}</p>}>
      <article lang={lang} class="help-article">
        <Prose>
          <p>{fill(document.summary, facts)}</p>
          <Drawn blocks={document.blocks} facts={facts} lang={lang} onward={(to) => to} />
        </Prose>
      </article>
    </Section>
  );
}

function Start({ view, words: { t } }: { view: OwnArticleView; words: Words }) {
  const { room } = view;
  return (
    <Section id="start" heading={t('admin.help-start')} intro={<p>{t('admin.help-start-intro')}</p>}>
      <form method="get" action="/admin/help/add" class="search">
        {room.others.length > 0 && <input type="hidden" name="organisation" value={room.organisation.slug} />}
        <Select name="instead" label={t('admin.help-start-which')} value="" options={view.ours} />
        <Select name="lang" label={t('admin.help-language')} value={view.language} options={LANGUAGE_CHOICES} />
        <Button kind="quiet">{t('admin.help-start-go')}</Button>
      </form>
    </Section>
  );
}

function factsOf({ language, slug }: OwnArticleView, { t }: Words): Fact[] {
  return [
    { name: t('admin.help-language'), value: LANGUAGES.find(({ code }) => code === language)?.label },
    { name: t('admin.help-name'), value: <code class="plain">{slug}</code> },
  ];
}

function marks({ t }: Words): Fact[] {
  const all = [
    ['## …', 'heading'],
    ['1. …', 'step'],
    ['> …', 'note'],
    ['[…](https://…)', 'link'],
    ['**…**', 'bold'],
    ['{{host}}', 'host'],
  ] as const;
  return all.map(([written, mark]) => ({
    name: t(`admin.help-mark-${mark}`),
    value: <code class="plain">{written}</code>,
  }));
}

const EXAMPLE_TEXT = `# Waar is kamer 12

In het bakhuis, op werkdagen van acht tot vijf.

## Zo kom je er

1. Ga door de poort naast de winkel.
2. Neem je pas mee, en meld je op **{{host}}**.

> Wij vragen nooit naar je wachtwoord.
`;

function example(view: Partial<OwnArticleView>): OwnArticleView {
  return {
    room: EXAMPLE_ROOM,
    title: null,
    language: 'nl',
    slug: 'kamer-12',
    markdown: EXAMPLE_TEXT,
    seen: '',
    wrong: [],
    refused: null,
    preview: null,
    ours: [
      { value: 'lost-phone', label: 'My phone is lost, broken or stolen' },
      { value: 'wrong-code', label: 'My code is not accepted' },
    ],
    now: EXAMPLE_NOW,
    ...view,
  };
}
