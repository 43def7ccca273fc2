// P-10: one backup code, fifty at once. It opens the account once, whoever shares it and however they come.
import assert from 'node:assert/strict';
import type { Jar } from '#test/support/jar.ts';
import type { Person } from '#test/support/rig.ts';
import { enrolledIn, SESSION, shownCode } from '#test/support/roads.ts';
import {
  answersOf,
  bound,
  guessesCharged,
  linesOf,
  pending,
  pendings,
  signsIn,
  tally,
  VOLLEYS,
} from './support/people.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const FIFTY = 50;
const REFUSED = [422, 429];

const tryCode = (jar: Jar, code: string | null) => () =>
  jar.post('/sign-in/verify', { method: 'backup-code', code: code ?? '' });

onBothStages('one backup code', {
  'fifty with the right code, each in a sign-in of their own: one wins': eachItsOwn,
  'fifty times the right code in one sign-in: it is spent once': allInOne,
  'a spent code stays spent: a moment later, at the other server, after a restart': staysSpent,
  'a new code against the use of the old one: never two, and the old one never afterwards': renewedMeanwhile,
});

async function eachItsOwn(stage: Stage): Promise<void> {
  for (let volley = 0; volley < VOLLEYS; volley++) {
    const ann = await enrolledIn(stage.rig);
    if (volley === 0) await signsIn(stage, ann);
    const jars = await pendings(stage, ann, FIFTY);
    const answers = answersOf(await stage.volley(jars.map((jar) => tryCode(jar, ann.backupCode))));
    const won = answers.filter(({ location }) => location === '/sign-in/phone');
    assert.equal(won.length, 1, `volley ${volley}: ${tally(answers)}`);
    for (const one of answers) assert.ok(one === won[0] || REFUSED.includes(one.status), tally(answers));
    await spentOnce(stage, ann);
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

async function allInOne(stage: Stage): Promise<void> {
  for (let volley = 0; volley < VOLLEYS; volley++) {
    const ann = await enrolledIn(stage.rig);
    const [jar = stage.browser()] = await pendings(stage, ann, 1);
    const answers = answersOf(
      await stage.volley(Array.from({ length: FIFTY }, () => tryCode(jar.copy(), ann.backupCode))),
    );
    // Whoever comes second in the same browser is led to where this sign-in stands: to the new code.
    for (const one of answers)
      assert.ok(one.location === '/sign-in/phone' || REFUSED.includes(one.status), tally(answers));
    assert.ok(answers.some(({ location }) => location === '/sign-in/phone'));
    await spentOnce(stage, ann);
    const page = await jar.submit('/sign-in/phone', { phone: 'here' });
    await jar.post('/enrol/backup-code', { saved: 'yes', locator: shownCode(page).slice(0, 4) });
    assert.ok(jar.cookies.has(SESSION), 'the one who won gets in');
    stage.advance({ minutes: 15 });
    await signsIn(stage, ann);
  }
}

async function staysSpent(stage: Stage): Promise<void> {
  const ann = await enrolledIn(stage.rig);
  const won = await tryCode(await pending(stage.browserAt(0), ann), ann.backupCode)();
  assert.equal(won.location, '/sign-in/phone');
  const again = async (server: number) => {
    const answer = await tryCode(await pending(stage.browserAt(server), ann), ann.backupCode)();
    assert.equal(answer.status, 422, answer.location ?? '');
  };
  stage.advance({ seconds: 1 });
  for (const server of stage.servers.keys()) await again(server);
  for (const server of stage.servers.keys()) await stage.restart(server);
  for (const server of stage.servers.keys()) await again(server);
  await spentOnce(stage, ann);
  stage.advance({ minutes: 15 });
  await signsIn(stage, ann);
}

async function renewedMeanwhile(stage: Stage): Promise<void> {
  for (let volley = 0; volley < VOLLEYS; volley++) {
    const ann = await enrolledIn(stage.rig);
    const owner = await signsIn(stage, ann);
    const page = await owner.submit('/account/backup-code');
    const fresh = shownCode(page);
    assert.match(fresh, /^....-/);
    const thieves = await pendings(stage, ann, 4);
    const renew = () => owner.post('/enrol/backup-code', { saved: 'yes', locator: fresh.slice(0, 4) });
    const answers = answersOf(await stage.volley([...thieves.map((jar) => tryCode(jar, ann.backupCode)), renew]));
    const renewed = answers.at(-1);
    assert.ok(renewed?.location?.startsWith('/enrol/done'), `the owner's new code: ${renewed?.status}`);
    const won = answers.slice(0, -1).filter(({ location }) => location === '/sign-in/phone');
    assert.ok(won.length <= 1, tally(answers));
    const [only, ...others] = await bound(stage, ann.id, 'backup-code');
    assert.deepEqual([only?.hint, others.length], [fresh.slice(0, 4), 0], 'one live code, the new one');

    stage.advance({ minutes: 15 });
    const late = await tryCode(await pending(stage.browser(), ann), ann.backupCode)();
    assert.equal(late.status, 422, 'the old code, afterwards');
    const right = await tryCode(await pending(stage.browser(), ann), fresh)();
    assert.equal(right.location, '/sign-in/phone', 'the new code works');
  }
}

async function spentOnce(stage: Stage, ann: Person): Promise<void> {
  const proved = (await linesOf(stage, ann.id, 'sign-in.proved')).filter(
    ({ detail }) => detail['type'] === 'backup-code',
  );
  assert.equal(proved.length, 1, 'one line says that it was used');
  assert.deepEqual(await bound(stage, ann.id, 'backup-code'), [], 'none is left');
  const charged = await guessesCharged(stage, ann.id);
  assert.ok(charged <= 5, `${charged} charges after the winner got the own one back`);
  // Several notices may be one mail.
  const mails = (await stage.rig.messages(ann.email)).map(({ text }) => text).join('\n');
  assert.equal(mails.split('Somebody signed in to your account').length - 1, 1, 'the owner is told once');
}
