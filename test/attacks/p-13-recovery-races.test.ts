import assert from 'node:assert/strict';
import {
  approves,
  asks,
  atWork,
  checksAll,
  confirms,
  digestOn,
  houseWithDesk,
  mailed,
  requestOf,
  untilReady,
} from '#test/support/desk.ts';
import type { Jar } from '#test/support/jar.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { ATTEMPT, onBoth } from './support/in-process.ts';

// Fifty at once, several volleys, on both databases: whatever is good once has one effect. (P-13)
const AT_ONCE = 50;
const VOLLEYS = Number(process.env['NACHTSLOT_VOLLEYS'] ?? 12) > 12 ? 6 : 2;

onBoth('the link in the mailbox: one confirmation, one page', async (r) => {
  const { house } = await houseWithDesk(r);
  await volleys(r, house.id, async (owner) => {
    await asks(r.browser(), owner);
    const path = await mailed(r, owner.email, 'recovery-mailbox');
    const answers = await Promise.all(many(() => r.browser().post(path)));
    assert.equal(answers.filter(({ location }) => location?.startsWith('/recovery/')).length, 1);
    const { state } = await requestOf(r, owner);
    assert.equal(state.facts.proofs.filter(({ kind }) => kind === 'mailbox').length, 1);
  });
});

onBoth('a pass: one wizard', async (r) => {
  const people = await houseWithDesk(r);
  await volleys(r, people.house.id, async (owner) => {
    const jar = r.browser();
    const page = await untilReady(r, { ...people, grace: owner }, jar);
    const pass = (await jar.submit(`${page}/pass`)).path;
    // Eight, not fifty: each checks a password, and the tenth wrong or right one at once is refused by its budget.
    const jars = many(() => r.browser()).slice(0, 8);
    const answers = await Promise.all(jars.map((one) => one.post(pass, { password: owner.password })));
    assert.equal(answers.filter(({ location }) => location === '/enrol').length, 1, tally(answers));
    assert.equal(jars.filter((one) => one.cookies.has(ATTEMPT)).length, 1);
  });
});

onBoth('to stop and to approve at the same moment: one of both, and never a wait that was stopped', async (r) => {
  const people = await houseWithDesk(r);
  const { arthur, saskia } = people;
  await volleys(r, people.house.id, async (owner) => {
    const { id, first, second } = await checked(r, people, owner);
    await approves(first, id);
    const digest = await digestOn(second, id);
    const cancel = await mailed(r, owner.email, 'recovery-cancel');
    await Promise.all([
      ...many(() => second.post(`/desk/cases/${id}/approve`, { digest })).slice(0, 25),
      ...many(() => r.browser().post(cancel)).slice(0, 25),
    ]);
    const row = await r.store.read.recovery.byId(id);
    assert.equal(row?.state.at, 'cancelled', 'stopping holds, before and after an approval');
    assert.ok(row?.endedAt);
    r.advance('P2D');
    const told = (await r.messages(owner.email)).map(({ subject }) => subject);
    assert.ok(!told.some((one) => /You can set up/.test(one)), 'nothing of the wait is said any more');
    assert.ok(arthur.id !== saskia.id);
  });
});

onBoth('second approval: two people at once make one; the same one many times counts once', async (r) => {
  const people = await houseWithDesk(r);
  await volleys(r, people.house.id, async (owner) => {
    const { id, first, second } = await checked(r, people, owner);
    const digest = await digestOn(first, id);
    await Promise.all(many(() => first.post(`/desk/cases/${id}/approve`, { digest })));
    const one = await r.store.read.recovery.byId(id);
    assert.equal(one?.state.at, 'approved', 'fifty of the same person are one');
    await Promise.all(
      [first, second].flatMap((jar) => many(() => jar.post(`/desk/cases/${id}/approve`, { digest })).slice(0, 25)),
    );
    const row = await r.store.read.recovery.byId(id);
    assert.equal(row?.state.at, 'waiting');
    if (row?.state.at === 'waiting')
      assert.deepEqual(
        row.state.approvals.map(({ by }) => by),
        [people.arthur.id, people.saskia.id],
      );
    const waits = (await r.messages(owner.email)).filter(({ subject }) => /now waits/.test(subject));
    assert.equal(waits.length, 1, 'told once');
  });
});

onBoth('a voucher: one goes on', async (r) => {
  const { helen, house } = await houseWithDesk(r);
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-01') });
  for (let volley = 0; volley < VOLLEYS; volley += 1) {
    const tom = await r.person({ organisations: [house], firstSignInAt: r.now().subtract({ hours: 900 }) });
    const made = await (await atWork(r, helen)).submit('/desk/vouchers', { address: tom.email });
    const voucher = /data-copy="([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})"/.exec(made.text)?.[1] ?? '';
    const jars: Jar[] = [];
    for (let each = 0; each < 4; each += 1) {
      const jar = r.browser();
      await signIn(jar, tom);
      await jar.submit('/sign-in/prompt', { answer: 'enable' });
      jars.push(jar);
    }
    await Promise.all(jars.map((jar) => jar.post('/enrol/guard/voucher', { voucher })));
    const at = await Promise.all(
      jars.map(async (jar) => /Choose how you confirm/.test((await jar.open('/enrol')).text)),
    );
    assert.equal(at.filter(Boolean).length, 1);
  }
});

async function volleys(r: Rig, organisation: string, volley: (owner: Person) => Promise<void>): Promise<void> {
  const house = (await r.store.read.organisations.all()).find(({ id }) => id === organisation);
  assert.ok(house);
  const owners = [];
  for (let each = 0; each < VOLLEYS; each += 1)
    owners.push(await r.person({ name: `Owner ${each}`, organisations: [house], enrolled: true }));
  r.advance('P8D');
  for (const owner of owners) await volley(owner);
}

async function checked(r: Rig, people: { arthur: Person; saskia: Person }, owner: Person) {
  const jar = r.browser();
  await asks(jar, owner);
  await confirms(r, jar, owner);
  const { id } = await requestOf(r, owner);
  const first = await atWork(r, people.arthur);
  await checksAll(first, id);
  return { id, first, second: await atWork(r, people.saskia) };
}

function many<T>(make: () => T): T[] {
  return Array.from({ length: AT_ONCE }, make);
}

function tally(answers: readonly { status: number; location: string | null }[]): string {
  return answers.map(({ status, location }) => `${status} ${location ?? ''}`).join(', ');
}
