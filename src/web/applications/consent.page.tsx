import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Page } from '../page.ts';
import { scopeInWords } from './scopes.ts';

export type ConsentView = {
  action: string;
  application: string;
  /** Whose application it is. */
  organisation: string;
  scopes: string[];
  name: string;
  address: string;
};

/** Who gets what, before it is given. */
export const consentPage: Page<ConsentView> = {
  name: 'consent',
  title: ({ application }, { t }) => t('applications.consent-heading', { application }),
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { application, organisation } = view;
    return (
      <DoorPage
        frame={frame}
        heading={t('applications.consent-heading', { application })}
        lead={t('applications.consent-lead', { application, organisation })}
        account={{ label: t('sign-in.signed-in-as'), name: view.name, detail: view.address }}
        turns={2}
      >
        <Prose>
          <ul>
            {view.scopes.map((scope) => (
              <li key={scope}>{scopeInWords(scope, words)}</li>
            ))}
          </ul>
          <p>{t('applications.consent-lasts')}</p>
        </Prose>
        <Form action={view.action}>
          <Actions>
            <Button name="answer" value="agree">
              {t('applications.agree')}
            </Button>
            <Button kind="quiet" name="answer" value="decline">
              {t('applications.decline')}
            </Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    payroll: example(['openid', 'profile', 'email', 'organisation', 'groups', 'assurance']),
    later: example(['openid', 'email', 'offline_access']),
  },
  person: true,
};

function example(scopes: string[]): ConsentView {
  return {
    action: '/oidc/interaction/example',
    application: 'Payroll',
    organisation: 'Bakkerij van Dam',
    scopes,
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
  };
}
