import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import type { AxeResults } from 'axe-core';
import { exportJWK, generateKeyPair } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { ACR } from '../../clients/typescript/src/index.ts';
import { createPayroll } from '../../examples/payroll/src/app.ts';
import { type Issuer, seconds, startIssuer } from '../../examples/payroll/test/issuer.ts';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { freePort } from './support/demo.ts';

// Every page of payroll and every state of it, in both languages, light and dark, at 320 and at 1280 px: axe-core finds
// nothing, and nothing makes the page scroll sideways. It is what customers see first.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let issuer: Issuer;
let url: URL;
let end: () => Promise<void>;

before(async () => {
  browser = await launchBrowser();
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  issuer = await startIssuer({ clientId: 'payroll', clientKey: await exportJWK(publicKey) });
  url = new URL(`http://localhost:${await freePort()}`);
  const clientKey = { key: privateKey, kid: 'payroll' };
  const payroll = createPayroll({ issuer: new URL(issuer.url), publicUrl: url, clientId: 'payroll', clientKey });
  const server = createAdaptorServer({ fetch: payroll.fetch }).listen(Number(url.port), '127.0.0.1');
  end = async () => {
    await browser.close();
    server.close();
    await issuer.close();
  };
});
after(() => end());

for (const width of [320, 1280])
  for (const colorScheme of ['light', 'dark'] as const)
    for (const locale of ['en-GB', 'nl-NL']) {
      test(`payroll at ${width} px, ${colorScheme}, ${locale}`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, locale });
        const found: string[] = [];
        await everyState(await context.newPage(), `${width}${colorScheme}${locale}`, async (page, state) => {
          found.push(...(await violations(page)).map((what) => `${state}: ${what}`));
        });
        await context.close();
        assert.deepEqual(found, []);
      });
    }

async function everyState(page: Page, sub: string, look: (page: Page, state: string) => Promise<void>) {
  const go = async (path: string, state: string) => {
    await page.goto(new URL(path, url).href);
    await look(page, state);
  };
  const save = async (iban: string, state: string) => {
    await page.locator('#iban').fill(iban);
    await page.locator('.fields button').click();
    await look(page, state);
  };
  const claims = {
    name: 'Annemarie van der Westerlaken-Oude Hengel',
    organisations: [{ id: 'quillwharf' }, { id: 'duizendkorrel' }],
    device_remembered: false,
  };
  await go('/', 'front page');
  issuer.tell({ sub, claims: { ...claims, enrolment_due: '2027-01-06' } });
  await go('/sign-in', 'payslips, two steps due');
  await page.locator('.latest a').first().click();
  await look(page, 'one payslip');
  await go('/bank-account', 'too weak');
  issuer.tell({ sub, acr: ACR.mfa, claims: { ...claims, authenticators_changed_at: seconds() - 60 } });
  await go('/bank-account', 'bank account, a change will wait');
  await save('GB82 WEST 1234 5698 7654 23', 'wrong account number');
  await save('GB82 WEST 1234 5698 7654 32', 'held');
  assert.equal(await page.locator('.held').count(), 1);
  issuer.tell({ sub, acr: ACR.mfa, claims });
  await go('/bank-account', 'held, and nothing new to wait for');
  await save('NL91 ABNA 0417 1643 00', 'saved');
  assert.equal(await page.locator('.note.good').count(), 1);
  await go('/nowhere', 'no such page');
  await go('/signed-out', 'signed out');
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  const extra = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${String(target)}`),
  );
  return extra > 0 ? [...found, `${extra} px wider than the window`] : found;
}
