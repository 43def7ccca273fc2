import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBase32 } from '#authenticators/totp/base32.ts';
import { hotp, stepAt } from '#authenticators/totp/otp.ts';
import type { Assets } from '#ui/assets.ts';
import { keptIn } from './folder.ts';
import { type Demo, startDemo } from './start.ts';

const URL_OF_TESTS = new URL('http://localhost:3000');
/** Pages are asked for without their styles. */
const NO_ASSETS: Assets = {
  files: new Map(),
  links: { css: '', js: '', font: '', favicon: '' },
  app: { links: { css: '', js: '', font: '', icon: '', touchIcon: '' }, icons: [], worker: '' },
};

/** A demonstration in a folder of its own, with hashes that cost little, and the way to end it. */
export async function demoForTests(
  folder = mkdtempSync(join(tmpdir(), 'nachtslot-demo-test-')),
  payrollUrl: URL | null = null,
) {
  const demo = await startDemo({
    publicUrl: URL_OF_TESTS,
    payrollUrl,
    kept: keptIn(folder),
    assets: NO_ASSETS,
    hashing: { memoryKiB: 8, passes: 1, lanes: 1 },
    log: { info: () => {}, warn: console.warn, error: console.error },
  });
  const end = async () => {
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { demo, folder, end };
}

export type Seen = { status: number; path: string; text: string; html: string; json(): unknown };

/** A browser without a window: keeps cookies, follows redirects, posts forms with the origin that a page has. */
export function browserOf({ app }: Demo) {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Seen> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await app.fetch(new Request(new URL(path, URL_OF_TESTS), { ...init, headers }), '127.0.0.1');
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const to = response.headers.get('location');
    if (to) return ask(to);
    const html = await response.text();
    return {
      status: response.status,
      path: path.split('?')[0] ?? '',
      html,
      text: textOf(html),
      json: () => JSON.parse(html),
    };
  }

  return {
    cookies,
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        headers: { origin: URL_OF_TESTS.origin },
        body: new URLSearchParams(form),
      }),
    raw: ask,
  };
}

export type Browser = ReturnType<typeof browserOf>;

export function signIn(browser: Browser, { address, password }: { address: string; password: string }): Promise<Seen> {
  return browser.post('/sign-in', { address, password, 'return-to': '/' });
}

/** What an app shows at `wall`. */
export function codeOf(totpSecret: string, wall: Temporal.Instant): string {
  const secret = decodeBase32(totpSecret);
  if (!secret) throw new Error('not base 32');
  return hotp(secret, stepAt(wall));
}

/** What a person reads: no tags, single blanks. */
function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}
