import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APP, HostBrowser, PAY, pathOf, protectHosts } from '#test/support/hosts.ts';
import { rig } from '#test/support/rig.ts';
import { signedInWithCode } from './support/in-process.ts';

const EVIL = 'evil.test';

/** Everything that has led people astray somewhere, as a target after a sign-in. */
const TARGETS = [
  `https://${EVIL}`,
  `https://${EVIL}/`,
  `http://${EVIL}/x`,
  `//${EVIL}`,
  `///${EVIL}`,
  `////${EVIL}`,
  `/\\${EVIL}`,
  `\\\\${EVIL}`,
  `\\/${EVIL}`,
  `/\\/${EVIL}`,
  `/%2f%2f${EVIL}`,
  `/%2f${EVIL}`,
  `/%5c${EVIL}`,
  `/%5c%5c${EVIL}`,
  `/%09/${EVIL}`,
  `/\t/${EVIL}`,
  `/\n/${EVIL}`,
  `/\r/${EVIL}`,
  `/\u0000/${EVIL}`,
  `\t//${EVIL}`,
  ` //${EVIL}`,
  `https:${EVIL}`,
  `https:/${EVIL}`,
  `https:///${EVIL}`,
  `https:\\\\${EVIL}`,
  `ht\ntps://${EVIL}`,
  `https://${APP}@${EVIL}`,
  `https://${APP}:443@${EVIL}`,
  `https://${APP}.${EVIL}`,
  `https://${APP}%00.${EVIL}`,
  `https://${APP}%2f.${EVIL}`,
  `https://${APP}\\@${EVIL}`,
  `@${EVIL}`,
  `.${EVIL}`,
  `:80@${EVIL}`,
  `/.${EVIL}`,
  `/..//${EVIL}`,
  `/../${EVIL}`,
  `/./\\${EVIL}`,
  `/;@${EVIL}`,
  `/@${EVIL}`,
  `?@${EVIL}`,
  `#@${EVIL}`,
  `/#//${EVIL}`,
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '/javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  `blob:https://${EVIL}/x`,
  `file://${EVIL}/x`,
  `ftp://${EVIL}`,
  `wss://${EVIL}`,
  `/\u2215\u2215${EVIL}`,
  `/\uFF0F${EVIL}`,
  `\uFF0F\uFF0F${EVIL}`,
  `https://${EVIL.replace('.', '\u3002')}`,
  `/%252f%252f${EVIL}`,
  `/%E3%80%82${EVIL}`,
  `HTTPS://${EVIL}`,
  `/${'a'.repeat(5000)}`,
  `https://${EVIL}/${APP}`,
  `/.nachtslot/begin?to=//${EVIL}`,
  `/.nachtslot/in?ticket=x`,
  `/%2enachtslot/sign-out`,
  `/.NACHTSLOT/sign-out`,
  `/x/../.nachtslot/sign-out`,
  `/path?next=https://${EVIL}`,
  '',
  '*',
  'null',
];

test('from every door of the ceremony a browser ends at the host it came from', async () => {
  const r = await rig();
  const house = await r.organisation();
  await protectHosts(r, house);
  const ann = await r.person({ organisations: [house], enrolled: true });
  const browser = new HostBrowser(r, await signedInWithCode(r, ann));
  const nonce = new URL(await browser.toUs(APP, '/'), 'https://x').searchParams.get('nonce') ?? '';
  assert.ok(TARGETS.length >= 60, `${TARGETS.length}`);
  let led = 0;
  for (const target of TARGETS) {
    const said = JSON.stringify(target.slice(0, 60));
    // As the first door gets it, as the second one does, and as our own page does.
    const encoded = encodeURIComponent(target);
    const atHost = await browser.corner(APP, `/.nachtslot/begin?to=${encoded}`);
    const began = new URL(atHost.location ?? '');
    assert.equal(began.origin, 'https://id.example.test', said);
    for (const begin of [pathOf(atHost.location), `/forward-auth/begin?host=${APP}&nonce=${nonce}&to=${encoded}`]) {
      const page = await browser.us.get(begin, { 'sec-fetch-site': 'cross-site' });
      // A path that no program should read has no rule, and leads nowhere.
      if (page.status === 404) continue;
      led += 1;
      assert.equal(page.status, 303, said);
      const ticket = new URL(page.location ?? '');
      assert.equal(ticket.origin + ticket.pathname, `https://${APP}/.nachtslot/in`, said);
      const end = new URL(await browser.finish(APP, page.location ?? ''));
      assert.equal(end.origin, `https://${APP}`, said);
      assert.equal(end.username + end.password, '', said);
      assert.doesNotMatch(end.pathname, /^\/\.nachtslot/i, said);
    }
  }
  assert.ok(led > TARGETS.length, `control: ${led} were led on`);
});

test('the host is one of the rules, or there is no page', async () => {
  const r = await rig();
  const house = await r.organisation();
  await protectHosts(r, house);
  const ann = await r.person({ organisations: [house], enrolled: true });
  const browser = new HostBrowser(r, await signedInWithCode(r, ann));
  const nonce = new URL(await browser.toUs(APP, '/'), 'https://x').searchParams.get('nonce') ?? '';
  for (const host of [
    ...TARGETS,
    EVIL,
    `${EVIL}#${APP}`,
    `${APP}.${EVIL}`,
    `${EVIL}/${APP}`,
    'id.example.test',
    `${APP}:1`,
    `*`,
  ])
    for (const page of ['begin', 'not-in', 'refused']) {
      const query = new URLSearchParams({ host, to: '/', nonce });
      const answer = await browser.us.get(`/forward-auth/${page}?${query}`, { 'sec-fetch-site': 'cross-site' });
      assert.ok(answer.status >= 400 && answer.status < 500, `${page} ${host.slice(0, 60)}: ${answer.status}`);
      assert.ok(!answer.text.includes(`href="https://${EVIL}`) && !answer.headers.has('refresh'), host.slice(0, 60));
    }
  const twice = await browser.us.get(`/forward-auth/begin?host=${APP}&host=${EVIL}&to=/&nonce=${nonce}`, {
    'sec-fetch-site': 'cross-site',
  });
  assert.equal(new URL(twice.location ?? '').host, APP);
  const form = { host: EVIL, to: '/', nonce };
  const posted = await browser.us.post('/forward-auth/begin', form);
  assert.ok(posted.status === 303 && (posted.location ?? '').startsWith('/forward-auth/begin?'), `${posted.status}`);
  assert.equal((await browser.us.follow(posted)).status, 404);
  assert.equal(
    (await browser.us.get(`/forward-auth/begin?host=${PAY}&to=/&nonce=`)).status,
    404,
    'no nonce, no ticket',
  );
});

test('a sign-in goes back to the ceremony and to nothing else of this door', async () => {
  const r = await rig();
  const house = await r.organisation();
  const ann = await r.person({ organisations: [house] });
  for (const path of [
    '/forward-auth',
    '/forward-auth?x',
    '/forward-auth/',
    '/forward-auth/sign-out',
    '/forward-auth/not-in?host=x',
    '/forward-auth/refused?host=x',
    '/forward-auth/begin/x',
    '/.nachtslot/sign-out',
    `/.nachtslot/begin?to=//${EVIL}`,
  ]) {
    const answer = await r
      .browser()
      .post('/sign-in', { address: ann.email, password: ann.password, 'return-to': path });
    assert.equal(answer.location, '/', path);
  }
  const there = '/forward-auth/begin?host=app.example.org&to=%2F&nonce=x';
  const answer = await r.browser().post('/sign-in', { address: ann.email, password: ann.password, 'return-to': there });
  assert.equal(answer.location, there, 'control');
});
