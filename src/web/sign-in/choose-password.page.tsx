import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type ChoosePasswordView = {
  action: string;
  /** The account's first password, by an activation link. */
  isFirst: boolean;
  name: string;
  address: string;
  minLength: number;
  passwordError: string | null;
  repeatedError: string | null;
};

export const choosePasswordPage: Page<ChoosePasswordView> = {
  name: 'choose-password',
  title: (_view, { t }) => t('sign-in.choose-password-heading'),
  hasError: (view) => view.passwordError !== null || view.repeatedError !== null,
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('sign-in.choose-password-heading')}
      lead={t(view.isFirst ? 'sign-in.choose-first-password-lead' : 'sign-in.choose-password-lead')}
      account={{ label: t('sign-in.password-for'), name: view.name, detail: view.address }}
    >
      <Form action={view.action}>
        <PasswordField
          name="password"
          label={t('sign-in.new-password')}
          hint={t('sign-in.new-password-hint', { limit: view.minLength })}
          autocomplete="new-password"
          error={view.passwordError}
          autofocus
          required
        />
        <PasswordField
          name="repeated"
          label={t('sign-in.repeat-password')}
          autocomplete="new-password"
          error={view.repeatedError}
          required
        />
        <Actions>
          <Button wide>{t('sign-in.save-password')}</Button>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: (words) => ({
    empty: example({}),
    'too-common': example({ passwordError: words.refusal({ refusal: 'password-too-common' }, EXAMPLE_NOW) }),
  }),
};

function example(view: Partial<ChoosePasswordView>): ChoosePasswordView {
  return {
    action: '/reset/token',
    isFirst: false,
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    minLength: 15,
    passwordError: null,
    repeatedError: null,
    ...view,
  };
}
