import { BackupCode } from '#ui/backup-code.tsx';
import { Button } from '#ui/button.tsx';
import { CheckBox } from '#ui/check-box.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type KeepView = Omit<WizardView, 'error'> & {
  code: string;
  fileText: string;
  /** It stands in for a card, and not for a phone. */
  besideCard: boolean;
  saved: boolean;
  savedError: string | null;
  locatorError: string | null;
};

export const BACKUP_FILE = 'nachtslot-backup-code.txt';

/** Step 5: the code, shown in this wizard and never again, and the proof that it has been kept. */
export const keepPage: Page<KeepView> = {
  name: 'enrol-keep',
  title: (_view, { t }) => t('enrol.keep-heading'),
  hasError: (view) => view.savedError !== null || view.locatorError !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WizardPage
        view={{ ...view, error: null }}
        words={words}
        frame={frame}
        heading={t('enrol.keep-heading')}
        lead={t(view.besideCard ? 'enrol.keep-lead-card' : 'enrol.keep-lead')}
      >
        <BackupCode
          label={t('enrol.backup-code')}
          code={view.code}
          fileName={BACKUP_FILE}
          fileText={view.fileText}
          downloadAction="/enrol/backup-code/file"
        />
        <Form action="/enrol/backup-code">
          <CheckBox
            name="saved"
            label={t('enrol.keep-saved')}
            description={t('enrol.keep-saved-hint')}
            checked={view.saved}
            error={view.savedError}
          />
          <Field
            name="locator"
            label={t('enrol.keep-locator')}
            hint={t('enrol.keep-locator-hint')}
            error={view.locatorError}
            autocomplete="off"
            spellcheck={false}
            maxlength={40}
            code
            short
          />
          <Actions>
            <Button wide>{t('enrol.finish')}</Button>
          </Actions>
        </Form>
      </WizardPage>
    );
  },
  examples: (words) => ({
    plain: example({}),
    wrong: example({
      saved: true,
      locatorError: words.refusal({ refusal: 'locator-wrong' }, EXAMPLE_NOW),
    }),
  }),
  person: true,
};

function example(view: Partial<KeepView>): KeepView {
  return {
    ...exampleOf(5),
    code: 'K7QM-4XWN-9RTB-2HVD-6PJS',
    fileText: '',
    besideCard: false,
    saved: false,
    savedError: null,
    locatorError: null,
    ...view,
  };
}
