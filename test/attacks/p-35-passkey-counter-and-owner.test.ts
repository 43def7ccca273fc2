// P-35: what a passkey says of its owner's presence, of its counter and of its copies; and whose it is.
import assert from 'node:assert/strict';
import { reached } from '#core/assurance.ts';
import { BE, BS, type SoftAuthenticator, softAuthenticator, text, UP, UV } from '#test/support/authenticator.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { asked, atCeremony, DOOR, enrolledWithPasskey, signInWith } from '#test/support/passkeys.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';
import { onBoth } from './support/in-process.ts';

const origin = 'https://id.example.test';
const AAGUID = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

onBoth('without user verification: refused alone, one honest factor after the password', async (r) => {
  const device = softAuthenticator({ origin, flags: UP });
  const { person } = await enrolledWithPasskey(r, device);
  refused(await signInWith(r.browser(), device));
  const jar = r.browser();
  await signIn(jar, person);
  assert.equal((await second(jar, device)).location, '/');
  const [session] = (await r.store.read.sessions.of(person.id)).slice(-1);
  const evidence = session?.evidence ?? [];
  const proof = evidence.find(({ type }) => type === 'passkey');
  assert.deepEqual([proof?.factors, proof?.key, proof?.phishingResistant], [['possession'], 'hardware', true]);
  assert.equal(reached(evidence, { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false }), 'aal2-phr');
  assert.equal(
    reached(proof ? [proof] : [], { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false }),
    'none',
  );
});

const COUNTERS: [before: number, after: number, taken: boolean][] = [
  [5, 6, true],
  [5, 500, true],
  [5, 5, false],
  [5, 4, false],
  [5, 0, false],
  [0, 0, true],
  [0, 7, true],
];
for (const [before, after, taken] of COUNTERS) {
  onBoth(`a counter from ${before} to ${after}: ${taken ? 'taken' : 'refused, marked and told'}`, async (r) => {
    const device = softAuthenticator({ origin, counter: before });
    const { person, jar } = await enrolledWithPasskey(r, device);
    const alone = r.browser();
    const answer = await alone.post(DOOR.only, {
      credential: device.get(await asked(alone, DOOR.only), { counter: after }),
    });
    const [passkey] = await passkeys(r, person);
    const letters = (await r.messages(person.email)).filter(({ text }) => text.includes('counted backwards'));
    if (taken) {
      assert.equal(answer.location, '/');
      assert.deepEqual([passkey?.counter, passkey?.flaggedAt, letters.length], [after, undefined, 0]);
      return;
    }
    refused(answer);
    assert.equal(passkey?.counter, before);
    assert.ok(passkey?.flaggedAt, 'marked');
    assert.equal(letters.length, 1, 'told');
    assert.match((await jar.get('/account')).text, /A copy of this passkey may exist/);
    // As a second step too, and told once: the letter is no news any more.
    const pending = r.browser();
    await signIn(pending, person);
    const again = device.get(await asked(pending, DOOR.second), { counter: after });
    refused(await pending.post(DOOR.second, { credential: again }));
    assert.equal((await passkeys(r, person))[0]?.counter, before);
    const more = (await r.messages(person.email)).filter(({ text }) => text.includes('counted backwards'));
    assert.equal(more.length, 1);
  });
}

onBoth('two with one key and one counter at once: one wins, and the owner hears of it', async (r) => {
  for (let volley = 0; volley < 5; volley += 1) {
    const device = softAuthenticator({ origin });
    const { person } = await enrolledWithPasskey(r, device);
    const copy = device.clone();
    const browsers = [r.browser(), r.browser()];
    const credentials = [
      device.get(await asked(browsers[0] ?? r.browser(), DOOR.only)),
      copy.get(await asked(browsers[1] ?? r.browser(), DOOR.only)),
    ];
    const answers = await Promise.all(
      browsers.map((jar, at) => jar.post(DOOR.only, { credential: credentials[at] ?? '' })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).sort((a, b) => a - b),
      [303, 422],
    );
    const [passkey] = await passkeys(r, person);
    assert.equal(passkey?.counter, 2);
    assert.ok(passkey?.flaggedAt);
    assert.ok((await r.messages(person.email)).some(({ text }) => text.includes('counted backwards')));
  }
});

onBoth('synced or on one device: shown, and kept apart by policy where one is made and where it is used', async (r) => {
  const synced = softAuthenticator({ origin, flags: UP | UV | BE | BS, aaguid: AAGUID });
  const { person, jar } = await enrolledWithPasskey(r, synced);
  assert.match((await jar.get('/account')).text, /Synced to your other devices/);
  const [evidence] = (await r.store.read.sessions.of(person.id)).flatMap((one) => one.evidence).slice(-1);
  assert.equal(evidence?.key, 'software');
  assert.equal((await signInWith(r.browser(), synced)).location, '/');

  const strict = await atCeremony(r, { passkeysDeviceBoundOnly: true });
  const answer = await strict.jar.post(DOOR.wizard, {
    credential: synced.create(await asked(strict.jar, DOOR.wizard)),
  });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /Your organisation doesn't accept this kind of passkey/);
  assert.deepEqual(await passkeys(r, strict.person), []);
  const bound = softAuthenticator({ origin });
  const right = await strict.jar.post(DOOR.wizard, { credential: bound.create(await asked(strict.jar, DOOR.wizard)) });
  assert.equal(right.location, '/enrol');
  assert.match((await jar.get('/account')).text, /Synced/);

  // The same person comes under a stricter rule: what was good yesterday is refused today, alone and as a second step.
  await underRule(r, person, { passkeysDeviceBoundOnly: true });
  refused(await signInWith(r.browser(), synced));
  const pending = r.browser();
  const page = await signIn(pending, person);
  assert.doesNotMatch(page.text, /data-passkey/, 'it is not even offered');
  assert.equal((await pending.post(`${DOOR.second}/options`)).status, 409);
});

onBoth('a list of makes holds where one is made and where it is used; so does "no passkeys at all"', async (r) => {
  const policy = { passkeyMakes: [AAGUID] };
  const { person, jar } = await atCeremony(r, policy);
  const other = softAuthenticator({ origin, aaguid: 'd8522d9f-575b-4866-88a9-ba99fa02f35b' });
  const wrong = await jar.post(DOOR.wizard, { credential: other.create(await asked(jar, DOOR.wizard)) });
  assert.match(wrong.text, /doesn't accept this kind/);
  assert.deepEqual(await passkeys(r, person), []);
  const listed = softAuthenticator({ origin, aaguid: AAGUID });
  const { person: enrolled } = await enrolledWithPasskey(r, listed, policy);
  assert.equal((await passkeys(r, enrolled))[0]?.label, 'YubiKey 5 NFC');
  assert.equal((await signInWith(r.browser(), listed)).location, '/');
  await underRule(r, enrolled, { passkeysOffered: false });
  refused(await signInWith(r.browser(), listed));
});

onBoth('the same device twice, and the same credential for somebody else: refused, nothing changed', async (r) => {
  const device = softAuthenticator({ origin });
  const { person, jar } = await enrolledWithPasskey(r, device);
  const [passkey] = await passkeys(r, person);
  const options = await asked(jar, '/account/passkeys');
  assert.deepEqual(
    options.excludeCredentials.map(({ id }) => id),
    [passkey?.handle],
  );
  refused(await jar.post('/account/passkeys', { credential: device.create(options) }));

  const thief = await atCeremony(r);
  refused(await thief.jar.post(DOOR.wizard, { credential: device.create(await asked(thief.jar, DOOR.wizard)) }));
  assert.deepEqual(await passkeys(r, thief.person), []);
  assert.deepEqual(await passkeys(r, person), [{ ...passkey, secret: (await passkeys(r, person))[0]?.secret }]);
});

onBoth('one new credential for two people at once: one of them has it', async (r) => {
  for (let volley = 0; volley < 5; volley += 1) {
    const both = await Promise.all([atCeremony(r), atCeremony(r)]);
    const device = softAuthenticator({ origin });
    const sent: [Jar, string][] = [];
    for (const { jar } of both) sent.push([jar, device.create(await asked(jar, DOOR.wizard))]);
    const answers = await Promise.all(sent.map(([jar, credential]) => jar.post(DOOR.wizard, { credential })));
    assert.deepEqual(
      answers.map(({ status }) => status).sort((a, b) => a - b),
      [303, 422],
    );
    const owners = await Promise.all(both.map(({ person }) => passkeys(r, person)));
    assert.equal(owners.flat().length, 1);
  }
});

onBoth('removed, it opens nothing; set up again, the new key does and the old one does not', async (r) => {
  const [first, spare] = [softAuthenticator({ origin }), softAuthenticator({ origin })];
  const { person, jar } = await enrolledWithPasskey(r, first, { lateEnrolmentGuard: 'none' });
  const added = await jar.submit('/account/passkeys', {
    credential: spare.create(await asked(jar, '/account/passkeys')),
  });
  assert.match(added.path, /done=passkey$/, added.text.slice(0, 3000));
  const bound = await passkeys(r, person);
  const [one, two] = [first, spare].map(({ id }) => bound.find(({ handle }) => handle === text(id)));
  assert.ok(one && two);

  const gone = await jar.submit('/account/authenticators/remove', { id: one.id });
  assert.match(gone.path, /done=removed/);
  refused(await signInWith(r.browser(), first));
  assert.equal((await signInWith(r.browser(), spare)).location, '/');

  const renewed = softAuthenticator({ origin });
  const options = await jar.post(`/account/passkeys/options?instead=${two.id}`);
  const question = JSON.parse(options.text) as Parameters<SoftAuthenticator['create']>[0];
  assert.deepEqual(question.excludeCredentials, [], 'the device it is on may make a new one');
  const anew = await jar.submit('/account/passkeys', { credential: renewed.create(question), instead: two.id });
  assert.match(anew.path, /done=passkey-anew/);
  refused(await signInWith(r.browser(), spare));
  assert.equal((await signInWith(r.browser(), renewed)).location, '/');
  const back = softAuthenticator({ origin });
  back.id = first.id;
  await jar.post('/account/passkeys', { credential: back.create(await asked(jar, '/account/passkeys')) });
  assert.equal((await signInWith(r.browser(), back)).location, '/', 'an identifier that was given back is free');
});

onBoth('the owner of the passkey counts and not the name that was typed: another one is refused', async (r) => {
  const device = softAuthenticator({ origin });
  const { person } = await enrolledWithPasskey(r, device);
  const other = await r.person();
  for (const address of [other.email, 'nobody@harbour.example', `${person.email}.evil.test`]) {
    const jar = r.browser();
    refused(await signInWith(jar, device, { address }));
    assert.ok(!jar.cookies.has(SESSION));
  }
  for (const address of ['', 'gra', person.email, person.email.toUpperCase(), person.email.slice(0, -3)])
    assert.equal((await signInWith(r.browser(), device, { address })).location, '/', address);
});

onBoth('whoever is switched off is refused like anybody else', async (r) => {
  const device = softAuthenticator({ origin });
  const { person } = await enrolledWithPasskey(r, device);
  await r.store.transaction((tx) => tx.accounts.setStatus(person.id, 'disabled'));
  refused(await signInWith(r.browser(), device));
});

function refused(answer: Answered): void {
  assert.equal(answer.status, 422, `${answer.status} ${answer.location ?? ''}`);
  assert.match(answer.text, /This passkey can't be used here/);
}

async function second(jar: Jar, device: SoftAuthenticator): Promise<Answered> {
  return jar.post(DOOR.second, { credential: device.get(await asked(jar, DOOR.second)) });
}

async function passkeys(r: Rig, { id }: Pick<Person, 'id'>) {
  return (await r.store.read.authenticators.of(id)).filter(({ type }) => type === 'passkey');
}

/** One more organisation, whose policy is the stricter one. */
async function underRule(r: Rig, { id }: Person, policy: Record<string, unknown>): Promise<void> {
  const house = await r.organisation({ policy });
  await r.store.transaction((tx) =>
    tx.accounts.join({ account: id, organisation: house.id, role: 'member', joinedAt: r.now() }),
  );
}
