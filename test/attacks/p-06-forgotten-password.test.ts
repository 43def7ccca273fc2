import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn } from '#test/support/roads.ts';
import {
  ATTEMPT,
  DEVICE,
  linkFor,
  mailsAbout,
  me,
  onBoth,
  pendingOf,
  secondStep,
  signedInByDevice,
  signedInWithCode,
  snapshot,
} from './support/in-process.ts';

const FRESH = 'velvet ladder eleven moons';
const OTHER = 'copper window seven rivers';

onBoth('a reset by mail gives no session, and the second step is asked for as before', async (r) => {
  const ann = await enrolledIn(r);
  const remembered = await signedInByDevice(r, ann);
  const live = await signedInWithCode(r, ann);
  const waiting = await pendingOf(r, ann);
  const keys = await secondStepsOf(r, ann);

  const jar = r.browser();
  const page = await setPassword(jar, await askFor(r, jar, ann), FRESH);
  assert.match(page.path, /^\/sign-in\?notice=password-set/);
  for (const cookie of [SESSION, ATTEMPT, DEVICE]) assert.ok(!jar.cookies.has(cookie), cookie);
  assert.deepEqual(await secondStepsOf(r, ann), keys, 'app and backup code stay as they were');
  assert.ok((await mailsAbout(r, ann, /not-me/)) > 0, 'the owner is told');

  assert.equal(await me(r, live), null, 'sessions end');
  assert.equal(await me(r, remembered), null);
  const half = await waiting.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  assert.match(half.path, /^\/sign-in/);
  assert.equal(await me(r, waiting), null, 'a sign-in under way ends');
  assert.ok((await signIn(r.browser(), ann)).status >= 400, 'the old password is gone');

  for (const browser of [jar, remembered, r.browser()]) {
    const next = await signIn(browser, { ...ann, password: FRESH });
    assert.match(next.path, /^\/sign-in\/verify/, 'also on the device that was remembered');
    assert.equal(await me(r, browser), null);
  }
  await secondStep(r, jar, ann);
});

onBoth('of two browsers with one link at the same moment, one sets a password', async (r) => {
  const ann = await enrolledIn(r);
  const path = await askFor(r, r.browser(), ann);
  const words = [FRESH, OTHER, 'silver garden nine clouds'];
  const answers = await Promise.all(words.map((password) => post(r.browser(), path, password)));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1);
  for (const { status } of answers) assert.ok(status === 303 || status === 410, String(status));
  const entered = await Promise.all(
    words.map(async (password) => (await signIn(r.browser(), { ...ann, password })).path),
  );
  assert.equal(entered.filter((path) => path.startsWith('/sign-in/verify')).length, 1);
});

test('a link that was opened is not spent; one that was used is', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const path = await askFor(r, r.browser(), ann);
  const before = await snapshot(r, ann);
  for (let scan = 0; scan < 5; scan += 1) {
    assert.equal((await r.browser().get(path)).status, 200);
    const head = await r.browser().send(new Request(`https://id.example.test${path}`, { method: 'HEAD' }));
    assert.equal(head.status, 200);
  }
  assert.equal(await snapshot(r, ann), before);
  const jar = r.browser();
  assert.equal((await setPassword(jar, path, FRESH)).status, 200);
  await dead(r, path);
});

test('a link dies: after an hour, after a newer one, after the password was changed otherwise', async () => {
  const r = await rig();
  const late = await enrolledIn(r);
  const old = await askFor(r, r.browser(), late);
  r.advance('PT1H');
  await dead(r, old);

  const twice = await enrolledIn(r);
  const first = await askFor(r, r.browser(), twice);
  r.advance('PT1M');
  const second = await askFor(r, r.browser(), twice);
  assert.notEqual(first, second);
  await dead(r, first);
  assert.equal((await r.browser().get(second)).status, 200);

  const changed = await enrolledIn(r);
  const before = await askFor(r, r.browser(), changed);
  const jar = await signedInWithCode(r, changed);
  const done = await jar.submit('/account/password', { password: FRESH, repeated: FRESH });
  assert.equal(done.path, '/account?done=password');
  await dead(r, before);

  const moved = await enrolledIn(r, '+447700900123');
  const link = await askFor(r, r.browser(), moved);
  const at = await signedInWithCode(r, moved);
  const text = (await r.store.read.authenticators.of(moved.id)).find((one) => one.type === 'sms');
  await at.submit('/account/authenticators/remove', { id: text?.id ?? '' });
  await dead(r, link);
});

test("somebody else's link, a link of another kind, a link with letters changed: nothing", async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const path = await askFor(r, r.browser(), ann);
  const before = [await snapshot(r, ann), await snapshot(r, bob)];
  const token = path.split('/')[2] ?? '';
  const flipped = token.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'));
  const live = await signedInWithCode(r, bob);
  await live.submit('/account/password', { password: OTHER, repeated: OTHER });
  const notMe = await linkFor(r, bob, 'not-me');
  const bobs = await snapshot(r, bob);
  const paths = [
    `/activate/${token}`,
    `/not-me/${token}`,
    notMe.replace('not-me', 'reset'),
    `/reset/${flipped}`,
    `/reset/${token.slice(0, -1)}`,
    `/reset/${bob.id}`,
    '/reset/undefined',
    `/reset/${'a'.repeat(5000)}`,
  ];
  for (const wrong of paths) await dead(r, wrong);
  assert.equal(await snapshot(r, bob), bobs);
  assert.equal(await snapshot(r, ann), before[0]);
  // Names and numbers beside the link decide nothing: it is Ann's and stays Ann's.
  const named = { account: bob.id, user: bob.id, email: bob.email, address: bob.email, kind: 'activate' };
  const answer = await r.browser().post(`${path}?${new URLSearchParams(named)}`, {
    ...named,
    password: FRESH,
    repeated: FRESH,
  });
  assert.equal(answer.status, 303);
  assert.equal(await snapshot(r, bob), bobs);
  assert.match((await signIn(r.browser(), { ...ann, password: FRESH })).path, /^\/sign-in\/verify/);
});

test('a new password that is refused spends nothing, and says why beside its field', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const path = await askFor(r, r.browser(), ann);
  const before = await snapshot(r, ann);
  for (const [password, repeated] of [
    ['', ''],
    ['short', 'short'],
    [FRESH, OTHER],
    ['x'.repeat(300), 'x'.repeat(300)],
    [ann.email, ann.email],
  ] as const) {
    const answer = await r.browser().post(path, { password, repeated });
    assert.equal(answer.status, 422, password.slice(0, 20));
    assert.match(answer.text, /role="alert"/);
    assert.ok(!answer.text.includes(`value="${password || 'none'}"`), 'a password is not shown again');
  }
  assert.equal(await snapshot(r, ann), before);
  assert.match((await setPassword(r.browser(), path, FRESH)).path, /password-set/);
});

test('asked for an account that is unknown, disabled or never enrolled: the asker sees the same', async () => {
  const r = await rig();
  const house = await r.organisation();
  const kinds = {
    enrolled: await enrolledIn(r),
    'never enrolled': await r.person({ organisations: [house] }),
    disabled: await r.person({ organisations: [house], status: 'disabled' }),
    unknown: { email: 'nobody.here@harbour.example' },
  };
  const answers = await Promise.all(
    Object.values(kinds).map(async ({ email }) => {
      const { status, headers, text } = await r.browser().post('/forgot', { address: email });
      const names = [...headers.keys()].filter((one) => one !== 'content-length').join(' ');
      return [status, names, text.replaceAll(email, 'ADDRESS').replace(/nonce="[^"]+"/g, '')].join('\n');
    }),
  );
  assert.equal(new Set(answers).size, 1);
  assert.equal((await r.messages(kinds.disabled.email)).length, 0);
  assert.equal((await r.messages(kinds.unknown.email)).length, 0);

  // Never enrolled: the link sets the password and signs nobody in either.
  const jar = r.browser();
  await setPassword(jar, await linkFor(r, kinds['never enrolled'], 'reset'), FRESH);
  assert.equal(await me(r, jar), null);
  // Disabled after the link was sent.
  const link = await linkFor(r, kinds.enrolled, 'reset');
  await r.store.transaction((tx) => tx.accounts.setStatus(kinds.enrolled.id, 'disabled'));
  await dead(r, link);
});

async function askFor(r: Rig, jar: Jar, ann: Person): Promise<string> {
  await jar.submit('/forgot', { address: ann.email });
  return linkFor(r, ann, 'reset');
}

function post(jar: Jar, path: string, password: string): Promise<Answered> {
  return jar.post(path, { password, repeated: password });
}

async function setPassword(jar: Jar, path: string, password: string): Promise<Answered> {
  return jar.follow(await post(jar, path, password));
}

async function dead(r: Rig, path: string): Promise<void> {
  const jar = r.browser();
  for (const answer of [await jar.get(path), await post(jar, path, FRESH)]) {
    assert.equal(answer.status, 410, path.slice(0, 80));
    assert.match(answer.text, /This link has been used, is too old, or was replaced/);
  }
  assert.equal(jar.cookies.size, 0);
}

async function secondStepsOf(r: Rig, { id }: Person): Promise<string[]> {
  const bound = await r.store.read.authenticators.of(id);
  return bound.filter((one) => one.type !== 'password').map((one) => `${one.id} ${one.type} ${String(one.disabledAt)}`);
}
