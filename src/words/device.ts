import type { Translate } from './translate.ts';

/** A browser and a system by their common names, or null for what is not on the lists. */
export type Device = { browser: string | null; system: string | null };

/** "Chrome on Windows": what a person recognises a device by. */
export function deviceInWords(userAgent: string, { t }: { t: Translate }): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return t('mail.browser-on-system', { browser, system });
  return browser ?? system ?? t('mail.unknown-device');
}

/**
 * Recognises the common ones and echoes nothing: the header is whatever the other side sends, and text of a stranger's
 * choice has no place in a mail (P-18). First match wins: most browsers also claim to be another one.
 */
export function deviceOf(userAgent: string): Device {
  const first = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}

const BROWSERS = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
] as const;

const SYSTEMS = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;
