import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A phone: it sees the screen with zbarimg, and computes with oathtool. Nothing of ours is in it. */
export async function scan(page: Page): Promise<{ secret: string; issuer: string; account: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-'));
  const picture = join(folder, 'screen.png');
  writeFileSync(picture, await page.screenshot({ fullPage: true }));
  const text = execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).trim();
  rmSync(folder, { recursive: true });
  const uri = new URL(text);
  const [, account = ''] = decodeURIComponent(uri.pathname.replace(/^\/+(totp\/)?/, '')).split(':');
  return { secret: uri.searchParams.get('secret') ?? '', issuer: uri.searchParams.get('issuer') ?? '', account };
}

/** The six digits that the app shows now, or showed `secondsAgo`. */
export function codeOf(secret: string, secondsAgo = 0): string {
  const at = new Date(Date.now() - secondsAgo * 1000).toISOString().replace('T', ' ').slice(0, 19);
  const args = ['--totp', '--base32', '--now', `${at} UTC`, secret];
  return execFileSync('oathtool', args, { encoding: 'utf8' }).trim();
}

/** Waits for a code that was not used yet: each is good once. */
export async function freshCodeOf(secret: string, used: string): Promise<string> {
  for (;;) {
    const code = codeOf(secret);
    if (code !== used) return code;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
