import { PasswordField } from '#ui/password-field.tsx';
import type { VerifyScreen } from '../screen.ts';

export const verifyScreen: VerifyScreen = {
  way: 'sign-in.use-password',
  lead: 'sign-in.password-again-lead',
  send: null,
  Answer: ({ words: { t }, error }) => (
    <PasswordField
      name="code"
      label={t('sign-in.password')}
      autocomplete="current-password"
      error={error}
      autofocus
      required
    />
  ),
};
