import { type CodeForm, COMMON_FORM, type Names, PERIOD_SECONDS } from '../codes/entry.ts';
import { named } from './named.ts';
import { type Scan, unreadable } from './scan.ts';
import { readSecret } from './typed-key.ts';

/**
 * The *Key URI Format* that authenticator apps share: `otpauth://totp/Issuer:account?secret=…&issuer=…`. Read as
 * forgivingly as it can be without guessing: an unknown algorithm is refused, since wrong codes would be the only sign.
 */
export function readOtpauth(text: string): Scan {
  const [, type = '', label = '', query = ''] = /^otpauth:\/\/([^/?#]*)\/?([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  if (type.toLowerCase() === 'hotp') return unreadable('counter-based');
  if (type.toLowerCase() !== 'totp') return unreadable('broken-address');
  // Names of parameters in any case: some services write `Secret=`.
  const parameters = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));

  const secret = readSecret(parameters.get('secret') ?? '');
  if (typeof secret === 'string') return unreadable(secret);
  const form = readForm(parameters);
  if (typeof form === 'string') return unreadable(form);
  return { kind: 'otpauth', entry: { ...namesIn(label, parameters.get('issuer') ?? ''), ...form, secret } };
}

function readForm(parameters: ReadonlyMap<string, string>): CodeForm | 'algorithm' | 'digits' | 'period' {
  const algorithm = algorithmNamed(parameters.get('algorithm') || 'SHA1');
  if (!algorithm) return 'algorithm';
  const digits = Number(parameters.get('digits') || COMMON_FORM.digits);
  if (digits !== 6 && digits !== 7 && digits !== 8) return 'digits';
  const periodSeconds = Number(parameters.get('period') || COMMON_FORM.periodSeconds);
  const isPeriod =
    Number.isInteger(periodSeconds) && periodSeconds >= PERIOD_SECONDS.least && periodSeconds <= PERIOD_SECONDS.most;
  return isPeriod ? { algorithm, digits, periodSeconds } : 'period';
}

/** `SHA1`, `sha-256` and `HmacSHA512` are all in use. */
function algorithmNamed(text: string): CodeForm['algorithm'] | null {
  const bits = /^(?:hmac-?)?sha-?(1|256|512)$/i.exec(text.trim())?.[1];
  return bits === '1' ? 'SHA-1' : bits === '256' ? 'SHA-256' : bits === '512' ? 'SHA-512' : null;
}

/** The parameter wins over the label's first half, which is what other apps do. */
function namesIn(label: string, issuer: string): Names {
  const whole = decoded(label);
  const colon = whole.indexOf(':');
  const [before, after] = colon < 0 ? ['', whole] : [whole.slice(0, colon), whole.slice(colon + 1)];
  return { issuer: named(issuer || before), account: named(after) };
}

/** A lone `%` is no reason to refuse an account: then the label is shown as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
