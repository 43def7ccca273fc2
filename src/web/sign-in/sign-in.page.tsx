import { DoorPage } from '#ui/door-page.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { PasskeyForm } from '#ui/passkey-form.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { plainName } from '../applications/plain-name.ts';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type SignInView = {
  returnTo: string;
  /** What the person is on the way to. */
  application: string | null;
  /** Typed before: an error must not cost the typing. */
  address: string;
  addressError: string | null;
  passwordError: string | null;
  /** A passkey was refused. */
  passkeyError: string | null;
  /** A passkey was the last that worked on this device: then it comes first. */
  passkeyFirst: boolean;
  /** A word on why the person is here again. */
  notice: { kind: 'info' | 'success' | 'warn'; sentence: string } | null;
};

const EMPTY: SignInView = {
  returnTo: '/',
  application: null,
  address: '',
  addressError: null,
  passwordError: null,
  passkeyError: null,
  passkeyFirst: false,
  notice: null,
};

export const signInPage: Page<SignInView> = {
  name: 'sign-in',
  title: (_view, { t }) => t('sign-in.heading'),
  hasError: (view) => view.addressError !== null || view.passwordError !== null || view.passkeyError !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
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
        {view.passkeyFirst && <Passkey view={view} words={words} />}
        <Form action="/sign-in" hidden={{ 'return-to': view.returnTo }}>
          <Field
            name="address"
            type="email"
            label={t('sign-in.address')}
            autocomplete="username webauthn"
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
            <Button wide kind={view.passkeyFirst ? 'quiet' : 'primary'}>
              {t('sign-in.submit')}
            </Button>
          </Actions>
        </Form>
        {!view.passkeyFirst && <Passkey view={view} words={words} />}
      </DoorPage>
    );
  },
  examples: (words) => ({
    empty: EMPTY,
    application: { ...EMPTY, application: 'Payroll', address: 'grace@bakkerij.example' },
    'passkey-first': { ...EMPTY, passkeyFirst: true },
    'passkey-refused': {
      ...EMPTY,
      passkeyFirst: true,
      passkeyError: words.refusal({ refusal: 'passkey-refused' }, EXAMPLE_NOW),
    },
    wrong: {
      ...EMPTY,
      address: 'grace@bakkerij.example',
      passwordError: words.refusal({ refusal: 'credentials-wrong' }, EXAMPLE_NOW),
    },
    expired: {
      ...EMPTY,
      notice: { kind: 'info', sentence: words.t('sign-in.notice-expired') },
    },
  }),
};

/** Without address and password; and in the suggestions of the address field. */
function Passkey({ view, words: { t } }: { view: SignInView; words: Words }) {
  return (
    <PasskeyForm
      does="offer"
      action="/sign-in/passkey"
      options="/sign-in/passkey/options"
      hidden={{ address: '', 'return-to': view.returnTo }}
      button={t('passkey.sign-in')}
      kind={view.passkeyFirst ? 'primary' : 'quiet'}
      failed={t('passkey.failed-sign-in')}
      error={view.passkeyError}
      without={null}
    />
  );
}
