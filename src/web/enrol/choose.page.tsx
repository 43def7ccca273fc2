import { bindScreens } from '#authenticators/screens.ts';
import { Button } from '#ui/button.tsx';
import { Choices } from '#ui/choices.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Because } from '#ui/notice.tsx';
import type { Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type ChooseView = WizardView & { offered: readonly string[]; chosen: string | null; becauseSentence: string };

/** Step 1. */
export const choosePage: Page<ChooseView> = {
  name: 'enrol-choose',
  title: (_view, { t }) => t('enrol.choose-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WizardPage
        view={view}
        words={words}
        frame={frame}
        heading={t('enrol.choose-heading')}
        lead={t('enrol.choose-lead')}
      >
        <Form action="/enrol/choice">
          <Choices
            name="choice"
            legend={t('enrol.choose-heading')}
            legendHidden
            value={view.chosen ?? view.offered[0] ?? null}
            error={view.error}
            options={view.offered.flatMap((type) => {
              const screen = bindScreens[type];
              return screen
                ? [{ value: type, title: t(screen.title), cost: t(screen.cost), withPasskeys: 'press' in screen }]
                : [];
            })}
          />
          <Actions>
            <Button wide>{t('common.next')}</Button>
          </Actions>
        </Form>
        {view.becauseSentence && <Because question={t('common.why')}>{view.becauseSentence}</Because>}
      </WizardPage>
    );
  },
  examples: (words) => ({
    plain: { ...exampleOf(1), offered: ['app', 'totp', 'passkey'], chosen: null, becauseSentence: '' },
    overdue: {
      ...exampleOf(1, { canLeave: false }),
      offered: ['totp'],
      chosen: null,
      becauseSentence: words.t('sign-in.because-overdue', {
        organisation: 'Bakkerij van Dam',
        since: words.shortDate(Temporal.PlainDate.from('2026-04-01')),
        date: words.date(Temporal.PlainDate.from('2026-06-30')),
      }),
    },
  }),
  person: true,
};
