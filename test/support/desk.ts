import assert from 'node:assert/strict';
import type { Answered, Jar } from './jar.ts';
import type { Person, PersonOptions, Rig } from './rig.ts';
import { signIn } from './roads.ts';

/** A house with a desk of two agents and an administrator, and Grace, who has been with it for a fortnight. */
export async function houseWithDesk(r: Rig, others: PersonOptions['others'] = []) {
  const house = await r.organisation();
  const staff = (name: string, role: 'agent' | 'administrator') =>
    r.person({ name, organisations: [house], enrolled: true, role });
  const grace = await r.person({ name: 'Grace Hooper', organisations: [house], enrolled: true, others });
  const people = {
    house,
    grace,
    arthur: await staff('Arthur Bell', 'agent'),
    saskia: await staff('Saskia Timmer', 'agent'),
    helen: await staff('Helen Marlowe', 'administrator'),
    victor: await r.person({ name: 'Victor Quill', organisations: [house], enrolled: true }),
  };
  // Everybody's address and membership is older than what counts as new.
  r.advance('P14D');
  return people;
}

/** Signed in with two steps, a moment ago. */
export async function atWork(r: Rig, person: Person): Promise<Jar> {
  r.advance('PT30S');
  const jar = r.browser();
  await signIn(jar, person);
  const page = await jar.submit('/sign-in/verify', { method: 'totp', code: person.code() });
  assert.equal(page.status, 200, 'control: the honest way in');
  return jar;
}

/** Whoever has the password asks to get back in; the answer is the page that follows. */
export async function asks(jar: Jar, person: Person): Promise<Answered> {
  await signIn(jar, person);
  return jar.submit('/sign-in/recover');
}

/** The path of the newest link of a kind in somebody's mailbox. */
export async function mailed(r: Rig, to: string, kind: string): Promise<string> {
  const links = (await r.messages(to)).flatMap((mail) => mail.links);
  const link = links.find((one) => new URL(one).pathname.startsWith(`/${kind}/`));
  assert.ok(link, `a ${kind} link for ${to}`);
  return new URL(link).pathname;
}

/** In the browser that opens the mail: afterwards the page of the request is there. */
export async function confirms(r: Rig, jar: Jar, person: Person): Promise<Answered> {
  const page = await jar.submit(await mailed(r, person.email, 'recovery-mailbox'));
  assert.match(page.path, /^\/recovery\//, page.text.slice(0, 300));
  return page;
}

/** The open request of an account, as stored. */
export async function requestOf(r: Rig, { id }: Person) {
  const row = await r.store.read.recovery.openOf(id);
  assert.ok(row, 'an open request');
  return row;
}

/** Claim and everything on the list; the request then waits for two people. */
export async function checksAll(jar: Jar, id: string): Promise<void> {
  await jar.submit(`/desk/cases/${id}/claim`);
  for (const kind of ['same-number', 'called-back'])
    await jar.submit(`/desk/cases/${id}/checks`, { kind, outcome: 'passed', seen: 'As it should be.' });
}

/** Approves what the page shows now. */
export async function approves(jar: Jar, id: string): Promise<Answered> {
  return jar.submit(`/desk/cases/${id}/approve`, { digest: await digestOn(jar, id) });
}

export async function digestOn(jar: Jar, id: string): Promise<string> {
  const page = await jar.open(`/desk/cases/${id}`);
  return /name="digest" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
}

/** The whole road up to the moment at which a pass can be had; answers the path of the request's page. */
export async function untilReady(
  r: Rig,
  people: { grace: Person; arthur: Person; saskia: Person },
  jar: Jar,
): Promise<string> {
  const { grace, arthur, saskia } = people;
  await asks(jar, grace);
  const page = await confirms(r, jar, grace);
  const { id } = await requestOf(r, grace);
  const first = await atWork(r, arthur);
  await checksAll(first, id);
  await approves(first, id);
  const second = await atWork(r, saskia);
  const approved = await approves(second, id);
  assert.equal(approved.status, 200, approved.text.slice(0, 500));
  r.advance('PT24H');
  return page.path;
}

export async function vouches(r: Rig, who: Person, number: string): Promise<Answered> {
  const jar = await atWork(r, who);
  return jar.submit('/vouch', { number, sees: 'yes' });
}
