import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { type Demo, type DemoPerson, startDemo } from './support/demo.ts';
import { EN, NL } from './support/names.ts';

// Nobody is forced to own a smartphone: a card is printed in a real browser, and used with its next number.
let browser: Browser;
let demo: Demo;
before(async () => {
  browser = await launchBrowser();
  demo = await startDemo();
});
after(async () => {
  await browser.close();
  await demo.stop();
});

test('without a smartphone: a card that fits one page, then the next number of it', async () => {
  const grace = demo.person('grace.okafor@quillwharf.example');
  const page = await newPage();
  await password(page, grace, EN);
  await page.getByRole('button', { name: EN.enable, exact: true }).click();
  await page.getByRole('radio', { name: 'I have no smartphone', exact: true }).check();
  await page.getByRole('button', { name: EN.next, exact: true }).click();
  await heading(page, 'Print your code card');
  await page.getByRole('button', { name: 'Print', exact: true }).waitFor();
  const codes = await page.locator('.card-codes code').allInnerTexts();
  assert.equal(codes.length, 20);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => document.fonts.ready);
  assert.equal(pagesOf(await page.pdf({ format: 'A4' })), 1);
  assert.equal(await page.getByRole('button', { name: 'I have my card', exact: true }).isVisible(), false);
  assert.ok(await page.locator('.card-codes').isVisible());
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'I have my card', exact: true }).click();
  await heading(page, 'Now use your card once');
  await card(page, 1, codes[1] ?? '', EN.next);
  await says(page, /not code number 1 of your newest card/);
  await card(page, 1, codes[0] ?? '', EN.next);
  await page.getByRole('button', { name: EN.skip, exact: true }).click();
  await heading(page, EN.backup);
  await says(page, /when your card is lost/);
  const kept = (await page.getByRole('group', { name: EN.backupValue, exact: true }).innerText()).trim();
  await page.getByRole('checkbox', { name: EN.saved, exact: true }).check();
  await page.getByLabel(EN.first, { exact: true }).fill(kept.slice(0, 4));
  await page.getByRole('button', { name: EN.finish, exact: true }).click();
  await heading(page, EN.done);
  await says(page, /your password and the next code of your card/);

  const again = await newPage();
  await password(again, grace, EN);
  await card(again, 2, codes[1] ?? '', EN.verify);
  await again.getByRole('button', { name: grace.name }).waitFor();
});

test('Geert’s card, in Dutch and on a small screen: number 7 is next', async () => {
  const geert = demo.person('geert.zonneveld@duizendkorrel.example');
  assert.equal(geert.cardCode?.number, 7);
  const page = await newPage({ width: 360, height: 740 });
  await password(page, geert, NL);
  await page.getByLabel('Code nummer 7 van je kaart', { exact: true }).fill(geert.cardCode.code.toLowerCase());
  await page.getByRole('button', { name: NL.verify, exact: true }).click();
  await page.goto(`${demo.origin}/account`);
  await says(page, /Nog 13 van 20 codes; de volgende is nummer 8/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} pixels wide`);
});

async function newPage(viewport = { width: 1280, height: 900 }): Promise<Page> {
  return (await browser.newContext({ viewport })).newPage();
}

async function password(page: Page, person: DemoPerson, say: typeof EN): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  const isShown = await page.getByLabel(say.address, { exact: true }).count();
  if (isShown === 0) await page.getByRole('button', { name: 'Nederlands', exact: true }).click();
  await page.getByLabel(say.address, { exact: true }).fill(person.email);
  await page.getByLabel(say.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: say.signIn, exact: true }).click();
}

async function card(page: Page, number: number, code: string, button: string): Promise<void> {
  await page.getByLabel(`Code number ${number} of your card`, { exact: true }).fill(code);
  await page.getByRole('button', { name: button, exact: true }).click();
}

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

async function says(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Pages of a PDF as Chromium writes it. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
