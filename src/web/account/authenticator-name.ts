import type { Words } from '#words/index.ts';
import type { IconName } from '#ui/icon.tsx';

const TYPES = ['totp', 'app', 'passkey', 'code-card', 'sms', 'backup-code'] as const;

/** "Authenticator app", "Text message": what a type is called where people read. */
export function typeName(type: string, { t }: Words): string {
  const known = TYPES.find((one) => one === type);
  return t(known ? `account.type-${known}` : 'account.type-other');
}

/** One authenticator by what tells it from the others: its label, the end of the number, the start of the code. */
export function nameOf(one: { type: string; label: string; hint: string }, words: Words): string {
  const { t } = words;
  if (one.type === 'sms' && one.hint) return t('account.sms-title', { hint: one.hint });
  if (one.type === 'backup-code' && one.hint) return t('account.backup-code-title', { hint: one.hint });
  const type = typeName(one.type, words);
  return one.label ? t('account.named', { type, label: one.label }) : type;
}

export function iconOf(type: string): IconName {
  if (type === 'sms') return 'message';
  if (type === 'backup-code' || type === 'code-card') return 'paper';
  return type === 'passkey' ? 'key' : 'phone';
}
