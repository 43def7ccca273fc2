import type { Browser, Page } from 'playwright-core';
import type { Person } from '#test/support/rig.ts';
import { type House, press } from './authenticator.ts';
import { EN } from './names.ts';

// The computer that somebody signs in at, while their phone lies beside it.

/** A person on the wizard's page with the QR code of our own app. */
export async function atQrCode(browser: Browser, house: House): Promise<{ laptop: Page; person: Person }> {
  const { r } = house;
  const organisation = await r.organisation();
  await r.campaign({ organisation: organisation.id });
  const person = await r.person({ organisations: [organisation] });
  const laptop = await laptopOf(browser);
  await password(laptop, house, person);
  await press(laptop, EN.enable);
  await laptop.getByRole('radio', { name: 'Nachtslot Authenticator' }).check();
  await press(laptop, EN.next);
  await laptop.getByRole('heading', { name: 'Connect your phone' }).waitFor();
  return { laptop, person };
}

async function laptopOf(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: 'en-GB', viewport: { width: 800, height: 1000 } })).newPage();
}

/** What the QR code says. */
export async function linkOn(laptop: Page): Promise<string> {
  await laptop.getByText('Having trouble scanning?').click();
  return (await laptop.locator('#pairing-address').textContent()) ?? '';
}

/** From the test of the connected phone to the end of the wizard. */
export async function through(laptop: Page, phone: Page): Promise<void> {
  await laptop.getByRole('heading', { name: 'Try it once' }).waitFor();
  await phone.getByRole('heading', { name: 'Try it once' }).waitFor();
  await approve(phone, await numberOn(laptop));
  await laptop.getByRole('heading', { name: EN.sms }).waitFor();
  await press(laptop, EN.skip);
  const code = (await laptop.locator('[data-copy]').first().getAttribute('data-copy')) ?? '';
  await laptop.getByRole('checkbox').check();
  await laptop.locator('input[name="locator"]').fill(code.slice(0, 4));
  await press(laptop, EN.finish);
  await laptop.waitForURL(/\/enrol\/done/);
}

export async function password(page: Page, { origin }: House, person: Person): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel(EN.address, { exact: true }).fill(person.email);
  await page.getByLabel(EN.password, { exact: true }).fill(person.password);
  await press(page, EN.signIn);
}

export async function numberOn(laptop: Page): Promise<string> {
  return ((await laptop.locator('.number [aria-hidden]').textContent()) ?? '').replaceAll(/\D/g, '');
}

export async function approve(phone: Page, number: string): Promise<void> {
  await phone.getByLabel('Number on the page').fill(number);
  await press(phone, 'Approve');
}
