import { once } from 'node:events';
import { createServer } from 'node:http';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { type Person, type Rig, rig } from '#test/support/rig.ts';

/** Nothing of a browser's own goes out: no updates, no sync, no experiments. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program on a port of this machine, a real Chromium, and a server of somebody else. */
export type Visited = {
  r: Rig;
  origin: string;
  context: BrowserContext;
  /** A page of somebody else, as a foreign site (`127.0.0.1`) or as a sibling of ours (another port of `localhost`). */
  attack(from: 'cross-site' | 'same-site', html: string): Promise<Page>;
};

export async function withBrowser(body: (visited: Visited) => Promise<void>): Promise<void> {
  let html = '';
  const evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  });
  const evilPort = await portOf(evil);
  const probe = createServer();
  const port = await portOf(probe);
  probe.close();
  await once(probe, 'close');
  const origin = `http://localhost:${port}`;
  const r = await rig({ publicUrl: origin });
  const server = await r.listen({ host: '127.0.0.1', port });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: QUIET });
  try {
    const context = await browser.newContext();
    const attack: Visited['attack'] = async (from, page) => {
      html = page;
      const tab = await context.newPage();
      // A hundred frames and more are drawn before such a page is there.
      const timeout = 120_000;
      await tab.goto(`http://${from === 'cross-site' ? '127.0.0.1' : 'localhost'}:${evilPort}/`, { timeout });
      await tab.waitForLoadState('networkidle', { timeout });
      return tab;
    };
    await body({ r, origin, context, attack });
  } finally {
    await browser.close();
    evil.close();
    await server.close();
  }
}

/** Password and code, typed. */
export async function signInByHand({ r, origin, context }: Visited, person: Person): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  r.advance('PT30S');
  await page.getByLabel('6-digit code').fill(person.code());
  // With scripts the sixth digit may send the form by itself.
  const verify = page.getByRole('button', { name: 'Verify' });
  await verify.click({ timeout: 3_000 }).catch(() => {});
  await page.waitForURL(`${origin}/`);
  return page;
}

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
