import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { encodeBase32 } from '#authenticators/totp/base32.ts';
import { secretsOf } from '../../demo/person.ts';
import { launchBrowser } from '../../scripts/gallery/browser.ts';
import { type Demo, type DemoPerson, startDemo } from './support/demo.ts';
import { EN } from './support/names.ts';
import { codeOf, freshCodeOf, scan } from './support/phone.ts';

// Nothing left to sign in with, in a real browser and over real days: what the owner does, what two agents do, what a
// thief with password and mailbox gets, and the road of those who still have the paper.
let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const GRACE = 'grace.tidewell@quillwharf.example';
const ARTHUR = 'arthur.bell@quillwharf.example';
const OLIVE = 'olive.trent@quillwharf.example';
const ZOE = 'zoe.harbour@quillwharf.example';

test('Grace loses her phone on Friday and is back on Monday', async () => {
  await inDemo(async (demo) => {
    const grace = demo.person(GRACE);
    const old = oldPhone(grace);
    await friday(demo);

    const hers = await newPage();
    await asksBackIn(demo, hers, grace);
    await heading(hers, 'Your request');
    await says(hers, /1 of 4/);
    await follows(demo, hers, grace, 'recovery-mailbox');
    await hers.getByRole('button', { name: 'Yes, confirm my mailbox', exact: true }).click();
    await heading(hers, 'Your request');
    await says(hers, /2 of 4: an agent will look at it/);
    const number = await hers.locator('.read-out-number').innerText();

    await twoAgentsApprove(demo, grace, number);
    await hers.reload();
    await says(hers, /3 of 4: approved, and waiting/);
    assert.equal(await hers.getByRole('button', { name: 'Get my pass' }).count(), 0);

    await demo.advance('PT12H');
    assert.match((await newest(demo, GRACE)).subject, /half of the wait is over/);
    await demo.advance('PT12H');
    assert.match((await newest(demo, GRACE)).subject, /You can set up your new second step now/);

    // On Monday morning, from the mail.
    await demo.advance('PT44H');
    await follows(demo, hers, grace, 'recovery');
    await says(hers, /4 of 4/);
    await hers.getByRole('button', { name: 'Get my pass', exact: true }).click();
    await heading(hers, 'Set up your new second step');
    await hers.getByLabel(EN.password, { exact: true }).fill(grace.password);
    await hers.getByRole('button', { name: EN.continue, exact: true }).click();
    const secret = await throughTheWizard(hers);
    await says(hers, /Your new second step is set up/);

    await password(demo, hers, grace);
    await code(hers, codeOf(old));
    await says(hers, /not the right code/);
    await code(hers, await freshCodeOf(secret, ''));
    await hers.getByRole('button', { name: grace.name }).waitFor();
  });
});

test('a thief with Grace’s password and mailbox does not get in: her notice stops it', async () => {
  await inDemo(async (demo) => {
    const grace = demo.person(GRACE);
    await friday(demo);
    const thief = await newPage();
    await asksBackIn(demo, thief, grace);
    await follows(demo, thief, grace, 'recovery-mailbox');
    await thief.getByRole('button', { name: 'Yes, confirm my mailbox', exact: true }).click();
    await heading(thief, 'Your request');
    const number = await thief.locator('.read-out-number').innerText();
    // Two agents are taken in. There is still the day, and there are still her notices.
    await twoAgentsApprove(demo, grace, number);
    await demo.advance('PT13H');

    const hers = await newPage();
    await follows(demo, hers, grace, 'recovery-cancel');
    await heading(hers, 'Stop this request?');
    await hers.getByRole('button', { name: 'Stop this request', exact: true }).click();
    await heading(hers, 'The request was stopped');

    await demo.advance('PT13H');
    await thief.reload();
    await says(thief, /This request was stopped/);
    assert.equal(await thief.getByRole('button', { name: 'Get my pass' }).count(), 0);
    assert.ok(!(await demo.messages(GRACE)).some(({ subject }) => /You can set up/.test(subject)));
  });
});

test('the paper is there: backup code, then a new QR code, then a new backup code', async () => {
  await inDemo(async (demo) => {
    const zoe = demo.person(ZOE);
    const page = await newPage();
    await password(demo, page, zoe);
    await page.getByRole('link', { name: 'Try another way', exact: true }).click();
    await page.getByRole('link', { name: 'Use your backup code', exact: true }).click();
    await page.getByLabel('Backup code', { exact: true }).fill(zoe.backupCode ?? '');
    await page.getByRole('button', { name: EN.verify, exact: true }).click();
    await heading(page, 'Do you still have your phone?');
    await page.getByRole('radio', { name: 'It is lost or stolen', exact: true }).check();
    await page.getByRole('button', { name: EN.continue, exact: true }).click();
    const secret = await throughTheWizard(page);
    await heading(page, EN.done);

    const again = await newPage();
    await password(demo, again, zoe);
    await code(again, await freshCodeOf(secret, codeOf(secret)));
    await again.getByRole('button', { name: zoe.name }).waitFor();
  });
});

async function inDemo(story: (demo: Demo) => Promise<void>): Promise<void> {
  const demo = await startDemo();
  try {
    await story(demo);
  } catch (error) {
    for (const context of browser.contexts())
      for (const page of context.pages())
        console.error(`at ${page.url()}: ${(await page.locator('main').innerText()).slice(0, 800)}`);
    throw error;
  } finally {
    for (const context of browser.contexts()) await context.close();
    await demo.stop();
  }
}

async function newPage(): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Grace's phone lies in a tram now: what it would show is known only from before. */
function oldPhone(grace: DemoPerson): string {
  assert.equal(grace.totpSecret, undefined, 'nobody has it');
  return encodeBase32(secretsOf({ address: grace.email }).totp(0));
}

/** The next Friday, at four in the afternoon in London. */
async function friday(demo: Demo): Promise<void> {
  const now = (await demo.now()).toZonedDateTimeISO('Europe/London');
  const days = ((5 - now.dayOfWeek + 7) % 7) + (now.dayOfWeek === 5 && now.hour >= 16 ? 7 : 0);
  await demo.setClock(now.add({ days }).with({ hour: 16, minute: 0 }).toInstant());
}

async function asksBackIn(demo: Demo, page: Page, person: DemoPerson): Promise<void> {
  await password(demo, page, person);
  await page.getByRole('link', { name: 'Try another way', exact: true }).click();
  await page.getByRole('link', { name: "I can't use any of these", exact: true }).click();
  await heading(page, 'Get back into your account');
  await page.getByRole('button', { name: 'Send request', exact: true }).click();
}

/** Arthur checks and approves, Olive approves; both see the number that Grace sees. */
async function twoAgentsApprove(demo: Demo, owner: DemoPerson, number: string): Promise<void> {
  const arthur = await atDesk(demo, ARTHUR, owner);
  assert.equal(await arthur.locator('.read-out-number').innerText(), number);
  await arthur.getByRole('button', { name: 'Claim', exact: true }).click();
  for (const check of ['The person read out the number', 'Called back']) {
    await arthur.getByRole('radio', { name: check, exact: true }).check();
    await arthur.getByLabel('What did you see or do?', { exact: true }).fill('As it should be.');
    await arthur.getByRole('button', { name: 'Record check', exact: true }).click();
  }
  await arthur.getByRole('button', { name: 'Approve', exact: true }).click();
  await says(arthur, /a second person has to look/);
  assert.equal(await arthur.getByRole('button', { name: 'Approve', exact: true }).count(), 0);

  const olive = await atDesk(demo, OLIVE, owner);
  await says(olive, /Arthur Bell has approved exactly this/);
  await olive.getByRole('button', { name: 'Approve', exact: true }).click();
  await says(olive, /Approved by two: waiting/);
}

async function atDesk(demo: Demo, email: string, owner: DemoPerson): Promise<Page> {
  const agent = demo.person(email);
  const page = await newPage();
  await password(demo, page, agent);
  await code(page, codeOf(agent.totpSecret ?? ''));
  await page.getByRole('button', { name: agent.name }).click();
  await page.getByRole('link', { name: 'Recovery desk', exact: true }).click();
  await heading(page, 'Recovery desk');
  await page.getByRole('link', { name: owner.name, exact: true }).click();
  await heading(page, owner.name);
  return page;
}

async function throughTheWizard(page: Page): Promise<string> {
  await page.getByRole('radio', { name: EN.otherApp, exact: true }).check();
  await page.getByRole('button', { name: EN.next, exact: true }).click();
  await heading(page, EN.scan);
  const { secret } = await scan(page);
  await page.getByRole('button', { name: EN.next, exact: true }).click();
  await page.getByLabel(EN.code, { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: EN.next, exact: true }).click();
  await page.getByRole('button', { name: EN.skip, exact: true }).click();
  await heading(page, EN.backup);
  const kept = (await page.getByRole('group', { name: EN.backupValue, exact: true }).innerText()).trim();
  await page.getByRole('checkbox', { name: EN.saved, exact: true }).check();
  await page.getByLabel(EN.first, { exact: true }).fill(kept.slice(0, 4));
  await page.getByRole('button', { name: EN.finish, exact: true }).click();
  return secret;
}

async function password(demo: Demo, page: Page, person: DemoPerson): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  await page.getByLabel(EN.address, { exact: true }).fill(person.email);
  await page.getByLabel(EN.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: EN.signIn, exact: true }).click();
}

async function code(page: Page, digits: string): Promise<void> {
  await page.getByLabel(EN.code, { exact: true }).fill(digits);
  await page.getByRole('button', { name: EN.verify, exact: true }).click();
}

/** Opens the newest link of a kind out of somebody's mailbox. */
async function follows(demo: Demo, page: Page, { email }: DemoPerson, kind: string): Promise<void> {
  await newest(demo, email);
  const links = (await demo.messages(email)).flatMap((mail) => mail.links);
  const link = links.find((one) => new URL(one).pathname.startsWith(`/${kind}/`));
  assert.ok(link, `a ${kind} link`);
  await page.goto(link);
}

/** The outbox sends a moment later. */
async function newest(demo: Demo, to: string) {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const [mail] = await demo.messages(to);
  assert.ok(mail, `a mail to ${to}`);
  return mail;
}

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

async function says(page: Page, text: RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}
