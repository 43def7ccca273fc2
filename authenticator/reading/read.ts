import { readMigration } from './migration.ts';
import { readOtpauth } from './otpauth.ts';
import { type Scan, unreadable } from './scan.ts';

/** A QR code holds 4296 characters at most (ISO/IEC 18004, version 40-L). */
const MOST_CHARACTERS = 8192;
const PAIRING_PATH = /^\/authenticator\/pair$/;

/** What this text is: from a QR code, the clipboard or a hand. Never throws, whatever it is given. */
export function readScan(text: string): Scan {
  const trimmed = text.trim();
  if (trimmed === '') return unreadable('empty');
  if (trimmed.length > MOST_CHARACTERS) return unreadable('something-else');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === 'otpauth') return readOtpauth(trimmed);
  if (scheme === 'otpauth-migration') return readMigration(trimmed);
  if (scheme === 'https' || scheme === 'http') return readWebAddress(trimmed);
  return unreadable('something-else');
}

function readWebAddress(text: string): Scan {
  if (!URL.canParse(text)) return unreadable('something-else');
  const address = new URL(text);
  const isPairing = PAIRING_PATH.test(address.pathname) && address.hash.length > 1;
  return isPairing ? { kind: 'pairing', address } : unreadable('web-address');
}
