import { CodeField } from '#ui/code-field.tsx';
import type { VerifyScreen } from '../screen.ts';

export const verifyScreen: VerifyScreen = {
  way: 'sign-in.text-me',
  lead: 'sign-in.sms-lead',
  send: { button: 'sign-in.send-text', again: 'sign-in.send-text-again' },
  Answer: ({ words: { t }, error, sentTo }) => (
    <CodeField
      label={t('sign-in.sms-code')}
      hint={t('sign-in.sms-sent', { number: sentTo ?? '' })}
      error={error}
      autofocus
    />
  ),
};
