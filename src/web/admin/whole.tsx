import type { Refused } from '#core/refusal.ts';
import { Button } from '#ui/button.tsx';
import { Actions } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Words } from '#words/index.ts';

/**
 * Above a form, what is wrong with the whole of it. Nothing is lost where the proof got too old: it is given in another
 * tab, and this page is sent again.
 */
export function Whole({ refused, now, words }: { refused: Refused; now: Temporal.Instant; words: Words }) {
  const { t } = words;
  if (refused.refusal !== 'fresh-proof-required')
    return (
      <Notice kind="error" announce>
        <p>{words.refusal(refused, now)}</p>
      </Notice>
    );
  return (
    <Notice kind="warn" heading={t('admin.stale-heading')} announce>
      <p>{t('admin.stale-lead')}</p>
      <form method="post" action="/account/confirm" target="_blank">
        <input type="hidden" name="return-to" value="/admin/confirmed" />
        <Actions>
          <Button kind="quiet">{t('admin.stale-button')}</Button>
        </Actions>
      </form>
    </Notice>
  );
}
