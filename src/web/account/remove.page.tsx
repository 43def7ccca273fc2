import { Button, ButtonLink, PostLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Page } from '../page.ts';
import { nameOf } from './authenticator-name.ts';

export type RemoveView = {
  id: string;
  type: string;
  label: string;
  hint: string;
  /** Without it there is no second step any more. */
  isLast: boolean;
  /** A campaign asks for it: it stays. */
  needed: boolean;
};

/** Says what goes with it before anything goes. */
export const removePage: Page<RemoveView> = {
  name: 'account-remove',
  title: (view, words) => words.t('account.remove-heading', { name: nameOf(view, words) }),
  hasError: (view) => view.needed,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const name = nameOf(view, words);
    const back = { label: t('account.heading'), href: '/account' };
    if (view.needed)
      return (
        <DoorPage frame={frame} heading={t('account.remove-heading', { name })} back={back}>
          <Notice kind="error" heading={t('account.remove-forbidden')} announce>
            <p>{t('refusals.authenticator-required')}</p>
          </Notice>
          <Actions>
            <ButtonLink href="/account">{t('portal.look')}</ButtonLink>
            <PostLink action="/account/move" kind="quiet">
              {t('account.move')}
            </PostLink>
          </Actions>
        </DoorPage>
      );
    const what = view.isLast ? 'last' : view.type === 'sms' ? 'sms' : 'one';
    return (
      <DoorPage
        frame={frame}
        heading={t('account.remove-heading', { name })}
        lead={t(`account.remove-${what}`)}
        back={back}
      >
        <Form action="/account/authenticators/remove" hidden={{ id: view.id }}>
          <Actions>
            <Button kind="danger">{t('account.remove')}</Button>
            <ButtonLink href="/account" kind="quiet">
              {t('account.keep')}
            </ButtonLink>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    last: example({ isLast: true }),
    one: example({}),
    sms: example({ type: 'sms', label: '', hint: '123' }),
    needed: example({ isLast: true, needed: true }),
  },
  person: true,
};

function example(view: Partial<RemoveView>): RemoveView {
  return { id: 'a1', type: 'totp', label: 'Work phone', hint: '', isLast: false, needed: false, ...view };
}
