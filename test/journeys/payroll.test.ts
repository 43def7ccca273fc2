import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { type Demo, type DemoPerson, startDemo } from './support/demo.ts';
import { withMouse } from './support/hands.ts';
import { EN, NL } from './support/names.ts';
import { codeOf, freshCodeOf, scan } from './support/phone.ts';

// An application of somebody else, in a real browser: it sends people to us and gets them back, knows how strongly and
// how freshly they were verified, and hears when they leave.
let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const ACCOUNT = 'GB82 WEST 1234 5698 7654 32';
const PAYROLL = {
  en: { payslips: 'Payslips', open: /^Open the payslip/, bank: 'My bank account', iban: 'New account number (IBAN)' },
  nl: { payslips: 'Loonstroken', open: /^Loonstrook openen/, bank: 'Mijn bankrekening' },
};

async function journey(options: BrowserContextOptions, walk: (demo: Demo, page: Page) => Promise<void>) {
  const demo = await startDemo();
  const context = await browser.newContext(options);
  const page = await context.newPage();
  try {
    await walk(demo, page);
  } catch (error) {
    console.error(`at ${page.url()}: ${await page.locator('main').innerText()}`);
    throw error;
  } finally {
    await context.close();
    await demo.stop();
  }
}

test('a password and “later” open a payslip; the bank account has the wizard done first, and then waits', () =>
  journey({}, async (demo, page) => {
    const hands = withMouse(page);
    const grace = demo.person('grace.okafor@quillwharf.example');
    await page.goto(demo.payroll);
    await hands.press('link', EN.signIn);
    await fillIn(page, grace, EN);
    await heading(page, EN.invitation);
    await hands.press('button', EN.later);
    await heading(page, PAYROLL.en.payslips);
    assert.ok(page.url().startsWith(demo.payroll));
    await page.getByText(/Two-step verification is due by/).waitFor();
    await page.getByRole('link', { name: PAYROLL.en.open }).click();
    await heading(page, /^Payslip /);

    await hands.press('link', PAYROLL.en.bank);
    await heading(page, EN.choose);
    assert.ok(page.url().startsWith(demo.origin), '“later” is no answer here');
    const { secret, used } = await enrol(page);
    await heading(page, EN.done);
    await hands.press('link', EN.continue);
    await heading(page, PAYROLL.en.bank);
    assert.ok(page.url().startsWith(demo.payroll));
    await page
      .getByText(/A change that you make now waits until .* because the way you confirm it’s you changed/)
      .waitFor();

    await hands.fill(PAYROLL.en.iban, 'GB82 WEST 1234 5698 7654 23');
    await hands.press('button', 'Save');
    await page.getByText(/does not add up/).waitFor();
    await hands.fill(PAYROLL.en.iban, ACCOUNT);
    await hands.press('button', 'Save');
    await page.getByRole('heading', { name: 'Your new account waits' }).waitFor();
    await page.getByText(/^Held until/).waitFor();
    assert.equal(await page.getByText(/Two-step verification is due by/).count(), 0);

    await demo.advance('P3D');
    await page.goto(`${demo.payroll}/bank-account`);
    await fillIn(page, grace, EN);
    await hands.fill(EN.code, await freshCodeOf(secret, used));
    await hands.press('button', EN.verify);
    await heading(page, PAYROLL.en.bank);
    await page.getByRole('region', { name: 'Your wages go to' }).getByText(ACCOUNT).waitFor();
    assert.equal(await page.getByText(/Held until|waits until/).count(), 0, 'it came into force by itself');
  }));

test('a remembered device opens payslips, and is no second step for the bank account', () =>
  journey({}, async (demo, page) => {
    const hands = withMouse(page);
    const priya = demo.person('priya.raman@quillwharf.example');
    const secret = priya.totpSecret ?? '';
    const used = codeOf(secret);
    await page.goto(`${demo.origin}/sign-in`);
    await fillIn(page, priya, EN);
    await hands.tick('checkbox', EN.remember);
    await hands.fill(EN.code, used);
    await hands.press('button', EN.verify);
    await hands.press('button', priya.name);
    await hands.press('button', EN.signOut);

    await page.goto(`${demo.payroll}/payslips`);
    await fillIn(page, priya, EN);
    await heading(page, PAYROLL.en.payslips);
    await hands.press('link', PAYROLL.en.bank);
    await hands.fill(EN.code, await freshCodeOf(secret, used));
    await hands.press('button', EN.verify);
    await heading(page, PAYROLL.en.bank);
    assert.equal(await page.getByText(/waits until/).count(), 0, 'nothing of hers has changed lately');
    await hands.fill(PAYROLL.en.iban, ACCOUNT);
    await hands.press('button', 'Save');
    await page.getByText('Saved. Your next wages go to this account.').waitFor();

    await demo.advance('PT6M');
    await hands.press('link', PAYROLL.en.payslips);
    await heading(page, PAYROLL.en.payslips);
    await hands.press('link', PAYROLL.en.bank);
    await page.getByLabel(EN.code, { exact: true }).waitFor();
  }));

test('whoever signs out everywhere is out of payroll within a second', () =>
  journey({}, async (demo, page) => {
    const hands = withMouse(page);
    const priya = demo.person('priya.raman@quillwharf.example');
    await page.goto(`${demo.payroll}/payslips`);
    await fillIn(page, priya, EN);
    await hands.fill(EN.code, codeOf(priya.totpSecret ?? ''));
    await hands.press('button', EN.verify);
    await heading(page, PAYROLL.en.payslips);

    await page.goto(`${demo.origin}/account`);
    await hands.press('button', 'Sign out everywhere');
    await heading(page, EN.signIn);
    const out = performance.now();
    // Payroll's own front page shows who is in without asking anybody else.
    for (;;) {
      await page.goto(demo.payroll);
      if (new URL(page.url()).pathname === '/') break;
      assert.ok(performance.now() - out < 1000, 'payroll was not told within a second');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }));

test('signing out of payroll signs out of both', () =>
  journey({}, async (demo, page) => {
    const hands = withMouse(page);
    const amir = demo.person('amir.rahimi@quillwharf.example');
    await page.goto(`${demo.payroll}/payslips`);
    await fillIn(page, amir, EN);
    await heading(page, PAYROLL.en.payslips);
    await hands.press('button', EN.signOut);
    await page.getByText(/You are signed out/).waitFor();
    assert.equal(new URL(page.url()).origin, demo.payroll);
    await page.goto(`${demo.origin}/account`);
    await heading(page, EN.signIn);
  }));

test('in Dutch, and without JavaScript', () =>
  journey({ locale: 'nl-NL', javaScriptEnabled: false }, async (demo, page) => {
    const hands = withMouse(page);
    const sanne = demo.person('sanne.de.boer@duizendkorrel.example');
    await page.goto(demo.payroll);
    await hands.press('link', NL.signIn);
    await fillIn(page, sanne, NL);
    await heading(page, NL.invitation);
    await hands.press('button', NL.later);
    await heading(page, PAYROLL.nl.payslips);
    await page.getByText(/Stel tweestapsverificatie in, uiterlijk/).waitFor();
    await page.getByRole('link', { name: PAYROLL.nl.open }).click();
    await heading(page, /^Loonstrook /);
    await hands.press('link', PAYROLL.nl.bank);
    await heading(page, NL.choose);
  }));

async function fillIn(page: Page, person: DemoPerson, names: typeof EN): Promise<void> {
  const hands = withMouse(page);
  await hands.fill(names.address, person.email);
  await hands.fill(names.password, person.password);
  await hands.press('button', names.signIn);
}

/** The whole wizard, without a number. */
async function enrol(page: Page): Promise<{ secret: string; used: string }> {
  const hands = withMouse(page);
  await hands.tick('radio', EN.otherApp);
  await hands.press('button', EN.next);
  await heading(page, EN.scan);
  const { secret } = await scan(page);
  await hands.press('button', EN.next);
  const used = codeOf(secret);
  await hands.fill(EN.code, used);
  await hands.press('button', EN.next);
  await heading(page, EN.sms);
  await hands.press('button', EN.skip);
  await heading(page, EN.backup);
  const backup = await page.getByLabel(EN.backupValue, { exact: true }).innerText();
  await hands.tick('checkbox', EN.saved);
  await hands.fill(EN.first, backup.slice(0, 4));
  await hands.press('button', EN.finish);
  return { secret, used };
}

async function heading(page: Page, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string';
  await page.getByRole('heading', { name, level: 1, exact }).waitFor({ timeout: 15_000 });
}
