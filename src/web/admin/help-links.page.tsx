import type { Refused } from '#core/refusal.ts';
import { type OwnLink, LINKS_MOST, type WrongLink } from '#src/help/own-link.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorSummary } from '#ui/error-summary.tsx';
import { Field, FieldError } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Section } from '#ui/section.tsx';
import { exampleLinks } from '../help/ask-somebody.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';
import { Whole } from './whole.tsx';

export type HelpLinksView = {
  room: Room;
  /** As typed, or as they are. */
  links: readonly OwnLink[];
  /** Which list is being changed. */
  seen: string;
  wrong: readonly WrongLink[];
  /** Wrong with the whole of it: changed meanwhile, or the proof is too old. */
  refused: Refused | null;
  now: Temporal.Instant;
};

/** Lines to fill in below those that are there. Who needs more saves, and gets more. */
const SPARE = 2;
const NO_LINK: OwnLink = { title: '', address: '' };

/** Where an organisation sends its people besides: a few lines, each of them complete without a script. */
export const helpLinksPage: Page<HelpLinksView> = {
  name: 'admin-help-links',
  title: (_view, { t }) => `${t('admin.help-links-change')} · ${t('admin.where')}`,
  hasError: ({ wrong, refused }) => wrong.length > 0 || refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, now } = view;
    const errors = view.wrong.map(({ field, refused }) => ({ field, sentence: words.refusal(refused, now) }));
    const wrongAt = (field: WrongLink['field']) => errors.find((one) => one.field === field)?.sentence ?? null;
    const lines = linesOf(view.links);
    return (
      <AdminPage frame={frame} words={words} room={room} current="help" heading={t('admin.help-links-change')}>
        <ErrorSummary heading={t('common.fix-these')} errors={errors} />
        {view.refused && <Whole refused={view.refused} now={now} words={words} />}
        <Form action={addressOf('/admin/help/links', room)} hidden={{ seen: view.seen }}>
          <Section
            id="links"
            heading={t('admin.help-links')}
            intro={
              <>
                <p>{t('admin.help-links-lead')}</p>
                {lines.length < LINKS_MOST && <p>{t('admin.help-links-more', { count: LINKS_MOST })}</p>}
              </>
            }
          >
            <FieldError id="links" error={wrongAt('links')} />
            {lines.map(({ title, address }, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- a link is its place in the list
              <fieldset key={n} class="part">
                <legend>{t('admin.help-link-n', { n: n + 1 })}</legend>
                <div class="rule">
                  <Field
                    name={`links.${n}.title`}
                    label={t('admin.help-link-title')}
                    value={title}
                    error={wrongAt(`links.${n}.title`)}
                    autocomplete="off"
                    spellcheck
                  />
                  <Field
                    name={`links.${n}.address`}
                    label={t('admin.help-link-address')}
                    value={address}
                    error={wrongAt(`links.${n}.address`)}
                    autocomplete="off"
                    inputmode="url"
                  />
                </div>
              </fieldset>
            ))}
          </Section>
          <Actions>
            <Button>{t('admin.save')}</Button>
            <ButtonLink href={addressOf('help', room)} kind="quiet">
              {t('common.cancel')}
            </ButtonLink>
          </Actions>
        </Form>
      </AdminPage>
    );
  },
  examples: ({ lang }) => {
    const links = exampleLinks(lang);
    const view = { room: EXAMPLE_ROOM, links, seen: '1', wrong: [], refused: null, now: EXAMPLE_NOW };
    const odd = { title: '', address: 'http://rooster.bakkerij.example' };
    return {
      several: view,
      empty: { ...view, links: [] },
      errors: {
        ...view,
        links: [...links, odd],
        wrong: [
          { field: 'links.3.title', refused: { refusal: 'link-title-invalid', detail: { limit: 80 } } },
          { field: 'links.3.address', refused: { refusal: 'link-address-invalid' } },
        ],
      },
      stale: { ...view, refused: { refusal: 'fresh-proof-required' } },
    };
  },
  person: true,
};

function linesOf(links: readonly OwnLink[]): OwnLink[] {
  const isFilled = ({ title, address }: OwnLink) => title.trim() !== '' || address.trim() !== '';
  const last = links.findLastIndex(isFilled) + 1;
  const spare = Math.max(0, Math.min(SPARE, LINKS_MOST - last));
  return [...links.slice(0, last), ...Array.from({ length: spare }, () => NO_LINK)];
}
