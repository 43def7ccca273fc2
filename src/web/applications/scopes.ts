import type { Words } from '#words/index.ts';

const KNOWN = ['openid', 'profile', 'email', 'organisation', 'groups', 'assurance', 'offline_access'] as const;

/** What a scope tells, in words that finish the sentence "it is told …". */
export function scopeInWords(scope: string, { t }: Words): string {
  const known = KNOWN.find((one) => one === scope);
  return known ? t(`applications.scope-${known}`) : t('applications.scope-other', { scope });
}
