import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PEOPLE } from './people.ts';
import type { Person } from './person.ts';
import { type Browser, browserOf, codeOf, demoForTests, signIn } from './testing.ts';
import { knownOf } from './known.ts';

// Everybody with a story and a second step loses everything on one day: each of them is in the wizard two days later, and
// nobody sooner than the rules say. Whoever opens the accounts of others is let in by two people who have seen them.

let running: Awaited<ReturnType<typeof demoForTests>>;
before(async () => {
  running = await demoForTests();
});
after(() => running.end());

const everybody = PEOPLE.filter(
  (one) => !one.disabled && one.houses.length > 0 && (one.apps.length > 0 || one.phone || one.card),
);
const members = everybody.filter(({ role }) => role === 'member');
const AGENTS = { quillwharf: ['arthur.bell', 'olive.trent'], duizendkorrel: ['saskia.timmer', 'bram.kuiper'] } as const;

test('everybody who loses everything is in the wizard two days later, whoever they are', async () => {
  assert.ok(members.length >= 20, String(members.length));
  for (const owner of members) await asksAndConfirms(owner);
  for (const agents of Object.values(AGENTS)) {
    const [first, second] = [await atWork(agents[0]), await atWork(agents[1])];
    for (const id of await casesOf(first)) {
      await first.post(`/desk/cases/${id}/claim`);
      for (const kind of ['same-number', 'called-back'])
        await first.post(`/desk/cases/${id}/checks`, { kind, outcome: 'passed', seen: 'As it should be.' });
      for (const desk of [first, second]) await approve(desk, id);
    }
  }
  for (const owner of members) assert.equal((await openOf(owner))?.state.at, 'waiting', owner.story);
  for (const owner of members) assert.equal(await wizardOf(owner), null, `too early: ${owner.story}`);
  running.demo.clock.move({ advance: Temporal.Duration.from({ hours: 25 }) });
  signedIn.clear();
  for (const owner of members) assert.equal(await wizardOf(owner), '/enrol', owner.story);
});

test('whoever helps or administers is seen by two people first, however much else is proved', async () => {
  const staff = everybody.filter(({ role }) => role !== 'member');
  assert.ok(staff.length >= 5);
  for (const owner of staff) {
    await asksAndConfirms(owner);
    assert.equal((await openOf(owner))?.state.at, 'mailbox-confirmed', owner.story);
  }
});

/** With the password, or, where strangers have spent its guesses, from the help centre and with a colleague. */
async function asksAndConfirms(owner: Person): Promise<void> {
  if (owner.askedBackIn !== null) return; // her request is under way already
  const browser = browserOf(running.demo);
  await signIn(browser, owner);
  const asked = await browser.post('/sign-in/recover');
  const isKnown = asked.path.startsWith('/recovery/');
  if (!isKnown) await browser.post('/help/request', { address: owner.address });
  const link = await mailed(owner, '/recovery-mailbox/');
  assert.match((await browser.post(link)).path, /^\/recovery\//, owner.story);
  if (isKnown) return;
  const number = (await openOf(owner))?.number ?? '';
  const colleague = await atWork(owner.houses[0] === 'quillwharf' ? 'olive.trent' : 'bram.kuiper');
  await colleague.post('/vouch', { number, sees: 'yes' });
}

/** Where the pass and the password lead; null while there is no pass. */
async function wizardOf(owner: Person): Promise<string | null> {
  const ready = (await linksTo(owner.address)).find((link) => link.startsWith('/recovery/'));
  if (!ready) return null;
  const browser = browserOf(running.demo);
  const pass = await browser.post(`${ready}/pass`);
  const { path } = await browser.post(pass.path, { password: owner.password });
  assert.equal((await browser.get('/account')).path, path, 'a wizard, and no session');
  return path;
}

const signedIn = new Map<string, Browser>();

async function atWork(id: string): Promise<Browser> {
  const known = signedIn.get(id);
  if (known) return known;
  const person = PEOPLE.find((one) => one.id === id);
  assert.ok(person);
  const browser = browserOf(running.demo);
  await signIn(browser, person);
  const [app] = (await knownOf(running.demo.nachtslot.deps.store.read, person)).apps;
  const code = codeOf(app?.totpSecret ?? '', Temporal.Now.instant());
  await browser.post('/sign-in/verify', { method: 'totp', code });
  assert.equal((await browser.get('/account')).path, '/account', `${id} is in`);
  signedIn.set(id, browser);
  return browser;
}

/** Everything that waits at this desk, by the ids of the list. */
async function casesOf(desk: Browser): Promise<string[]> {
  const { html } = await desk.get('/desk?show=all&order=age');
  return [...new Set([...html.matchAll(/href="\/desk\/cases\/([\w.-]+)"/g)].map(([, id = '']) => id))];
}

async function approve(desk: Browser, id: string): Promise<void> {
  const { html } = await desk.get(`/desk/cases/${id}`);
  const digest = /name="digest" value="([^"]+)"/.exec(html)?.[1] ?? '';
  await desk.post(`/desk/cases/${id}/approve`, { digest });
}

function openOf({ id }: Person) {
  return running.demo.nachtslot.deps.store.read.recovery.openOf(id);
}

/** The path of the newest link of a kind. */
async function mailed({ address }: Person, kind: string): Promise<string> {
  const link = (await linksTo(address)).find((one) => one.startsWith(kind));
  assert.ok(link, `${kind} for ${address}`);
  return link;
}

async function linksTo(address: string): Promise<string[]> {
  await running.demo.nachtslot.outbox.deliverDue();
  return running.demo.mailbox.messages(address).flatMap(({ links }) => links.map((link) => new URL(link).pathname));
}
