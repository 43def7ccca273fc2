// P-43: the clock of the machine is set back, set forward, and set right again, under a server that runs.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashToken } from '#flows/token.ts';
import { verifyAudit } from '#store/audit-verify.ts';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import type { Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { SESSION } from '#test/support/roads.ts';
import { wallClock } from './support/faketime.ts';
import { type House, inHouse, type Shipped, until } from './support/shipped.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH_AND_A_DAY = 31 * DAY;
const TWO_YEARS = 730 * DAY;

onBothDatabases('a clock that jumps', (database) => inHouse(database, (house) => jumps(database, house)));

async function jumps(database: TestDatabase, house: House): Promise<void> {
  const clock = wallClock(join(house.folder, 'clock'));
  const people = await populate(house);
  const { ann, cas, dan } = people;
  const workers = { NACHTSLOT_WORKERS: database.dialect === 'sqlite' ? '1' : '2' };
  let server = await house.serve({ ...clock.env, ...workers, TZ: 'America/New_York' });

  const used = ann.code();
  const annIn = server.browser();
  assert.equal((await signsIn(annIn, ann)).status, 303);
  assert.equal((await guess(annIn.copy(), ann, used)).status, 422, 'control: a code is good once');
  const pending = server.browser();
  await givesPassword(pending, dan);
  for (let guesses = 0; guesses < 4; guesses++) await pending.post('/sign-in/verify', wrong());

  // Back: nothing that was over begins again, and what goes on goes on.
  for (const seconds of [30, 2 * MINUTE, HOUR, DAY, 400 * DAY]) {
    clock.set(-seconds);
    await isOver(server, people);
    const again = [30, 2 * MINUTE].includes(seconds) ? (await guess(server.browser(), ann, used)).status : 422;
    assert.equal(again, 422, `a used code, ${seconds} s back`);
    await goesOn(annIn, people);
  }
  await until(() => /was set back; it is not followed/.test(server.log()));
  const locked = server.browser();
  await givesPassword(locked, dan);
  await locked.post('/sign-in/verify', wrong());
  assert.equal((await locked.post('/sign-in/verify', wrong())).status, 429, 'guesses of before the jump count');
  assert.equal((await signsIn(server.browser(), cas)).status, 303, 'and people get in');

  // Over a restart in the wrong time, too: where the last one stopped, the next one goes on.
  const restart = async () => {
    if (database.dialect === 'postgres') return; // the same, and each start of two processes takes seconds
    server.signal('SIGTERM');
    assert.equal(await server.ended, 0);
    server = await house.serve(clock.env);
  };
  await restart();
  const annAgain = moved(annIn, server);
  await isOver(server, people);
  await goesOn(annAgain, people);
  clock.set(0);
  await goesOn(annAgain, people);

  // Forward: what is over then is over; nobody waits less, and nothing is thrown away, a start included.
  for (const seconds of [30, HOUR, 2 * DAY, MONTH_AND_A_DAY, TWO_YEARS]) {
    clock.set(seconds);
    await waits(server, people);
  }
  assert.notEqual((await annAgain.get('/account')).status, 200, 'two years later a session is over');
  await until(() => /was set forward; what has to wait/.test(server.log()));
  await restart();
  await waits(server, people);
  const [kept] = await database.meddle(`select count(*) as count from links where id = '${people.longOver.id}'`);
  assert.equal(Number(kept?.['count']), 1, 'what a right clock would keep is kept');
  const early = server.browser();
  assert.equal((await signsIn(early, cas)).status, 303);
  const flood = server.browser();
  await givesPassword(flood, people.eve);
  for (let guesses = 0; guesses < 5; guesses++) await flood.post('/sign-in/verify', wrong());

  // Right again: what had ended stays ended, what was begun in the wrong time ends, and everybody gets in.
  clock.set(0);
  // Each process ends what it had wrongly ended, one of them up to a second after the other.
  await until(async () => (await linesOf(house, 'clock.set-right')).length >= Number(workers.NACHTSLOT_WORKERS));
  for (const jar of [moved(annIn, server), early]) assert.notEqual((await jar.get('/account')).status, 200);
  await isOver(server, people);
  await waits(server, people);
  assert.equal((await guess(server.browser(), ann, used)).status, 422, 'a used code stays used');
  assert.equal((await signsIn(server.browser(), cas)).status, 303);
  assert.equal((await signsIn(server.browser(), people.fay)).status, 303, 'with two steps as well');
  const held = server.browser();
  await givesPassword(held, people.eve);
  const answer = await held.post('/sign-in/verify', wrong());
  const retry = Number(answer.headers.get('retry-after'));
  assert.ok(
    answer.status === 429 && retry <= 15 * MINUTE,
    `${answer.status}: guesses of the wrong time hold for ${retry} s`,
  );
  const charged = await house.rig.store.read.budgets.history(`guess:${people.eve.id}`);
  const soon = Temporal.Now.instant().add({ minutes: 2 });
  assert.ok(
    charged.every((at) => Temporal.Instant.compare(at, soon) <= 0),
    'and end',
  );
  const audit = await verifyAudit(house.rig.store.read.audit);
  assert.ok(audit.ok, JSON.stringify(audit));

  if (database.dialect === 'postgres') await apart(house, people);
}

/** Two machines on one database, one of them a minute and a half behind. */
async function apart(house: House, people: People): Promise<void> {
  const clock = wallClock(join(house.folder, 'slow-clock'));
  clock.set(-90);
  const slow = await house.serve({ ...clock.env, NACHTSLOT_WORKERS: '1' });
  const link = await makeLink(house, people.ann, { endsIn: -10 });
  assert.equal((await slow.browser().get(link.path)).status, 410, 'over for one is over for the other');
}

type Made = { id: string; path: string };
type People = Record<'ann' | 'cas' | 'dan' | 'eve' | 'fay', Person> & {
  over: Made;
  longOver: Made;
  alive: Made;
  idle: string;
  recovery: string;
};

async function populate(house: House): Promise<People> {
  const { rig } = house;
  const organisations = [await rig.organisation()];
  const enrolled = () => rig.person({ organisations, enrolled: true });
  const ann = await enrolled();
  const bob = await enrolled();
  return {
    ann,
    cas: await rig.person({ organisations }),
    dan: await enrolled(),
    eve: await enrolled(),
    fay: await enrolled(),
    over: await makeLink(house, ann, { endsIn: -10 }),
    longOver: await makeLink(house, ann, { endsIn: -6 * DAY }),
    alive: await makeLink(house, ann, { endsIn: 5 * 365 * DAY }),
    idle: await makeIdleSession(house, ann),
    recovery: await makeWaiting(house, bob),
  };
}

async function makeLink({ rig }: House, { id: account }: Person, { endsIn }: { endsIn: number }): Promise<Made> {
  const token = randomUUID() + randomUUID();
  const id = randomUUID();
  const expiresAt = rig.now().add({ seconds: endsIn });
  const createdAt = expiresAt.subtract({ hours: 1 });
  const times = { createdAt: Temporal.Instant.compare(createdAt, rig.now()) > 0 ? rig.now() : createdAt, expiresAt };
  const link = { id, tokenHash: hashToken(token), kind: 'reset' as const, account, subject: '', securityEpoch: 0 };
  await rig.store.transaction((tx) => tx.links.create({ ...link, ...times, consumedAt: null }));
  return { id, path: `/reset/${token}` };
}

/** Nobody has used it for longer than an hour, though its day is not over. */
async function makeIdleSession({ rig }: House, { id: account }: Person): Promise<string> {
  const token = randomUUID() + randomUUID();
  const createdAt = rig.now().subtract({ minutes: 70 });
  await rig.store.transaction((tx) =>
    tx.sessions.create({
      id: randomUUID(),
      sid: randomUUID(),
      tokenHash: hashToken(token),
      account,
      evidence: [
        {
          authenticator: '',
          type: 'password',
          factors: ['knowledge'],
          phishingResistant: false,
          restricted: false,
          at: createdAt,
        },
      ],
      viaRememberedDevice: false,
      securityEpoch: 0,
      userAgent: '',
      address: '',
      createdAt,
      lastSeenAt: createdAt,
      expiresAt: createdAt.add({ hours: 24 }),
    }),
  );
  return token;
}

/** Approved by two a moment ago: a day has to pass. */
async function makeWaiting({ rig }: House, { id: account }: Person): Promise<string> {
  const token = randomUUID() + randomUUID();
  const now = rig.now();
  const [organisation = ''] = (await rig.store.read.accounts.memberships(account)).map((one) => one.organisation.id);
  const id = randomUUID();
  const proofs = [
    { kind: 'mailbox' as const, at: now },
    { kind: 'password' as const, at: now },
  ];
  const waiting = { at: 'waiting' as const, facts: { openedAt: now, proofs, checks: [] }, approvals: [], since: now };
  const state = { ...waiting, readyAt: now.add({ hours: 24 }), sinceLivedMs: 0 };
  await rig.store.transaction(async (tx) => {
    const row = { id, account, organisation, number: '100200', started: 'second-step' as const };
    await tx.recovery.create({ ...row, state, openedAt: now, claimedAt: now, endedAt: null });
    const link = {
      id: randomUUID(),
      tokenHash: hashToken(token),
      kind: 'recovery-page' as const,
      account,
      subject: id,
    };
    const expiresAt = now.add({ hours: 5 * 365 * 24 });
    await tx.links.create({ ...link, securityEpoch: 0, createdAt: now, expiresAt, consumedAt: null });
  });
  return `/recovery/${token}`;
}

async function isOver(server: Shipped, { over, idle }: People): Promise<void> {
  assert.equal((await server.browser().get(over.path)).status, 410, 'a link that had expired');
  const jar = server.browser();
  jar.cookies.set(SESSION, idle);
  assert.notEqual((await jar.get('/account')).status, 200, 'a session nobody used for an hour');
}

async function goesOn(jar: Jar, { alive }: People): Promise<void> {
  assert.equal((await jar.get('/account')).status, 200, 'a session that is in use');
  assert.equal((await jar.get(alive.path)).status, 200, 'a link that is alive');
}

async function waits(server: Shipped, { recovery }: People): Promise<void> {
  const answer = await server.browser().post(`${recovery}/pass`);
  assert.notEqual(answer.status, 303, 'a recovery that was approved a moment ago');
  const page = await server.browser().get(recovery);
  assert.ok([200, 410].includes(page.status), `${page.status}`);
}

async function givesPassword(jar: Jar, { email, password }: Person) {
  const answer = await jar.post('/sign-in', { address: email, password });
  assert.equal(answer.status, 303, answer.text.slice(0, 500));
  return answer;
}

async function signsIn(jar: Jar, person: Person) {
  const answer = await givesPassword(jar, person);
  if (!person.totp) return answer;
  return jar.post('/sign-in/verify', { method: 'totp', code: codeAt(person.totp, Temporal.Now.instant()) });
}

async function guess(jar: Jar, person: Person, code: string) {
  jar.cookies.clear();
  await givesPassword(jar, person);
  return jar.post('/sign-in/verify', { method: 'totp', code });
}

function wrong(): Record<string, string> {
  return { method: 'backup-code', code: 'AAAA-AAAA-AAAA-AAAA-AAAA' };
}

/** The same browser, when the server has another port. */
function moved(jar: Jar, server: Shipped): Jar {
  const other = server.browser();
  for (const [name, value] of jar.cookies) other.cookies.set(name, value);
  return other;
}

async function linesOf({ rig }: House, event: string) {
  return (await rig.store.read.audit.page(0, 1_000)).filter((line) => line.event === event);
}
