import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';
import { ReadOut } from './read-out.tsx';

/** What a link in a mail leads to. Opening it changes nothing (mail scanners open links); the button does. */
export type QuestionView = { ask: 'mailbox' | 'cancel'; action: string; number: string; done: boolean };

export const questionPage: Page<QuestionView> = {
  name: 'recovery-question',
  title: (view, { t }) => t(headingOf(view)),
  body: ({ view, words: { t }, frame }) =>
    view.done ? (
      <DoorPage frame={frame} heading={t('recovery.cancel-done-heading')} lead={t('recovery.cancel-done-lead')}>
        <Actions>
          <ButtonLink href="/forgot">{t('sign-in.not-me-new-password')}</ButtonLink>
          <ButtonLink href="/sign-in" kind="quiet">
            {t('sign-in.back-to-sign-in')}
          </ButtonLink>
        </Actions>
      </DoorPage>
    ) : (
      <DoorPage frame={frame} heading={t(headingOf(view))} lead={t(`recovery.${view.ask}-lead`)}>
        <ReadOut number={view.number} label={t('recovery.number')} hint={t(`recovery.${view.ask}-number-hint`)} />
        <Form action={view.action}>
          <Actions>
            <Button kind={view.ask === 'cancel' ? 'danger' : 'primary'} wide>
              {t(`recovery.${view.ask}-submit`)}
            </Button>
          </Actions>
        </Form>
      </DoorPage>
    ),
  examples: {
    mailbox: { ask: 'mailbox', action: '/recovery-mailbox/token', number: '481516', done: false },
    cancel: { ask: 'cancel', action: '/recovery-cancel/token', number: '481516', done: false },
    cancelled: { ask: 'cancel', action: '', number: '', done: true },
  },
};

function headingOf({ ask, done }: QuestionView) {
  return done ? 'recovery.cancel-done-heading' : (`recovery.${ask}-heading` as const);
}
