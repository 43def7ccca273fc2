import { pairedScreen as appBinding, verifyScreen as app } from './app/screens.ts';
import { verifyScreen as backupCode } from './backup-code/verify.page.tsx';
import { bindScreen as codeCardBinding } from './code-card/bind.page.tsx';
import { verifyScreen as codeCard } from './code-card/verify.page.tsx';
import { verifyScreen as password } from './password/verify.page.tsx';
import { ceremonyScreen, verifyScreen as passkey } from './passkey/screens.ts';
import type { BindScreen, VerifyScreen } from './screen.ts';
import { verifyScreen as sms } from './sms/verify.page.tsx';
import { bindScreen as totpBinding } from './totp/bind.page.tsx';
import { verifyScreen as totp } from './totp/verify.page.tsx';

/** How each type looks. Apart from `index.ts`, so that what checks a code never loads what draws a page. */
export const verifyScreens: Record<string, VerifyScreen> = {
  app,
  totp,
  passkey,
  'code-card': codeCard,
  sms,
  'backup-code': backupCode,
  password,
};

export const bindScreens: Record<string, BindScreen> = {
  app: appBinding,
  totp: totpBinding,
  passkey: ceremonyScreen,
  'code-card': codeCardBinding,
};
