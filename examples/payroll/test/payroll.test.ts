import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { ACR } from '../../../clients/typescript/src/index.ts';
import { PUBLIC_URL, startAll } from './browser.ts';
import { seconds, type Told } from './issuer.ts';

let all: Awaited<ReturnType<typeof startAll>>;
before(async () => {
  all = await startAll();
});
after(() => all.issuer.close());

const DAY_MS = 86_400_000;
const WORKS_AT = { organisations: [{ id: 'quillwharf', slug: 'quillwharf', name: 'Quillwharf Freight', groups: [] }] };
const QUIET = { device_remembered: false, authenticators_changed_at: null, recovered_at: null };
const grace = (more: Partial<Told> = {}, claims: Record<string, unknown> = {}): Told => ({
  sub: 'grace',
  acr: ACR.sfa,
  ...more,
  claims: { name: 'Grace Okafor', email: 'grace@quillwharf.example', locale: 'en', ...WORKS_AT, ...QUIET, ...claims },
});
const GOOD_IBAN = 'GB82 WEST 1234 5698 7654 32';
beforeEach(() => all.issuer.tell(grace()));

test('a password is enough for a payslip', async () => {
  const browser = all.browser();
  assert.equal((await browser.get('/')).path, '/');
  const list = await browser.get('/sign-in');
  assert.equal(list.path, '/payslips');
  assert.match(list.text, /Good to see you, Grace Okafor/);
  const [, slip = ''] = /href="(\/payslips\/quillwharf-\d{4}-\d{2})"/.exec(list.html) ?? [];
  const page = await browser.get(slip);
  assert.equal(page.status, 200);
  assert.match(page.text, /Net pay/);
  assert.equal((await browser.get('/payslips/duizendkorrel-2026-01')).status, 404, 'not an employer of hers');
});

test('whoever asks for a payslip and is nobody yet ends up there', async () => {
  const browser = all.browser();
  const list = await browser.get('/payslips');
  const [, slip = ''] = /href="(\/payslips\/quillwharf-\d{4}-\d{2})"/.exec(list.html) ?? [];
  assert.equal((await all.browser().get(slip)).path, slip);
  assert.equal((await all.browser().get('/payslips/..%2f..%2fevil')).path, '/payslips');
});

test('two employers, two payslips a month', async () => {
  const both = { organisations: [{ id: 'duizendkorrel' }, { id: 'quillwharf' }, { id: 'somebody-else' }] };
  all.issuer.tell(grace({}, both));
  const { text } = await all.browser().get('/sign-in');
  assert.match(text, /Quillwharf Freight/);
  assert.match(text, /Bakkerij Duizendkorrel/);
});

test('the bank account asks for two steps, as a condition, not older than five minutes', async () => {
  const browser = all.browser();
  await browser.get('/sign-in');
  const refused = await browser.get('/bank-account');
  const asked = all.issuer.asked.at(-1);
  assert.equal(asked?.get('acr_values'), `${ACR.mfa} phr`);
  assert.equal(asked?.get('max_age'), '300');
  assert.deepEqual(JSON.parse(asked?.get('claims') ?? ''), {
    id_token: { acr: { essential: true, values: [ACR.mfa, 'phr'] } },
  });
  assert.equal(asked?.get('login_hint'), 'grace@quillwharf.example');
  // This issuer lets her back with a password: she is told, and not sent round in circles.
  assert.deepEqual([refused.status, refused.path], [403, '/not-enough']);
  assert.match(refused.text, /Your bank account needs two steps/);
  assert.match(refused.text, /Sign out/, 'her payslips stay open');

  for (const told of [
    { acr: ACR.mfa, auth_time: seconds() - 400 },
    { acr: 'urn:example:very-strong', auth_time: seconds() },
    { acr: ACR.mfa, auth_time: seconds() + 3600 },
  ]) {
    all.issuer.tell(grace(told));
    assert.equal((await browser.get('/bank-account')).path, '/not-enough', JSON.stringify(told));
  }
  for (const acr of [ACR.mfa, ACR.phr]) {
    all.issuer.tell(grace({ acr }));
    assert.equal((await browser.get('/bank-account')).path, '/bank-account', acr);
  }
});

test('an account number is changed at once where nothing speaks against it, and nonsense gets a sentence', async () => {
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'amir' }));
  const browser = all.browser();
  const before = await browser.get('/bank-account');
  for (const [typed, sentence] of [
    ['', /Enter the number/],
    ['my usual account', /An IBAN begins with two letters/],
    ['GB82 WEST 1234 5698 7654 3', /A British IBAN has 22 characters; this one has 21. 1 missing/],
    ['GB82 WEST 1234 5698 7654 23', /does not add up/],
    ['<script>alert(1)</script>', /An IBAN begins with/],
  ] as const) {
    const page = await browser.post('/bank-account', { iban: typed });
    assert.equal(page.status, 422);
    assert.match(page.text, sentence);
    assert.ok(!page.html.includes('<script>'));
    assert.match(page.html, /<title>Error: /);
    assert.match(page.html, /aria-invalid="true"/);
  }
  const [, iban = ''] = /class="iban">([^<]+)</.exec(before.html) ?? [];
  assert.ok((await browser.get('/bank-account')).html.includes(iban), 'nothing was changed');
  const after = await browser.post('/bank-account', { iban: GOOD_IBAN });
  assert.match(after.text, /Saved\. Your next wages go to this account/);
  assert.ok(after.html.includes(GOOD_IBAN));
});

test('after a new authenticator a change waits, says why, comes into force by itself', async () => {
  const changed = { authenticators_changed_at: seconds() - 3600 };
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'becky' }, changed));
  const browser = all.browser();
  assert.match(
    (await browser.get('/bank-account')).text,
    /A change that you make now waits until .* because the way you confirm/,
  );
  const held = await browser.post('/bank-account', { iban: GOOD_IBAN });
  assert.match(held.text, /Your new account waits Held until .* because the way you confirm it’s you changed on/);
  assert.match(held.text, /TALY/, 'wages still go to the old one');

  const cancelled = await browser.post('/bank-account/cancel');
  assert.doesNotMatch(cancelled.text, /WEST/);
  await browser.post('/bank-account', { iban: GOOD_IBAN });
  all.advance(3 * DAY_MS);
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'becky' }, changed));
  const later = await browser.get('/bank-account');
  assert.doesNotMatch(later.text, /Held|TALY/);
  assert.ok(later.html.includes(GOOD_IBAN));
});

test('what the issuer knows now counts, not what it said at sign-in', async () => {
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'callum' }));
  const browser = all.browser();
  assert.doesNotMatch((await browser.get('/bank-account')).text, /waits until/);
  // Between page and button somebody gets the account back by a recovery.
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'callum' }, { recovered_at: seconds() + 3 * 86_400 }));
  assert.match((await browser.post('/bank-account', { iban: GOOD_IBAN })).text, /because your account was given back/);
});

test('an issuer that does not say how fresh the strength is makes a change wait', async () => {
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'dorothy' }, { device_remembered: undefined }));
  const browser = all.browser();
  await browser.get('/bank-account');
  assert.match((await browser.post('/bank-account', { iban: GOOD_IBAN })).text, /did not tell us/);
});

test('what was typed survives the question in between', async () => {
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'ewan' }));
  const browser = all.browser();
  await browser.get('/bank-account');
  all.issuer.revokeAll();
  const back = await browser.post('/bank-account', { iban: GOOD_IBAN });
  assert.equal(back.path, '/bank-account');
  assert.match(back.html, new RegExp(`value="${GOOD_IBAN}"`));
  assert.match(back.html, /class="iban">GB\d\d TALY/, 'and nothing was changed');
  assert.doesNotMatch((await browser.get('/bank-account')).html, new RegExp(`value="${GOOD_IBAN}"`), 'once');
});

test('until when two steps may wait stands on each page', async () => {
  all.issuer.tell(grace({}, { enrolment_due: '2027-01-06' }));
  const browser = all.browser();
  assert.match((await browser.get('/sign-in')).text, /Two-step verification is due by 6 January 2027/);
  await browser.get('/two-steps');
  assert.equal(all.issuer.asked.at(-1)?.get('acr_values'), `${ACR.mfa} phr`);
  assert.equal(all.issuer.asked.at(-1)?.get('max_age'), null);
});

test('Dutch by the person, by the browser, by choice', async () => {
  const dutchBrowser = { 'accept-language': 'nl-NL,nl;q=0.9,en;q=0.8' };
  assert.match((await all.browser().get('/', dutchBrowser)).html, /<html lang="nl">/);
  all.issuer.tell(grace({}, { locale: 'nl' }));
  const browser = all.browser();
  assert.match((await browser.get('/sign-in')).text, /Fijn dat je er bent/);
  const english = await browser.post('/language', { language: 'en', to: '/payslips' });
  assert.match(english.text, /Good to see you/);
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
    assert.equal((await browser.post('/language', { language: 'nl', to })).path, '/payslips', to);
});

test('a form of another site changes nothing', async () => {
  all.issuer.tell(grace({ acr: ACR.mfa, sub: 'fiona' }));
  const browser = all.browser();
  await browser.get('/bank-account');
  for (const origin of ['https://evil.example', 'null', 'https://payroll.example.evil.example', '']) {
    for (const path of ['/bank-account', '/bank-account/cancel', '/sign-out', '/language'])
      assert.equal((await browser.post(path, { iban: GOOD_IBAN }, { origin })).status, 403, `${path} from ${origin}`);
  }
  assert.doesNotMatch((await browser.get('/bank-account')).html, /WEST/);
});

test('an answer that another browser asked for, or that comes twice, opens nothing', async () => {
  const victim = all.browser();
  await victim.get('/sign-in');
  const thief = all.browser();
  const bare = await all.app.request(new URL('/sign-in', PUBLIC_URL).href);
  const back = await fetch(bare.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = new URL(back.headers.get('location') ?? '');
  const stolen = await thief.get(callback.pathname + callback.search);
  assert.equal(stolen.status, 400);
  assert.match(stolen.text, /That sign-in is over/);
  assert.equal((await thief.get('/callback?code=x&state=')).status, 400);
  assert.equal((await thief.get('/callback')).status, 400);
});

test('an answer that somebody changed on the way is refused, and is no fault of ours', async () => {
  const browser = all.browser();
  const begin = async () => {
    const headers = { cookie: `__Host-tally-trip=${browser.cookies.get('__Host-tally-trip') ?? ''}` };
    const bare = await all.app.request(new URL('/sign-in', PUBLIC_URL).href, { headers });
    return new URL(bare.headers.get('location') ?? '').searchParams.get('state') ?? '';
  };
  await browser.get('/sign-in');
  const iss = encodeURIComponent(all.issuer.url);
  for (const rest of [
    `code=made-up&iss=${iss}`,
    `code=a&code=b&iss=${iss}`,
    `iss=${iss}`,
    'code=x&iss=https://evil.example',
  ]) {
    const page = await browser.get(`/callback?state=${await begin()}&${rest}`);
    assert.equal(page.status, 403, rest);
    assert.match(page.text, /You were not signed in/);
  }
});

test('an issuer that says no gets a sentence', async () => {
  for (const [error, sentence] of [
    ['access_denied', /You were not let in/],
    ['unmet_authentication_requirements', /Your bank account needs two steps/],
    ['temporarily_unavailable', /You were not signed in/],
  ] as const) {
    all.issuer.tell(grace({ error }));
    const page = await all.browser().get('/sign-in');
    assert.equal(page.status, 403);
    assert.match(page.text, sentence);
  }
});

test('each sign-in makes a new session name, and the cookie is nobody else’s', async () => {
  const browser = all.browser();
  await browser.get('/sign-in');
  const first = browser.cookies.get('__Host-tally-session');
  await browser.get('/sign-in');
  const second = browser.cookies.get('__Host-tally-session');
  assert.ok(first && second && first !== second);
  browser.cookies.set('__Host-tally-session', first);
  all.issuer.tell(grace({ error: 'login_required' }));
  assert.equal((await browser.get('/payslips')).status, 403, 'the old name is worth nothing');
});

test('signing out ends it here and goes on to the issuer', async () => {
  const browser = all.browser();
  await browser.get('/sign-in');
  const name = browser.cookies.get('__Host-tally-session') ?? '';
  const response = await all.app.request(new URL('/sign-out', PUBLIC_URL).href, {
    method: 'POST',
    headers: { origin: PUBLIC_URL.origin, cookie: `__Host-tally-session=${name}` },
  });
  const to = new URL(response.headers.get('location') ?? '');
  assert.equal(to.origin + to.pathname, `${all.issuer.url}/end`);
  assert.equal(to.searchParams.get('post_logout_redirect_uri'), 'https://payroll.example/signed-out');
  assert.ok(to.searchParams.get('id_token_hint'));
  assert.match(response.headers.getSetCookie().join(), /__Host-tally-session=;.*Max-Age=0/);
  assert.match((await browser.get('/signed-out')).text, /You are signed out/);
});

test('pages run nothing, are framed by nobody, and are kept nowhere', async () => {
  const { headers, html } = await all.browser().get('/');
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src/);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.ok(!/<script| style=| on[a-z]+=/.test(html));
});

test('too much is refused, and an issuer that is away is said to be', async () => {
  const browser = all.browser();
  assert.equal((await browser.post('/language', { to: 'x'.repeat(20_000) })).status, 413);
  const lonely = await startAll({ issuer: new URL('http://127.0.0.1:9') });
  const page = await lonely.browser().get('/sign-in');
  assert.equal(page.status, 503);
  assert.match(page.text, /Sign-in cannot be reached/);
  await lonely.issuer.close();
});

test('an issuer that goes away between page and button changes nothing', async () => {
  const here = await startAll();
  here.issuer.tell(grace({ acr: ACR.mfa }));
  const browser = here.browser();
  await browser.get('/bank-account');
  await here.issuer.close();
  const page = await browser.post('/bank-account', { iban: GOOD_IBAN });
  assert.equal(page.status, 503);
  assert.match(page.text, /nothing was lost/);
});
