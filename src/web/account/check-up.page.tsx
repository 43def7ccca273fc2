import { Button, PostLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type CheckUpView = {
  /** The second step was used in this session. */
  isShown: boolean;
  /** Null where nobody asks, or it was put off often enough. */
  skipsLeft: number | null;
  error: string | null;
  /** The paper is not the right one: the way to a new one comes first then. */
  isPaperWrong: boolean;
};

type Props = { view: CheckUpView; words: Words };

/** Day 28: is everything still there? Each half has its repair beside it. */
export const checkUpPage: Page<CheckUpView> = {
  name: 'check-up',
  title: (_view, { t }) => t('account.check-up-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <DoorPage
        frame={frame}
        heading={t('account.check-up-heading')}
        lead={t('account.check-up-lead')}
        turns={2}
        aside={
          view.skipsLeft !== null &&
          view.skipsLeft > 0 && (
            <PostLink action="/account/check-up/skip">{t('account.check-up-skip', { count: view.skipsLeft })}</PostLink>
          )
        }
      >
        <SecondStep view={view} words={words} />
        <Paper view={view} words={words} />
      </DoorPage>
    );
  },
  examples: (words) => {
    const view: CheckUpView = {
      isShown: true,
      skipsLeft: 2,
      error: null,
      isPaperWrong: false,
    };
    const error = words.refusal({ refusal: 'check-up-locator-wrong' }, EXAMPLE_NOW);
    return {
      shown: view,
      'remembered-device': { ...view, isShown: false, skipsLeft: 0 },
      'wrong-paper': { ...view, error, isPaperWrong: true },
    };
  },
  person: true,
};

function SecondStep({ view, words: { t } }: Props) {
  return (
    <section aria-labelledby="check-up-step">
      <h2 class="minor-heading" id="check-up-step">
        {t('account.check-up-step')}
      </h2>
      {view.isShown ? (
        <Notice kind="success">{t('account.check-up-step-shown')}</Notice>
      ) : (
        <>
          <Prose>
            <p>{t('account.check-up-step-ask')}</p>
          </Prose>
          <Form action="/account/confirm" hidden={{ 'return-to': '/account/check-up' }}>
            <Actions>
              <Button wide>{t('account.check-up-confirm')}</Button>
            </Actions>
          </Form>
          <PostLink action="/account/move">{t('account.check-up-step-gone')}</PostLink>
        </>
      )}
    </section>
  );
}

function Paper({ view, words: { t } }: Props) {
  return (
    <section aria-labelledby="check-up-code">
      <h2 class="minor-heading" id="check-up-code">
        {t('account.check-up-code')}
      </h2>
      <Prose>
        <p>{t('account.check-up-code-ask')}</p>
      </Prose>
      <Form action="/account/check-up">
        <Field
          name="locator"
          label={t('account.check-up-locator')}
          error={view.error}
          autocomplete="off"
          spellcheck={false}
          maxlength={40}
          code
          short
        />
        <Actions>
          <Button wide kind={view.isPaperWrong || !view.isShown ? 'quiet' : 'primary'}>
            {t('account.check-up-submit')}
          </Button>
        </Actions>
      </Form>
      {view.isPaperWrong ? (
        <Form action="/account/backup-code">
          <Actions>
            <Button wide>{t('account.check-up-code-gone')}</Button>
          </Actions>
        </Form>
      ) : (
        <PostLink action="/account/backup-code">{t('account.check-up-code-gone')}</PostLink>
      )}
    </section>
  );
}
