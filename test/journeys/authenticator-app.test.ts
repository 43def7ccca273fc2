import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Database } from '../../authenticator/keeping/database.ts';
import { migrationUri } from '../../authenticator/reading/testing.ts';
import {
  card,
  codesOn,
  type House,
  kept,
  openApp,
  press,
  said,
  startHouse,
  startPhone,
  type,
} from './support/authenticator.ts';
import { EN } from './support/names.ts';
import { codeOf } from './support/phone.ts';

// A person with a phone: a real browser, the program on a port, `oathtool` and `qrencode` as witnesses.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const OTHER = 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U';
const HARBOUR = addressOf('Harbour Freight', 'noor@harbour.example', SECRET);
const PASSPHRASE = 'quiet harbour lamp seventeen';

let house: House;
let phone: Awaited<ReturnType<typeof startPhone>>;
const folder = mkdtempSync(join(tmpdir(), 'authenticator-'));

before(async () => {
  house = await startHouse();
  phone = await startPhone(HARBOUR);
});
after(async () => {
  await phone.stop();
  await house.stop();
  rmSync(folder, { recursive: true });
});

test('scanned with the camera, the code is the one that oathtool computes, and so it is in a tunnel', async (t) => {
  const own = await startHouse();
  t.after(own.stop);
  const { page, context, complaints } = await openApp(phone.browser, own, { permissions: ['camera'] });
  await press(page, 'Add an account');
  await press(page, 'Scan the QR code');
  await said(page, 'Added');
  await kept(page);
  await isRight(page, 'Harbour Freight', SECRET);

  await context.setOffline(true);
  await own.stop();
  await page.reload();
  await isRight(page, 'Harbour Freight', SECRET);
  await press(page, 'Add an account');
  await press(page, 'Scan the QR code');
  await said(page, 'This account is here already.');
  assert.deepEqual(complaints, [], 'the reader of QR codes was kept too, and nothing broke the policy');
  await context.close();
});

test('a browser finds nothing that keeps it from installing the app', async () => {
  const { page, context } = await openApp(phone.browser, house);
  await kept(page);
  const cdp = await context.newCDPSession(page);
  const manifest = await cdp.send('Page.getAppManifest');
  assert.deepEqual(manifest.errors, []);
  assert.match(manifest.url, /\/authenticator\/manifest-en\.webmanifest$/);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  // A context of a test is a private window, which is no place to install anything.
  assert.deepEqual(
    installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
    [],
  );
  const scopes = await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
  );
  assert.deepEqual(scopes, ['/authenticator/'], 'the worker has no say over any other page');
  await context.close();
});

test('the wizard of our own: its QR code off the screen, and the code is accepted', async () => {
  const { r, origin } = house;
  const organisation = await r.organisation();
  await r.campaign({ organisation: organisation.id });
  const grace = await r.person({ organisations: [organisation] });
  const { page, context } = await openApp(phone.browser, house);
  const laptop = await context.newPage();
  await laptop.goto(`${origin}/sign-in`);
  await laptop.getByLabel(EN.address, { exact: true }).fill(grace.email);
  await laptop.getByLabel(EN.password, { exact: true }).fill(grace.password);
  await press(laptop, EN.signIn);
  await press(laptop, EN.enable);
  await laptop.getByRole('radio', { name: EN.otherApp }).check();
  await press(laptop, EN.next);
  const screenshot = join(folder, 'laptop.png');
  await laptop.getByRole('heading', { name: EN.scan }).waitFor();
  writeFileSync(screenshot, await laptop.screenshot({ fullPage: true }));

  await press(page, 'Add an account');
  await page.getByLabel('Choose a picture').setInputFiles(screenshot);
  await said(page, 'Added');
  await press(laptop, EN.next);
  r.setWall(Temporal.Now.instant());
  const name = await page.getByRole('listitem').getByRole('heading').textContent();
  await laptop.getByLabel(EN.code).fill((await codesOn(page, name ?? '')).now);
  await press(laptop, EN.next);
  await laptop.getByRole('heading', { name: EN.sms }).waitFor();
  r.setWall(null);
  await context.close();
});

test('a new phone: export, a fresh profile, import, and the codes are the same', async () => {
  const old = await openApp(phone.browser, house);
  await type(old.page, HARBOUR);
  await said(old.page, 'Added');
  await type(old.page, `${addressOf('Bank', 'n', OTHER)}&algorithm=SHA512&digits=8&period=60`);
  await card(old.page, 'Bank').waitFor();
  await press(old.page, 'Settings');
  await press(old.page, 'Export');
  await old.page.getByLabel('Passphrase', { exact: true }).fill('too short');
  await press(old.page, 'Save the file');
  await old.page.getByRole('alert').filter({ hasText: 'at least 15 characters' }).waitFor();
  await old.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await press(old.page, 'Save the file');
  await old.page.getByRole('alert').filter({ hasText: 'are not the same' }).waitFor();
  await old.page.getByLabel('Passphrase again', { exact: true }).fill(PASSPHRASE);
  const downloading = old.page.waitForEvent('download');
  await press(old.page, 'Save the file');
  const file = join(folder, 'export.json');
  await (await downloading).saveAs(file);

  const fresh = await openApp(phone.browser, house);
  await press(fresh.page, 'Import accounts');
  await press(fresh.page, 'Open the file');
  await fresh.page.getByRole('alert').filter({ hasText: 'Choose the file first' }).waitFor();
  await fresh.page.locator('#file').setInputFiles(file);
  await fresh.page.getByLabel('Passphrase').fill(`${PASSPHRASE}!`);
  await press(fresh.page, 'Open the file');
  await fresh.page.getByRole('alert').filter({ hasText: 'does not open the file' }).waitFor();
  await fresh.page.getByLabel('Passphrase').fill(PASSPHRASE);
  await press(fresh.page, 'Open the file');
  await press(fresh.page, 'Add 2 accounts');
  await isRight(fresh.page, 'Harbour Freight', SECRET);
  await sameMoment(async () => {
    assert.deepEqual(await codesOn(fresh.page, 'Bank'), await codesOn(old.page, 'Bank'));
  });
  await press(fresh.page, 'Settings');
  await press(fresh.page, 'Import');
  await fresh.page.locator('#file').setInputFiles(file);
  await fresh.page.getByLabel('Passphrase').fill(PASSPHRASE);
  await press(fresh.page, 'Open the file');
  await fresh.page.getByText('Every account in it is here already.').waitFor();
  assert.deepEqual([old.complaints, fresh.complaints], [[], []]);
  await old.context.close();
  await fresh.context.close();
});

test('what lies in the browser tells a thief nothing, not even the names, and its key cannot be read out', async () => {
  const { page, context } = await openApp(phone.browser, house);
  await type(page, HARBOUR);
  await said(page, 'Added');
  const { text, keys } = await loot(page);
  assert.match(text, /position/, 'control: the accounts were seen');
  for (const secret of [SECRET, 'Harbour', 'noor', '12345678901234567890']) assert.ok(!text.includes(secret), secret);
  assert.deepEqual(keys, [{ type: 'secret', extractable: false }]);
  await context.close();
});

for (const hasPrf of [true, false]) {
  const worth = hasPrf ? 'encrypts with the passkey' : 'keeps out eyes only, and says so';
  test(`the lock, where the passkey ${hasPrf ? 'computes' : 'computes nothing'}: it ${worth}`, async () => {
    const { page, context } = await openApp(phone.browser, house);
    const { cdp, authenticatorId } = await withPasskeys(page, hasPrf);
    await page.clock.install();
    await page.reload();
    const second = await context.newPage();
    await second.goto(`${house.origin}/authenticator/`);
    await page.bringToFront(); // only the window in front may ask for a passkey
    await type(page, HARBOUR);
    await said(page, 'Added');
    await press(page, 'Settings');
    await press(page, 'Turn the lock on');
    await said(page, 'The lock is on.');
    await page.getByText(hasPrf ? 'Nobody opens them without it.' : 'this keeps out eyes').waitFor();
    await second.getByRole('heading', { name: 'Locked', exact: true }).waitFor();
    const { keys } = await loot(page);
    assert.equal(keys.length, hasPrf ? 0 : 1, 'with a passkey that computes, no key is left in the browser');

    await page.reload();
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor();
    assert.equal(await page.getByText('Harbour').count(), 0);
    await press(page, 'Unlock');
    await press(page, 'Back');
    await isRight(page, 'Harbour Freight', SECRET);

    await hide(page, true);
    await page.clock.fastForward(50_000);
    await hide(page, false);
    await page.clock.fastForward(20_000);
    assert.equal(await page.getByRole('heading', { name: 'Your codes' }).count(), 1, 'a short look at something else');
    await hide(page, true);
    await page.clock.fastForward(61_000);
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor();
    await hide(page, false);
    await press(page, 'Unlock');

    await press(page, 'Settings');
    await press(page, 'Turn the lock off');
    await said(page, 'The lock is off.');
    await page.reload();
    await press(page, 'Back');
    await isRight(page, 'Harbour Freight', SECRET);

    await press(page, 'Settings');
    await press(page, 'Turn the lock on');
    await said(page, 'The lock is on.');
    await press(page, 'Lock now');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, 'Unlock');
    await said(page, 'The passkey was not shown.');
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor();
    await page.getByText('I cannot unlock it').click();
    await press(page, 'Empty the app');
    await press(page, 'Empty the app');
    await page.getByRole('heading', { name: 'No codes yet' }).waitFor();
    assert.doesNotMatch((await loot(page)).text, /position/);
    // The other window loads itself again; Chromium never ends a profile that is ended meanwhile.
    await second.getByRole('heading', { name: 'No codes yet' }).waitFor();
    await context.close();
  });
}

test("Google's export comes in parts: each goes in once, what has no codes here is said", async () => {
  const bytes = (byte: number) => new Uint8Array(20).fill(byte);
  const first = [1, 2].map((byte) => ({ issuer: `Site ${byte}`, account: 'n', secret: bytes(byte) }));
  const { page, context } = await openApp(phone.browser, house);
  await type(page, migrationUri(first, { of: 2, index: 0 }));
  await page.getByText('This is part 1 of 2.').waitFor();
  await press(page, 'Add 2 accounts');
  await said(page, 'Part 1 of 2 is in. Now scan the next one.');
  await press(page, 'Type the long code');
  const last = [first[0] ?? {}, { issuer: 'Site 3', account: 'n', secret: bytes(3) }];
  await page.getByLabel('Long code, or otpauth:// address').fill(migrationUri(last, { of: 2, index: 1 }));
  await press(page, 'Add');
  await page.getByText('Here already').waitFor();
  await press(page, 'Add');
  await card(page, 'Site 3').waitFor();
  assert.equal(await page.getByRole('listitem').count(), 3);
  await type(page, migrationUri(first, { type: 1 }));
  await page.getByText('2 accounts in it work in a way that this app does not.').waitFor();
  await context.close();
});

test('rename, order, search, replace, remove with a question', async () => {
  const { page, context, complaints } = await openApp(phone.browser, house);
  for (const name of ['Ada', 'Bo', 'Cy', 'Di', 'Ed']) {
    await type(page, addressOf(name, 'n', `${SECRET.slice(0, -2)}${name.toUpperCase()}`));
    await card(page, name).waitFor();
  }
  const names = () => page.getByRole('listitem').getByRole('heading').allTextContents();
  assert.equal(await page.getByLabel('Search').count(), 0, 'five are seen at once');
  await type(page, OTHER, { issuer: 'Zoë', account: 'by hand' });
  await card(page, 'Zoë').waitFor();
  await isRight(page, 'Zoë', OTHER);
  await page.getByLabel('Search').fill('ZOË');
  assert.deepEqual(await names(), ['Zoë']);
  await page.getByLabel('Search').fill('nobody');
  await page.getByText('No account has “nobody” in its name.').waitFor();
  await page.getByLabel('Search').fill('');

  await press(page, 'Change or remove Cy (n)');
  await press(page, 'Move up');
  await page.getByText('Place 2 of 6 in the list').waitFor();
  await press(page, 'Move up');
  await page.getByText('Place 1 of 6 in the list').waitFor();
  await page.getByLabel('Service').fill('  Cyrus \u202e ');
  await press(page, 'Save');
  await said(page, 'Saved');
  assert.deepEqual(await names(), ['Cyrus', 'Ada', 'Bo', 'Di', 'Ed', 'Zoë']);
  await page.reload();
  await card(page, 'Cyrus').waitFor();
  assert.deepEqual(await names(), ['Cyrus', 'Ada', 'Bo', 'Di', 'Ed', 'Zoë']);

  await type(page, addressOf('Ada', 'n', OTHER.slice(0, -1)));
  await page.getByRole('heading', { name: 'You have this account already' }).waitFor();
  await press(page, 'Replace the old one');
  await said(page, 'Replaced.');
  assert.deepEqual(await names(), ['Cyrus', 'Ada', 'Bo', 'Di', 'Ed', 'Zoë']);
  await isRight(page, 'Ada', OTHER.slice(0, -1));

  await press(page, 'Change or remove Bo (n)');
  await press(page, 'Remove');
  await page.getByRole('heading', { name: 'Remove Bo (n)?' }).waitFor();
  await press(page, 'Keep it');
  await press(page, 'Change or remove Bo (n)');
  await press(page, 'Remove');
  await press(page, 'Remove');
  await said(page, 'Removed');
  assert.deepEqual(await names(), ['Cyrus', 'Ada', 'Di', 'Ed', 'Zoë']);
  await page.goBack().catch(() => {});
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a code is copied with one tap, and the next one is the one that comes', async () => {
  const { page, context } = await openApp(phone.browser, house, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.clock.install({ time: new Date('2026-06-16T09:12:50Z') });
  await page.reload();
  await type(page, HARBOUR);
  const before = await codesOn(page, 'Harbour Freight');
  await card(page, 'Harbour Freight')
    .getByRole('button', { name: /^Copy the code/ })
    .click();
  await said(page, 'Copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), before.now);
  await page.clock.fastForward(11_000);
  await page.locator('.code-press', { hasText: new RegExp(before.next.replace(/^(...)/, '$1 ')) }).waitFor();
  await context.close();
});

test('a device whose clock is wrong is told so before its codes are refused', async () => {
  const { page, context } = await openApp(phone.browser, house);
  await page.clock.install({ time: Date.now() - 4 * 60_000 });
  await page.reload();
  await type(page, HARBOUR);
  await page.getByText('This device’s clock is about 4 min slow').waitFor();
  await context.close();
});

test('a newer version is fetched, and takes over when the app is opened the next time', async (t) => {
  const own = await startHouse();
  t.after(own.stop);
  const { page, context, complaints } = await openApp(phone.browser, own);
  await type(page, HARBOUR);
  await kept(page);
  const versions = () => page.evaluate(async () => (await caches.keys()).join());
  const first = await versions();
  own.changeWorker((text) => text.replaceAll(/nachtslot-authenticator-\w{8}/g, 'nachtslot-authenticator-newer000'));
  await page.reload();
  await until(page, async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  assert.equal(await versions(), `${first},nachtslot-authenticator-newer000`, 'both are kept while the older one runs');
  await page.reload();
  await until(page, async () => (await caches.keys()).join() === 'nachtslot-authenticator-newer000');
  await isRight(page, 'Harbour Freight', SECRET);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('every bad input has a sentence that says what to do, and nothing is added', async () => {
  const { page, context } = await openApp(phone.browser, house);
  await press(page, 'Add an account');
  const text = join(folder, 'text.png');
  writeFileSync(text, 'no picture at all');
  const blank = join(folder, 'blank.png');
  writeFileSync(blank, await page.screenshot());
  const link = join(folder, 'link.png');
  execFileSync('qrencode', ['-o', link, '-s', '6', 'https://www.example.test/']);
  const pair = join(folder, 'pair.png');
  execFileSync('qrencode', ['-o', pair, '-s', '6', 'https://id.example.test/authenticator/pair#abc']);
  for (const [file, sentence] of [
    [text, 'no picture that this browser can open'],
    [blank, 'No QR code was found in that picture'],
    [link, 'That QR code leads to a web page'],
    [pair, 'belongs to another server'],
  ] as const) {
    await page.getByLabel('Choose a picture').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
  }
  await press(page, 'Type the long code');
  for (const [typed, sentence] of [
    ['', 'There is nothing there'],
    ['GEZD GNB0', 'only letters and the digits 2 to 7'],
    ['GEZD GNBV', 'too short'],
    [HARBOUR.replace('totp', 'hotp'), 'HOTP'],
    [`${HARBOUR}&algorithm=MD5`, 'an algorithm that this app does not compute'],
    ['otpauth-migration://offline?data=AA', 'not complete'],
  ] as const) {
    await page.getByLabel('Long code, or otpauth:// address').fill(typed);
    await press(page, 'Add');
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
  }
  await page.goto(`${house.origin}/authenticator/`);
  await context.close();

  const without = await startPhone();
  const other = await openApp(without.browser, house);
  await press(other.page, 'Add an account');
  await press(other.page, 'Scan the QR code');
  await other.page
    .getByRole('alert')
    .filter({ hasText: /may not use the camera|No camera was found/ })
    .waitFor();
  await press(other.page, 'Type the long code');
  await without.stop();
});

test('two windows of one browser do not write over each other', async () => {
  const { page, context } = await openApp(phone.browser, house);
  const second = await context.newPage();
  await second.goto(`${house.origin}/authenticator/`);
  await type(page, HARBOUR);
  await card(second, 'Harbour Freight').waitFor();
  await type(second, addressOf('Bank', 'n', OTHER));
  await card(page, 'Bank').waitFor();
  assert.equal(await page.getByRole('listitem').count(), 2);
  await context.close();
});

test('a window that knows an older key cannot write, however late it is', async () => {
  const { outputFiles } = await build({
    entryPoints: ['authenticator/keeping/database.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kept',
    footer: { js: 'globalThis.kept = kept;' },
  });
  const { page, context } = await openApp(phone.browser, house, { bypassCSP: true });
  await page.evaluate(outputFiles[0]?.text ?? '');
  const tried = await page.evaluate(async () => {
    const { openDatabase } = Reflect.get(window, 'kept') as { openDatabase(): Promise<Database> };
    const [first, second] = [await openDatabase(), await openDatabase()];
    const head = await first.head();
    if (!head) return null;
    const account = { id: 'a', position: 1, box: { iv: new Uint8Array(12), data: new ArrayBuffer(1) } };
    const turned = await first.write(head.keyId, { head: { ...head, keyId: 'new' } });
    const late = await second.write(head.keyId, { put: [account] });
    const after = (await first.accounts()).length;
    return { turned, late, after, inTime: await second.write('new', { put: [account] }) };
  });
  assert.deepEqual(tried, { turned: true, late: false, after: 0, inTime: true });
  await context.close();
});

test('signing out of the server empties nothing here', async () => {
  const { page, context } = await openApp(phone.browser, house);
  await type(page, HARBOUR);
  await kept(page);
  const other = await context.newPage();
  await other.goto(`${house.origin}/sign-in`);
  const answering = other.waitForResponse(/\/sign-out$/);
  await other.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '/sign-out' });
    document.body.append(form);
    form.submit();
  });
  const told = (await (await answering).allHeaders())['clear-site-data'];
  assert.ok(told, 'control: the browser was told to clear something');
  await other.waitForURL(/signed-out/);
  await context.setOffline(true);
  await page.reload();
  await isRight(page, 'Harbour Freight', SECRET);
  await context.close();
});

test('in Dutch by the browser’s wish, and in English when the person says so, for good', async () => {
  const { page, context } = await openApp(phone.browser, house, { locale: 'nl-NL' });
  await page.getByRole('heading', { name: 'Nog geen codes' }).waitFor();
  await press(page, 'Instellingen');
  await press(page, 'English');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await context.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const width of [320, 1280])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`axe-core finds nothing at ${width} px, ${colorScheme}, and nothing scrolls sideways`, async () => {
      const { page, context } = await openApp(phone.browser, house, {
        viewport: { width, height: 800 },
        colorScheme,
        reducedMotion: 'reduce',
        permissions: ['camera'],
        bypassCSP: true, // axe-core is put into the page as text
      });
      const found: string[] = [];
      const look = async (screen: string) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() =>
          (Reflect.get(window, 'axe') as { run(): Promise<AxeResults> }).run(),
        );
        found.push(...violations.map((one) => `${screen}: ${one.id} ${one.nodes[0]?.html}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${screen}: ${wide} px too wide`);
      };
      await look('empty');
      await press(page, 'Add an account');
      await look('add');
      await press(page, 'Type the long code');
      await press(page, 'Add');
      await look('type');
      await page.getByLabel('Long code, or otpauth:// address').fill(`${HARBOUR}&digits=8`);
      await press(page, 'Add');
      await card(page, 'Harbour Freight').waitFor();
      await look('list');
      await press(page, 'Change or remove Harbour Freight (noor@harbour.example)');
      await look('account');
      await press(page, 'Remove');
      await look('remove');
      await press(page, 'Keep it');
      await press(page, 'Settings');
      await look('settings');
      await press(page, 'Export');
      await press(page, 'Save the file');
      await look('export');
      await press(page, 'Back');
      await press(page, 'Import');
      await press(page, 'Open the file');
      await look('import');
      assert.deepEqual(found, []);
      await context.close();
    });

/** A phone that makes passkeys; `hasPrf`: they compute something from a salt. */
async function withPasskeys(page: Page, hasPrf: boolean) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** Another app comes to the front, or ours again. */
function hide(page: Page, isHidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: hidden ? 'hidden' : 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

/** The page may reload meanwhile: then it is asked again. */
async function until(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await page.evaluate(isSo).catch(() => false)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`never: ${isSo.toString()}`);
}

/** Compared within one step: a code that changes between two looks is no mistake. */
async function sameMoment(compare: () => Promise<void>): Promise<void> {
  try {
    await compare();
  } catch {
    await compare();
  }
}

async function isRight(page: Page, name: string, secret: string): Promise<void> {
  await sameMoment(async () => {
    // By the page's own clock: some tests move it.
    const ahead = (await page.evaluate(() => Date.now())) - Date.now();
    assert.equal((await codesOn(page, name)).now, codeOf(secret, -Math.round(ahead / 1000)));
  });
}

/** Everything in IndexedDB as text, and the keys among it. */
function loot(page: Page): Promise<{ text: string; keys: { type: string; extractable: boolean }[] }> {
  return page.evaluate(async () => {
    const keys: { type: string; extractable: boolean }[] = [];
    const plain = (value: unknown): unknown => {
      if (value instanceof CryptoKey) {
        keys.push({ type: value.type, extractable: value.extractable });
        return 'a key';
      }
      if (value instanceof ArrayBuffer) return plain(new Uint8Array(value));
      if (value instanceof Uint8Array) return String.fromCharCode(...value);
      if (Array.isArray(value)) return value.map(plain);
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
      return value;
    };
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
    const database = await settled(indexedDB.open('nachtslot-authenticator'));
    const all: unknown[] = [];
    for (const store of database.objectStoreNames)
      all.push(await settled(database.transaction(store).objectStore(store).getAll()));
    database.close();
    return { text: JSON.stringify(plain(all)), keys };
  });
}

function addressOf(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
