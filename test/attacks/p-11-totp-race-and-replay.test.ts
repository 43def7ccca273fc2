// P-11: one code of the app, fifty at once and ever again. A step counts once, and no earlier one after it.
import assert from 'node:assert/strict';
import type { Jar } from '#test/support/jar.ts';
import type { Person } from '#test/support/rig.ts';
import { codeAt } from '#test/support/rig.ts';
import { enrolledIn, SESSION, wizard } from '#test/support/roads.ts';
import { answersOf, linesOf, pending, pendings, signsIn, tally, VOLLEYS } from './support/people.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const FIFTY = 50;

const tryCode = (jar: Jar, code: string) => () => jar.post('/sign-in/verify', { method: 'totp', code });

onBothStages('one code of the app', {
  'fifty times at once, each in a sign-in of its own: one wins': eachItsOwn,
  'fifty times at once in one sign-in: one session': allInOne,
  'used and signed out: refused again, at the other server, after a restart, and the owner is told': replayed,
  'used at sign-in: refused at step-up': atStepUp,
  'an earlier step after a later one: refused': earlierStep,
  'the code that proved the app: refused at the first sign-in': afterEnrolment,
});

async function eachItsOwn(stage: Stage): Promise<void> {
  for (let volley = 0; volley < VOLLEYS; volley++) {
    const ann = await enrolledIn(stage.rig);
    if (volley === 0) await signsIn(stage, ann);
    stage.advance({ seconds: 30 });
    const before = await sessionsOf(stage, ann);
    const jars = await pendings(stage, ann, FIFTY);
    const code = ann.code();
    const answers = answersOf(await stage.volley(jars.map((jar) => tryCode(jar, code))));
    assert.equal(jars.filter((jar) => jar.cookies.has(SESSION)).length, 1, `volley ${volley}: ${tally(answers)}`);
    for (const { status } of answers) assert.ok([303, 422, 429].includes(status), tally(answers));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1, tally(answers));
    await provedOnce(stage, ann, before);
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

async function allInOne(stage: Stage): Promise<void> {
  for (let volley = 0; volley < VOLLEYS; volley++) {
    const ann = await enrolledIn(stage.rig);
    const [jar = stage.browser()] = await pendings(stage, ann, 1);
    const jars = Array.from({ length: FIFTY }, () => jar.copy());
    const code = ann.code();
    const answers = answersOf(await stage.volley(jars.map((one) => tryCode(one, code))));
    assert.equal(jars.filter((one) => one.cookies.has(SESSION)).length, 1, `volley ${volley}: ${tally(answers)}`);
    await provedOnce(stage, ann, 0);
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

async function replayed(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  const jar = await signsIn(stage, ann, stage.browserAt(0));
  const code = ann.code();
  await jar.post('/sign-out');
  assert.ok(!jar.cookies.has(SESSION));
  const again = async (who: Jar) => {
    const answer = await tryCode(await pending(who, ann), code)();
    assert.equal(answer.status, 422);
    assert.ok(!who.cookies.has(SESSION));
  };
  await again(jar);
  for (const server of stage.servers.keys()) await again(stage.browserAt(server));
  for (const server of stage.servers.keys()) await stage.restart(server);
  await again(stage.browserAt(0));
  const refused = await linesOf(stage, ann.id, 'sign-in.refused');
  assert.equal(refused.filter(({ detail }) => detail['refusal'] === 'code-used-already').length, refused.length);
  assert.equal(refused.length, stage.servers.length + 2, 'a line for each');
  const told = () => stage.rig.messages(ann.email);
  assert.equal((await told()).at(-1)?.subject, 'A code was used a second time', 'the owner is told at once');
  assert.equal((await told()).length, 1);
  stage.advance({ minutes: 15 });
  assert.equal((await told()).length, 2, 'and once more of all that followed');
  await signsIn(stage, ann);
}

async function atStepUp(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  const jar = await signsIn(stage, ann);
  const code = ann.code();
  // The proof grows stale while the phone still shows the same code.
  stage.advance({ minutes: 6 }, 'policy');
  const asked = await jar.post('/account/confirm', { 'return-to': '/account/password' });
  assert.equal(asked.location, '/sign-in/verify');
  const session = jar.cookies.get(SESSION);
  const refused = await tryCode(jar, code)();
  assert.equal(refused.status, 422);
  assert.equal(jar.cookies.get(SESSION), session, 'the session is no stronger');
  assert.equal((await jar.get('/account/password')).status, 403, 'and no fresher');
  stage.advance({ seconds: 30 });
  const right = await tryCode(jar, ann.code())();
  assert.equal(right.location, '/account/password', 'control: the next code');
  assert.equal((await jar.get('/account/password')).status, 200);
}

async function earlierStep(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  await signsIn(stage, ann);
  stage.advance({ seconds: 60 });
  const early = ann.code(-1);
  const late = await tryCode(await pending(stage.browser(), ann), ann.code())();
  assert.equal(late.location, '/');
  const refused = await tryCode(await pending(stage.browser(), ann), early)();
  assert.equal(refused.status, 422);
  // Control: the same distance is accepted while nothing later was used.
  stage.advance({ seconds: 60 });
  const accepted = await tryCode(await pending(stage.browser(), ann), ann.code(-1))();
  assert.equal(accepted.location, '/');
}

async function afterEnrolment(stage: Stage): Promise<void> {
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id });
  const cas = await stage.rig.person({ organisations: [house] });
  const jar = stage.browser();
  await jar.post('/sign-in', { address: cas.email, password: cas.password });
  await jar.post('/sign-in/prompt', { answer: 'enable' });
  const { secret } = await wizard(stage.rig, jar);
  assert.ok(jar.cookies.has(SESSION));
  const refused = await tryCode(await pending(stage.browser(), cas), codeAt(secret, stage.rig.wall()))();
  assert.equal(refused.status, 422);
  stage.advance({ seconds: 30 });
  const right = await tryCode(await pending(stage.browser(), cas), codeAt(secret, stage.rig.wall()))();
  assert.equal(right.location, '/', 'control: the next code');
}

async function sessionsOf(stage: Stage, { id }: Person): Promise<number> {
  return (await stage.rig.store.read.sessions.of(id)).length;
}

async function provedOnce(stage: Stage, ann: Person, before: number): Promise<void> {
  assert.equal((await sessionsOf(stage, ann)) - before, 1, 'one session is stored');
  const proved = await linesOf(stage, ann.id, 'sign-in.proved');
  assert.equal(proved.filter(({ detail }) => detail['type'] === 'totp').length, before + 1, 'one line says so');
}
