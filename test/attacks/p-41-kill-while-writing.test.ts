// P-41: the server dies in the middle of everything. What it said is true afterwards, and what was spent stays spent.
import assert from 'node:assert/strict';
import { checkWhole, checkLife } from './support/afterlife.ts';
import { crashPostgres, stopRestarted } from './support/crash.ts';
import { type Life, lifeOf, live, withApp } from './support/lives.ts';
import { bound, guessesCharged, linesOf, pendings } from './support/people.ts';
import { sentBy } from './support/sent.ts';
import { onBothStages, type Stage } from './support/stage.ts';
import { canTrace, traced } from './support/trace.ts';

/** On each of two databases. */
const KILLS = Number(process.env['NACHTSLOT_KILLS'] ?? 13);
const KILLS_IN_A_RACE = Math.ceil(KILLS / 4);
const START_MS = 10_000;

const everybody: Life[] = [];

// One of these cases kills the database; other files must not share it.
delete process.env['NACHTSLOT_TEST_POSTGRES'];

onBothStages(
  'kill -9',
  (dialect) => ({
    'at any moment of everybody’s day': anyMoment,
    'in the middle of fifty at once': inARace,
    ...(dialect === 'postgres' && {
      'the database is told to put everything on the disk': settings,
      'the database itself dies': databaseDies,
    }),
    ...(dialect === 'sqlite' && canTrace() && { 'no answer before the disk has it': onTheDisk }),
    'afterwards: every change was told to its owner, and no code was sent twice': told,
  }),
  { sends: true },
);

async function anyMoment(stage: Stage): Promise<void> {
  everybody.length = 0;
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id });
  // Once without a death: everybody gets to the end, and so we know how long a day is.
  const first = await people(stage, house);
  const began = performance.now();
  await Promise.all(first.map((life) => live(stage, life)));
  const day = performance.now() - began;
  for (const life of first) await checkLife(stage, life);

  for (let kill = 0; kill < KILLS; kill++) {
    const lives = await people(stage, house);
    stage.advance({ seconds: 30 });
    await dying(stage, kill % stage.servers.length, Math.random() * 0.9 * day, () =>
      Promise.allSettled(lives.map((life) => live(stage, life))),
    );
    for (const life of lives) await checkLife(stage, life);
    await checkWhole(stage);
    stage.advance({ seconds: 60 });
    for (const life of lives) if (life.app.now) await withApp(stage, life);
  }
}

async function people(stage: Stage, house: Awaited<ReturnType<Stage['rig']['organisation']>>): Promise<Life[]> {
  const organisations = [house];
  const phone = `+447700900${String(everybody.length % 1_000).padStart(3, '0')}`;
  const lives = [
    lifeOf(stage, 'enrolled', await stage.rig.person({ organisations, enrolled: true })),
    lifeOf(stage, 'enrolled', await stage.rig.person({ organisations, enrolled: true })),
    lifeOf(stage, 'texter', await stage.rig.person({ organisations, enrolled: true, phone }), phone),
    lifeOf(stage, 'newcomer', await stage.rig.person({ organisations })),
    lifeOf(stage, 'later', await stage.rig.person({ organisations })),
  ];
  everybody.push(...lives);
  return lives;
}

/** Kills one server so many milliseconds into the work, and puts another in its place. */
async function dying(stage: Stage, server: number, afterMs: number, work: () => Promise<unknown>): Promise<void> {
  await stage.prepare();
  const done = work();
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await stage.servers[server]?.kill();
  await done;
  const began = performance.now();
  await stage.replace(server);
  const took = performance.now() - began;
  assert.ok(took < START_MS, `started within ${Math.round(took)} ms`);
}

async function inARace(stage: Stage): Promise<void> {
  for (let kill = 0; kill < KILLS_IN_A_RACE; kill++) {
    const ann = await stage.rig.person({ enrolled: true });
    const jars = await pendings(stage, ann, 50);
    const code = ann.backupCode ?? '';
    let won = 0;
    await dying(stage, kill % stage.servers.length, 100 + Math.random() * 300, async () => {
      const settled = await stage.volley(
        jars.map((jar) => () => jar.post('/sign-in/verify', { method: 'backup-code', code })),
      );
      won = settled.filter((one) => one.status === 'fulfilled' && one.value.location === '/sign-in/phone').length;
    });
    const uses = async () =>
      (await linesOf(stage, ann.id, 'sign-in.proved')).filter(({ detail }) => detail['type'] === 'backup-code').length;
    const used = await uses();
    assert.ok(won <= 1 && used <= 1 && used >= won, `${won} told, ${used} written down`);
    assert.equal((await bound(stage, ann.id, 'backup-code')).length, 1 - used);
    assert.ok((await guessesCharged(stage, ann.id)) <= 5);
    stage.advance({ minutes: 15 });
    const [late = stage.browser()] = await pendings(stage, ann, 1);
    const answer = await late.post('/sign-in/verify', { method: 'backup-code', code });
    assert.equal(answer.location === '/sign-in/phone', used === 0, 'it works now if it was not used, and only then');
    assert.equal(await uses(), 1);
    await checkWhole(stage);
  }
}

async function settings(stage: Stage): Promise<void> {
  const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
  const [found] = await stage.meddle(
    `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
  );
  assert.deepEqual(found, Object.fromEntries(names.map((name) => [name, 'on'])));
}

/** Nobody restarts the servers: they find their database again by themselves. */
async function databaseDies(stage: Stage): Promise<void> {
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id });
  const lives = await people(stage, house);
  const done = Promise.allSettled(lives.map((life) => live(stage, life)));
  await new Promise((resolve) => setTimeout(resolve, 150));
  await crashPostgres(stage);
  await done;
  for (const life of lives) await checkLife(stage, life);
  await checkWhole(stage);
  stage.advance({ seconds: 60 });
  for (const life of lives) if (life.app.now) await withApp(stage, life);
}

/**
 * A killed process loses nothing that the kernel already holds; a machine without power does. So before each answer that
 * says yes the last write to the log has to be followed by a call that puts it on the disk.
 */
async function onTheDisk(stage: Stage): Promise<void> {
  const ann = lifeOf(stage, 'enrolled', await stage.rig.person({ enrolled: true }));
  const pid = stage.servers[0]?.pid ?? 0;
  const calls = await traced(pid, `${stage.orders.clockFile}.trace`, () => live(stage, ann));
  const answers = calls.filter(({ what }) => what === 'answer');
  assert.ok(answers.length >= 8, `${answers.length} answers were seen`);
  let unsafe = false;
  for (const { what, line } of calls) {
    if (what === 'write-log') unsafe = true;
    if (what === 'sync-log') unsafe = false;
    assert.ok(what !== 'answer' || !unsafe, `answered before it was on the disk: ${line}`);
  }
  assert.ok(calls.filter(({ what }) => what === 'sync-log').length >= answers.length);
}

async function told(stage: Stage): Promise<void> {
  stage.advance({ minutes: 31 });
  for (let tries = 0; (await stage.rig.store.read.outbox.waiting()) > 0 && tries < 200; tries++) {
    stage.advance({ minutes: 6 }); // whoever died with a message in hand loses it to the next after its lease
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const sent = sentBy(stage);
  const codes = sent.filter(({ channel }) => channel === 'sms').map(({ idempotencyKey }) => idempotencyKey);
  assert.ok(codes.length > 0);
  assert.equal(new Set(codes).size, codes.length, 'a code is sent at most once');
  for (const { person } of everybody) {
    const mails = sent
      .filter(({ to }) => to === person.email)
      .map(({ text }) => text)
      .join('\n');
    const changes = (await linesOf(stage, person.id, 'account.password-changed')).length;
    const letters = mails.split('The password of your account at').length - 1;
    assert.ok(letters >= changes, `${changes} changes of a password, ${letters} letters`);
  }
  for (const life of everybody) await stillDead(stage, life);
  await stopRestarted();
}

/** Over all the deaths that came after. */
async function stillDead(stage: Stage, { person, deadCodes }: Life): Promise<void> {
  for (const { hint } of await bound(stage, person.id, 'backup-code'))
    assert.ok(
      deadCodes.every((code) => code.slice(0, 4) !== hint),
      'a spent code lives',
    );
}
