import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { pushFrom } from '#outbox/push/send.ts';
import { pushServices } from '#outbox/push/services.ts';
import { type PushDouble, pushDouble } from '#test/support/push-double.ts';
import type { Person } from '#test/support/rig.ts';
import { filmOfScreen, type House, openApp, press, said, startHouse, startPhone } from './support/authenticator.ts';
import { approve, atQrCode, linkOn, numberOn, password, through } from './support/laptop.ts';
import { notifications, openPushedPhone, type PushedPhone, until } from './support/pushed-phone.ts';

// Two browsers and a push service between them, which checks whose message it is and opens it with the phone's keys.

let service: PushDouble;
let house: House;
let stopOutbox: () => Promise<void>;
let desk: Awaited<ReturnType<typeof startPhone>>;

before(async () => {
  service = await pushDouble();
  const publicUrl = new URL('https://id.harbour.example');
  house = await startHouse({ push: pushFrom(pushServices([service.origin]), { publicUrl, timeoutMs: 500 }) });
  stopOutbox = house.r.outbox.start();
  desk = await startPhone();
});
after(async () => {
  await desk.stop();
  await stopOutbox();
  await house.stop();
  await service.close();
});

test('the QR code off the screen with the camera, connected, told by a notification, signed in', async (t) => {
  const { laptop, person } = await atQrCode(desk.browser, house);
  const camera = await startPhone(await filmOfScreen(laptop));
  t.after(camera.stop);
  const phone = await openPushedPhone(camera.browser, house, service);
  await press(phone.page, 'Add an account');
  await press(phone.page, 'Scan the QR code');
  await phone.page.getByRole('heading', { name: 'Connect this phone?' }).waitFor();
  await press(phone.page, 'Connect');
  await laptop.getByRole('heading', { name: 'Try it once' }).waitFor();
  // The wizard has tested the notification too, before it goes on.
  await laptop.getByRole('status').filter({ hasText: 'The notification arrived' }).waitFor();
  await through(laptop, phone.page);

  await phone.page.close();
  const before = service.received.length;
  await ask(laptop, person);
  const number = await numberOn(laptop);
  await laptop.getByRole('status').filter({ hasText: 'The notification is on your phone: tap it.' }).waitFor();
  assert.deepEqual(service.refusals, []);
  assert.equal(service.received.length, before + 1);
  const pushed = JSON.stringify(service.received.at(-1));
  for (const secret of [number, person.email, 'Harbour', 'Grace']) assert.ok(!pushed.includes(secret), secret);
  // One, although the wizard's went before it; and nothing on the locked screen but that somebody asks.
  assert.deepEqual(await notifications(phone), [
    {
      title: 'Is this you signing in?',
      body: 'Open the app to answer. Nobody gets in without your answer.',
      lang: 'en',
    },
  ]);
  const page = await phone.context.newPage();
  await page.goto(`${house.origin}/authenticator/#request`);
  await page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
  assert.equal(new URL(page.url()).hash, '');
  await until(
    'what the screen shows lies on the lock screen no more',
    async () => (await notifications(phone)).length === 0,
  );
  await approve(page, number);
  await laptop.waitForURL(`${house.origin}/`);
  assert.deepEqual(phone.complaints, []);
  await laptop.context().close();
});

test('an open app shows the request at once, and a tap on an old notification says that it is over', async () => {
  const { laptop, phone, person } = await paired();
  await ask(laptop, person);
  const number = await numberOn(laptop);
  await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
  await approve(phone.page, number);
  await laptop.waitForURL(`${house.origin}/`);
  await phone.deliver('not from us');
  await until('whatever comes is shown', async () => (await notifications(phone)).length === 1);
  await tap(phone);
  await said(phone.page, 'That request is over.');
  assert.deepEqual(await notifications(phone), []);
  await close(laptop, phone);
});

test('where no notification comes, the page says "open the app", and goes through all the same', async (t) => {
  const { laptop, phone, person } = await paired();
  t.after(() => (service.mode = 'ok'));
  for (const [mode, first, later] of [
    ['hang', 'A notification is on its way', 'No notification could be sent. Open the app'],
    [{ status: 503 }, 'A notification is on its way', 'No notification could be sent. Open the app'],
    ['ok', 'A notification was sent', 'No notification has arrived. Open the app'],
  ] as const) {
    service.mode = mode;
    service.deliver = null;
    const began = performance.now();
    await ask(laptop, person);
    await laptop.getByRole('status').filter({ hasText: first }).waitFor();
    assert.ok(performance.now() - began < 5000, 'nobody waits for a push service');
    house.r.advance('PT9S');
    await laptop.getByRole('status').filter({ hasText: later }).waitFor();
    await laptop.getByRole('link', { name: 'Try another way' }).waitFor();
    await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
    await approve(phone.page, await numberOn(laptop));
    await laptop.waitForURL(`${house.origin}/`);
  }
  await close(laptop, phone);
});

test('“This wasn’t me”: twice, and nothing is sent any more', async () => {
  const { laptop, phone, person } = await paired();
  house.r.advance('PT1S'); // later than the wizard
  for (const _ of [1, 2]) {
    await ask(laptop, person);
    await phone.page.getByRole('heading', { name: 'Is this you signing in?' }).waitFor();
    await press(phone.page, 'This wasn’t me');
    await said(phone.page, 'Refused');
    await laptop.getByRole('alert').filter({ hasText: "“This wasn't me” was chosen" }).waitFor();
  }
  const { requests } = service;
  await ask(laptop, person);
  await laptop.getByRole('alert').filter({ hasText: 'We send nothing to the phone' }).waitFor();
  await house.r.outbox.deliverDue();
  assert.equal(service.requests, requests);
  await close(laptop, phone);
});

test('off and on again in the settings; the address of a browser may change while the app is shut', async () => {
  const { laptop, phone, person } = await paired();
  const target = async () => {
    const [id = ''] = await house.r.store.read.pairings.withPush(person.id);
    return (await house.r.store.read.pairings.byId(id))?.push?.reveal() ?? '';
  };
  assert.ok((await target()).includes(phone.address.endpoint));
  await press(phone.page, 'Settings');
  await press(phone.page, 'Turn notifications off');
  await said(phone.page, 'Notifications are off.');
  assert.equal(await target(), '');
  await press(phone.page, 'Turn notifications on');
  await said(phone.page, 'Notifications are on.');
  assert.ok((await target()).includes(phone.address.endpoint));

  // Given up by the push service and taken up again: the app says it anew when it is opened.
  const [id = ''] = await house.r.store.read.pairings.withPush(person.id);
  await house.r.store.transaction((tx) => tx.pairings.setPush(id, null));
  await phone.page.reload();
  await until('the app has said it again', async () => (await target()).includes(phone.address.endpoint));

  await phone.page.close();
  const next = service.subscribe();
  await (await phone.worker()).evaluate(({ endpoint, p256dh, auth }) => {
    const newSubscription = { toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
    dispatchEvent(Object.assign(new Event('pushsubscriptionchange'), { newSubscription, waitUntil: () => {} }));
  }, next);
  await until('the server knows the new address', async () => (await target()).includes(next.endpoint));
  await laptop.context().close();
  await phone.context.close();
});

test('without leave to show notifications the phone is connected just the same, and the wizard says how it will be', async () => {
  const { laptop } = await atQrCode(desk.browser, house);
  const { page, context } = await openApp(desk.browser, house);
  await page.goto(await linkOn(laptop));
  await press(page, 'Connect');
  await laptop.getByRole('heading', { name: 'Try it once' }).waitFor();
  house.r.advance('PT9S');
  await laptop.getByRole('status').filter({ hasText: 'This phone gets no notifications.' }).waitFor();
  await through(laptop, page);
  await press(page, 'Settings');
  await page.getByText('This browser may show no notifications for this site.').waitFor();
  await context.close();
  await laptop.context().close();
});

/** A person with a phone that was connected by its link, and told. */
async function paired(): Promise<{ laptop: Page; phone: PushedPhone; person: Person }> {
  const { laptop, person } = await atQrCode(desk.browser, house);
  const phone = await openPushedPhone(desk.browser, house, service);
  await phone.page.goto(await linkOn(laptop));
  await press(phone.page, 'Connect');
  await laptop.getByRole('status').filter({ hasText: 'The notification arrived' }).waitFor();
  await through(laptop, phone.page);
  return { laptop, phone, person };
}

/** A new sign-in, as far as the request. */
async function ask(laptop: Page, person: Person): Promise<void> {
  await laptop.context().clearCookies();
  await password(laptop, house, person);
  await press(laptop, 'Send a request to my phone');
}

/** A finger on the notification: the event as the browser makes it, without the leave to open windows. */
async function tap(phone: PushedPhone): Promise<void> {
  await (await phone.worker()).evaluate(async () => {
    const registration: unknown = Reflect.get(globalThis, 'registration');
    const [notification] = await (registration as ServiceWorkerRegistration).getNotifications();
    dispatchEvent(Object.assign(new Event('notificationclick'), { notification, waitUntil: () => {} }));
  });
}

async function close(laptop: Page, phone: PushedPhone): Promise<void> {
  await laptop.context().close();
  await phone.context.close();
}
