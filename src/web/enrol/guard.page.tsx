import { Button, PostLink } from '#ui/button.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

/** Late, with only a password: a code from the mailbox first. `sentTo` null: no confirmed address to send it to. */
export type GuardView = WizardView & { sentTo: string | null; contact: string };

export const guardPage: Page<GuardView> = {
  name: 'enrol-guard',
  title: (_view, { t }) => t('enrol.guard-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WizardPage
        view={view}
        words={words}
        frame={frame}
        heading={t('enrol.guard-heading')}
        lead={view.sentTo ? t('enrol.guard-lead', { address: view.sentTo }) : undefined}
        aside={view.sentTo && <PostLink action="/enrol/guard/resend">{t('enrol.guard-resend')}</PostLink>}
      >
        {view.sentTo ? (
          <Form action="/enrol/guard">
            <CodeField label={t('enrol.guard-code')} error={view.error} autofocus />
            <Actions>
              <Button wide>{t('common.next')}</Button>
            </Actions>
          </Form>
        ) : (
          <Notice kind="warn">{t('enrol.guard-no-address', { contact: view.contact })}</Notice>
        )}
      </WizardPage>
    );
  },
  examples: (words) => ({
    sent: { ...exampleOf(1, { progress: null, canLeave: false }), sentTo: 'g•••@bakkerij.example', contact: '' },
    wrong: {
      ...exampleOf(1, {
        progress: null,
        canLeave: false,
        error: words.refusal({ refusal: 'guard-code-wrong' }, EXAMPLE_NOW),
      }),
      sentTo: 'g•••@bakkerij.example',
      contact: '',
    },
  }),
  person: true,
};
