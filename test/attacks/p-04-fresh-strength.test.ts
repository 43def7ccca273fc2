import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { codeAt, type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { secretOn } from './support/scenes.ts';
import {
  levelOf,
  mailsAbout,
  me,
  onBoth,
  PHONE,
  pendingOf,
  secondStep,
  signedInByDevice,
  signedInWithCode,
  snapshot,
  whoOf,
} from './support/in-process.ts';

const FRESH = 'velvet ladder eleven moons';

type Operation = {
  start: (jar: Jar, ids: Record<string, string>) => Promise<Answered>;
  /** What the start does when it is let in, apart from a change of the account: it opens this page. */
  opens?: RegExp;
};

/** Whatever changes what the account can be opened with. */
const OPERATIONS: Record<string, Operation> = {
  'see the form for a new password': { start: (jar) => jar.open('/account/password'), opens: /name="repeated"/ },
  'change the password': { start: (jar) => jar.submit('/account/password', { password: FRESH, repeated: FRESH }) },
  'see the form for a new name': {
    start: (jar, ids) => jar.open(`/account/authenticators/${ids['totp']}/rename`),
    opens: /name="label"/,
  },
  'rename the app': {
    start: (jar, ids) => jar.submit('/account/authenticators/rename', { id: ids['totp'] ?? '', label: 'Mine now' }),
  },
  'see what removing takes away': {
    start: (jar, ids) => jar.open(`/account/authenticators/${ids['sms']}/remove`),
    opens: /action="\/account\/authenticators\/remove"/,
  },
  'remove the number': { start: (jar, ids) => jar.submit('/account/authenticators/remove', { id: ids['sms'] ?? '' }) },
  'remove the app': { start: (jar, ids) => jar.submit('/account/authenticators/remove', { id: ids['totp'] ?? '' }) },
  'get a new backup code': { start: (jar) => jar.submit('/account/backup-code'), opens: /Your backup code/ },
  'move to a new phone': { start: (jar) => jar.submit('/account/move'), opens: /Choose how you confirm/ },
};

for (const [what, { start, opens }] of Object.entries(OPERATIONS))
  test(`${what}: by a second step of this session, at most five minutes old, and by nothing less`, async () => {
    const r = await rig();
    const ann = await enrolledIn(r, PHONE);
    const ids = await idsOf(r, ann);

    const byDevice = await signedInByDevice(r, ann);
    const stale = await signedInWithCode(r, ann);
    r.advance('PT5M1S');
    // Freshness is the session's own: that of another one of the same person lends nothing.
    const fresh = await signedInWithCode(r, ann);
    for (const [kind, jar] of [
      ['level 1', byDevice],
      ['stale', stale],
    ] as const) {
      const before = await snapshot(r, ann);
      const mails = await mailsAbout(r, ann, /./);
      const answer = await start(jar, ids);
      assert.ok(answer.status === 403 || /name="code"/.test(answer.text), `${kind}: ${answer.status} ${answer.path}`);
      if (opens) assert.doesNotMatch(answer.text, opens, kind);
      assert.equal(await snapshot(r, ann), before, kind);
      assert.equal(await mailsAbout(r, ann, /./), mails, kind);
    }

    const before = await snapshot(r, ann);
    const answer = await start(fresh, ids);
    assert.equal(answer.status, 200);
    if (opens) assert.match(answer.text, opens, 'control: fresh opens it');
    else assert.notEqual(await snapshot(r, ann), before, 'control: fresh does it');
  });

test('begun fresh, finished stale: the form for a new password and a removal ask again', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const ids = await idsOf(r, ann);
  const jar = await signedInWithCode(r, ann);
  assert.equal((await jar.open('/account/password')).status, 200);
  assert.equal((await jar.open(`/account/authenticators/${ids['sms']}/remove`)).status, 200);
  r.advance('PT6M');
  const before = await snapshot(r, ann);
  for (const [path, form] of [
    ['/account/password', { password: FRESH, repeated: FRESH }],
    ['/account/authenticators/remove', { id: ids['sms'] ?? '' }],
    ['/account/authenticators/rename', { id: ids['totp'] ?? '', label: 'Mine' }],
  ] as const) {
    const answer = await jar.post(path, form);
    assert.equal(answer.status, 403, path);
    assert.ok(!answer.text.includes(FRESH));
  }
  assert.equal(await snapshot(r, ann), before);
});

test('begun fresh, finished stale: a wizard that was left open is closed', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInWithCode(r, ann);
  await jar.submit('/account/move');
  const secret = secretOn((await jar.submit('/enrol/choice', { choice: 'totp' })).text);
  await jar.submit('/enrol/scanned');
  r.advance('PT15M');
  const before = await snapshot(r, ann);
  await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  assert.equal(await snapshot(r, ann), before);
  await secondStep(r, await pendingOf(r, ann), ann);
});

test('an account without a second step is asked for its password, however young the session is', async () => {
  const r = await rig();
  const ann = await r.person({ organisations: [await r.organisation()] });
  const jar = r.browser();
  await signIn(jar, ann);
  const page = await jar.submit('/account/enable');
  assert.match(page.text, /Enter your password again/);
  for (const path of ['/enrol', '/enrol/done'])
    assert.doesNotMatch((await jar.open(path)).text, /Choose how you confirm/);
  for (const form of [
    { method: 'password', code: 'not the password at all' },
    { method: 'totp', code: '123456' },
    { method: 'none', code: ann.password },
    { method: 'password', code: '' },
  ])
    assert.doesNotMatch((await jar.submit('/sign-in/verify', form)).text, /Choose how you confirm/);
  assert.match(
    (await jar.submit('/sign-in/verify', { method: 'password', code: ann.password })).text,
    /Choose how you confirm/,
  );
  r.advance('PT5M1S');
  await jar.submit('/sign-in/cancel');
  assert.equal((await jar.post('/account/password', { password: FRESH, repeated: FRESH })).status, 403);
});

test('a step-up counts in the session it was made in, gives that one a new name, and no other anything', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const [a, b] = [await signedInWithCode(r, ann), await signedInWithCode(r, ann)];
  r.advance('PT10M');
  await a.submit('/account/confirm', { 'return-to': '/account/password' });
  const thief = b.copy();
  thief.cookies.set('__Host-attempt', a.cookies.get('__Host-attempt') ?? '');
  r.advance('PT30S');
  const stolen = await thief.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  assert.equal((await whoOf(r, thief))?.isFresh ?? false, false, stolen.path);
  const old = a.copy();
  await secondStep(r, a, ann);
  assert.equal((await a.open('/account/password')).status, 200);
  assert.equal((await b.open('/account/password')).status, 403, 'another session of the same person');
  assert.equal(await me(r, old), null, 'the name from before the rise is dead');
  assert.equal((await a.copy().open('/account/password')).status, 200, 'control: a second tab is the same session');
});

test('the step-up of an ordinary sign-in cannot be had with the password alone', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInByDevice(r, ann);
  await jar.submit('/account/confirm');
  for (let round = 0; round < 3; round += 1)
    await jar.submit('/sign-in/verify', { method: 'password', code: ann.password });
  assert.equal(await levelOf(r, jar), 'aal1');
  assert.equal((await jar.open('/account/password')).status, 403);
});

for (const [what, { start, opens }] of Object.entries(OPERATIONS)) {
  if (opens || what === 'rename the app') continue;
  onBoth(`${what}: told to every confirmed address, with the way to say no, and to no other`, async (r, { meddle }) => {
    const ann = await enrolledIn(r, PHONE);
    const second = `private.${ann.email}`;
    const unproved = `typo.${ann.email}`;
    for (const [address, at] of [
      [second, r.now().epochMilliseconds],
      [unproved, 'null'],
    ])
      await meddle(
        `insert into addresses (key, account, address, is_primary, confirmed_at) values ('${address}', '${ann.id}', '${address}', 0, ${at})`,
      );
    const jar = await signedInWithCode(r, ann);
    await r.messages();
    await start(jar, await idsOf(r, ann));
    for (const address of [ann.email, second]) {
      const mail = (await r.messages(address))[0];
      assert.match(mail?.text ?? '', /\/not-me\//, address);
      assert.match(mail?.text ?? '', /Chrome/, 'with what');
      assert.match(mail?.text ?? '', /2 March 2026/, 'when');
    }
    assert.equal((await r.messages(unproved)).length, 0);
  });
}

test('what only takes access away needs no fresh proof: whoever sees a stranger in the list is in a hurry', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInByDevice(r, ann);
  const stranger = await signedInWithCode(r, ann);
  const bob = await enrolledIn(r);
  const bobs = await signedInWithCode(r, bob);
  const before = await r.store.read.authenticators.of(ann.id);
  // Never somebody else's.
  const [theirs] = await r.store.read.sessions.of(bob.id);
  assert.equal((await jar.post('/account/sessions/end', { id: theirs?.id ?? '' })).status, 404);
  assert.equal(await me(r, bobs), bob.id);
  for (const { id } of await r.store.read.sessions.of(ann.id))
    if (id !== (await whoOf(r, jar))?.session.id) await jar.submit('/account/sessions/end', { id });
  assert.equal(await me(r, stranger), null);
  assert.equal(await me(r, jar), ann.id);
  assert.equal((await r.store.read.authenticators.of(ann.id)).length, before.length);
});

async function idsOf(r: Rig, { id }: Person): Promise<Record<string, string>> {
  return Object.fromEntries((await r.store.read.authenticators.of(id)).map((one) => [one.type, one.id]));
}
