// P-14: somebody has Ann's password and a month of time. Twenty guesses a day and sixty in thirty days, all doors together.
import assert from 'node:assert/strict';
import type { Answered, Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { base32, enrolledIn, SESSION, shownCode, signIn, wizard } from '#test/support/roads.ts';
import { bound, guessesCharged, pending, signsIn, wrongCode } from './support/people.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const PHONE = '+447700900123';
const LIMITED = 429;
const DAY_S = 24 * 60 * 60;

onBothStages('guessing with the right password', {
  'a day: twenty are looked at, through every door': aDay,
  'thirty days: sixty, and Ann’s own sign-ins give nothing back': aMonth,
  'while limited, right and wrong codes get the same answer, and nothing is spent': twins,
  'a hundred refused in a row disable the app, and no more': aHundred,
  'without the password nothing can be spent': stranger,
  'the wizard has the same budget': inTheWizard,
  'the owner hears of it, once in a quarter of an hour, however often somebody knocks': notice,
});

async function aDay(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig, PHONE);
  const screen = await signsIn(stage, ann);
  const end = stage.rig.now().add({ seconds: DAY_S });
  const looked: Temporal.Instant[] = [];
  stage.advance({ minutes: 6 });
  for (let round = 0; isBefore(stage.rig.now(), end); round++) {
    const answer = await guess(stage, ann, round, screen);
    if (answer.status !== LIMITED) looked.push(stage.rig.now());
    else await untilOpen(stage, ann, answer, end);
  }
  assert.equal(looked.length, 20);
  atMost(looked, 5, 15 * 60);
  assert.ok((await guessesCharged(stage, ann.id)) >= looked.length);
  stage.advance({ hours: 24 });
  await signsIn(stage, ann);
}

async function aMonth(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig, PHONE);
  const looked: Temporal.Instant[] = [];
  let signedIn = 0;
  let round = 0;
  for (let day = 0; day < 31; day++) {
    const end = stage.rig.now().add({ seconds: DAY_S });
    signedIn += await annsDay(stage, ann, day);
    for (; isBefore(stage.rig.now(), end); round++) {
      const answer = await guess(stage, ann, round, null);
      if (answer.status !== LIMITED) looked.push(stage.rig.now());
      else wait(stage, answer, end);
    }
  }
  assert.ok(signedIn >= 3, `Ann came in ${signedIn} times while there were guesses left`);
  atMost(looked, 5, 15 * 60);
  atMost(looked, 20, DAY_S);
  atMost(looked, 60, 30 * DAY_S);
  assert.ok(looked.length >= 60, `${looked.length}: the attack has to come that far`);
}

async function twins(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig, PHONE);
  await signsIn(stage, ann);
  stage.advance({ seconds: 30 });
  const texted = await pending(stage.browser(), ann);
  await texted.post('/sign-in/verify/text');
  const [message] = await stage.rig.messages(PHONE);
  const sent = /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
  assert.match(sent, /^\d{6}$/);
  for (let round = 0; round < 5; round++)
    await tryCode(await pending(stage.browser(), ann), 'totp', wrongCode(ann, round));

  const rights: [string, string, string][] = [
    ['totp', ann.code(), wrongCode(ann, 9)],
    ['backup-code', ann.backupCode ?? '', 'AAAA-AAAA-AAAA-AAAA-AAAA'],
    ['sms', sent, sent === '000000' ? '000001' : '000000'],
  ];
  for (const [method, right, wrong] of rights) {
    const twin =
      method === 'sms' ? [texted, texted] : [await pending(stage.browser(), ann), await pending(stage.browser(), ann)];
    const [first, second] = twin;
    const one = await tryCode(first ?? texted, method, right);
    const other = await tryCode(second ?? texted, method, wrong);
    assert.equal(one.status, LIMITED, method);
    assert.deepEqual(comparable(one), comparable(other), method);
    assert.ok(Number(one.headers.get('retry-after')) > 0);
  }
  assert.ok((await bound(stage, ann.id, 'backup-code')).length === 1, 'the right code was not even looked at');
  stage.advance({ minutes: 15 });
  const used = await tryCode(await pending(stage.browser(), ann), 'backup-code', ann.backupCode ?? '');
  assert.equal(used.location, '/sign-in/phone', 'control: it works once the door is open again');
}

async function aHundred(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig, PHONE);
  await signsIn(stage, ann);
  let looked = 0;
  let jar = await pending(stage.browser(), ann);
  for (let round = 0; ; round++) {
    const answer = await tryCode(jar, 'totp', wrongCode(ann, round));
    if (answer.status === LIMITED) stage.advance({ seconds: Number(answer.headers.get('retry-after')) });
    else looked += 1;
    // A sign-in is over after five failures or ten minutes.
    if (answer.status !== 422) jar = await pending(stage.browser(), ann);
    if (answer.status === LIMITED) continue;
    const [app] = await bound(stage, ann.id, 'totp');
    assert.equal(app?.failures, looked);
    assert.equal(app?.disabledAt !== null, looked >= 100, `after ${looked}`);
    if (looked === 100) break;
  }
  stage.advance({ hours: 31 * 24 });
  const right = await tryCode(await pending(stage.browser(), ann), 'totp', ann.code());
  assert.equal(right.status, 422);
  assert.equal((await bound(stage, ann.id, 'totp'))[0]?.failures, 100, 'not looked at any more');
  const mails = (await stage.rig.messages(ann.email)).map(({ text }) => text).join('\n');
  assert.match(mails, /because too many wrong codes in a row were given/);

  // Control: the way back is the backup code, and then a new app.
  jar = await pending(stage.browser(), ann);
  await tryCode(jar, 'backup-code', ann.backupCode ?? '');
  const { secret } = await wizard(stage.rig, jar);
  assert.ok(jar.cookies.has(SESSION));
  stage.advance({ seconds: 30 });
  const next = await tryCode(await pending(stage.browser(), ann), 'totp', codeAt(secret, stage.rig.wall()));
  assert.equal(next.location, '/');
}

async function stranger(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  await signsIn(stage, ann);
  const mal = await enrolledIn(stage.rig);
  for (let round = 0; round < 30; round++) {
    const jar = stage.browser();
    await jar.post('/sign-in', { address: ann.email, password: `guessed harbour lamp ${round}` });
    const answer = await tryCode(jar, 'totp', wrongCode(ann, round));
    assert.equal(answer.location, '/sign-in?notice=attempt-expired');
  }
  // Naming Ann in the middle of his own sign-in spends his own.
  const own = await pending(stage.browser(), mal);
  await own.post('/sign-in/verify', { method: 'totp', code: wrongCode(mal, 1), account: ann.id, address: ann.email });
  assert.deepEqual([await guessesCharged(stage, mal.id), await guessesCharged(stage, ann.id)], [1, 0]);
  stage.advance({ hours: 1 });
  await signsIn(stage, ann);
}

async function inTheWizard(stage: Stage): Promise<void> {
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-12-31') });
  const cas = await stage.rig.person({ organisations: [house] });
  const end = stage.rig.now().add({ seconds: DAY_S });
  let looked = 0;
  let jar = await atProving(stage, cas);
  for (let round = 0; isBefore(stage.rig.now(), end); round++) {
    const answer = await jar.post('/enrol/code', { code: wrongCode(cas, round) });
    assert.ok([422, LIMITED].includes(answer.status), `${answer.status} ${answer.location}`);
    if (answer.status === 422) looked += 1;
    else {
      wait(stage, answer, end);
      jar = await atProving(stage, cas);
    }
  }
  assert.equal(looked, 20);
}

async function notice(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  await signsIn(stage, ann);
  const knock = async () => tryCode(await pending(stage.browser(), ann), 'totp', wrongCode(ann, 1));
  for (let round = 0; round < 6; round++) await knock();
  const jar = await pending(stage.browser(), ann);
  for (let round = 0; round < 30; round++) await tryCode(jar, 'totp', wrongCode(ann, 1));
  stage.advance({ minutes: 14 });
  assert.equal((await knock()).status, LIMITED);
  stage.advance({ minutes: 1 });
  const mails = (await stage.rig.messages(ann.email)).map(({ text }) => text);
  assert.equal(mails.join('\n').split('no more are accepted until').length - 1, 1);
  assert.ok(mails.length <= 2, `${mails.length} mails in a quarter of an hour`);
  const links = await stage.meddle(
    `select id from links where subject = 'guess-budget-reached' and account = '${ann.id}'`,
  );
  assert.equal(links.length, 1, 'thirty-two knocks are one letter');
}

/** One guess through the next door, from a sign-in of its own. `screen`: a session of Ann's that somebody sits at. */
async function guess(stage: Stage, ann: Person, round: number, screen: Jar | null): Promise<Answered> {
  const doors = ['totp', 'backup-code', 'sms', 'step-up'];
  const door = doors[round % doors.length] ?? 'totp';
  if (door === 'step-up' && screen) {
    const asked = await screen.post('/account/confirm', { 'return-to': '/account/password' });
    if (asked.location === '/sign-in/verify') return tryCode(screen, 'totp', wrongCode(ann, round));
  }
  const jar = await pending(stage.browser(), ann);
  if (door === 'backup-code') return tryCode(jar, door, 'AAAA-AAAA-AAAA-AAAA-AAAA');
  if (door === 'sms') {
    await jar.post('/sign-in/verify/text');
    return tryCode(jar, door, '000000');
  }
  return tryCode(jar, 'totp', wrongCode(ann, round));
}

function tryCode(jar: Jar, method: string, code: string): Promise<Answered> {
  return jar.post('/sign-in/verify', { method, code });
}

/** Knocks at the other doors as well, then waits. */
async function untilOpen(stage: Stage, ann: Person, answer: Answered, end: Temporal.Instant): Promise<void> {
  for (const door of [0, 1, 2]) assert.equal((await guess(stage, ann, door, null)).status, LIMITED, `door ${door}`);
  wait(stage, answer, end);
}

/** Exactly as long as the answer says, but not beyond the end. */
function wait(stage: Stage, { headers }: Answered, end: Temporal.Instant): void {
  const seconds = Number(headers.get('retry-after'));
  assert.ok(seconds > 0);
  const left = Math.max(1, Math.ceil(end.since(stage.rig.now()).total('seconds')));
  stage.advance({ seconds: Math.min(seconds, left) });
}

/** Ann signs in in the morning, if she is let; answers how often that was. */
async function annsDay(stage: Stage, ann: Person, day: number): Promise<number> {
  stage.advance({ seconds: 30 });
  const before = await guessesCharged(stage, ann.id);
  const answer = await tryCode(await pending(stage.browser(), ann), 'totp', ann.code());
  if (answer.status === LIMITED) return 0;
  assert.equal(answer.location, '/');
  if (day < 30) assert.equal(await guessesCharged(stage, ann.id), before, 'a success forgives no guess');
  return 1;
}

async function atProving(stage: Stage, cas: Person): Promise<Jar> {
  const jar = stage.browser();
  await signIn(jar, cas);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const page = await jar.submit('/enrol/choice', { choice: 'totp' });
  assert.equal(base32(/data-copy="([A-Z2-7]{32})"/.exec(page.text)?.[1] ?? '').length, 20);
  assert.equal(shownCode(page), '');
  await jar.post('/enrol/scanned');
  return jar;
}

/** Everything of an answer that a right code could change; what is random in every answer is taken out. */
function comparable({ status, headers, location, text }: Answered) {
  const nonce = /nonce-([\w-]+)/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '-';
  const lines = [...headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`);
  const plain = (line: string) => line.replaceAll(nonce, 'NONCE');
  return { status, location, lines: lines.map(plain), text: plain(text) };
}

/** Never more than `limit` in any stretch of that length. */
function atMost(looked: readonly Temporal.Instant[], limit: number, seconds: number): void {
  for (const [index, first] of looked.entries()) {
    const end = first.add({ seconds });
    const within = looked.slice(index).filter((at) => isBefore(at, end)).length;
    assert.ok(within <= limit, `${within} guesses within ${seconds} s from ${first.toString()}`);
  }
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}
