import type { AuthenticatorType } from '#core/authenticator.ts';
import { type AppType, createApp } from './app/index.ts';
import { type BackupCodeType, createBackupCode } from './backup-code/index.ts';
import { type Challenges, createChallenges } from './challenge.ts';
import { type CodeCardType, createCodeCard } from './code-card/index.ts';
import { deriveKey, type KeyUse } from './keys.ts';
import { createPasskey, type PasskeyType } from './passkey/index.ts';
import { createPassword, type PasswordType } from './password/index.ts';
import { createHashGate, createPepperedHash, type HashCost, type Peppers } from './peppered-hash.ts';
import { type RandomBytes, systemRandom } from './random.ts';
import { createSms, type SmsType } from './sms/index.ts';
import { createTotp, isCurrentCode, type TotpType } from './totp/index.ts';
import { makeSecret } from './totp/secret.ts';

export type AuthenticatorTypes = {
  /** Every type there is. */
  list: readonly AuthenticatorType[];
  byType(type: string): AuthenticatorType | null;
  password: PasswordType;
  totp: TotpType;
  app: AppType;
  passkey: PasskeyType;
  codeCard: CodeCardType;
  sms: SmsType;
  backupCode: BackupCodeType;
  /** Codes that are sent: text messages, and the mailed guard of a late enrolment. */
  challenges: Challenges;
};

/** The only list of authenticator types. `hashing` is for tests, which have no time for real hashes. */
export function createAuthenticatorTypes(
  options: Peppers & { hashing?: HashCost; hashesAtOnce?: number; random?: RandomBytes },
): AuthenticatorTypes {
  const random = options.random ?? systemRandom;
  const gate = createHashGate(options.hashesAtOnce);
  const hashes = (use: KeyUse) => createPepperedHash(use, options, gate, options.hashing);
  const challenges = createChallenges(deriveKey(options.pepper, 'challenge'), random);

  const password = createPassword(hashes('password'));
  const totp = createTotp(challenges, random);
  const app = createApp(() => makeSecret(random), random);
  const passkey = createPasskey();
  const sms = createSms(challenges, isCurrentCode);
  const backupCode = createBackupCode(hashes('backup-code'), random);

  const codeCard = createCodeCard(hashes('code-card'), random);

  const list = [password, app, totp, passkey, codeCard, sms, backupCode];
  const byType = (type: string) => list.find((one) => one.type === type) ?? null;
  return { list, byType, password, app, totp, passkey, codeCard, sms, backupCode, challenges };
}
