import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/** An administrator without a second step: this door opens with two. */
export const needsTwoStepsPage: Page<Record<string, never>> = {
  name: 'admin-needs-two-steps',
  title: (_view, { t }) => t('admin.needs-heading'),
  body: ({ words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t('admin.needs-heading')} lead={t('admin.needs-lead')}>
      <Form action="/account/enable">
        <Actions>
          <Button>{t('admin.needs-enable')}</Button>
          <ButtonLink href="/" kind="quiet">
            {t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: { plain: {} },
  person: true,
};
