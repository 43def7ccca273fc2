import { Field } from '#ui/field.tsx';
import type { VerifyScreen } from '../screen.ts';

export const verifyScreen: VerifyScreen = {
  way: 'sign-in.use-backup-code',
  lead: 'sign-in.backup-code-lead',
  send: null,
  Answer: ({ words: { t }, error }) => (
    <Field
      name="code"
      label={t('sign-in.backup-code')}
      hint={t('sign-in.backup-code-hint')}
      error={error}
      autocomplete="off"
      spellcheck={false}
      maxlength={60}
      autofocus
      code
    />
  ),
};
