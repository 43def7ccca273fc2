import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type PassView = { action: string; until: Temporal.Instant; error: string | null };

/** The pass is in the address of this page; with the password it opens the wizard, once. */
export const passPage: Page<PassView> = {
  name: 'recovery-pass',
  title: (_view, { t }) => t('recovery.pass-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <DoorPage
        frame={frame}
        heading={t('recovery.pass-heading')}
        lead={t('recovery.pass-lead', { until: words.instant(view.until) })}
        aside={
          <a class="quiet-link" href="/forgot">
            {t('sign-in.forgot')}
          </a>
        }
      >
        <Form action={view.action}>
          <PasswordField
            name="password"
            label={t('sign-in.password')}
            autocomplete="current-password"
            error={view.error}
            autofocus
            required
          />
          <Actions>
            <Button wide>{t('common.continue')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: (words) => {
    const view = { action: '/recovery-pass/token', until: EXAMPLE_NOW.add({ hours: 24 }), error: null };
    return {
      empty: view,
      wrong: { ...view, error: words.refusal({ refusal: 'password-not-enough' }, EXAMPLE_NOW) },
    };
  },
};
