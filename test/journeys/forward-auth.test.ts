import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { APP, protectHosts } from '#test/support/hosts.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { freePort, get, type Ports, startApplication, startCaddy, startNginx } from './support/proxies.ts';

// Real nginx and real Caddy, with the configuration that `docs/operations/forward-auth.md` shows.
const LOGIN = 'login.example.org';
const PROXIES = { nginx: startNginx, caddy: startCaddy };

let browser: Browser;
const tls = await freePort();
before(async () => {
  const maps = `MAP *.example.org 127.0.0.1:${tls}`;
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-proxy-server',
      '--disable-quic',
      '--disable-background-networking',
      `--host-resolver-rules=${maps}`,
    ],
  });
});
after(() => browser.close());

for (const [name, start] of Object.entries(PROXIES)) {
  test(`${name}: signed in once, asked for more where more is asked, and out everywhere at once`, () =>
    withProxy(start, async ({ r, ann }) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      const at = (path: string) => page.goto(`https://${APP}${path}`);

      await at('/reports?month=3');
      await page.waitForURL(`https://${LOGIN}/sign-in?**`);
      await password(page, ann);
      r.advance('PT30S');
      await page.getByLabel('Remember this device').check();
      await page.getByLabel('6-digit code').fill(ann.code());
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.waitForURL(`https://${APP}/reports?month=3`);
      assert.equal(await page.locator('#at').textContent(), '/reports?month=3');
      assert.deepEqual(await told(page), {
        'Remote-User': ann.id,
        'Remote-Groups': 'night shift',
        'Remote-Email': ann.email,
        'Remote-Name': 'Zo%C3%AB',
        'Remote-Acr': 'https://refeds.org/profile/mfa',
      });
      const cookies = await context.cookies(`https://${APP}`);
      const [own] = cookies.filter((one) => one.name === '__Host-nachtslot');
      assert.deepEqual([own?.domain, own?.httpOnly, own?.secure], [APP, true, true]);
      assert.ok(!cookies.some((one) => one.name === '__Host-session'), 'no cookie of ours gets there');

      // Out by the application's link, and in again by the password alone: this device is remembered.
      await at('/.nachtslot/sign-out');
      await page.getByRole('button', { name: 'Sign out' }).last().click();
      await page.waitForURL(`https://${LOGIN}/sign-in?**`);
      await at('/');
      await page.waitForURL(`https://${LOGIN}/sign-in?**`);
      await password(page, ann);
      await page.waitForURL(`https://${APP}/`);
      assert.equal((await told(page))['Remote-Acr'], 'https://refeds.org/profile/sfa');

      await at('/admin/users');
      assert.match((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', /asks for more/);
      await page.getByRole('button', { name: 'Continue' }).click();
      r.advance('PT30S');
      await page.getByLabel('6-digit code').fill(ann.code());
      await page
        .getByRole('button', { name: 'Verify' })
        .click({ timeout: 3_000 })
        .catch(() => {});
      await page.waitForURL(`https://${APP}/admin/users`);
      assert.equal((await told(page))['Remote-Acr'], 'https://refeds.org/profile/mfa');

      const refused = await at('/finance');
      if (name === 'nginx') await page.waitForURL(`https://${LOGIN}/forward-auth/refused?host=${APP}`);
      assert.equal(refused?.status(), 403);
      await r.store.transaction((tx) => tx.accounts.setGroups(ann.id, r.house, ['finance']));
      assert.equal((await at('/finance'))?.status(), 200);

      // In a second tab the session ends; in this one it is over with the next click, and for a script without a page.
      const other = await context.newPage();
      await other.goto(`https://${LOGIN}/forward-auth/sign-out`);
      await other.getByRole('button', { name: 'Sign out' }).last().click();
      await other.waitForURL(`https://${LOGIN}/sign-in?**`);
      const status = await page.evaluate(async () => (await fetch('/reports')).status);
      assert.equal(status, 401);
      await at('/finance');
      await page.waitForURL(`https://${LOGIN}/sign-in?**`);
      await context.close();
    }));

  test(`${name}: what a stranger sends opens nothing and reaches nobody`, () =>
    withProxy(start, async ({ ports }) => {
      const ask = (path: string, headers = {}) => get(ports.tls, APP, path, headers);
      const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
      const begin = await ask('/reports', page);
      assert.deepEqual([begin.status, begin.location], [302, `https://${APP}/.nachtslot/begin?to=%2Freports`]);
      assert.deepEqual([(await ask('/reports')).status, (await ask('/reports')).location], [401, null]);

      const forged = Object.fromEntries(
        ['User', 'Groups', 'Email', 'Name', 'Acr'].flatMap((one) => [
          [`Remote-${one}`, 'admin'],
          [`Remote_${one}`, 'admin'],
        ]),
      );
      const open = await ask('/public/x', forged);
      assert.equal(open.status, 200);
      assert.ok(open.text.includes('<h1>Roster</h1>') && !open.text.includes('admin'), open.text);

      const spoofs = [
        { 'x-original-url': `https://${APP}/public` },
        { 'x-forwarded-uri': '/public' },
        { 'x-forwarded-host': 'elsewhere.example.org', 'x-forwarded-uri': '/public' },
        { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', forwarded: 'for=127.0.0.1' },
        { 'x-forwarded-method': 'OPTIONS', 'x-original-method': 'OPTIONS' },
        { cookie: '__Host-nachtslot=x; __Host-session=x' },
      ];
      for (const headers of spoofs) {
        const { status, text } = await ask('/admin', { ...page, ...headers });
        assert.ok(status !== 200 && !text.includes('Roster'), JSON.stringify(headers));
      }
      for (const path of [
        '/public/../admin',
        '/public/%2e%2e/admin',
        '/public/..%2fadmin',
        '//admin',
        '/PUBLIC/../ADMIN',
        '/public;/../admin',
        '/public%5c..%5cadmin',
        '/.nachtslot/../admin',
        '/.nachtslot/%2e%2e/admin',
        '/public/%252e%252e/admin',
        '/nachtslot-asks',
        '/.nachtslot/x',
        '/.nachtslot/..%2f..%2fadmin',
      ]) {
        const { status, text } = await ask(path, page);
        assert.ok(status !== 200 && !text.includes('Roster'), `${path}: ${status}`);
      }
      for (const host of [LOGIN, 'elsewhere.example.org', `${APP}:443`, `${APP}.`]) {
        const { status, text } = await get(ports.tls, APP, '/admin', { ...page, host }).catch(() => ({
          status: 0,
          text: '',
        }));
        assert.ok(!text.includes('<h1>Roster'), `${host}: ${status}`);
      }
    }));
}

type Scene = { r: Rig & { house: string }; ann: Person; ports: Ports };

async function withProxy(
  start: (ports: Ports) => Promise<{ stop(): Promise<void> }>,
  body: (scene: Scene) => Promise<void>,
) {
  const r = await rig({ publicUrl: `https://${LOGIN}` });
  const house = await r.organisation();
  await protectHosts(r, house);
  const ann = await r.person({ name: 'Zoë', organisations: [house], enrolled: true });
  await r.store.transaction((tx) => tx.accounts.setGroups(ann.id, house.id, ['night shift']));
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  const application = await startApplication();
  const ports = { tls, nachtslot: server.port, application: application.port };
  const proxy = await start(ports);
  try {
    await body({ r: Object.assign(r, { house: house.id }), ann, ports });
  } finally {
    await proxy.stop();
    application.stop();
    await server.close();
  }
}

async function password(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** What the application was told. */
async function told(page: Page): Promise<Record<string, string>> {
  const lines = (await page.locator('pre').textContent())?.split('\n') ?? [];
  return Object.fromEntries(lines.map((line) => line.split('=', 2)));
}
