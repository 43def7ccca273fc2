import { type Entry, PERIOD_SECONDS } from '../codes/entry.ts';
import { named } from '../reading/named.ts';
import { readSecret } from '../reading/typed-key.ts';

/** One account of an export file, or null where a newer app has written what this one cannot compute. */
export function readEntry(value: unknown): Entry | null {
  if (typeof value !== 'object' || value === null) return null;
  const { issuer, account, secret, algorithm, digits, period }: Record<string, unknown> = { ...value };
  const bytes = readSecret(String(secret));
  if (typeof bytes === 'string') return null;
  if (algorithm !== 'SHA-1' && algorithm !== 'SHA-256' && algorithm !== 'SHA-512') return null;
  if (digits !== 6 && digits !== 7 && digits !== 8) return null;
  if (typeof period !== 'number' || !Number.isInteger(period)) return null;
  if (period < PERIOD_SECONDS.least || period > PERIOD_SECONDS.most) return null;
  const names = { issuer: named(String(issuer)), account: named(String(account)) };
  return { ...names, secret: bytes, algorithm, digits, periodSeconds: period };
}
