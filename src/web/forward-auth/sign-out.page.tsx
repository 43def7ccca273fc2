import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** Where the sign-out link of an application leads: following it changes nothing, the button does. */
export const signOutPage: Page<null> = {
  name: 'forward-sign-out',
  title: (_view, { t }) => t('forward-auth.sign-out-heading'),
  body: ({ words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t('forward-auth.sign-out-heading')} lead={t('forward-auth.sign-out-lead')}>
      <Form action="/sign-out">
        <Actions>
          <Button>{t('common.sign-out')}</Button>
          <ButtonLink href="/" kind="quiet">
            {t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: { plain: null },
  person: true,
};
