// P-17: whoever earns on every text message makes us send none beyond the budgets: by number, by account, and in all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetKey } from '#flows/budget.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn } from '#test/support/roads.ts';
import { guessesCharged, onBoth, pendingOf, PHONE, says, signedInByDevice } from './support/in-process.ts';
import { sceneAt } from './support/scenes.ts';

const TOO_SOON = 429;

/** Dear, far, or nobody's. None is in a country on the list, or none is a mobile telephone there. */
const REFUSED = [
  '+1 202 555 0123',
  '+1 876 555 0100',
  '+7 900 555 01 00',
  '+44 909 879 0000',
  '+44 70 1234 5678',
  '+44 20 7946 0000',
  '+44 800 123 4567',
  '+44 1534 123456',
  '+371 9000 1234',
  '+881 6 1234 5678',
  '+870 773 123 456',
  '+883 5100 1234 5678',
  '+979 1 2345 6789',
  '+999 123 456',
  '+44 7700 900123 999999',
  '+44 7700 900123; +1 876 555 0100',
  '0900-1234',
  '112',
];

test('numbers of other countries, and numbers that are no mobile telephone, are refused before anything is sent', async () => {
  const r = await rig();
  const { jar } = await sceneAt(r, 'adding-sms');
  for (const number of REFUSED) {
    const answer = await jar.post('/enrol/sms', { number });
    assert.equal(answer.status, 422, number);
  }
  assert.equal((await texts(r)).length, 0);
  assert.equal((await r.store.read.budgets.history(budgetKey.textsInAll())).length, 0, 'and nothing was paid');
  assert.equal((await jar.post('/enrol/sms', { number: PHONE })).status, 303, 'control');
});

onBoth(
  'a hundred times at once, from one sign-in and from many: one message, and the next a minute later',
  async (r) => {
    const ann = await enrolledIn(r, PHONE);
    const one = await pendingOf(r, ann);
    const many = [one];
    while (many.length < 10) many.push(await pendingOf(r, ann));
    const volley = () => Promise.all(Array.from({ length: 50 }, (_, shot) => text(many[shot % many.length] ?? one)));
    for (let minute = 1; minute <= 2; minute += 1) {
      const answers = await volley();
      assert.equal(answers.filter(({ status }) => status === 303).length, 1);
      assert.equal(answers.filter(({ status }) => status === TOO_SOON).length, 49);
      assert.equal((await texts(r)).length, minute);
      r.advance('PT59S');
      assert.equal((await text(one)).status, TOO_SOON);
      r.advance('PT1S');
    }
  },
);

onBoth('one number: five in a day, whoever asks', async (r) => {
  for (let account = 0; account < 7; account += 1) {
    r.advance('PT1M');
    await text(await pendingOf(r, await enrolledIn(r, PHONE)));
    await texts(r); // what is ten minutes old is not sent any more
  }
  assert.equal((await texts(r)).length, 5);
  r.advance('P1D');
  const ann = await enrolledIn(r, PHONE);
  assert.equal((await text(await pendingOf(r, ann))).status, 303, 'control: the next day');
});

onBoth('one account: ten in a day, whatever the number and wherever they are asked for', async (r) => {
  const { jar } = await sceneAt(r, 'adding-sms');
  const statuses: number[] = [];
  for (let number = 10; number < 23; number += 1) {
    r.advance('PT61S');
    const answer = await jar.post('/enrol/sms', { number: `+4477009001${number}` });
    statuses.push(answer.status);
    await texts(r);
    if (answer.status === 303) await jar.post('/enrol/back');
    else assert.match(answer.text, /\/enrol\/sms\/skip/, 'there is a way on without');
  }
  assert.equal((await texts(r)).length, 10);
  assert.deepEqual(statuses.slice(10), [TOO_SOON, TOO_SOON, TOO_SOON]);
});

onBoth('the whole server: a thousand in a day, and the last one once', async (r) => {
  const moment = r.now().subtract({ hours: 1 });
  await r.store.transaction((tx) =>
    tx.budgets.save(
      budgetKey.textsInAll(),
      Array.from({ length: 999 }, () => moment),
    ),
  );
  const jars: Jar[] = [];
  for (let account = 10; account < 18; account += 1)
    jars.push(await pendingOf(r, await enrolledIn(r, `+4477009001${account}`)));
  const answers = await Promise.all(jars.map(text));
  assert.equal(answers.filter(({ status }) => status === 303).length, 1);
  assert.equal((await texts(r)).length, 1);
  for (const answer of answers.filter(({ status }) => status !== 303)) {
    says(answer, /text message/i, TOO_SOON);
    assert.match(answer.text, /\/sign-in\/verify\?with=/, 'another way is offered');
  }
});

test('a new code makes the one before void, and gives no new guesses', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const jar = await pendingOf(r, ann);
  await text(jar);
  const [first] = await codes(r);
  for (let guess = 0; guess < 3; guess += 1)
    assert.equal((await tries(jar, first === '000000' ? '1' : '000000')).status, 422);
  r.advance('PT1M');
  await text(jar);
  const [second] = await codes(r);
  assert.notEqual(first, second);
  assert.equal((await tries(jar, first ?? '')).status, 422, 'the first is void');
  assert.equal(await guessesCharged(r, ann), 4);
  const other = await pendingOf(r, ann);
  assert.equal((await tries(other, '000000')).status, 422);
  assert.equal((await tries(jar, second ?? '')).status, 429, 'five guesses, of both codes together');
});

test('without a sign-in, with a session that proved its password alone, in another place: nothing is sent', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const sessions = [r.browser(), await signedInByDevice(r, ann)];
  const before = (await texts(r)).length;
  for (const jar of sessions)
    for (const [path, form] of [
      ['/sign-in/verify/text', {}],
      ['/enrol/sms', { number: PHONE }],
      ['/enrol/sms/resend', {}],
    ] as const) {
      const answer = await jar.copy().post(path, form);
      assert.ok(answer.status === 303 || answer.status === 403, `${path}: ${answer.status}`);
    }
  const elsewhere = await sceneAt(r, 'choosing');
  for (const path of ['/enrol/sms', '/enrol/sms/resend', '/sign-in/verify/text'])
    assert.ok((await elsewhere.jar.post(path, { number: PHONE })).status < 500);
  assert.equal((await texts(r)).length, before);
});

function text(jar: Jar): Promise<Answered> {
  return jar.post('/sign-in/verify/text');
}

function tries(jar: Jar, code: string): Promise<Answered> {
  return jar.post('/sign-in/verify', { method: 'sms', code });
}

async function texts(r: Rig) {
  return (await r.messages()).filter(({ channel }) => channel === 'sms');
}

/** Newest first. */
async function codes(r: Rig): Promise<string[]> {
  return (await texts(r)).map((one) => /\b\d{6}\b/.exec(one.text)?.[0] ?? '');
}
