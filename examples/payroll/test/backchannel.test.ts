import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startAll } from './browser.ts';

let all: Awaited<ReturnType<typeof startAll>>;
before(async () => {
  all = await startAll();
});
after(() => all.issuer.close());

const person = (sub: string, sid: string) =>
  all.issuer.tell({ sub, sid, claims: { name: sub, organisations: [{ id: 'quillwharf' }], device_remembered: false } });

async function signedIn(sub: string, sid: string) {
  person(sub, sid);
  const browser = all.browser();
  assert.equal((await browser.get('/sign-in')).path, '/payslips');
  return browser;
}

/** Whether this browser is still somebody, without signing in again. */
async function isIn(browser: Awaited<ReturnType<typeof signedIn>>): Promise<boolean> {
  return (await browser.get('/')).path === '/payslips';
}

async function post(token: string, type = 'application/x-www-form-urlencoded') {
  const body = new URLSearchParams({ logout_token: token }).toString();
  const init = { method: 'POST', headers: { 'content-type': type }, body };
  return (await all.app.request('https://payroll.example/backchannel-logout', init)).status;
}

test('the issuer ends one session, at once, and no other', async () => {
  const [one, other] = [await signedIn('grace', 'sid-a'), await signedIn('grace', 'sid-b')];
  assert.equal(await post(await all.issuer.logoutToken({ sub: 'grace', sid: 'sid-a' })), 200);
  assert.deepEqual([await isIn(one), await isIn(other)], [false, true]);
});

test('a log-out without a session ends everything of the person', async () => {
  const [one, other, somebody] = [
    await signedIn('amir', 'sid-c'),
    await signedIn('amir', 'sid-d'),
    await signedIn('becky', 'sid-e'),
  ];
  assert.equal(await post(await all.issuer.logoutToken({ sub: 'amir', sid: undefined })), 200);
  assert.deepEqual([await isIn(one), await isIn(other), await isIn(somebody)], [false, false, true]);
});

test('what is no log-out ends nothing', async () => {
  const browser = await signedIn('callum', 'sid-f');
  const its = { sub: 'callum', sid: 'sid-f' };
  const wrong = {
    nonsense: 'x.y.z',
    nothing: '',
    'with a nonce': await all.issuer.logoutToken({ ...its, nonce: 'n' }),
    'no event': await all.issuer.logoutToken({ ...its, events: {} }),
    'for another application': await all.issuer.logoutToken({ ...its, aud: 'holidays' }),
    'from another issuer': await all.issuer.logoutToken({ ...its, iss: 'https://id.example' }),
    'an access token': await all.issuer.logoutToken(its, 'at+jwt'),
  };
  for (const [what, token] of Object.entries(wrong)) assert.equal(await post(token), 400, what);
  assert.equal(await post(await all.issuer.logoutToken(its), 'text/plain'), 400, 'not a form');
  assert.equal(await isIn(browser), true);
});

test('a log-out is good once: a copy of it does not end the next sign-in', async () => {
  const token = await all.issuer.logoutToken({ sub: 'dorothy', sid: undefined });
  assert.equal(await post(token), 200);
  const browser = await signedIn('dorothy', 'sid-g');
  assert.equal(await post(token), 400);
  assert.equal(await isIn(browser), true);
});

test('a log-out that overtakes the sign-in it ends still ends it', async () => {
  assert.equal(await post(await all.issuer.logoutToken({ sub: 'ewan', sid: 'sid-h' })), 200);
  person('ewan', 'sid-h');
  const browser = all.browser();
  assert.equal((await browser.get('/sign-in')).status, 400);
  assert.equal(await isIn(browser), false);
});
