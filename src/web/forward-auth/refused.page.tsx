import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** Signed in, and the application is for others: who one is here, and what can be done about it. */
export const refusedPage: Page<{ application: string; name: string }> = {
  name: 'forward-refused',
  title: ({ application }, { t }) => t('forward-auth.refused-heading', { application }),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('forward-auth.refused-heading', { application: view.application })}
      lead={t('forward-auth.refused-lead', view)}
    >
      <Form action="/sign-out">
        <Actions>
          <ButtonLink href="/">{t('errors.to-start')}</ButtonLink>
          <Button kind="quiet">{t('forward-auth.refused-other')}</Button>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: { plain: { application: 'Night shift roster', name: 'Grace Hooper' } },
  person: true,
};
