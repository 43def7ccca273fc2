import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { NumberToType } from '#ui/number-to-type.tsx';
import { Wait } from '#ui/waiting.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type TestView = WizardView & {
  /** The request that waits for the phone, or was approved there. */
  approval: { number: string; state: string; says: string; approved: boolean } | null;
  /** What became of the one before. */
  ended: string | null;
};

/** Step 3 with the app of our own: a request, answered once, shows that it works. */
export const testPage: Page<TestView> = {
  name: 'enrol-test',
  title: (_view, { t }) => t('approval.test-heading'),
  hasError: (view) => (view.error ?? view.ended) !== null,
  waitsAt: (view) => (view.approval && !view.approval.approved ? '/enrol' : null),
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { approval } = view;
    const error = view.error ?? view.ended;
    return (
      <WizardPage
        view={view}
        words={words}
        frame={frame}
        heading={t('approval.test-heading')}
        lead={t(approval ? 'approval.test-lead' : 'approval.test-again-lead')}
      >
        {error && (
          <Notice kind="error" announce>
            <p>{error}</p>
          </Notice>
        )}
        {approval && !approval.approved && (
          <NumberToType label={t('approval.number')} digits={approval.number} says={approval.says} />
        )}
        {approval ? (
          <>
            <Form action="/enrol/app" id="approved">
              <Actions>
                <Button wide kind={approval.approved ? 'primary' : 'quiet'}>
                  {t(approval.approved ? 'common.next' : 'approval.next')}
                </Button>
              </Actions>
            </Form>
            <Wait at="/enrol/app/state" state={approval.state} page="/enrol" />
          </>
        ) : (
          <Form action="/enrol/app/test">
            <Actions>
              <Button wide>{t('approval.test-again')}</Button>
            </Actions>
          </Form>
        )}
      </WizardPage>
    );
  },
  examples: (words) => ({
    waiting: example({ approval: { number: '481093', state: 'waiting', says: '', approved: false } }),
    notified: example({
      approval: { number: '481093', state: 'waiting', says: words.t('approval.push-works'), approved: false },
    }),
    without: example({
      approval: { number: '481093', state: 'waiting', says: words.t('approval.push-without-test'), approved: false },
    }),
    wrong: example({ ended: words.refusal({ refusal: 'approval-number-wrong' }, EXAMPLE_NOW) }),
  }),
  person: true,
};

function example(view: Partial<TestView>): TestView {
  return { ...exampleOf(3), approval: null, ended: null, ...view };
}
