import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { VNode } from 'preact';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildAssets } from '#ui/assets.ts';
import { BackupCode } from '#ui/backup-code.tsx';
import { Button } from '#ui/button.tsx';
import { CheckBox } from '#ui/check-box.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { Document, renderDocument } from '#ui/document.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { PasswordField } from '#ui/password-field.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import type { UiTexts } from '#ui/texts.ts';
import { Countdown } from '#ui/time.tsx';

// Runs in a real browser, under the policy of the product: script and style from our own files only.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'";
const CODE = '7H2K-9MQD-XT4B-R0VW-3CFN';

const texts: UiTexts = {
  skipToContent: 'Skip',
  errorPrefix: 'Error:',
  optional: 'optional',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select it yourself.',
  download: 'Download',
  print: 'Print',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  language: 'Language',
  help: 'Help',
  myAccount: 'My account',
  signOut: 'Sign out',
  poweredBy: 'Nachtslot',
  stepOf: () => '',
};

const pages: Record<string, VNode> = {
  '/code': (
    <Form action="/posted">
      <CodeField label="6-digit code" clock />
      <Actions>
        <Button>Next</Button>
      </Actions>
    </Form>
  ),
  '/code-and-box': (
    <Form action="/posted">
      <CodeField label="6-digit code" />
      <CheckBox name="remember" label="Remember" />
      <Button>Verify</Button>
    </Form>
  ),
  '/slow': (
    <Form action="/slow-posted">
      <Button name="do" value="enable">
        Enable
      </Button>
    </Form>
  ),
  '/keep': (
    <main>
      <BackupCode
        label="Backup code"
        code={CODE}
        fileName="code.txt"
        fileText={`Keep: ${CODE}`}
        downloadAction="/posted"
      />
      <SecretText id="covered" label="Long code" value="ABCDEFGH" masked />
      <Form action="/posted">
        <PasswordField name="password" label="Password" />
        <Button>Sign in</Button>
      </Form>
      <Countdown seconds={2} done="Try again now.">
        in 2 seconds
      </Countdown>
    </main>
  ),
};

let posted: string[] = [];
let server: Server;
let browser: Browser;
let origin: string;

before(async () => {
  const assets = await buildAssets();
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = assets.files.get(path);
    if (file) return response.writeHead(200, { 'content-type': file.contentType }).end(file.body);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.method === 'POST') posted.push(body);
      const page = pages[path] ?? <p>{path}</p>;
      const html = renderDocument(
        <Document lang="en" title={path} texts={texts} assets={assets.links}>
          {page}
        </Document>,
      );
      const answer = () =>
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
          .end(html);
      setTimeout(answer, path === '/slow-posted' ? 700 : 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function open(path: string, options = {}): Promise<Page & AsyncDisposable> {
  posted = [];
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const page = await context.newPage();
  page.on('console', (message) => assert.notEqual(message.type(), 'error', message.text()));
  await page.goto(origin + path);
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
}

test('the sixth digit that is typed sends the form; a code that comes in one piece is left to the person', async () => {
  await using page = await open('/code');
  await page.getByLabel('6-digit code').pressSequentially('12345');
  assert.deepEqual(posted, []);
  await page.getByLabel('6-digit code').press('6');
  await page.waitForURL('**/posted');
  assert.deepEqual(posted, ['code=123456']);

  await page.goto(`${origin}/code`);
  await page.getByLabel('6-digit code').fill('654 321');
  await page.waitForTimeout(150);
  assert.equal(posted.length, 1);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**/posted');
  assert.equal(posted.at(-1), 'code=654+321');
});

test('what is no six digits is never sent by itself', async () => {
  await using page = await open('/code');
  for (const typed of ['12345678', '7H2K-9MQD', '12345a', '']) await page.getByLabel('6-digit code').fill(typed);
  await page.waitForTimeout(150);
  assert.deepEqual(posted, []);
});

test('where a box comes after the field, the person sends', async () => {
  await using page = await open('/code-and-box');
  await page.getByLabel('6-digit code').fill('123456');
  await page.waitForTimeout(150);
  assert.deepEqual(posted, []);
  await page.getByLabel('Remember').check();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.waitForURL('**/posted');
  assert.deepEqual(posted, ['code=123456&remember=yes']);
});

test('an impatient second click sends nothing; the first had the name of its button', async () => {
  await using page = await open('/slow');
  await clickTwice(page, false);
  await page.waitForURL('**/slow-posted');
  assert.deepEqual(posted, ['do=enable']);
});

test('a page that comes back from the cache of the browser is alive', async () => {
  await using page = await open('/slow');
  await clickTwice(page, true);
  const since = performance.now();
  // The second navigation takes the place of the first, so there is none to wait for.
  while (posted.length < 2 && performance.now() - since < 5000) await page.waitForTimeout(50);
  assert.deepEqual(posted, ['do=enable', 'do=enable']);
});

/** By the page itself: the driver would wait for the first click's answer. `pageshow` is what a kept page is told. */
function clickTwice(page: Page, keptBetween: boolean): Promise<void> {
  return page.evaluate((kept) => {
    const button = document.querySelector<HTMLButtonElement>('form button');
    button?.click();
    setTimeout(() => {
      if (kept) dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      button?.click();
    }, 250);
  }, keptBetween);
}

test('copying says so, in the button and to screen readers', async () => {
  await using page = await open('/keep');
  const copy = page.getByRole('button', { name: 'Copy' }).first();
  await copy.click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.getByRole('status').first().textContent(), 'Copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), CODE);
});

test('where copying is not allowed, the page says what to do instead', async () => {
  await using page = await open('/keep', { permissions: [] });
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await page.getByText('Select it yourself.').waitFor();
});

test('the file is made on the spot: the server is not asked for the secret again', async () => {
  await using page = await open('/keep');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'code.txt');
  const stream = await download.createReadStream();
  assert.equal(Buffer.concat(await Array.fromAsync(stream)).toString(), `Keep: ${CODE}`);
  assert.deepEqual(posted, []);
});

test('a password is shown on request, and sent as a password', async () => {
  await using page = await open('/keep');
  const field = page.getByLabel('Password', { exact: true });
  await page.getByRole('button', { name: 'Show password' }).click();
  assert.equal(await field.getAttribute('type'), 'text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  assert.equal(await field.getAttribute('type'), 'password');
});

test('a covered secret is uncovered by its button', async () => {
  await using page = await open('/keep');
  const code = page.locator('#covered code');
  assert.match((await code.getAttribute('class')) ?? '', /covered/);
  await page.getByRole('button', { name: 'Show', exact: true }).first().click();
  assert.doesNotMatch((await code.getAttribute('class')) ?? '', /covered/);
});

test('a countdown ends with what can be done then', async () => {
  await using page = await open('/keep');
  await page.locator('.countdown .said', { hasText: 'Try again now.' }).waitFor({ state: 'attached', timeout: 5000 });
});

test('without scripts nothing is covered, and no button is there that would do nothing', async () => {
  await using page = await open('/keep', { javaScriptEnabled: false });
  assert.deepEqual(await page.getByRole('button').allTextContents(), ['Download', 'Sign in']);
  assert.equal(await page.locator('.covered').count(), 0);
  await page.getByRole('button', { name: 'Download' }).click();
  await page.waitForURL('**/posted');
});
