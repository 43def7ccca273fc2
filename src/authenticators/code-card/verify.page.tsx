import { Field } from '#ui/field.tsx';
import { Notice } from '#ui/notice.tsx';
import type { VerifyScreen } from '../screen.ts';

export const verifyScreen: VerifyScreen = {
  way: 'sign-in.use-code-card',
  lead: 'sign-in.code-card-lead',
  send: null,
  Answer: ({ words: { t }, error, card }) => (
    <>
      {card?.isLow && <Notice kind="warn">{t('sign-in.code-card-low', { count: card.left })}</Notice>}
      <Field
        name="code"
        label={t('sign-in.code-card-number', { number: card?.next ?? 1 })}
        hint={t('sign-in.code-card-hint')}
        error={error}
        autocomplete="off"
        spellcheck={false}
        maxlength={30}
        autofocus
        code
      />
    </>
  ),
};
