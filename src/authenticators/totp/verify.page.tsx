import { CodeField } from '#ui/code-field.tsx';
import type { VerifyScreen } from '../screen.ts';

export const verifyScreen: VerifyScreen = {
  way: 'sign-in.use-app',
  lead: 'sign-in.code-lead',
  send: null,
  Answer: ({ words: { t }, error }) => <CodeField label={t('sign-in.code')} error={error} autofocus clock />,
};
