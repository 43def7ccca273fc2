import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { EXAMPLE_ROOM } from './examples.ts';
import type { OwnRow } from './help.page.tsx';
import { addressOf, type Room } from './room.ts';

export const removeArticlePage: Page<OwnRow & { room: Room }> = {
  name: 'admin-help-remove',
  title: ({ title }, { t }) => `${t('admin.remove-heading', { name: title })} · ${t('admin.where')}`,
  body: ({ view: { room, language, slug, title, instead }, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('admin.remove-heading', { name: title })}
      lead={instead === null ? t('admin.help-remove-own') : t('admin.help-remove-instead', { title: instead })}
      back={{ label: t('admin.help'), href: addressOf('help', room) }}
    >
      <Form action={addressOf(`/admin/help/${language}/${slug}/remove`, room)}>
        <Actions>
          <Button kind="danger">{t('admin.help-remove')}</Button>
          <ButtonLink href={addressOf('help', room)} kind="quiet">
            {t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: {
    own: { room: EXAMPLE_ROOM, ...row('kamer-12', 'Waar is kamer 12', null) },
    instead: { room: EXAMPLE_ROOM, ...row('lost-phone', 'Phone gone? Come to room 12', 'My phone is lost') },
  },
  person: true,
};

function row(slug: string, title: string, instead: string | null): OwnRow {
  return { language: 'nl', slug, title, instead, changedAt: EXAMPLE_NOW };
}
