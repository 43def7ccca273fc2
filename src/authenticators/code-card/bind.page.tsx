import { Field } from '#ui/field.tsx';
import type { PrintedScreen } from '../screen.ts';
import { linesOf } from './secret.ts';

export const bindScreen: PrintedScreen = {
  title: 'enrol.code-card-title',
  cost: 'enrol.code-card-cost',
  printHeading: 'enrol.code-card-heading',
  printLead: 'enrol.code-card-lead',
  codesOf: ({ secret }) => linesOf(secret),
  proveHeading: 'enrol.code-card-prove-heading',
  proveLead: 'enrol.code-card-prove-lead',
  Prove: ({ words: { t }, error }) => (
    <Field
      name="code"
      label={t('enrol.code-card-first')}
      hint={t('sign-in.code-card-hint')}
      error={error}
      autocomplete="off"
      spellcheck={false}
      maxlength={30}
      autofocus
      code
    />
  ),
};
