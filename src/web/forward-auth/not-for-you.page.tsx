import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';

export type NotForYouView = {
  application: string;
  /** Who is signed in. */
  name: string;
  because: 'application-disabled' | 'not-for-you' | 'passkey-needed';
};

/** Signed in, and still not let in: why, as whom, and what can be done about it. */
export const notForYouPage: Page<NotForYouView> = {
  name: 'forward-not-for-you',
  title: headingOf,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <DoorPage frame={frame} heading={headingOf(view, words)} lead={reasonOf(view, words)}>
        <Form action="/sign-out">
          <Actions>
            {view.because === 'passkey-needed' ? (
              <ButtonLink href="/account">{t('applications.to-account')}</ButtonLink>
            ) : (
              <ButtonLink href="/">{t('errors.to-start')}</ButtonLink>
            )}
            <Button kind="quiet">{t('forward-auth.refused-other')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    'not-for-you': { application: 'Night shift roster', name: 'Grace Hooper', because: 'not-for-you' },
    passkey: { application: 'Night shift roster', name: 'Grace Hooper', because: 'passkey-needed' },
    disabled: { application: 'Night shift roster', name: 'Grace Hooper', because: 'application-disabled' },
  },
  person: true,
};

function headingOf({ application, because }: NotForYouView, { t }: Words): string {
  return t(because === 'passkey-needed' ? 'applications.refused-heading' : 'applications.refused-heading-not-for-you', {
    application,
  });
}

function reasonOf(view: NotForYouView, { t }: Words): string {
  if (view.because === 'not-for-you') return t('forward-auth.refused-lead', view);
  return t(`applications.refused-${view.because}`);
}
