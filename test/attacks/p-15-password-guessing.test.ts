// P-15: passwords are guessed a few at a time and ever more slowly, at every form alike; and a stranger who guesses does
// not keep the owner out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vouchAsOperator } from '#flows/recovery/operator.ts';
import { softAuthenticator } from '#test/support/authenticator.ts';
import type { Answered } from '#test/support/jar.ts';
import { basic, listening, register } from '#test/support/oidc-client.ts';
import { enrolledWithPasskey, signInWith } from '#test/support/passkeys.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { ORIGIN } from './support/requests.ts';
import { DEVICE, me, onBoth, pendingOf, secondStep, signedInByDevice } from './support/in-process.ts';
import { post } from './support/provider.ts';

const DAY_S = 24 * 60 * 60;

onBoth('a day of guessing: ten, then ever more slowly, and the same for a name that nobody has', async (r) => {
  const ann = await enrolledIn(r);
  const end = r.now().add({ seconds: DAY_S });
  const looked: Temporal.Instant[] = [];
  for (let turn = 1; Temporal.Instant.compare(r.now(), end) < 0; turn += 1) {
    const [hers, nobodys] = [await guess(r, ann.email, turn), await guess(r, 'nobody.here@harbour.example', turn)];
    const said = ({ status, headers }: Answered) => [status, headers.get('retry-after')];
    assert.deepEqual(said(hers), said(nobodys), `try ${turn}`);
    if (hers.status === 422) looked.push(r.now());
    const wait = Number(hers.headers.get('retry-after') ?? 0);
    if (hers.status === 429) r.advance({ seconds: wait });
  }
  const gaps = looked.slice(9).map((at, index) => at.since(looked[index + 8] ?? at).total('seconds'));
  assert.deepEqual(gaps.slice(0, 2).map(Math.round), [0, 15 * 60], 'ten at once, and then a quarter of an hour');
  assert.ok(gaps.slice(2).every((gap) => gap >= 30 && gap <= 60 * 60));
  assert.deepEqual([...gaps].sort((one, other) => one - other).at(-1), 60 * 60, 'an hour is the longest');
  assert.ok(looked.length > 20 && looked.length <= 100, `${looked.length} in a day`);
  const lines = (await r.store.read.audit.of(ann.id, 999)).filter(({ event }) => event === 'password.wrong');
  assert.equal(lines.length, looked.length, 'a line for each that was looked at');
});

test('the owner comes in on a device that is remembered, and only with the password', async () => {
  const r = await rig();
  const [ann, mal] = [await enrolledIn(r), await enrolledIn(r)];
  const known = await signedInByDevice(r, ann);
  await known.submit('/sign-out');
  const foreign = await signedInByDevice(r, mal);
  await foreign.submit('/sign-out');
  await spend(r, ann);
  assert.equal((await signIn(r.browser(), ann)).status, 429);
  assert.equal((await signIn(foreign, ann)).status, 429, 'a device of somebody else is none');

  const thief = r.browser();
  thief.cookies.set(DEVICE, known.cookies.get(DEVICE) ?? '');
  await signIn(known, ann);
  assert.equal(await me(r, known), ann.id);
  // Whoever has stolen the device's cookie guesses at a counter of its own, and no longer than at the other.
  let looked = 0;
  for (let turn = 0; turn < 20; turn += 1)
    if ((await signIn(thief, { ...ann, password: `guessed lamp ${turn}` })).status === 422) looked += 1;
  assert.equal(looked, 10);
});

test('the owner comes in with a passkey, whatever was guessed; and with the password when the wait is over', async () => {
  const r = await rig();
  const device = softAuthenticator({ origin: ORIGIN });
  const { person } = await enrolledWithPasskey(r, device);
  await spend(r, person);
  const jar = r.browser();
  assert.equal((await signInWith(jar, device)).status, 303);
  assert.equal(await me(r, jar), person.id);
  const closed = await r.browser().post('/sign-in', { address: person.email, password: person.password });
  r.advance({ seconds: Number(closed.headers.get('retry-after')) });
  await pendingOf(r, person);
});

test('the password beside a pass is counted with the others, and a wrong one does not spend the pass', async () => {
  const r = await rig();
  const house = await r.organisation();
  const ann = await r.person({ organisations: [house], enrolled: true, role: 'administrator' });
  const nowhere = { address: '127.0.0.1', userAgent: 'test', request: 'test' };
  const given = await vouchAsOperator(r.deps, nowhere, { address: ann.email, reason: 'The phone drowned.' });
  assert.ok(typeof given === 'object');
  const pass = new URL(given.link).pathname;
  let looked = 0;
  for (let turn = 0; turn < 24; turn += 1) {
    const password = `guessed harbour lamp ${turn}`;
    const answer = turn % 2 ? await guess(r, ann.email, turn) : await r.browser().post(pass, { password });
    if (answer.status === 422) looked += 1;
  }
  assert.equal(looked, 10);
  assert.equal((await r.browser().post(pass, { password: ann.password })).status, 429);
  r.advance('PT15M');
  assert.match((await r.browser().submit(pass, { password: ann.password })).path, /^\/enrol/, 'control');
});

test('one password at many accounts: nobody is kept out by it, and every try is written down', async () => {
  const r = await rig();
  const house = await r.organisation();
  const people: Person[] = [];
  for (let index = 0; index < 60; index += 1) people.push(await r.person({ organisations: [house], enrolled: true }));
  for (const [turn, { email }] of people.entries()) assert.equal((await guess(r, email, turn)).status, 422);
  for (const { id } of people) {
    const [line] = await r.store.read.audit.of(id, 1);
    assert.equal(line?.event, 'password.wrong');
  }
  const [ann] = people;
  if (ann) await secondStep(r, await pendingOf(r, ann), ann);
});

test('an application’s secret cannot be guessed, and nobody can lock an application out by trying', async () => {
  const r = await rig();
  const application = await register(r, await r.organisation());
  const h = await listening(r);
  try {
    const form = { grant_type: 'refresh_token', refresh_token: 'none' };
    const ask = (by: Record<string, string>) => post({ newJar: h.jar }, '/oidc/token', form, by);
    const answers = new Set<string>();
    for (let turn = 0; turn < 60; turn += 1) {
      const { status, text } = await ask(basic(application, `guess ${turn}`));
      answers.add(`${status} ${text}`);
    }
    answers.add(await ask(basic({ id: 'payroll-00000000' }, 'guess')).then(({ status, text }) => `${status} ${text}`));
    assert.equal(answers.size, 1, [...answers].join('\n'));
    assert.match([...answers].join(''), /^401 .*invalid_client/);
    assert.match((await ask(basic(application))).text, /invalid_grant/, 'control: the right one is let in');
  } finally {
    await h.close();
  }
});

/** Tries that a stranger makes, each from somewhere else, until none is looked at. */
async function spend(r: Rig, { email }: Person): Promise<void> {
  for (let turn = 0; turn < 11; turn += 1) await guess(r, email, turn);
}

function guess(r: Rig, address: string, turn: number): Promise<Answered> {
  const body = new URLSearchParams({ address, password: `guessed harbour lamp ${turn}` }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: ORIGIN,
    'sec-fetch-site': 'same-origin',
  };
  const request = new Request(`${ORIGIN}/sign-in`, { method: 'POST', headers, body });
  return r.browser().send(request, `203.0.113.${turn % 200}`);
}
