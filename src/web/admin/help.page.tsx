import type { Refused } from '#core/refusal.ts';
import type { OwnLink } from '#src/help/own-link.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Section } from '#ui/section.tsx';
import { type Lang, LANGUAGES, type Words } from '#words/index.ts';
import { exampleLinks } from '../help/ask-somebody.tsx';
import { LinkList } from '../help/link-list.tsx';
import { Named } from '../account/named.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type OwnRow = {
  language: Lang;
  slug: string;
  title: string;
  /** The title of ours that it stands in place of. */
  instead: string | null;
  changedAt: Temporal.Instant;
};

export type HelpDone = 'article-added' | 'article-changed' | 'article-removed' | 'links' | 'contact';

export type OwnHelpView = {
  room: Room;
  articles: OwnRow[];
  links: OwnLink[];
  /** How often somebody was stuck in the last thirty days. */
  stuck: number;
  /** As typed, or as it is. */
  contact: string;
  refused: Refused | null;
  done: HelpDone | null;
  now: Temporal.Instant;
};

/** What an organisation says in the help centre, and what its people say of it. */
export const ownHelpPage: Page<OwnHelpView> = {
  name: 'admin-help',
  title: (_view, { t }) => `${t('admin.help')} · ${t('admin.where')}`,
  hasError: ({ refused }) => refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, articles, done } = view;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="help"
        heading={t('admin.help')}
        lead={room.organisation.name}
        done={done && t(`admin.done-${done}`)}
      >
        <Section
          id="stuck"
          heading={t('admin.help-stuck')}
          intro={<p>{t('admin.help-stuck-count', { count: view.stuck, stuck: t('help.stuck') })}</p>}
          action={
            <ButtonLink href={addressOf('/admin/help/report', room)} kind="quiet">
              {t('admin.help-stuck-open')}
            </ButtonLink>
          }
        />
        <Section
          id="articles"
          heading={t('admin.help-articles')}
          intro={<p>{t('admin.help-articles-intro', { organisation: room.organisation.name })}</p>}
          action={<ButtonLink href={addressOf('/admin/help/add', room)}>{t('admin.help-add')}</ButtonLink>}
        >
          {articles.length === 0 ? (
            <p class="section-intro">{t('admin.help-articles-none')}</p>
          ) : (
            <List label={t('admin.help-articles')}>
              {articles.map((one) => (
                <ArticleRow key={`${one.language}/${one.slug}`} one={one} room={room} now={view.now} words={words} />
              ))}
            </List>
          )}
        </Section>
        <Section
          id="links"
          heading={t('admin.help-links')}
          intro={<p>{t('admin.help-links-intro')}</p>}
          action={
            <ButtonLink href={addressOf('/admin/help/links', room)} kind="quiet">
              {t('admin.help-links-change')}
            </ButtonLink>
          }
        >
          {view.links.length === 0 ? (
            <p class="section-intro">{t('admin.help-links-none')}</p>
          ) : (
            <LinkList label={t('admin.help-links')} links={view.links} />
          )}
        </Section>
        <Section id="whom" heading={t('admin.help-contact')} intro={<p>{t('admin.help-contact-intro')}</p>}>
          <Form action={addressOf('/admin/help/contact', room)}>
            <Field
              name="contact"
              label={t('admin.help-contact-field')}
              hint={t('admin.help-contact-hint')}
              value={view.contact}
              error={view.refused && words.refusal(view.refused, view.now)}
              autocomplete="off"
            />
            <Actions>
              <Button kind="quiet">{t('admin.save')}</Button>
            </Actions>
          </Form>
        </Section>
      </AdminPage>
    );
  },
  examples: (words) => ({
    several: example(words, { done: 'article-changed' }),
    empty: example(words, { articles: [], links: [], stuck: 0, contact: '' }),
    refused: example(words, {
      contact: 'personeelszaken '.repeat(12).trim(),
      refused: { refusal: 'contact-invalid', detail: { limit: 120 } },
    }),
  }),
  person: true,
};

function ArticleRow({ one, room, now, words }: { one: OwnRow; room: Room; now: Temporal.Instant; words: Words }) {
  const { t } = words;
  const { language, slug, title, instead } = one;
  const page: `/${string}` = `/admin/help/${language}/${slug}`;
  const label = LANGUAGES.find(({ code }) => code === language)?.label ?? language;
  const changed = `${t('admin.f-changed')} ${words.ago(one.changedAt, now)}`;
  return (
    <Row
      title={
        <a href={`/help/${language}/${slug}`} lang={language}>
          {title}
        </a>
      }
      detail={instead === null ? t('admin.help-own') : t('admin.help-instead-of', { title: instead })}
      meta={[label, changed].join(' · ')}
      actions={
        <>
          <a href={addressOf(page, room)}>
            <Named short={t('admin.change')} whole={t('admin.help-change-what', { title })} />
          </a>
          <a href={addressOf(`${page}/remove`, room)}>
            <Named short={t('admin.remove')} whole={t('admin.help-remove-what', { title })} />
          </a>
        </>
      }
    />
  );
}

function example({ lang }: Words, view: Partial<OwnHelpView>): OwnHelpView {
  const changedAt = EXAMPLE_NOW.subtract({ hours: 50 });
  return {
    room: EXAMPLE_ROOM,
    articles: [
      {
        language: lang,
        slug: 'lost-phone',
        title: lang === 'nl' ? 'Telefoon kwijt? Kom naar kamer 12' : 'Phone gone? Come to room 12',
        instead: lang === 'nl' ? 'Mijn telefoon is weg of kapot' : 'My phone is lost, broken or stolen',
        changedAt,
      },
      { language: 'nl', slug: 'kamer-12', title: 'Waar is kamer 12', instead: null, changedAt },
    ],
    links: exampleLinks(lang),
    stuck: 14,
    contact: 'personeel@bakkerij.example',
    refused: null,
    done: null,
    now: EXAMPLE_NOW,
    ...view,
  };
}
