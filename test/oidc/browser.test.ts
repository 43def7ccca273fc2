// In a real browser: forms that end at an application, and a cookie jar that minds paths and sites.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { withBrowser } from '#test/attacks/support/chromium.ts';
import { register } from '#test/support/oidc-client.ts';

test('from an application through password, code and consent back to it, and out by its request', async () => {
  await withBrowser(async ({ r, origin, context }) => {
    const payroll = createServer((_request, response) => response.end('payroll'));
    payroll.listen(0, '127.0.0.1');
    await once(payroll, 'listening');
    const address = payroll.address();
    const home = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const house = await r.organisation();
    const grace = await r.person({ organisations: [house], enrolled: true });
    const { id } = await register(r, house, {
      settings: { redirectUris: [`${home}/callback`], postLogoutRedirectUris: [`${home}/bye`], consent: 'ask' },
    });
    const page = await context.newPage();
    const query = new URLSearchParams({
      client_id: id,
      redirect_uri: `${home}/callback`,
      response_type: 'code',
      scope: 'openid email',
      state: 's',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    await page.goto(`${origin}/oidc/auth?${query}`);
    await page.fill('[name=address]', grace.email);
    await page.fill('[name=password]', grace.password);
    await page.click('form[action="/sign-in"] button.primary');
    await page.fill('[name=code]', grace.code());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/oidc\/interaction\//);
    await page.click('button[value=agree]');
    await page.waitForURL(`${home}/callback?**`);
    assert.match(page.url(), /code=[\w-]+/);

    // Agreed to and signed in: straight through the next time, also from a form of the sign-in page.
    r.advance({ seconds: 30 });
    await page.goto(`${origin}/oidc/auth?${query}&prompt=login`);
    await page.fill('[name=code]', grace.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[autocomplete=one-time-code]');
    await page.fill('[name=code]', grace.code());
    await page.keyboard.press('Enter');
    await page.waitForURL(`${home}/callback?**`);

    const out = new URLSearchParams({ client_id: id, post_logout_redirect_uri: `${home}/bye` });
    await page.goto(`${origin}/oidc/logout?${out}`);
    await page.click('form[action="/oidc/logout/confirm"] button.primary');
    await page.waitForURL(`${home}/bye`);
    await page.goto(`${origin}/account`);
    assert.match(page.url(), /\/sign-in/);
    payroll.close();
  });
});
