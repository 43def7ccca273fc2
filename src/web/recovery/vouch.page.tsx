import { Button, ButtonLink } from '#ui/button.tsx';
import { CheckBox } from '#ui/check-box.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type VouchView = { error: string | null; boxError: string | null; sees: boolean; done: boolean };

/** "I see this person in front of me": for colleagues, with the number that the person shows them. */
export const vouchPage: Page<VouchView> = {
  name: 'vouch',
  title: (view, { t }) => t(view.done ? 'recovery.vouch-done-heading' : 'recovery.vouch-heading'),
  hasError: (view) => view.error !== null || view.boxError !== null,
  body: ({ view, words: { t }, frame }) =>
    view.done ? (
      <DoorPage frame={frame} heading={t('recovery.vouch-done-heading')} lead={t('recovery.vouch-done-lead')} turns={2}>
        <Actions>
          <ButtonLink href="/">{t('common.continue')}</ButtonLink>
        </Actions>
      </DoorPage>
    ) : (
      <DoorPage frame={frame} heading={t('recovery.vouch-heading')} lead={t('recovery.vouch-lead')}>
        <Form action="/vouch">
          <CodeField
            name="number"
            label={t('recovery.vouch-number')}
            hint={t('recovery.vouch-number-hint')}
            error={view.error}
            autoSubmit={false}
            autofocus
          />
          <CheckBox
            name="sees"
            label={t('recovery.vouch-sees')}
            description={t('recovery.vouch-sees-description')}
            checked={view.sees}
            error={view.boxError}
          />
          <Actions>
            <Button wide>{t('recovery.vouch-submit')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    ),
  examples: (words) => {
    const view = { error: null, boxError: null, sees: false, done: false };
    return {
      empty: view,
      wrong: { ...view, sees: true, error: words.refusal({ refusal: 'request-number-wrong' }, EXAMPLE_NOW) },
      unticked: { ...view, boxError: words.refusal({ refusal: 'seeing-not-confirmed' }, EXAMPLE_NOW) },
      done: { ...view, done: true },
    };
  },
  person: true,
};
