import { ButtonLink } from '#ui/button.tsx';
import { Actions } from '#ui/form.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import { Section } from '#ui/section.tsx';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type TokenMadeView = { room: Room; name: string; token: string };

/** The one page that shows a token. */
export const tokenMadePage: Page<TokenMadeView> = {
  name: 'admin-token-made',
  title: (_view, { t }) => `${t('admin.token-heading')} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="tokens"
        heading={t('admin.token-heading')}
        lead={t('admin.token-lead', { name: view.name })}
      >
        <Section id="token-once" heading={view.name}>
          <SecretText id="token" label={t('admin.token-value')} value={view.token} group={0} />
          <Actions>
            <ButtonLink href={addressOf('tokens', view.room)}>{t('admin.token-done')}</ButtonLink>
          </Actions>
        </Section>
      </AdminPage>
    );
  },
  examples: {
    plain: {
      room: EXAMPLE_ROOM,
      name: 'Import from HR',
      token: 'nachtslot_an-example-of-a-token-that-opens-nothing-000',
    },
  },
  person: true,
};
