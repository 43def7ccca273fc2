import { ButtonLink } from '#ui/button.tsx';
import { Actions } from '#ui/form.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import { Section } from '#ui/section.tsx';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import type { Room } from './room.ts';

export type SecretView = {
  room: Room;
  id: string;
  name: string;
  secret: string;
  done: 'created' | 'changed' | null;
};

/** The one page that shows the secret of an application. */
export const secretPage: Page<SecretView> = {
  name: 'admin-secret',
  title: ({ name }, { t }) => `${t('admin.secret-heading', { name })} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="applications"
        heading={t('admin.secret-heading', { name: view.name })}
        lead={t('admin.secret-lead')}
        done={view.done && t(`admin.done-${view.done}`)}
      >
        <Section id="secret-once" heading={t('admin.secret')}>
          <SecretText id="client-id" label={t('admin.client-id')} value={view.id} group={0} />
          <SecretText id="client-secret" label={t('admin.secret-value')} value={view.secret} group={0} />
          <Actions>
            <ButtonLink href={`/admin/applications/${view.id}`}>{t('admin.secret-done')}</ButtonLink>
          </Actions>
        </Section>
      </AdminPage>
    );
  },
  examples: {
    created: {
      room: EXAMPLE_ROOM,
      id: '5b0c7f2e-6f0e-4d0f-9f0a-2f5f8d1f2a11',
      name: 'Loonstrook',
      secret: 'an-example-of-a-secret-that-opens-nothing-0',
      done: 'created',
    },
  },
  person: true,
};
