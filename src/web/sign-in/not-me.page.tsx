import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** *This wasn't me*, from the link in a notice. Opening it changes nothing; the button does. */
export const notMePage: Page<{ action: string; done: boolean }> = {
  name: 'not-me',
  title: (view, { t }) => t(view.done ? 'sign-in.not-me-done-heading' : 'sign-in.not-me-heading'),
  body: ({ view, words: { t }, frame }) =>
    view.done ? (
      <DoorPage frame={frame} heading={t('sign-in.not-me-done-heading')} lead={t('sign-in.not-me-done-lead')}>
        <Actions>
          <ButtonLink href="/forgot">{t('sign-in.not-me-new-password')}</ButtonLink>
        </Actions>
      </DoorPage>
    ) : (
      <DoorPage frame={frame} heading={t('sign-in.not-me-heading')} lead={t('sign-in.not-me-lead')}>
        <Form action={view.action}>
          <Actions>
            <Button kind="danger">{t('sign-in.not-me-submit')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    ),
  examples: { ask: { action: '/not-me/token', done: false }, done: { action: '', done: true } },
};
