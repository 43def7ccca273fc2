// P-12: two hundred guesses at once. Five are looked at, whatever their doors, and the counter is never behind.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { Answered, Jar } from '#test/support/jar.ts';
import type { Person } from '#test/support/rig.ts';
import { enrolledIn, SESSION } from '#test/support/roads.ts';
import { answersOf, guessesCharged, linesOf, pendings, signsIn, tally, VOLLEYS, wrongCode } from './support/people.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const SHOTS = 200;
const LIMIT = 5;
const PASSWORD_LIMIT = 10;
/** A volley is two hundred requests: a third as many rounds as where it is fifty. */
const ROUNDS = Math.ceil(VOLLEYS / 3);
const CODE = { right: 303, wrong: 422, limited: 429 };

onBothStages('two hundred guesses at once', {
  'in many sign-ins, a right one among them': async (stage) => {
    let wins = 0;
    for (let volley = 0; volley < ROUNDS; volley++) {
      const ann = await enrolledIn(stage.rig);
      if (volley === 0) await signsIn(stage, ann);
      // A browser gives up after five; so many sign-ins can take all two hundred.
      wins += await shoot(stage, ann, await pendings(stage, ann, SHOTS / LIMIT));
    }
    assertLucky(wins);
  },
  'in one sign-in, a right one among them': async (stage) => {
    let wins = 0;
    for (let volley = 0; volley < ROUNDS; volley++) {
      const ann = await enrolledIn(stage.rig);
      wins += await shoot(stage, ann, await pendings(stage, ann, 1));
    }
    assertLucky(wins);
  },
  'through every door at once': everyDoor,
  'passwords: ten are looked at': passwords,
});

/** One volley of wrong codes with one right code at a random place. Answers whether it won. */
async function shoot(stage: Stage, ann: Person, jars: Jar[]): Promise<number> {
  stage.advance({ seconds: 30 });
  const place = randomInt(SHOTS);
  const before = (await linesOf(stage, ann.id, 'sign-in.refused')).length;
  const copies = Array.from({ length: SHOTS }, (_, shot) => (jars[shot % jars.length] ?? stage.browser()).copy());
  const answers = answersOf(
    await stage.volley(
      copies.map((jar, shot) => () => guess(jar, 'totp', shot === place ? ann.code() : wrongCode(ann, shot))),
    ),
  );
  const won = copies.filter((jar) => jar.cookies.has(SESSION)).length;
  assert.ok(won === 0 || copies[place]?.cookies.has(SESSION), 'no wrong code wins');
  await noOverrun(stage, ann, answers, before, jars.length > 1);

  stage.advance({ minutes: 15 });
  await signsIn(stage, ann);
  return won;
}

async function everyDoor(stage: Stage): Promise<void> {
  for (let volley = 0; volley < ROUNDS; volley++) {
    // A number of her own: five messages a day go to one.
    const ann = await enrolledIn(stage.rig, `+4477009001${String(volley + 10).padStart(2, '0')}`);
    // Somebody at Ann's open screen, and somebody with her password.
    const open = await signsIn(stage, ann);
    stage.advance({ minutes: 6 });
    await open.post('/account/confirm', { 'return-to': '/account/password' });
    const jars = [open, ...(await pendings(stage, ann, 9))];
    assert.equal((await jars[1]?.post('/sign-in/verify/text'))?.status, 303);
    const before = (await linesOf(stage, ann.id, 'sign-in.refused')).length;
    const doors = ['totp', 'backup-code', 'sms'];
    const copies = Array.from({ length: SHOTS }, (_, shot) => (jars[shot % jars.length] ?? open).copy());
    const answers = answersOf(
      await stage.volley(
        copies.map((jar, shot) => () => {
          const method = doors[shot % doors.length] ?? 'totp';
          return guess(jar, method, method === 'backup-code' ? 'AAAA-AAAA-AAAA-AAAA-AAAA' : wrongCode(ann, shot));
        }),
      ),
    );
    await noOverrun(stage, ann, answers, before);
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

/** What was looked at, told three ways: by the answers, by the counter, and by the audit. */
async function noOverrun(
  stage: Stage,
  ann: Person,
  answers: readonly Answered[],
  linesBefore: number,
  severalSignIns = true,
) {
  const wrong = answers.filter(({ status, location }) => status !== CODE.limited && location !== '/');
  // A sign-in that died of its fifth failure answers those behind it with the way to the beginning.
  const lookedAt = wrong.filter(({ location }) => location !== '/sign-in?notice=attempt-expired');
  assert.ok(lookedAt.length <= LIMIT, `answers: ${tally(answers)}`);
  // Where there is one sign-in only, its death may be what stops the rest; nobody else's does.
  assert.ok(!severalSignIns || answers.some(({ status }) => status === CODE.limited), tally(answers));
  const charged = await guessesCharged(stage, ann.id);
  assert.ok(charged <= LIMIT && charged >= lookedAt.length, `${charged} charged, ${lookedAt.length} looked at`);
  const refused = (await linesOf(stage, ann.id, 'sign-in.refused')).length - linesBefore;
  assert.ok(refused <= LIMIT && refused >= lookedAt.length, `${refused} lines, ${lookedAt.length} looked at`);
}

async function passwords(stage: Stage): Promise<void> {
  for (let volley = 0; volley < ROUNDS; volley++) {
    const ann = await enrolledIn(stage.rig);
    const answers = answersOf(
      await stage.volley(
        Array.from({ length: SHOTS }, (_, shot) => () => {
          return stage.browser().post('/sign-in', { address: ann.email, password: `wrong harbour lamp ${shot}` });
        }),
      ),
    );
    const wrong = answers.filter(({ status }) => status === CODE.wrong).length;
    assert.ok(wrong > 0 && wrong <= PASSWORD_LIMIT, tally(answers));
    assert.equal(answers.filter(({ status }) => status === CODE.limited).length, SHOTS - wrong, tally(answers));
    assert.equal((await linesOf(stage, ann.id, 'password.wrong')).length, wrong, 'a line for each that was looked at');
    assert.equal(await guessesCharged(stage, ann.id), 0, 'a stranger spends nothing of the second step');
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

function guess(jar: Jar, method: string, code: string): Promise<Answered> {
  return jar.post('/sign-in/verify', { method, code });
}

/**
 * Where five of two hundred are looked at, the right one is among them in one volley of forty. More wins than chance
 * gives a correct server once in a hundred thousand runs mean that more were looked at than the answers say.
 */
function assertLucky(wins: number): void {
  const chance = LIMIT / SHOTS;
  let [exactly, atLeast, most] = [(1 - chance) ** ROUNDS, 1, 0];
  while (atLeast > 1e-5) {
    atLeast -= exactly;
    exactly *= ((ROUNDS - most) / (most + 1)) * (chance / (1 - chance));
    most += 1;
  }
  if (process.env['NACHTSLOT_VOLLEYS']) console.log(`${wins} wins in ${ROUNDS} volleys`);
  assert.ok(wins < most, `the right code won ${wins} times in ${ROUNDS} volleys`);
}
