import { exportJWK, generateKeyPair } from 'jose';
import { createPayroll, type PayrollOptions } from '../src/app.ts';
import { startIssuer } from './issuer.ts';

export const PUBLIC_URL = new URL('https://payroll.example');

/** The payroll beside an issuer of tests, with a clock that can be moved. */
export async function startAll(more: Partial<PayrollOptions> = {}) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const clientKey = { key: privateKey, kid: 'payroll' };
  const issuer = await startIssuer({ clientId: 'payroll', clientKey: await exportJWK(publicKey) });
  const said: string[] = [];
  let aheadMs = 0;
  const app = createPayroll({
    issuer: new URL(issuer.url),
    clientId: 'payroll',
    clientKey,
    publicUrl: PUBLIC_URL,
    now: () => new Date(Date.now() + aheadMs),
    issuerNow: () => new Date(),
    log: (sentence) => said.push(sentence),
    ...more,
  });
  return {
    app,
    issuer,
    said,
    advance: (milliseconds: number) => void (aheadMs += milliseconds),
    browser: () => browserOf(app),
  };
}

export type Seen = { status: number; path: string; html: string; text: string; headers: Headers };

/** Keeps cookies, follows redirects also to the issuer, and posts with the origin that a page has. */
export function browserOf(app: ReturnType<typeof createPayroll>) {
  const cookies = new Map<string, string>();

  async function ask(to: URL, init: RequestInit = {}): Promise<Seen> {
    if (to.origin !== PUBLIC_URL.origin) {
      const away = await fetch(to, { redirect: 'manual' });
      const back = away.headers.get('location');
      if (!back) return seen(away, to);
      return ask(new URL(back));
    }
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await app.request(new Request(to, { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const on = response.headers.get('location');
    return on ? ask(new URL(on, to)) : seen(response, to);
  }

  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) => ask(new URL(path, PUBLIC_URL), { headers }),
    post: (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      ask(new URL(path, PUBLIC_URL), {
        method: 'POST',
        headers: { origin: PUBLIC_URL.origin, ...headers },
        body: new URLSearchParams(form),
      }),
  };
}

async function seen(response: Response, { pathname }: URL): Promise<Seen> {
  const html = await response.text();
  const text = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
  return { status: response.status, path: pathname, html, text, headers: response.headers };
}
