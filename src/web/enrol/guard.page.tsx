import { Button, PostLink } from '#ui/button.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field } from '#ui/field.tsx';
import { EXAMPLE_NOW, type Page, type Props } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

/** Late, with only a password, or with a text message alone: a code from the mailbox first. `sentTo` null: no confirmed address to send it to. */
export type GuardView = WizardView & {
  sentTo: string | null;
  contact: string;
  voucherError: string | null;
  isLate: boolean;
};

/** Handed over by an administrator, in place of the code; first in line where no mail can be sent. */
function Voucher({ view, words: { t } }: Pick<Props<GuardView>, 'view' | 'words'>) {
  const form = (
    <Form action="/enrol/guard/voucher">
      <Field
        name="voucher"
        label={t('enrol.voucher')}
        hint={t('enrol.voucher-hint')}
        error={view.voucherError}
        maxlength={40}
        code
        required
      />
      <Actions>
        <Button kind={view.sentTo ? 'quiet' : 'primary'} wide>
          {t('enrol.voucher-submit')}
        </Button>
      </Actions>
    </Form>
  );
  if (!view.sentTo) return form;
  return (
    <Disclosure summary={t('enrol.voucher-have')} open={view.voucherError !== null}>
      {form}
    </Disclosure>
  );
}

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
        lead={
          view.sentTo
            ? t(view.isLate ? 'enrol.guard-lead' : 'enrol.guard-lead-text', { address: view.sentTo })
            : undefined
        }
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
        {view.isLate && <Voucher view={view} words={words} />}
      </WizardPage>
    );
  },
  examples: (words) => ({
    sent: {
      ...exampleOf(1, { progress: null, canLeave: false }),
      sentTo: 'g•••@bakkerij.example',
      contact: '',
      isLate: true,
      voucherError: null,
    },
    wrong: {
      ...exampleOf(1, {
        progress: null,
        canLeave: false,
        error: words.refusal({ refusal: 'guard-code-wrong' }, EXAMPLE_NOW),
      }),
      sentTo: 'g•••@bakkerij.example',
      contact: '',
      isLate: true,
      voucherError: null,
    },
    'by-text': {
      ...exampleOf(1, { progress: null, canLeave: false }),
      sentTo: 'g•••@bakkerij.example',
      contact: '',
      isLate: false,
      voucherError: null,
    },
    voucher: {
      ...exampleOf(1, { progress: null, canLeave: false }),
      sentTo: null,
      contact: 'personeel@bakkerij.example',
      isLate: true,
      voucherError: words.refusal({ refusal: 'voucher-wrong' }, EXAMPLE_NOW),
    },
  }),
  person: true,
};
