import { useEffect, useState } from 'preact/hooks';
import { codeOf, stepAt } from '../codes/totp.ts';
import type { Account } from '../keeping/vault.ts';

export type Codes = { now: string; next: string };

/** This step's code and the one that follows; null while the first is being computed. Never one of another step. */
export function useCodes(account: Account, at: number): Codes | null {
  const step = stepAt(at, account);
  const [codes, setCodes] = useState<(Codes & { step: number; key: CryptoKey }) | null>(null);
  useEffect(() => {
    let left = false;
    const compute = async () => {
      const [now, next] = await Promise.all([
        codeOf(account.key, step, account),
        codeOf(account.key, step + 1, account),
      ]);
      if (!left) setCodes({ now, next, step, key: account.key });
    };
    void compute();
    return () => {
      left = true;
    };
  }, [account.key, step]);
  if (codes?.key !== account.key) return null;
  if (codes.step === step) return codes;
  // The new one takes a moment; it was computed before, as the next.
  return codes.step + 1 === step ? { now: codes.next, next: '' } : null;
}
