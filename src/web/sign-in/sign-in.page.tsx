import { DoorPage } from '#ui/door-page.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { plainName } from '../applications/plain-name.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type SignInView = {
  returnTo: string;
  /** What the person is on the way to. */
  application: string | null;
  /** Typed before: an error must not cost the typing. */
  address: string;
  addressError: string | null;
  passwordError: string | null;
  /** A word on why the person is here again. */
  notice: { kind: 'info' | 'success' | 'warn'; sentence: string } | null;
};

export const signInPage: Page<SignInView> = {
  name: 'sign-in',
  title: (_view, { t }) => t('sign-in.heading'),
  hasError: (view) => view.addressError !== null || view.passwordError !== null,
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('sign-in.heading')}
      lead={view.application ? t('sign-in.to-go-on', { application: plainName(view.application) }) : undefined}
      aside={
        <a class="quiet-link" href="/forgot">
          {t('sign-in.forgot')}
        </a>
      }
    >
      {view.notice && (
        <Notice kind={view.notice.kind} announce>
          {view.notice.sentence}
        </Notice>
      )}
      <Form action="/sign-in" hidden={{ 'return-to': view.returnTo }}>
        <Field
          name="address"
          type="email"
          label={t('sign-in.address')}
          autocomplete="username"
          value={view.address}
          error={view.addressError}
          spellcheck={false}
          autofocus={view.address === ''}
          required
        />
        <PasswordField
          name="password"
          label={t('sign-in.password')}
          autocomplete="current-password"
          error={view.passwordError}
          autofocus={view.address !== ''}
          required
        />
        <Actions>
          <Button wide>{t('sign-in.submit')}</Button>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: (words) => ({
    empty: { returnTo: '/', application: null, address: '', addressError: null, passwordError: null, notice: null },
    application: {
      returnTo: '/',
      application: 'Payroll',
      address: 'grace@bakkerij.example',
      addressError: null,
      passwordError: null,
      notice: null,
    },
    wrong: {
      returnTo: '/',
      application: null,
      address: 'grace@bakkerij.example',
      addressError: null,
      passwordError: words.refusal({ refusal: 'credentials-wrong' }, EXAMPLE_NOW),
      notice: null,
    },
    expired: {
      returnTo: '/',
      application: null,
      address: '',
      addressError: null,
      passwordError: null,
      notice: { kind: 'info', sentence: words.t('sign-in.notice-expired') },
    },
  }),
};
