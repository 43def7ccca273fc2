import type { Refused } from '#core/refusal.ts';
import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type PasswordView = {
  name: string;
  address: string;
  /** Characters; less is enough where there is a second step. */
  minLength: number;
  now: Temporal.Instant;
  refused: Refused | null;
};

export const passwordPage: Page<PasswordView> = {
  name: 'account-password',
  title: (_view, { t }) => t('account.password-heading'),
  hasError: (view) => view.refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const error = view.refused && words.refusal(view.refused, view.now);
    const isRepeat = view.refused?.refusal === 'passwords-differ';
    return (
      <DoorPage
        frame={frame}
        heading={t('account.password-heading')}
        lead={t('account.password-lead')}
        account={{ label: t('account.password-for'), name: view.name, detail: view.address }}
        back={{ label: t('account.heading'), href: '/account' }}
      >
        <Form action="/account/password">
          <PasswordField
            name="password"
            label={t('account.new-password')}
            hint={t('account.new-password-hint', { limit: view.minLength })}
            autocomplete="new-password"
            error={isRepeat ? null : error}
            autofocus={!isRepeat}
            required
          />
          <PasswordField
            name="repeated"
            label={t('account.repeat-password')}
            autocomplete="new-password"
            error={isRepeat ? error : null}
            required
          />
          <Actions>
            <Button wide>{t('account.save-password')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    empty: example({}),
    'too-short': example({ refused: { refusal: 'password-too-short', detail: { limit: 10 } } }),
    different: example({ refused: { refusal: 'passwords-differ' } }),
  },
  person: true,
};

function example(view: Partial<PasswordView>): PasswordView {
  return {
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    minLength: 10,
    now: EXAMPLE_NOW,
    refused: null,
    ...view,
  };
}
