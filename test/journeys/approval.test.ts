import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  codesOn,
  type House,
  openApp,
  press,
  said,
  startHouse,
  startPhone,
  type Visitor,
} from './support/authenticator.ts';
import { approve, atQrCode, linkOn, numberOn, password, through } from './support/laptop.ts';
import { EN } from './support/names.ts';
import type { Person } from '#test/support/rig.ts';

// Two browsers: one signs in, the other is the phone. The number goes from the one to the other by way of the person.

let house: House;
let phones: Awaited<ReturnType<typeof startPhone>>;

before(async () => {
  house = await startHouse();
  phones = await startPhone();
});
after(async () => {
  await phones.stop();
  await house.stop();
});

test('from the wizard to the start page: the link is opened on the phone, a number is typed, and nothing else', async () => {
  const { laptop, phone, person } = await paired();
  await signOut(laptop);
  await password(laptop, house, person);
  await press(laptop, 'Send a request to my phone');
  const number = await numberOn(laptop);
  assert.match(number, /^\d{6}$/);
  await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
  assert.match(await phone.page.locator('.asked').innerText(), /Harbour Freight[\s\S]*Linux[\s\S]*127\.0\.0\.1/);
  assert.ok(!(await phone.page.content()).includes(number), 'the phone does not know the number');
  await approve(phone.page, number);
  await laptop.waitForURL(`${house.origin}/`);
  assert.deepEqual(phone.complaints, []);
  await phone.context.close();
});

test('the link is met on a phone so busy that its first frame comes late', async () => {
  const context = await phones.browser.newContext();
  await context.addInitScript(() => Object.assign(globalThis, { requestAnimationFrame: () => 0 }));
  const page = await context.newPage();
  await page.goto(`${house.origin}/authenticator/pair#abcdefghijklmnopqrstuv`);
  await page.getByRole('heading', { name: 'Connect this phone?' }).waitFor();
  await context.close();
});

test('in a tunnel the phone shows a code, and the code is accepted', async () => {
  const { laptop, phone, person } = await paired();
  await signOut(laptop);
  await phone.context.setOffline(true);
  await password(laptop, house, person);
  await laptop.getByRole('link', { name: 'Try another way' }).click();
  await laptop.getByRole('link', { name: 'Use your authenticator app' }).click();
  house.r.setWall(Temporal.Now.instant());
  const name = await phone.page.getByRole('listitem').getByRole('heading').textContent();
  await laptop.getByLabel(EN.code).fill((await codesOn(phone.page, name ?? '')).now);
  await press(laptop, EN.verify);
  await laptop.waitForURL(`${house.origin}/`);
  house.r.setWall(null);
  await phone.context.close();
});

test('a wrong number ends the request; a new one goes through', async () => {
  const { laptop, phone, person } = await paired();
  await signOut(laptop);
  await password(laptop, house, person);
  await press(laptop, 'Send a request to my phone');
  const number = await numberOn(laptop);
  await approve(phone.page, number === '123456' ? '123457' : '123456');
  await said(phone.page, 'That was another number');
  await laptop.getByRole('alert').filter({ hasText: 'Another number was typed on the phone' }).waitFor();
  await press(laptop, 'Send another request');
  await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
  await approve(phone.page, await numberOn(laptop));
  await laptop.waitForURL(`${house.origin}/`);
  await phone.context.close();
});

test('“This wasn’t me” ends it, and the phone is left in peace', async () => {
  const { laptop, phone, person } = await paired();
  await signOut(laptop);
  house.r.advance('PT16M'); // the letter about the new phone is out
  for (const _ of [1, 2]) {
    await password(laptop, house, person);
    await press(laptop, 'Send a request to my phone');
    await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
    await press(phone.page, 'This wasn’t me');
    await said(phone.page, 'Refused');
    await laptop.getByRole('alert').filter({ hasText: "“This wasn't me” was chosen" }).waitFor();
    await laptop.context().clearCookies();
  }
  const letters = (await house.r.messages(person.email)).filter(({ text }) =>
    text.includes('asked your phone for approval'),
  );
  assert.ok(letters.length > 0);
  await password(laptop, house, person);
  await press(laptop, 'Send a request to my phone');
  await laptop.getByRole('alert').filter({ hasText: 'We send nothing to the phone' }).waitFor();
  await phone.context.close();
});

test('without scripts on the page that asks: it looks again by itself, and a button goes on', async () => {
  const { laptop, phone, person } = await paired();
  const context = await phones.browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await password(plain, house, person);
  await press(plain, 'Send a request to my phone');
  assert.equal(await plain.locator('noscript meta, head meta[http-equiv="refresh"]').count(), 1);
  await approve(phone.page, await numberOn(plain));
  await plain.getByRole('button', { name: 'Continue' }).waitFor({ timeout: 20_000 });
  await press(plain, 'Continue');
  await plain.waitForURL(`${house.origin}/`);
  await context.close();
  await laptop.close();
  await phone.context.close();
});

test('removed on the account page, the phone hears that it is not connected any more', async () => {
  const { laptop, phone, person } = await paired();
  await laptop.goto(`${house.origin}/account`);
  const row = laptop.getByRole('listitem').filter({ hasText: 'Nachtslot Authenticator' });
  await row.getByText('Linux').first().waitFor();
  assert.equal(await laptop.getByText('Authenticator app', { exact: true }).count(), 0, 'its codes are part of it');
  assert.equal(await row.getByRole('link', { name: 'Rename' }).count(), 1);
  const { store, now } = house.r;
  await store.transaction(async (tx) => {
    for (const one of await tx.authenticators.of(person.id))
      if (one.type === 'app') await tx.authenticators.unbind(one.id, now(), 'removed');
  });
  await said(phone.page, 'This phone is not connected to that account any more.');
  await phone.context.close();
});

/** A person with a phone: through the wizard, with the link behind the QR code opened there. */
async function paired(): Promise<{ laptop: Page; phone: Visitor; person: Person }> {
  const { laptop, person } = await atQrCode(phones.browser, house);
  const link = await linkOn(laptop);
  assert.ok(link.startsWith(`${house.origin}/authenticator/pair#`));
  const phone = await openApp(phones.browser, house);
  await phone.page.goto(link);
  await phone.page.getByRole('heading', { name: 'Connect this phone?' }).waitFor();
  assert.equal(new URL(phone.page.url()).hash, '', 'the code is not left in the address');
  await press(phone.page, 'Connect');
  await through(laptop, phone.page);
  return { laptop, phone, person };
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}
