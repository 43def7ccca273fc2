import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

export type LeaveView = {
  application: string;
  name: string;
  address: string;
  /** The request as it came, to be looked at again. */
  request: Record<string, string>;
};

/** A request that anybody could have made: a picture on a foreign page would do. */
export const leavePage: Page<LeaveView> = {
  name: 'leave',
  title: (_view, { t }) => t('applications.sign-out-heading'),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('applications.sign-out-heading')}
      lead={t('applications.sign-out-lead', { application: view.application })}
      account={{ label: t('sign-in.signed-in-as'), name: view.name, detail: view.address }}
      turns={2}
    >
      <Form action="/oidc/logout/confirm" hidden={view.request}>
        <Actions>
          <Button>{t('applications.sign-out')}</Button>
          <ButtonLink href="/" kind="quiet">
            {t('applications.stay')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: {
    payroll: { application: 'Payroll', name: 'Grace de Boer', address: 'grace@bakkerij.example', request: {} },
  },
  person: true,
};
