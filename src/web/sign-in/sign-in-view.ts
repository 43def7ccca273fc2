import type { Visit } from '../visit.ts';
import { lastUsedIn } from './last-used.ts';
import type { SignInView } from './sign-in.page.tsx';

export async function emptySignIn(visit: Visit, goingTo: string): Promise<SignInView> {
  const errand = await visit.errand(goingTo);
  const notice = NOTICES[visit.url.searchParams.get('notice') ?? ''];
  return {
    returnTo: goingTo,
    application: errand?.application.name ?? null,
    address: errand && looksLikeAddress(errand.loginHint) ? errand.loginHint : '',
    addressError: null,
    passwordError: null,
    passkeyError: null,
    passkeyFirst: lastUsedIn(visit) === 'passkey',
    notice: notice ? { kind: notice.kind, sentence: visit.words.t(`sign-in.notice-${notice.key}`) } : null,
  };
}

const NOTICES: Record<
  string,
  { kind: 'info' | 'success' | 'warn'; key: 'expired' | 'exhausted' | 'password-set' | 'signed-out' | 'recovered' }
> = {
  'attempt-expired': { kind: 'info', key: 'expired' },
  'attempt-exhausted': { kind: 'warn', key: 'exhausted' },
  'password-set': { kind: 'success', key: 'password-set' },
  'signed-out': { kind: 'success', key: 'signed-out' },
  recovered: { kind: 'success', key: 'recovered' },
  'recovery-over': { kind: 'warn', key: 'expired' },
};

export function looksLikeAddress(address: string): boolean {
  return address.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(address);
}
