import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '#core/refusal.ts';
import { addApplication, administratorIn, oidcForm, oidcInput, stewardOf } from '#test/support/administration.ts';
import { caller, tokenFor } from '#test/support/program.ts';
import { rig } from '#test/support/rig.ts';
import { speak } from '#words/index.ts';

/** Addresses that would widen where codes are sent to, or never match, and the word for why. */
const BAD: [string, Refusal][] = [
  ['https://*.payroll.example/cb', 'redirect-wildcard'],
  ['https://payroll.example/*', 'redirect-wildcard'],
  ['https://payroll.example*/cb', 'redirect-wildcard'],
  ['https://payroll.example/cb?next=*', 'redirect-wildcard'],
  ['https://payroll.example/cb#', 'redirect-fragment'],
  ['https://payroll.example/cb#access_token=x', 'redirect-fragment'],
  ['http://payroll.example/cb', 'redirect-not-https'],
  ['HTTP://payroll.example/cb', 'redirect-not-https'],
  ['http://localhost.evil.test/cb', 'redirect-not-https'],
  ['http://127.0.0.1.evil.test/cb', 'redirect-not-https'],
  ['http://10.0.0.5/cb', 'redirect-not-https'],
  ['http://[::2]/cb', 'redirect-not-https'],
  ['https://payroll.example@evil.test/cb', 'redirect-credentials'],
  ['https://user:pass@payroll.example/cb', 'redirect-credentials'],
  ['https://@payroll.example/cb', 'redirect-credentials'],
  ['https://:@payroll.example/cb', 'redirect-credentials'],
  ['//payroll.example/cb', 'redirect-malformed'],
  ['/cb', 'redirect-malformed'],
  ['payroll.example/cb', 'redirect-malformed'],
  ['https:payroll.example/cb', 'redirect-malformed'],
  ['https:/payroll.example/cb', 'redirect-malformed'],
  ['https:///payroll.example/cb', 'redirect-malformed'],
  ['https://', 'redirect-malformed'],
  ['https:///', 'redirect-malformed'],
  ['https://payroll.example:99999/cb', 'redirect-malformed'],
  ['https://\\evil.test/cb', 'redirect-characters'],
  ['https://payroll.example\\@evil.test/cb', 'redirect-characters'],
  ['https://payroll.example/c b', 'redirect-characters'],
  ['https://payroll.example/cb\u0000', 'redirect-characters'],
  ['https://payroll.example/\u202Ecb', 'redirect-characters'],
  ['https://payroll。example/cb', 'redirect-characters'],
  ['https://päyroll.example/cb', 'redirect-characters'],
  ['https://payroll.example/<script>', 'redirect-characters'],
  ['https://payroll.example/{path}', 'redirect-characters'],
  ['https://payroll.example/cb"', 'redirect-characters'],
  ['javascript:alert(1)', 'redirect-scheme'],
  ['javascript:alert`1`', 'redirect-characters'],
  ['javascript://payroll.example/%0aalert(1)', 'redirect-scheme'],
  ['data:text/html,hello', 'redirect-scheme'],
  ['vbscript:msgbox(1)', 'redirect-scheme'],
  ['blob:https://payroll.example/1', 'redirect-scheme'],
  ['file:///etc/passwd', 'redirect-scheme'],
  ['ftp://payroll.example/cb', 'redirect-scheme'],
  ['ws://payroll.example/cb', 'redirect-scheme'],
  ['about:blank', 'redirect-scheme'],
  ['myapp:/cb', 'redirect-scheme'],
  ['intent://cb', 'redirect-scheme'],
  ['com.example.app:/cb', 'redirect-private-use'],
  ['HTTPS://payroll.example/cb', 'redirect-rewritten'],
  ['https://PAYROLL.example/cb', 'redirect-rewritten'],
  ['https://payroll.example:443/cb', 'redirect-rewritten'],
  ['https://payroll.example./cb', 'redirect-rewritten'],
  ['https://payroll.example/a/../cb', 'redirect-rewritten'],
  ['https://payroll.example/./cb', 'redirect-rewritten'],
  ['https://payroll.example/a/%2e%2e/cb', 'redirect-rewritten'],
  ['https://0x7f.1/cb', 'redirect-rewritten'],
  ['https://2130706433/cb', 'redirect-rewritten'],
  ['https://payroll.example/cb?code=1', 'redirect-query'],
  ['https://payroll.example/cb?a=1&state=x', 'redirect-query'],
  ['https://payroll.example/cb?iss=x', 'redirect-query'],
  ['https://id.example.test/account', 'redirect-ours'],
  ['https://id.example.test', 'redirect-ours'],
  [`https://payroll.example/${'a'.repeat(600)}`, 'redirect-too-long'],
];

const GOOD = [
  'https://payroll.example/cb',
  'https://payroll.example',
  'https://payroll.example/',
  'https://payroll.example:8443/cb?tenant=7',
  'http://localhost:4000/cb',
  'http://127.0.0.1/cb',
  'http://[::1]:4000/cb',
  'https://id.example.test.payroll.example/cb',
];

/** As a browser sends it: NUL is refused before any field is looked at. */
const typable = BAD.filter(([address]) => !address.includes('\0'));

test(`each of ${BAD.length} bad redirect addresses is refused, with a sentence that names it, by page and by program`, async () => {
  assert.ok(BAD.length >= 40);
  const r = await rig();
  const house = await r.organisation();
  const ada = await administratorIn(r, [house]);
  const words = speak('en');
  for (const [address, why] of typable) {
    const typed = `https://payroll.example/good\n${address}`;
    const page = await ada.jar.post('/admin/applications/add', oidcForm(house.id, { redirectUris: typed }));
    assert.equal(page.status, 422, address);
    const shown = /id="redirectUris-error"[^>]*>.*?<span>(.*?)<\/span>/s.exec(page.text)?.[1] ?? '';
    const [, after = ''] = words.refusal({ refusal: why }, r.now()).split('“”');
    assert.ok(plain(shown).endsWith(after) && after.length > 20, `${address}: ${shown}`);
  }
  const steward = await stewardOf(r, ada);
  const { audience: _, ...input } = oidcInput(house.id);
  for (const [index, [address, why]] of BAD.entries()) {
    // A token may not ask so often.
    const call = caller(r, await tokenFor(r, steward, house, { name: `T${index}` }));
    const settings = { ...input.settings, redirectUris: [address] };
    const answer = await call('POST', '/applications', { ...input, settings });
    assert.deepEqual([answer.status, answer.body['code']], [422, why], address);
    await r.store.transaction(async (tx) => {
      for (const { id } of await tx.apiTokens.of(house.id)) await tx.apiTokens.remove(house.id, id);
    });
  }
  assert.deepEqual(await r.store.read.applications.all(), []);
});

test('the same addresses are refused for signing out, and the good ones are kept as they were written', async () => {
  const r = await rig();
  const house = await r.organisation();
  const { jar } = await administratorIn(r, [house]);
  for (const [address] of typable) {
    const page = await jar.post('/admin/applications/add', oidcForm(house.id, { postLogoutRedirectUris: address }));
    assert.equal(page.status, 422, address);
    const back = await jar.post('/admin/applications/add', oidcForm(house.id, { backchannelLogoutUri: address }));
    assert.equal(back.status, 422, address);
  }
  const own = await jar.post(
    '/admin/applications/add',
    oidcForm(house.id, { backchannelLogoutUri: 'http://localhost:6379/' }),
  );
  assert.equal(own.status, 422, 'the server calls nothing on its own machine');
  const { application } = await addApplication(r, jar, house, { redirectUris: GOOD.join('\r\n') });
  assert.deepEqual('redirectUris' in application.settings && application.settings.redirectUris, GOOD);
});

test('an app on a device has a scheme named after a domain, and no secret', async () => {
  const r = await rig();
  const house = await r.organisation();
  const { jar } = await administratorIn(r, [house]);
  const native = { type: 'native', authMethod: 'none' };
  for (const address of ['com.example.app:/cb', 'com.example.app://cb']) {
    const { application } = await addApplication(r, jar, house, { ...native, redirectUris: address });
    assert.equal(application.secretHash, null);
  }
  for (const address of ['com.example.app:cb', 'com.example.app:/', 'com.example.app:/a/../b', 'app:/cb', 'com.:/x']) {
    const page = await jar.post('/admin/applications/add', oidcForm(house.id, { ...native, redirectUris: address }));
    assert.equal(page.status, 422, address);
  }
  const secret = oidcForm(house.id, { type: 'native', redirectUris: 'com.example.app:/cb' });
  assert.match((await jar.post('/admin/applications/add', secret)).text, /cannot keep a secret/);
});

function plain(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
