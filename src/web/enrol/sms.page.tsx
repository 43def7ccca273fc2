import { Button, PostLink } from '#ui/button.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type SmsView = WizardView & {
  /** Typed before. */
  number: string;
  /** A code went to this number, masked; null while the number is asked for. */
  sentTo: string | null;
};

/** Step 4, optional. */
export const smsPage: Page<SmsView> = {
  name: 'enrol-sms',
  title: (_view, { t }) => t('enrol.sms-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WizardPage
        view={view}
        words={words}
        frame={frame}
        heading={t('enrol.sms-heading')}
        lead={t(view.sentTo ? 'enrol.sms-sent-lead' : 'enrol.sms-lead', { number: view.sentTo ?? '' })}
        aside={
          <>
            {view.sentTo && <PostLink action="/enrol/sms/resend">{t('sign-in.send-text-again')}</PostLink>}
            <PostLink action="/enrol/sms/skip">{t('enrol.sms-skip')}</PostLink>
          </>
        }
      >
        {view.sentTo ? (
          <Form action="/enrol/sms/code">
            <CodeField label={t('sign-in.sms-code')} error={view.error} autofocus />
            <Actions>
              <Button wide>{t('common.next')}</Button>
            </Actions>
          </Form>
        ) : (
          <Form action="/enrol/sms">
            <Field
              name="number"
              type="tel"
              label={t('enrol.sms-number')}
              hint={t('enrol.sms-number-hint')}
              value={view.number}
              error={view.error}
              autocomplete="tel"
              inputmode="tel"
              maxlength={40}
              autofocus
            />
            <Actions>
              <Button wide>{t('enrol.sms-send')}</Button>
            </Actions>
          </Form>
        )}
      </WizardPage>
    );
  },
  examples: (words) => ({
    empty: { ...exampleOf(4), number: '', sentTo: null },
    'not-mobile': {
      ...exampleOf(4, { error: words.refusal({ refusal: 'number-not-mobile' }, EXAMPLE_NOW) }),
      number: '020 7946 0123',
      sentTo: null,
    },
    sent: { ...exampleOf(4, { canGoBack: true }), number: '', sentTo: '•••• 123' },
  }),
  person: true,
};
