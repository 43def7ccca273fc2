import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn, toBackupCode } from '#test/support/roads.ts';
import {
  DEVICE,
  levelOf,
  linkFor,
  me,
  onBoth,
  PHONE,
  pendingOf,
  secondStep,
  signedInByDevice,
  signedInWithCode,
  snapshot,
} from './support/in-process.ts';

const FRESH = 'velvet ladder eleven moons';

test('the password is enough there, for level 1 and for ordinary things', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInByDevice(r, ann);
  assert.equal(await levelOf(r, jar), 'aal1');
  const session = (await r.store.read.sessions.of(ann.id))[0];
  assert.deepEqual(
    session?.evidence.map((one) => one.type),
    ['password'],
  );
  assert.equal(session?.viaRememberedDevice, true);
  assert.equal((await jar.open('/')).status, 200);

  const before = await snapshot(r, ann);
  const [bound] = (await r.store.read.authenticators.of(ann.id)).filter((one) => one.type === 'totp');
  const inner: [string, string, Record<string, string>?][] = [
    ['GET', '/account/password'],
    ['POST', '/account/password', { password: FRESH, repeated: FRESH }],
    ['GET', `/account/authenticators/${bound?.id}/remove`],
    ['POST', '/account/authenticators/remove', { id: bound?.id ?? '' }],
    ['POST', '/account/authenticators/rename', { id: bound?.id ?? '', label: 'Mine' }],
  ];
  for (const [method, path, form] of inner) {
    const answer = method === 'GET' ? await jar.get(path) : await jar.post(path, form);
    assert.equal(answer.status, 403, path);
    assert.match(answer.text, /action="\/account\/confirm"/, path);
  }
  for (const path of ['/account/move', '/account/backup-code', '/account/confirm'])
    assert.match((await jar.copy().submit(path)).text, /6-digit code/, path);
  assert.equal(await snapshot(r, ann), before);
  await jar.submit('/account/confirm', { 'return-to': '/account/password' });
  await secondStep(r, jar, ann);
  assert.equal((await jar.open('/account/password')).status, 200, 'control: with the code it opens');
});

test('the cookie alone, with another name, or with a wrong password opens nothing', async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const device = (await signedInByDevice(r, ann)).cookies.get(DEVICE) ?? '';
  const alone = withDevice(r, device);
  assert.match((await alone.open('/')).path, /^\/sign-in/);
  assert.equal(await me(r, alone), null);

  const asBob = withDevice(r, device);
  assert.match((await signIn(asBob, bob)).text, /6-digit code/);
  const wrong = withDevice(r, device);
  assert.equal((await signIn(wrong, { ...ann, password: 'quite another thing' })).status, 422);
  assert.equal(await me(r, wrong), null);
  const fresh = withDevice(r, device);
  await signIn(fresh, ann);
  assert.equal(await me(r, fresh), ann.id, 'control: the cookie is the bearer');
});

test('no cookie that is nearly right counts, and none brings the server down', async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const device = (await signedInByDevice(r, ann)).cookies.get(DEVICE) ?? '';
  const other = (await signedInByDevice(r, bob)).cookies.get(DEVICE) ?? '';
  const half = Math.floor(device.length / 2);
  const flipped = [...device].map((one, at) => device.slice(0, at) + (one === 'A' ? 'B' : 'A') + device.slice(at + 1));
  const values = [
    ...flipped,
    device.slice(0, half) + other.slice(half),
    other.slice(0, half) + device.slice(half),
    '',
    'null',
    device.slice(1),
    `${device}A`,
    device.toLowerCase(),
    `"${device}"`,
    'x'.repeat(5000),
    `${device}; ${DEVICE}=${device}`,
    `${other}; ${DEVICE}=${device}`,
  ];
  for (const value of values) {
    const page = await signIn(withDevice(r, value), ann);
    assert.equal(page.status, 200, value.slice(0, 60));
    assert.match(page.text, /6-digit code/, value.slice(0, 60));
  }
  const right = withDevice(r, device);
  await signIn(right, ann);
  assert.equal(await me(r, right), ann.id);
});

onBoth('thirty days from the real second step, however often it is used', async (r) => {
  const ann = await enrolledIn(r);
  const jar = await signedInWithCode(r, ann, { remember: true });
  for (const days of ['P10D', 'P10D', 'P9D']) {
    await jar.submit('/sign-out');
    r.advance(days);
    await signIn(jar, ann);
    assert.equal(await me(r, jar), ann.id, `${days} later the password is enough`);
  }
  await jar.submit('/sign-out');
  r.advance('P1DT1M');
  assert.match((await signIn(jar, ann)).text, /6-digit code/);
  assert.equal(await me(r, jar), null);
  await secondStep(r, jar, ann);
});

test('without the tick, with a wrong code, after a backup code: no cookie', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const plain = await signedInWithCode(r, ann);
  assert.ok(!plain.cookies.has(DEVICE));
  const wrong = await pendingOf(r, ann);
  for (const remember of ['yes', 'on', '1', 'true'])
    await wrong.submit('/sign-in/verify', { method: 'totp', code: '000000', remember });
  assert.ok(!wrong.cookies.has(DEVICE));
  r.advance('PT15M');
  const paper = await pendingOf(r, ann);
  await paper.submit('/sign-in/verify', { method: 'backup-code', code: ann.backupCode ?? '', remember: 'yes' });
  await paper.submit('/sign-in/phone', { phone: 'here', remember: 'yes' });
  const code = /data-copy="([0-9A-Z]{4})(?:-[0-9A-Z]{4}){4}"/.exec((await paper.open('/enrol')).text)?.[1] ?? '';
  await paper.submit('/enrol/backup-code', { saved: 'yes', locator: code, remember: 'yes' });
  assert.equal(await me(r, paper), ann.id);
  assert.ok(!paper.cookies.has(DEVICE), 'whoever signs in with paper has lost the phone, or is not the owner');
  assert.deepEqual(await r.store.read.devices.of(ann.id), []);
});

/** What ends a remembered device; each answers the password that holds afterwards. */
const ENDS: Record<string, (r: Rig, ann: Person, jar: Jar) => Promise<string | void>> = {
  'forgotten from another session': async (r, ann, jar) => {
    for (const { id } of await r.store.read.devices.of(ann.id)) await jar.submit('/account/devices/forget', { id });
  },
  'the password changed': async (_r, _ann, jar) => {
    await jar.submit('/account/password', { password: FRESH, repeated: FRESH });
    return FRESH;
  },
  'the password reset by mail': async (r, ann) => {
    await r.browser().submit('/forgot', { address: ann.email });
    await r.browser().submit(await linkFor(r, ann, 'reset'), { password: FRESH, repeated: FRESH });
    return FRESH;
  },
  'a new phone': async (r, ann, jar) => {
    await jar.submit('/account/move');
    await toBackupCode(r, jar);
    const keys = (await r.store.read.authenticators.of(ann.id)).filter((one) => one.type === 'totp');
    assert.notDeepEqual(keys[0]?.secret.reveal(), ann.totp, 'control: the app was replaced');
  },
  'an authenticator removed': async (r, ann, jar) => {
    const text = (await r.store.read.authenticators.of(ann.id)).find((one) => one.type === 'sms');
    await jar.submit('/account/authenticators/remove', { id: text?.id ?? '' });
  },
  'signed out everywhere': async (_r, _ann, jar) => void (await jar.submit('/account/sign-out-everywhere')),
  '"this wasn\'t me"': async (r, ann, jar) => {
    await jar.submit('/account/password', { password: FRESH, repeated: FRESH });
    await r.browser().submit(await linkFor(r, ann, 'not-me'));
    return FRESH;
  },
};

for (const [what, happens] of Object.entries(ENDS))
  onBoth(`over with it: ${what}`, async (r) => {
    const ann = await enrolledIn(r, PHONE);
    const remembered = await signedInByDevice(r, ann);
    await remembered.submit('/sign-out');
    const jar = await signedInWithCode(r, ann);
    const password = (await happens(r, ann, jar)) ?? ann.password;
    const page = await signIn(remembered, { ...ann, password });
    assert.match(page.path, /^\/sign-in\/verify/, 'the second step is asked for');
    assert.equal(await me(r, remembered), null);
  });

test('what was made while the clock was wrong does not live longer for it', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  r.advance('P400D');
  const jar = await signedInByDevice(r, ann);
  await jar.submit('/sign-out');
  r.advance({ days: -400 });
  assert.match((await signIn(jar, ann)).text, /6-digit code/);
});

test("two people on one browser: the one's tick is worth nothing to the other", async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const jar = await signedInByDevice(r, ann);
  await jar.submit('/sign-out');
  assert.match((await signIn(jar, bob)).text, /6-digit code/);
  await secondStep(r, jar, bob, { remember: true });
  await jar.submit('/sign-out');
  assert.match((await signIn(jar, ann)).text, /6-digit code/, 'the newer one took its place');
});

onBoth('the row holds a hash of the cookie, and nothing else of it', async (r, { meddle }) => {
  const ann = await enrolledIn(r);
  const device = (await signedInByDevice(r, ann)).cookies.get(DEVICE) ?? '';
  const rows = await meddle('select * from remembered_devices');
  assert.equal(rows.length, 1);
  const raw = Buffer.from(device, 'base64url');
  const stored = Object.values(rows[0] ?? {}).map((value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
  );
  for (const form of [device, raw.toString('latin1'), raw.toString('hex'), raw.toString('base64')])
    assert.ok(!stored.some((value) => value.includes(form)));
  // What is stored opens nothing.
  for (const value of Object.values(rows[0] ?? {})) {
    if (!(value instanceof Uint8Array)) continue;
    const page = await signIn(withDevice(r, Buffer.from(value).toString('base64url')), ann);
    assert.match(page.text, /6-digit code/);
  }
});

function withDevice(r: Rig, value: string): Jar {
  const jar = r.browser();
  jar.cookies.set(DEVICE, value);
  return jar;
}
