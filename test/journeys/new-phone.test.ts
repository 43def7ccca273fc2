import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { type Demo, type DemoPerson, startDemo } from './support/demo.ts';
import { EN } from './support/names.ts';
import { codeOf, freshCodeOf, scan } from './support/phone.ts';

// A new phone, and the old one is still in the other hand: moved in a real browser, with a real QR scanner and a real code
// generator. What the old phone could do is over, and so is everything that was open elsewhere.
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

test('Priya moves to a new phone: the old codes end, every other device is out, and she is told', async () => {
  const priya = demo.person('priya.raman@quillwharf.example');
  const old = priya.totpSecret ?? '';
  assert.ok(old, 'her old phone');

  // At home, on a device that is remembered, and another that is half way in.
  const home = await newPage();
  await password(home, priya);
  await home.getByRole('checkbox', { name: EN.remember, exact: true }).check();
  const first = codeOf(old);
  await code(home, first);
  await inside(home, priya);
  await home.getByRole('button', { name: priya.name }).click();
  await home.getByRole('button', { name: EN.signOut, exact: true }).click();
  await password(home, priya);
  await inside(home, priya); // the device stands in for the code
  const halfway = await newPage();
  await password(halfway, priya);
  await halfway.getByLabel(EN.code, { exact: true }).waitFor();
  const mailsBefore = (await demo.messages(priya.email)).length;

  // At work she signs in with the old phone, and moves. The second step is a moment old: nothing is asked again.
  const work = await newPage();
  await password(work, priya);
  const second = await freshCodeOf(old, first);
  await code(work, second);
  await inside(work, priya);
  await work.goto(`${demo.origin}/account`);
  await work.getByRole('button', { name: 'Move to a new phone', exact: true }).click();
  await heading(work, EN.choose);
  await work.getByRole('radio', { name: EN.otherApp, exact: true }).check();
  await work.getByRole('button', { name: EN.next, exact: true }).click();
  await heading(work, EN.scan);
  const { secret, account } = await scan(work);
  assert.equal(account, priya.email);
  assert.notEqual(secret, old);

  // Until the new phone is proved, the old one is what counts.
  assert.equal((await demo.messages(priya.email)).length, mailsBefore);
  await home.goto(`${demo.origin}/account`);
  await heading(home, 'My account');

  await work.getByRole('button', { name: EN.next, exact: true }).click();
  const proving = codeOf(secret);
  await work.getByLabel(EN.code, { exact: true }).fill(proving);
  await work.getByRole('button', { name: EN.next, exact: true }).click();
  await heading(work, 'Your new phone is set up');
  await says(work, /Codes from your old phone don't work any more/);

  // She stays in where she did it; everywhere else she is out, the remembered device too.
  await work.goto(`${demo.origin}/account`);
  await heading(work, 'My account');
  await home.goto(`${demo.origin}/account`);
  await heading(home, EN.signIn);
  await password(home, priya);
  await home.getByLabel(EN.code, { exact: true }).waitFor();
  await code(home, await freshCodeOf(old, second));
  await says(home, /not the right code/);
  await code(home, await freshCodeOf(secret, proving));
  await inside(home, priya);
  // The sign-in that was half way in is over: not even the right code opens it.
  await code(halfway, codeOf(secret));
  await heading(halfway, EN.signIn);

  const told = await mailsOf(priya, mailsBefore);
  assert.deepEqual(
    told.map(({ subject }) => subject),
    ['Somebody gave a wrong code', 'Two-step verification: your second step was replaced'],
  );
  const [, moved] = told;
  assert.match(moved?.text ?? '', /The earlier one no longer works, and every other device has been signed out/);
  assert.ok(moved?.links.some((link) => new URL(link).pathname.startsWith('/not-me/')));
});

async function newPage(): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function password(page: Page, person: DemoPerson): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  await page.getByLabel(EN.address, { exact: true }).fill(person.email);
  await page.getByLabel(EN.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: EN.signIn, exact: true }).click();
}

async function code(page: Page, digits: string): Promise<void> {
  await page.getByLabel(EN.code, { exact: true }).fill(digits);
  await page.getByRole('button', { name: EN.verify, exact: true }).click();
}

/** The mails that came since; the outbox sends a moment later. */
async function mailsOf({ email }: DemoPerson, before: number) {
  for (let tries = 0; ; tries += 1) {
    const all = await demo.messages(email);
    if (all.length > before + 1 || tries > 40) return all.slice(0, all.length - before);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function inside(page: Page, person: DemoPerson): Promise<void> {
  await page.getByRole('button', { name: person.name }).waitFor();
}

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

async function says(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}
