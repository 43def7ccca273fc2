import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

export type ChooseAccountView = {
  action: string;
  application: string;
  name: string;
  address: string;
  /** The application asked for somebody else: going on as this person would deliver the wrong one. */
  must: boolean;
};

/** Go on as who is signed in, or as somebody else. */
export const chooseAccountPage: Page<ChooseAccountView> = {
  name: 'choose-account',
  title: ({ must }, { t }) => t(must ? 'applications.other-heading' : 'applications.choose-heading'),
  body: ({ view, words: { t }, frame }) => {
    const { application, name, must } = view;
    return (
      <DoorPage
        frame={frame}
        heading={t(must ? 'applications.other-heading' : 'applications.choose-heading')}
        lead={
          must ? t('applications.other-lead', { application, name }) : t('applications.choose-lead', { application })
        }
        account={{ label: t('sign-in.signed-in-as'), name, detail: view.address }}
        turns={2}
      >
        <Form action={view.action}>
          <Actions>
            {!must && (
              <Button name="answer" value="continue">
                {t('applications.choose-continue', { name })}
              </Button>
            )}
            <Button kind={must ? 'primary' : 'quiet'} name="answer" value="other">
              {t('applications.choose-other')}
            </Button>
            {must && (
              <Button kind="quiet" name="answer" value="decline">
                {t('applications.back-to-application', { application })}
              </Button>
            )}
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: { choice: example(false), other: example(true) },
  person: true,
};

function example(must: boolean): ChooseAccountView {
  return {
    action: '/oidc/interaction/example',
    application: 'Payroll',
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    must,
  };
}
