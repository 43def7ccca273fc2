import assert from 'node:assert/strict';
import type { Answered, Jar } from './jar.ts';
import { shownCode } from './roads.ts';

/** The codes on the page that prints a card, in the order of their numbers. */
export function codesOn(page: Answered): string[] {
  return [...page.text.matchAll(/<code class="notranslate">([0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/g)].map(
    ([, code]) => code ?? '',
  );
}

/** Through an open wizard with a card; answers its codes and the backup code. */
export async function enrolWithCard(jar: Jar): Promise<{ codes: string[]; backupCode: string; page: Answered }> {
  const codes = await printCard(jar);
  const keep = await jar.submit('/enrol/sms/skip');
  const backupCode = shownCode(keep);
  assert.ok(backupCode, keep.text.slice(0, 300));
  const page = await jar.submit('/enrol/backup-code', { saved: 'yes', locator: backupCode.slice(0, 4) });
  return { codes, backupCode, page };
}

/** The steps about the card: chosen, printed, proved with its first code. */
export async function printCard(jar: Jar): Promise<string[]> {
  const codes = codesOn(await jar.submit('/enrol/choice', { choice: 'code-card' }));
  await jar.submit('/enrol/scanned');
  const next = await jar.submit('/enrol/code', { code: codes[0] ?? '' });
  assert.ok(next.status < 400, next.text.slice(0, 300));
  return codes;
}
