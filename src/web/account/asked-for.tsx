import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Words } from '#words/index.ts';

/** Somebody asks to get back into this account, while it is open here. */
export function AskedFor({ words: { t } }: { words: Words }) {
  return (
    <Notice kind="warn" heading={t('account.asked-for')}>
      <p>{t('account.asked-for-what')}</p>
      <Form action="/account/request/stop">
        <Actions>
          <Button kind="quiet">{t('account.asked-for-stop')}</Button>
        </Actions>
      </Form>
    </Notice>
  );
}
