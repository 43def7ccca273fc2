// P-34: an answer of a passkey with one field wrong, for both ceremonies and at every door. Each is refused in the same
// words, spends the challenge, and leaves nothing behind; a right one before and after it is taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SoftAuthenticator, softAuthenticator } from '#test/support/authenticator.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { asked, atCeremony, DOOR, enrolledWithPasskey, signInWith } from '#test/support/passkeys.ts';
import { type Person, rig } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';
import { ODD_ASSERTIONS, ODD_REGISTRATIONS, wrongAssertions, wrongRegistrations } from './support/webauthn-corpus.ts';

const OURS = new URL('https://id.example.test');
const SENTENCE = "This passkey can't be used here.";
/** The first refusal at each door, to compare the others with. */
const pages = new Map<string, string>();
const r = await rig();
const device = softAuthenticator({ origin: OURS.origin });
const { person: ann } = await enrolledWithPasskey(r, device);
const bobs = softAuthenticator({ origin: OURS.origin });
const { person: bob } = await enrolledWithPasskey(r, bobs);

for (const [name, altered] of Object.entries(wrongAssertions(OURS))) {
  test(`alone: ${name}`, async () => {
    const jar = r.browser();
    const options = await asked(jar, DOOR.only);
    await refusesAlone(jar, device.get(options, altered));
    // The challenge is spent, whatever was wrong: the right answer to it comes too late.
    await refusesAlone(jar, device.get(options));
    await takes(device);
  });

  test(`as the second step: ${name}`, async () => {
    const jar = await pending(ann);
    const options = await asked(jar, DOOR.second);
    await refusesSecond(jar, device.get(options, altered));
    await refusesSecond(jar, device.get(options));
    const right = await jar.post(DOOR.second, { credential: device.get(await asked(jar, DOOR.second)) });
    assert.equal(right.location, '/', 'a right one is taken in the same sign-in');
  });
}

const wizard = await atCeremony(r);

for (const [name, altered] of Object.entries(wrongRegistrations(OURS))) {
  test(`a new one: ${name}`, async () => {
    const fresh = softAuthenticator({ origin: OURS.origin });
    const options = await asked(wizard.jar, DOOR.wizard);
    for (const credential of [fresh.create(options, altered), fresh.create(options)]) {
      const answer = await wizard.jar.post(DOOR.wizard, { credential });
      isRefused(answer);
      assert.deepEqual(await passkeys(wizard.person), [], 'nothing is stored');
    }
  });
}

test('a new one, at last right: it is bound', async () => {
  const fresh = softAuthenticator({ origin: OURS.origin });
  const answer = await wizard.jar.post(DOOR.wizard, { credential: fresh.create(await asked(wizard.jar, DOOR.wizard)) });
  assert.equal(answer.location, '/enrol');
  assert.equal((await passkeys(wizard.person)).length, 1);
});

test('whoever has not unlocked the device (UV=0) is refused alone, and taken after the password', async () => {
  const jar = r.browser();
  await refusesAlone(jar, device.get(await asked(jar, DOOR.only), { flags: { off: 4 } }));
  const second = await pending(ann);
  const answer = await second.post(DOOR.second, {
    credential: device.get(await asked(second, DOOR.second), { flags: { off: 4 } }),
  });
  assert.equal(answer.location, '/');
});

test('alone, the answer has to say whose it is; after the password it need not', async () => {
  const jar = r.browser();
  await refusesAlone(jar, device.get(await asked(jar, DOOR.only), { userHandle: null }));
  const second = await pending(ann);
  const credential = device.get(await asked(second, DOOR.second), { userHandle: null });
  assert.equal((await second.post(DOOR.second, { credential })).location, '/');
});

test('a challenge is good once: of twenty answers at once one is taken', async () => {
  const jar = r.browser();
  const credential = device.get(await asked(jar, DOOR.only));
  const answers = await Promise.all(Array.from({ length: 20 }, () => jar.copy().post(DOOR.only, { credential })));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1);
  for (const answer of answers.filter(({ status }) => status !== 303)) isRefused(answer);
});

test('a challenge is good for five minutes', async () => {
  for (const door of [DOOR.only, DOOR.second]) {
    const jar = await pending(ann);
    const before = await asked(jar, door);
    r.advance('PT4M59S');
    assert.equal((await jar.post(door, { credential: device.get(before) })).status, 303);
  }
  for (const door of [DOOR.only, DOOR.second]) {
    const jar = await pending(ann);
    const options = await asked(jar, door);
    r.advance('PT5M');
    isRefused(await jar.post(door, { credential: device.get(options) }));
  }
});

test('a challenge is good where it was asked for, and for what', async () => {
  const [here, elsewhere] = [r.browser(), r.browser()];
  const mine = await asked(here, DOOR.only);
  await asked(elsewhere, DOOR.only);
  await refusesAlone(elsewhere, device.get(mine));
  await refusesAlone(r.browser(), device.get(mine));

  const [first, second] = [await pending(ann), await pending(ann)];
  const firsts = await asked(first, DOOR.second);
  await asked(second, DOOR.second);
  await refusesSecond(second, device.get(firsts));
  // Of the second step for the only one, and the other way round.
  await asked(first, DOOR.only);
  await refusesAlone(first, device.get(firsts));
  const only = await asked(first, DOOR.only);
  await refusesSecond(first, device.get(only));

  const making = await atCeremony(r);
  const registration = await asked(making.jar, DOOR.wizard);
  await refusesAlone(making.jar, device.get({ ...registration, rpId: OURS.hostname }));
  const fresh = softAuthenticator({ origin: OURS.origin });
  const forUse = { ...registration, challenge: (await asked(making.jar, DOOR.only)).challenge };
  isRefused(await making.jar.post(DOOR.wizard, { credential: fresh.create(forUse) }));
  assert.deepEqual(await passkeys(making.person), []);
});

test("Bob's passkey after Ann's password, and Ann's challenge for Bob: refused", async () => {
  const jar = await pending(ann);
  await refusesSecond(jar, bobs.get(await asked(jar, DOOR.second)));
  await refusesSecond(jar, bobs.get(await asked(jar, DOOR.second), { userHandle: device.userHandle }));
  const his = await pending(bob);
  await refusesSecond(his, bobs.get(await asked(jar, DOOR.second)));
  const alone = r.browser();
  await refusesAlone(alone, bobs.get(await asked(alone, DOOR.only), { userHandle: device.userHandle }));
});

test('a megabyte is turned away at the door', async () => {
  const jar = r.browser();
  await asked(jar, DOOR.only);
  const answer = await jar.post(DOOR.only, { credential: 'A'.repeat(1_000_000) });
  assert.equal(answer.status, 413);
});

test('not JSON at all, in every field: refused', async () => {
  for (const credential of ['', ' ', '{', 'undefined', '"x"', '[]', '{"id":{}}', '\u{1F511}', '{"response":{}}']) {
    await refusesAlone(r.browser(), credential);
    await refusesSecond(await pending(ann), credential);
  }
});

test('a step that is not there has nothing to ask', async () => {
  const nobody = r.browser();
  assert.equal((await nobody.post(`${DOOR.second}/options`)).status, 303);
  assert.equal((await nobody.post(`${DOOR.wizard}/options`)).status, 303);
  const jar = await pending(ann);
  assert.equal((await jar.post(`${DOOR.wizard}/options`)).status, 409);
  assert.equal((await (await atCeremony(r)).jar.post(`${DOOR.second}/options`)).status, 409);
});

for (const [name, altered] of Object.entries(ODD_ASSERTIONS)) {
  test(`odd, and always the same: ${name}`, async () => {
    const twin = await rig({ store: r.store, start: r.now() });
    const verdicts = new Set<number>();
    for (let run = 0; run < 10; run += 1) {
      const jar = (run % 2 ? r : twin).browser();
      verdicts.add(
        (await jar.post(DOOR.only, { credential: device.get(await asked(jar, DOOR.only), altered) })).status,
      );
    }
    assert.equal(verdicts.size, 1, [...verdicts].join());
    assert.ok([303, 422].includes([...verdicts][0] ?? 0));
  });
}

for (const [name, altered] of Object.entries(ODD_REGISTRATIONS)) {
  test(`odd when new, and always the same: ${name}`, async () => {
    const verdicts = new Set<number>();
    for (let run = 0; run < 5; run += 1) {
      const { jar } = await atCeremony(r);
      const fresh = softAuthenticator({ origin: OURS.origin });
      verdicts.add(
        (await jar.post(DOOR.wizard, { credential: fresh.create(await asked(jar, DOOR.wizard), altered) })).status,
      );
    }
    assert.equal(verdicts.size, 1, [...verdicts].join());
    assert.ok([303, 422].includes([...verdicts][0] ?? 0));
  });
}

async function pending(person: Person): Promise<Jar> {
  const jar = r.browser();
  const page = await signIn(jar, person);
  assert.equal(page.path, '/sign-in/verify');
  return jar;
}

async function refusesAlone(jar: Jar, credential: string): Promise<void> {
  const before = await state(ann);
  isRefused(await jar.post(DOOR.only, { credential }));
  assert.ok(!jar.cookies.has(SESSION));
  assert.deepEqual(await state(ann), before);
}

async function refusesSecond(jar: Jar, credential: string): Promise<void> {
  const before = await state(ann);
  isRefused(await jar.post(DOOR.second, { credential }));
  assert.ok(!jar.cookies.has(SESSION));
  assert.deepEqual(await state(ann), before);
}

/** One class and one sentence: at each door the page is the same, byte for byte, whichever check it was. */
function isRefused(answer: Answered): void {
  assert.equal(answer.status, 422, `${answer.status} ${answer.location ?? ''}`);
  assert.ok(answer.text.includes(SENTENCE), 'the one sentence');
  const page = answer.text.replace(/nonce="[^"]*"/, '').replace(/[\w.]+@harbour\.example/, '');
  const first = pages.get(answer.path) ?? page;
  pages.set(answer.path, first);
  assert.equal(page, first);
}

async function takes(one: SoftAuthenticator): Promise<void> {
  assert.equal((await signInWith(r.browser(), one)).location, '/');
}

async function state({ id }: Person) {
  const [passkey, ...more] = await passkeys({ id });
  const sessions = await r.store.read.sessions.of(id);
  return { counter: passkey?.counter, flagged: passkey?.flaggedAt, more: more.length, sessions: sessions.length };
}

async function passkeys({ id }: Pick<Person, 'id'>) {
  return (await r.store.read.authenticators.of(id)).filter(({ type }) => type === 'passkey');
}
