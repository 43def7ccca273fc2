import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { type Visited, withBrowser } from '#test/attacks/support/chromium.ts';
import type { Person } from '#test/support/rig.ts';

// A passkey in a real browser, with the virtual authenticator that Chromium brings along: it makes keys and signs as a
// phone or a computer would, and says that its owner was there when the test lets it.

test('a passkey from the wizard to the start page, with no password typed ever after', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context } = visited;
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house] });
    const page = await context.newPage();
    const device = await virtualDevice(page);
    await enrol(visited, page, person);

    // By the suggestions of the address field: nothing is typed and nothing pressed.
    await signOut(page);
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(`${origin}/`);

    // By the button, which comes first on this device now.
    await signOut(page);
    r.advance('PT1S');
    await withoutSuggestions(page);
    await page.goto(`${origin}/sign-in`);
    const first = page.getByRole('button').first();
    assert.equal(await first.textContent(), 'Sign in with a passkey');
    await first.click();
    await page.waitForURL(`${origin}/`);
    assert.deepEqual(
      (await newest(visited, person)).map(({ type, factors }) => [type, ...factors]),
      [['passkey', 'possession', 'inherence']],
    );

    // A change that needs a fresh proof.
    r.advance('PT6M');
    await page.goto(`${origin}/account/password`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await page.getByRole('heading', { name: 'Change your password' }).waitFor();

    // A second one, on a security key; the first device is not asked again.
    await page.goto(`${origin}/account`);
    await page.getByRole('link', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('There is a passkey for this account on that device already').waitFor();
    await device.leave();
    await virtualDevice(page, { transport: 'usb' });
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('Your new passkey is ready.').waitFor();
    assert.equal(await page.getByText('On this one device only').count(), 2);
  });
});

test('a passkey after the password, and none where the owner is not checked', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context } = visited;
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house] });
    const page = await context.newPage();
    const device = await virtualDevice(page, { checksOwner: false });
    await enrol(visited, page, person);
    await signOut(page);

    // The key was made, and is held; but it cannot tell who holds it.
    await page.goto(`${origin}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('That came to nothing').waitFor();
    assert.equal(new URL(page.url()).pathname, '/sign-in');

    r.advance('PT1S');
    await withPassword(page, origin, person);
    await page.getByLabel('Remember this device for 30 days').check();
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await page.waitForURL(`${origin}/`);
    assert.deepEqual(
      (await newest(visited, person)).map(({ type, factors }) => [type, ...factors]),
      [
        ['password', 'knowledge'],
        ['passkey', 'possession'],
      ],
    );
    await signOut(page);
    await withPassword(page, origin, person);
    await page.waitForURL(`${origin}/`);
    await device.leave();
  });
});

test('a copy that counts behind its original is refused, and its owner is told', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context } = visited;
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house] });
    const page = await context.newPage();
    const device = await virtualDevice(page);
    await enrol(visited, page, person);
    await signOut(page);
    const copy = await device.credential();
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(`${origin}/`);
    await signOut(page);

    await device.leave();
    const thief = await virtualDevice(page);
    await thief.put(copy);
    await withoutSuggestions(page);
    await page.goto(`${origin}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText("This passkey can't be used here").waitFor();
    const [letter] = (await r.messages(person.email)).filter(({ text }) => text.includes('counted backwards'));
    assert.match(letter?.text ?? '', /Remove it on your account page/);
  });
});

test('without scripts nothing is offered that needs one, and every way goes on', async () => {
  await withBrowser(async (visited) => {
    const { r, origin, context } = visited;
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house] });
    const plain = await (await context.browser()?.newContext({ javaScriptEnabled: false }))?.newPage();
    assert.ok(plain);
    await withPassword(plain, origin, person);
    assert.equal(await plain.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false);
    await plain.getByRole('button', { name: 'Enable' }).click();
    assert.equal(await plain.getByRole('radio', { name: 'Passkey', exact: true }).count(), 0);
    assert.ok((await plain.getByRole('radio').count()) > 1, 'other ways are there');

    const page = await context.newPage();
    await virtualDevice(page);
    const code = await enrol(visited, page, person);
    const back = await (await context.browser()?.newContext({ javaScriptEnabled: false }))?.newPage();
    assert.ok(back);
    await withPassword(back, origin, person);
    // Not by its words: those of a page without scripts are skipped by whoever looks for text.
    const told = back.locator('noscript');
    assert.match(await told.innerText(), /This browser can't use a passkey here/);
    assert.ok(await told.isVisible());
    await back.getByRole('link', { name: 'Try another way' }).click();
    await back.getByRole('link', { name: 'Use your backup code' }).click();
    await back.getByLabel('Backup code').fill(code);
    await back.getByRole('button', { name: 'Verify' }).click();
    await back.getByRole('heading', { name: 'Your backup code' }).waitFor();
  });
});

type Credential = Awaited<ReturnType<typeof credentialsOf>>[number];

async function credentialsOf(session: CDPSession, authenticatorId: string) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

type Device = {
  credential(): Promise<Credential>;
  put(credential: Credential): Promise<void>;
  leave(): Promise<void>;
};

async function virtualDevice(
  page: Page,
  { transport = 'internal', checksOwner = true }: { transport?: 'internal' | 'usb'; checksOwner?: boolean } = {},
): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: checksOwner,
      isUserVerified: checksOwner,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credential: async () => (await credentialsOf(session, authenticatorId))[0] ?? assert.fail('no credential'),
    put: async (credential) => void (await session.send('WebAuthn.addCredential', { authenticatorId, credential })),
    leave: async () => void (await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
  };
}

/** Signs in with the password, through the whole wizard, and answers the backup code. */
async function enrol({ origin }: Visited, page: Page, person: Person): Promise<string> {
  await withPassword(page, origin, person);
  await page.getByRole('button', { name: 'Enable' }).click();
  // The whole card is the target.
  await page.getByText('Passkey', { exact: true }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Step 2 of 4').waitFor();
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('button', { name: 'Skip this step' }).click();
  const code = (await page.locator('[data-copy]').first().getAttribute('data-copy')) ?? '';
  await page.getByLabel('I have saved this code in a safe place').check();
  await page.getByLabel('First four characters').fill(code.slice(0, 4));
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.waitForURL(`${origin}/`);
  return code;
}

async function withPassword(page: Page, origin: string, person: Person): Promise<void> {
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A browser that knows passkeys, and not in the suggestions of a field. */
async function withoutSuggestions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}

/** What the session that began last began with: the clock of a test stands still unless it is moved. */
async function newest({ r }: Visited, person: Person) {
  return (await r.store.read.sessions.of(person.id))[0]?.evidence ?? [];
}

async function signOut(page: Page): Promise<void> {
  await forgetSession(page.context());
}

/** Signing out by the menu leads to the sign-in page, where a device that is present would sign in at once. */
async function forgetSession(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'session' });
}
