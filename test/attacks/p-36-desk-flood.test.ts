import assert from 'node:assert/strict';
import { brotliCompressSync } from 'node:zlib';
import { askFromHelp } from '#flows/recovery/open.ts';
import { asks, atWork, confirms, houseWithDesk, requestOf } from '#test/support/desk.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { onBoth } from './support/in-process.ts';

// P-36, step 6: twenty requests in parallel, and the desk flooded.

/** Styles, script and typeface take up most of a page of 30 kB (`assets.test.ts`). */
const PAGE_MOST_BYTES = 7_500;

async function crowd(r: Rig, people: Awaited<ReturnType<typeof houseWithDesk>>, count: number): Promise<Person[]> {
  const all: Person[] = [];
  for (let n = 0; n < count; n += 1)
    all.push(
      await r.person({
        name: `Member ${n}`,
        email: `member-${n}@harbour.example`,
        organisations: [people.house],
        enrolled: true,
      }),
    );
  r.advance('P14D');
  return all;
}

const openedOf = async (r: Rig, people: readonly Person[]) =>
  (await Promise.all(people.map(({ id }) => r.store.read.recovery.openOf(id)))).filter((row) => row !== null).length;

onBoth(
  'without a password, from one network: ten in an hour, thirty in a day, and the page says the same',
  async (r) => {
    const people = await houseWithDesk(r);
    const all = await crowd(r, people, 60);
    const answers = new Set<string>();
    const askForAll = () =>
      Promise.all(
        [...all.map(({ email }) => email), 'nobody.here@harbour.example'].map(async (address) => {
          const answer = await r.browser().post('/help/request', { address });
          answers.add(
            `${answer.status} ${answer.text.replaceAll(address, '').replaceAll(/nonce(?:="|-)[^"' ;]+/g, '')}`,
          );
        }),
      );
    await askForAll();
    assert.equal(await openedOf(r, all), 10);
    for (let hour = 0; hour < 5; hour += 1) {
      r.advance('PT1H1S');
      await askForAll();
    }
    assert.equal(await openedOf(r, all), 30);
    assert.equal(answers.size, 1, 'taken, held or unknown: the same page');
    const subjects = await Promise.all(all.map(async ({ email }) => (await r.messages(email)).length));
    assert.ok(Math.max(...subjects) <= 10, `${Math.max(...subjects)} mails to one owner`);

    // Whoever has the password is not held up by strangers, on the same network and within the same hour.
    const own = await asks(r.browser(), people.grace);
    assert.match(own.path, /^\/recovery\//);
  },
);

onBoth('with passwords, from one network: thirty in an hour, then a sentence that says when', async (r) => {
  const people = await houseWithDesk(r);
  const all = await crowd(r, people, 34);
  const pages = [];
  for (const person of all) pages.push(await asks(r.browser(), person));
  const [taken, held] = [pages.filter(({ status }) => status === 200), pages.filter(({ status }) => status === 429)];
  assert.deepEqual([taken.length, held.length, await openedOf(r, all)], [30, 4, 30]);
  for (const page of held) assert.match(page.text, /Very many requests came from where you are.*Try again in 1 hour/s);
  r.advance('PT1H1S');
  const last = all.at(-1);
  assert.ok(last);
  assert.match((await asks(r.browser(), last)).path, /^\/recovery\//, 'an hour later it is taken');
});

onBoth('twenty at once for one account are one request, and few mails', async (r) => {
  const { grace } = await houseWithDesk(r);
  const before = (await r.messages(grace.email)).length;
  await Promise.all([
    ...Array.from({ length: 10 }, () => r.browser().post('/help/request', { address: grace.email })),
    ...Array.from({ length: 10 }, () => asks(r.browser(), grace)),
  ]);
  const lines = await r.store.read.audit.of(grace.id, 500);
  const opened = lines.filter(({ event }) => event === 'recovery.opened').length;
  // One, or two where a stranger's came first and the owner's took its place.
  assert.ok(opened >= 1 && opened <= 2, `${opened} opened`);
  assert.ok(await requestOf(r, grace));
  const mails = (await r.messages(grace.email)).length - before;
  assert.ok(mails >= 1 && mails <= 5, `${mails} mails`);
});

onBoth('from many networks: the desk still finds who waits, quickly, on a page of fifty', async (r) => {
  const people = await houseWithDesk(r);
  const { grace, house, arthur } = people;
  const all = await crowd(r, people, 240);
  for (const [n, { email }] of all.entries()) {
    await askFromHelp(r.deps, { address: `198.51.100.${n}`, userAgent: 'curl', request: `flood-${n}` }, email);
    r.advance('PT1S');
  }
  assert.equal(await openedOf(r, all), 240, 'control: the desk is flooded');

  r.advance('PT1H');
  await asks(r.browser(), grace);
  await confirms(r, r.browser(), grace);
  r.advance('PT1H');
  const late = await r.person({ name: 'Later Still', organisations: [house], enrolled: true });
  r.advance('PT1M');
  await asks(r.browser(), late);
  const jar = await atWork(r, arthur);
  const names = (text: string) =>
    [...text.matchAll(/<a href="\/desk\/cases\/[^"]+">([^<]+)</g)].map(([, name]) => name);
  for (const order of ['age', 'risk']) {
    const began = performance.now();
    const page = await jar.get(`/desk?order=${order}`);
    const took = performance.now() - began;
    assert.equal(page.status, 200);
    assert.equal(names(page.text)[0], 'Grace Hooper', `${order}: who proved something comes first`);
    assert.equal(names(page.text).length, 50);
    assert.ok(brotliCompressSync(page.text).byteLength < PAGE_MOST_BYTES);
    assert.ok(took < 2_000, `${took.toFixed()} ms`);
  }
  const oldest = names((await jar.get('/desk?order=age')).text);
  assert.deepEqual(oldest.slice(1, 3), ['Member 0', 'Member 1'], 'then the oldest');

  const seen = new Set<string>();
  for (let page = 1; page <= 5; page += 1)
    for (const name of names((await jar.get(`/desk?page=${page}`)).text)) seen.add(name ?? '');
  assert.equal(seen.size, 242, 'every one of them is on a page');
  assert.match((await jar.get('/desk?page=5')).text, /Page 5 of 5/);
  for (const odd of ['0', '-1', '1.5', 'x', '999', 'NaN', ''])
    assert.equal((await jar.get(`/desk?page=${odd}`)).status, 200, odd);
  assert.deepEqual(names((await jar.get('/desk?show=to-claim')).text), ['Grace Hooper']);
});
