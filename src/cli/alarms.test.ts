import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetKey } from '#flows/budget.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { alarms } from './alarms.ts';

const ONE_FOR_ALL = 'Welkom bij de bakkerij 1';

test('one password at fifty accounts is an alarm for an hour, and forty-nine are a Monday morning', async () => {
  const { r, people } = await fifty();
  for (const person of people.slice(1)) await signIn(r.browser(), { ...person, password: ONE_FOR_ALL });
  assert.deepEqual(await states(r), ['good', 'good', 'good']);
  // At one account as often as one likes is what its own counter is for.
  for (let turn = 0; turn < 9; turn += 1) await signIn(r.browser(), { ...at(people, 1), password: ONE_FOR_ALL });
  assert.deepEqual(await states(r), ['good', 'good', 'good']);
  await signIn(r.browser(), { ...at(people, 0), password: ONE_FOR_ALL });
  assert.deepEqual(await states(r), ['wrong', 'good', 'good']);
  const [found] = await alarms(r.store.read, r.now());
  assert.match(found?.sentence ?? '', /^At 50 account\(s\) within the hour\. Somebody may be trying one password/);
  r.advance('PT61M');
  assert.deepEqual(await states(r), ['good', 'good', 'good']);
});

test('in a large house it takes more than one in fifty', async () => {
  const { r, people } = await fifty();
  for (const person of people) await signIn(r.browser(), { ...person, password: ONE_FOR_ALL });
  const count = { ...r.store.read.accounts, count: async () => 10_000 };
  const found = await alarms({ ...r.store.read, accounts: count }, r.now());
  assert.equal(found[0]?.state, 'good');
});

test('wrong codes after right passwords, at fifty accounts', async () => {
  const { r, people } = await fifty();
  for (const person of people) {
    const jar = r.browser();
    await signIn(jar, person);
    await jar.post('/sign-in/verify', { method: 'totp', code: '000000' });
  }
  assert.deepEqual(await states(r), ['good', 'wrong', 'good']);
});

test('text messages: a note at half of the day’s, an alarm when none is left', async () => {
  const r = await rig();
  const used = async (count: number) => {
    const history = Array.from({ length: count }, () => r.now());
    await r.store.transaction((tx) => tx.budgets.save(budgetKey.textsInAll(), history));
    return (await states(r))[2];
  };
  assert.deepEqual(
    [await used(499), await used(500), await used(999), await used(1000)],
    ['good', 'note', 'note', 'wrong'],
  );
  r.advance('P1D');
  assert.equal((await states(r))[2], 'good');
});

async function states(r: Rig): Promise<string[]> {
  return (await alarms(r.store.read, r.now())).map(({ state }) => state);
}

async function fifty(): Promise<{ r: Rig; people: Person[] }> {
  const r = await rig();
  const people: Person[] = [];
  while (people.length < 50) people.push(await enrolledIn(r));
  return { r, people };
}

function at(people: readonly Person[], index: number): Person {
  const person = people[index];
  assert.ok(person);
  return person;
}
