import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type ForgotView = { address: string; error: string | null; sent: boolean };

export const forgotPage: Page<ForgotView> = {
  name: 'forgot',
  title: (view, { t }) => t(view.sent ? 'sign-in.forgot-sent-heading' : 'sign-in.forgot-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words: { t }, frame }) =>
    view.sent ? (
      <DoorPage frame={frame} heading={t('sign-in.forgot-sent-heading')}>
        <Prose>
          <p>{t('sign-in.forgot-sent', { address: view.address })}</p>
          <p>{t('sign-in.forgot-sent-hint')}</p>
        </Prose>
        <Actions>
          <ButtonLink href="/sign-in">{t('sign-in.back-to-sign-in')}</ButtonLink>
        </Actions>
      </DoorPage>
    ) : (
      <DoorPage
        frame={frame}
        heading={t('sign-in.forgot-heading')}
        lead={t('sign-in.forgot-lead')}
        back={{ label: t('sign-in.back-to-sign-in'), href: '/sign-in' }}
      >
        <Form action="/forgot">
          <Field
            name="address"
            type="email"
            label={t('sign-in.address')}
            autocomplete="username"
            value={view.address}
            error={view.error}
            spellcheck={false}
            autofocus
            required
          />
          <Actions>
            <Button wide>{t('sign-in.forgot-submit')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    ),
  examples: (words) => ({
    empty: { address: '', error: null, sent: false },
    error: { address: 'grace', error: words.refusal({ refusal: 'address-invalid' }, EXAMPLE_NOW), sent: false },
    sent: { address: 'grace@bakkerij.example', error: null, sent: true },
  }),
};
