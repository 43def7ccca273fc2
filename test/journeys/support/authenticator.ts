import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { PushTransport } from '#outbox/transport.ts';
import type { App } from '#web/app.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { modulesOf, photograph } from '../../../authenticator/seeing/testing.ts';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** The program on a port of this machine; `stop` takes it off the net, as a tunnel does. */
export type House = {
  r: Rig;
  origin: string;
  /** The next version of the app: what the service worker is from now on. */
  changeWorker(how: (text: string) => string): void;
  stop(): Promise<void>;
};

export async function startHouse(options: { push?: PushTransport } = {}): Promise<House> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const origin = `http://localhost:${address.port}`;
  const r = await rig({ publicUrl: origin, ...options });
  r.setWall(null);
  let changed = (text: string) => text;
  const app: App = {
    routes: r.app.routes,
    fetch: async (request, peer) => {
      const answer = await r.app.fetch(request, peer);
      if (!request.url.endsWith('/sw.js')) return answer;
      const headers = new Headers(answer.headers);
      headers.delete('content-encoding');
      const plain = await r.app.fetch(new Request(request.url), peer);
      return new Response(changed(await plain.text()), { headers });
    },
  };
  const server = await r.listen({ host: '127.0.0.1', port: address.port }, app);
  let stopped = false;
  const stop = async () => {
    if (!stopped) await server.close();
    stopped = true;
  };
  return { r, origin, stop, changeWorker: (how) => (changed = how) };
}

/** A phone's browser; its camera sees a QR code with this text, or this film of a screen, if any. */
export async function startPhone(seen?: string | Buffer): Promise<{ browser: Browser; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'));
  const film = join(folder, 'camera.y4m');
  if (seen) writeFileSync(film, typeof seen === 'string' ? filmOf(seen) : seen);
  const camera = seen
    ? [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ]
    : [];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...QUIET, ...camera] });
  const stop = async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  };
  return { browser, stop };
}

/** The QR code is turned a little, as hands hold a phone. */
function filmOf(text: string): Buffer {
  const { data } = photograph(modulesOf(text), { width: WIDTH, height: HEIGHT, modulePixels: 7, degrees: 8 });
  const grey = Buffer.alloc(WIDTH * HEIGHT, 215);
  for (let at = 0; at < grey.length; at += 1) grey[at] = data[at * 4] ?? 0;
  return filmed(grey);
}

/** What a camera sees that is held before this page: its picture, in the shades of grey of a film. */
export async function filmOfScreen(page: Page): Promise<Buffer> {
  const picture = (await page.screenshot()).toString('base64');
  const desk = await page.context().newPage();
  const grey = await desk.evaluate(
    async ([text, width, height]) => {
      const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      const screen = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(width, height);
      const drawing = canvas.getContext('2d');
      if (!drawing) throw new Error('no canvas');
      const scale = Math.min(width / screen.width, height / screen.height);
      drawing.drawImage(screen, 0, 0, screen.width * scale, screen.height * scale);
      const { data } = drawing.getImageData(0, 0, width, height);
      const shades = Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 0);
      return btoa(shades.map((shade) => String.fromCharCode(shade)).join(''));
    },
    [picture, WIDTH, HEIGHT] as const,
  );
  await desk.close();
  return filmed(Buffer.from(grey, 'base64'));
}

const [WIDTH, HEIGHT] = [640, 480];

/** Two frames of a film without sound or colour (YUV4MPEG2). */
function filmed(grey: Buffer): Buffer {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420mpeg2\n`), frame, frame]);
}

export type Visitor = { page: Page; context: BrowserContext; complaints: string[] };

/** A profile of its own, with the app open. What the browser complains about, its policy included, is kept. */
export async function openApp(
  browser: Browser,
  { origin }: House,
  options = {},
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
  await prepare(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}/authenticator`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, context, complaints };
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click();
}

/** By hand: an address or a long code. */
export async function type(page: Page, text: string, names: { issuer?: string; account?: string } = {}): Promise<void> {
  await press(page, 'Add an account');
  await press(page, 'Type the long code');
  await page.getByLabel('Long code, or otpauth:// address').fill(text);
  if (names.issuer) await page.getByLabel('Service').fill(names.issuer);
  if (names.account) await page.getByLabel('Account name').fill(names.account);
  await press(page, 'Add');
}

export function card(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
}

/** The code on a card, and the one that follows, as digits. */
export async function codesOn(page: Page, name: string): Promise<{ now: string; next: string }> {
  const digits = async (selector: string) =>
    ((await card(page, name).locator(selector).textContent()) ?? '').replace(/\D/g, '');
  await card(page, name).locator('.code-press', { hasText: /\d/ }).waitFor();
  return { now: await digits('.code-press'), next: await digits('.code-next span') };
}

/**
 * Until the service worker has everything and answers for the page. One that was loaded while the worker took its pages
 * over can be left out for good; opened again, as people do, it is not.
 */
export async function kept(page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await isControlled(page)) return;
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  throw new Error('The service worker does not answer for the page');
}

function isControlled(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { serviceWorker } = navigator;
    const late = new Promise<false>((resolve) => setTimeout(resolve, 5_000, false));
    const taken = new Promise<true>((resolve) =>
      serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true }),
    );
    const ready = serviceWorker.ready.then(() => serviceWorker.controller !== null || taken);
    return Promise.race([ready, late]);
  });
}

export function said(page: Page, text: string): Promise<void> {
  return page.getByRole('status').filter({ hasText: text }).first().waitFor();
}
