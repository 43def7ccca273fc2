import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { type Demo, type DemoPerson, startDemo } from './support/demo.ts';
import { type Hands, withKeyboard, withMouse } from './support/hands.ts';
import { EN, NL } from './support/names.ts';
import { codeOf, freshCodeOf, scan } from './support/phone.ts';

// The road that this product was made for, in a real browser, with a real QR scanner and a real code generator: later,
// later, the deadline, Enable, QR, code, number or none, backup code typed back, out, in with a code, remembered, forgotten.
let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

type Way = {
  names: typeof EN;
  hands(page: Page): Hands;
  options: BrowserContextOptions;
  withSms: boolean;
  email: string;
};
const GRACE = 'grace.okafor@quillwharf.example';
const SANNE = 'sanne.de.boer@duizendkorrel.example';

const WAYS: Record<string, Way> = {
  'in English, no number': { names: EN, hands: withMouse, options: {}, withSms: false, email: GRACE },
  'in Dutch, with a number': { names: NL, hands: withMouse, options: { locale: 'nl-NL' }, withSms: true, email: SANNE },
  'without JavaScript, with a number': {
    names: EN,
    hands: withMouse,
    options: { javaScriptEnabled: false },
    withSms: true,
    email: GRACE,
  },
  'with the keyboard alone': { names: EN, hands: withKeyboard, options: {}, withSms: false, email: GRACE },
};

for (const [how, way] of Object.entries(WAYS)) {
  test(`from a password to two steps ${how}`, async () => {
    const demo = await startDemo();
    const context = await browser.newContext(way.options);
    const page = await context.newPage();
    try {
      await walk(demo, page, way);
    } catch (error) {
      console.error(`at ${page.url()}: ${await page.locator('main').innerText()}`);
      throw error;
    } finally {
      await context.close();
      await demo.stop();
    }
  });
}

async function walk(demo: Demo, page: Page, way: Way): Promise<void> {
  const { names } = way;
  const hands = way.hands(page);
  const person = demo.person(way.email);

  for (let time = 0; time < 2; time += 1) {
    await signIn(demo, page, hands, names, person);
    await heading(page, names.invitation);
    await hands.press('button', names.later);
    await inside(page, person);
    await signOut(page, hands, names, person);
    await demo.advance('P8D');
    if (await deadlinePassed(demo, page, way)) break;
  }

  await demo.advance('P90D');
  await signIn(demo, page, hands, names, person);
  await heading(page, names.invitation);
  assert.equal(
    await page.getByRole('button', { name: names.later }).count(),
    0,
    'after the deadline there is no later',
  );
  await hands.press('button', names.enable);
  await heading(page, names.guard);
  await hands.fill(names.guardCode, await sixDigits(demo, person.email));
  await advanceBy(page, hands, names.next, names.choose);

  await hands.tick('radio', names.otherApp);
  await hands.press('button', names.next);
  await heading(page, names.scan);
  const entry = await scan(page);
  assert.equal(entry.account, person.email);
  await hands.press('button', names.next);
  await page.getByLabel(names.code, { exact: true }).waitFor();
  const proving = codeOf(entry.secret);
  await hands.fill(names.code, proving);
  await advanceBy(page, hands, names.next, names.sms);

  if (way.withSms) {
    await hands.fill(names.number, '+447700900142');
    await hands.press('button', names.send);
    await page.getByLabel(names.smsCode, { exact: true }).waitFor();
    await hands.fill(names.smsCode, await sixDigits(demo, '+447700900142'));
    await advanceBy(page, hands, names.next, names.backup);
  } else {
    await hands.press('button', names.skip);
  }

  await heading(page, names.backup);
  const backup = await page.getByLabel(names.backupValue, { exact: true }).innerText();
  assert.match(backup, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
  await hands.tick('checkbox', names.saved);
  await hands.fill(names.first, backup.slice(0, 4));
  await hands.press('button', names.finish);
  await heading(page, names.done);
  await hands.press('link', names.continue);
  await inside(page, person);
  await signOut(page, hands, names, person);

  await signIn(demo, page, hands, names, person);
  await page.getByLabel(names.code, { exact: true }).waitFor();
  await hands.tick('checkbox', names.remember);
  await hands.fill(names.code, await freshCodeOf(entry.secret, proving));
  await advanceBy(page, hands, names.verify, null);
  await inside(page, person);
  await signOut(page, hands, names, person);

  await demo.advance('P29DT23H');
  await signIn(demo, page, hands, names, person);
  await inside(page, person);
  await signOut(page, hands, names, person);

  await demo.advance('P1DT2H');
  await signIn(demo, page, hands, names, person);
  await page.getByLabel(names.code, { exact: true }).waitFor();
}

/** The bakery's last day is near: its people may have one "later" before it. */
async function deadlinePassed(demo: Demo, page: Page, way: Way): Promise<boolean> {
  if (way.email !== SANNE) return false;
  assert.ok(page.url().startsWith(demo.origin));
  return true;
}

async function signIn(demo: Demo, page: Page, hands: Hands, names: typeof EN, person: DemoPerson): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  await hands.fill(names.address, person.email);
  await hands.fill(names.password, person.password);
  await hands.press('button', names.signIn);
}

async function signOut(page: Page, hands: Hands, names: typeof EN, person: DemoPerson): Promise<void> {
  await hands.press('button', person.name);
  await hands.press('button', names.signOut);
  await heading(page, names.signIn);
}

/** Six digits that are typed go on by themselves, unless there is a box to tick; the button is for everybody else. */
async function advanceBy(page: Page, hands: Hands, button: string, next: string | null): Promise<void> {
  if (!hands.typesDigits || next === null) await hands.press('button', button);
  if (next) await heading(page, next);
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor({ timeout: 15_000 });
}

async function inside(page: Page, person: DemoPerson): Promise<void> {
  await page.waitForURL((url) => url.pathname === '/', { timeout: 15_000 });
  await page.getByRole('button', { name: person.name }).waitFor();
}

async function sixDigits(demo: Demo, to: string): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    const [newest] = await demo.messages(to);
    const code = /\b\d{6}\b/.exec(newest?.text ?? '')?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no code arrived at ${to}`);
}
