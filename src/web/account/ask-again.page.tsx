import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** Shown instead of a page that needs a fresh proof; the button begins the step-up and leads back here. */
export const askAgainPage: Page<{ returnTo: string }> = {
  name: 'ask-again',
  title: (_view, { t }) => t('account.ask-again-heading'),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t('account.ask-again-heading')} lead={t('account.ask-again-lead')}>
      <Form action="/account/confirm" hidden={{ 'return-to': view.returnTo }}>
        <Actions>
          <Button>{t('common.continue')}</Button>
          <ButtonLink href="/account" kind="quiet">
            {t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: { plain: { returnTo: '/account/password' } },
  person: true,
};
