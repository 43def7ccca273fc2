import { ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** The ticket was no good at the host: used, too late, or brought by another browser. A person can only begin again. */
export const notInPage: Page<{ host: string; address: string }> = {
  name: 'forward-not-in',
  title: ({ host }, { t }) => t('forward-auth.not-in-heading', { host }),
  body: ({ view: { host, address }, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('forward-auth.not-in-heading', { host })}
      lead={t('forward-auth.not-in-lead', { host })}
    >
      <Actions>
        <ButtonLink href={address}>{t('forward-auth.not-in-again')}</ButtonLink>
      </Actions>
    </DoorPage>
  ),
  examples: { plain: { host: 'roster.bakery.example', address: 'https://roster.bakery.example/' } },
  person: true,
};
