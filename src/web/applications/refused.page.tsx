import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';

export type RefusedView = {
  action: string;
  application: string;
  because: 'application-disabled' | 'not-for-you' | 'passkey-needed';
  organisation: string;
  /** Whom to ask, or empty. */
  contact: string;
};

/** Signed in, and still not in: why, and whom to ask. */
export const refusedPage: Page<RefusedView> = {
  name: 'refused',
  title: headingOf,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { application, because } = view;
    return (
      <DoorPage frame={frame} heading={headingOf(view, words)} turns={2}>
        <Prose>
          <p>{reasonOf(view, words)}</p>
        </Prose>
        <Form action={view.action}>
          <Actions>
            {because === 'passkey-needed' && <ButtonLink href="/account">{t('applications.to-account')}</ButtonLink>}
            <Button kind={because === 'passkey-needed' ? 'quiet' : 'primary'} name="answer" value="decline">
              {t('applications.back-to-application', { application })}
            </Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    'not-for-you': example('not-for-you'),
    passkey: example('passkey-needed'),
    disabled: example('application-disabled'),
  },
  person: true,
};

function headingOf({ because, application }: RefusedView, { t }: Words): string {
  const isFinal = because !== 'passkey-needed';
  return t(isFinal ? 'applications.refused-heading-not-for-you' : 'applications.refused-heading', { application });
}

function reasonOf({ because, organisation, contact }: RefusedView, { t }: Words): string {
  if (because === 'not-for-you' && contact === '')
    return t('applications.refused-not-for-you-nobody', { organisation });
  return t(`applications.refused-${because}`, { organisation, contact });
}

function example(because: RefusedView['because']): RefusedView {
  return {
    action: '/oidc/interaction/example',
    application: 'Payroll',
    because,
    organisation: 'Bakkerij van Dam',
    contact: 'people@bakkerij.example',
  };
}
