import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Person, type Rig, rig, START } from '#test/support/rig.ts';
import { SESSION, signIn, wizard } from '#test/support/roads.ts';
import type { CampaignRow, Organisation } from '#store/rows.ts';
import { levelOf, linkFor, me, onBoth, pendingOf, says, signedInWithCode } from './support/in-process.ts';

const LATER = { answer: 'later' };
const DAY = Temporal.PlainDate.from('2026-06-30');

onBoth('three times, counted with the account: the fourth sign-in offers no later', async (r) => {
  const { cas } = await asked(r);
  const browsers = [
    r.browser(),
    r.browser({ userAgent: 'Mozilla/5.0 (iPhone) Mobile Safari/604.1' }),
    r.browser({ language: 'nl' }),
  ];
  for (const [index, jar] of browsers.entries()) {
    const page = await signIn(jar, cas);
    assert.match(page.text, new RegExp(`value="later"`));
    if (index < 2)
      assert.match(page.text, new RegExp(`until Tuesday,? 30 June 2026.*${3 - index} reminders left`, 's'));
    await jar.submit('/sign-in/prompt', LATER);
    assert.equal(await levelOf(r, jar), 'aal1', 'put off, and honest about it');
    r.advance('P8D');
  }
  assert.equal(await taken(r, cas), 3);
  await wall(r, cas);
  // A clock set back falls into the pause of the last one, and gives no other.
  r.advance({ days: -2 });
  assert.doesNotMatch((await signIn(r.browser(), cas)).text, /value="later"/);
  assert.equal(await taken(r, cas), 3);
  r.advance({ days: 2 });
  await wall(r, cas);
  const jar = await pendingOf(r, cas);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  await wizard(r, jar);
  assert.equal(await me(r, jar), cas.id, 'control: the wizard leads in');
});

onBoth('at the same moment, from four tabs and three browsers: one', async (r) => {
  const { cas } = await asked(r);
  const one = await pendingOf(r, cas);
  const jars = [one, one.copy(), one.copy(), one.copy(), await pendingOf(r, cas), await pendingOf(r, cas)];
  const answers = await Promise.all(jars.map((jar) => jar.post('/sign-in/prompt', LATER)));
  for (const { status } of answers) assert.equal(status, 303);
  assert.equal(await taken(r, cas), 1);
  assert.equal((await r.store.read.sessions.of(cas.id)).length, 3, 'three sign-ins, however often clicked');
});

test('called directly: after the limit, from the middle of the wizard, with numbers of its own', async () => {
  const r = await rig();
  const { cas } = await asked(r);
  const odd = {
    answer: 'later',
    count: '-5',
    days: '9999',
    left: '99',
    until: '2099-01-01',
    campaign: '',
    at: '2020-01-01',
  };
  const first = await pendingOf(r, cas);
  await first.submit('/sign-in/prompt?count=-5&days=9999', odd);
  assert.equal(await me(r, first), cas.id);
  assert.equal(await taken(r, cas), 1);
  // The same sign-in once more: it is over.
  await first.submit('/sign-in/prompt', odd);
  assert.equal(await taken(r, cas), 1);

  r.advance('P8D');
  const inWizard = await pendingOf(r, cas);
  await inWizard.submit('/sign-in/prompt', { answer: 'enable' });
  for (const path of ['/sign-in/prompt', '/enrol', '/enrol/leave?answer=later'])
    assert.ok((await inWizard.post(path, odd)).status < 500);
  assert.ok(!inWizard.cookies.has(SESSION));
  assert.equal(await taken(r, cas), 1, 'from the middle of the wizard');
  for (const answer of ['', 'LATER', 'later ', 'skip', 'never', 'deferred']) {
    const jar = await pendingOf(r, cas);
    assert.match((await jar.submit('/sign-in/prompt', { answer })).path, /^\/sign-in\/prompt/);
    assert.ok(!jar.cookies.has(SESSION), answer);
  }
  for (let round = 0; round < 2; round += 1) {
    await (await pendingOf(r, cas)).submit('/sign-in/prompt', LATER);
    r.advance('P8D');
  }
  const spent = await pendingOf(r, cas);
  for (const form of [LATER, odd]) {
    says(await spent.submit('/sign-in/prompt', form), /can't be put off any longer/, 409);
    assert.ok(!spent.cookies.has(SESSION));
  }
  for (const step of ['/enrol/leave', '/enrol/back', '/sign-in/cancel'])
    assert.ok(!(await spent.submit(step)).text.includes('value="later"'), step);
  assert.ok(!spent.cookies.has(SESSION));
  assert.equal(await taken(r, cas), 3);
  await wall(r, cas);
});

test("the last day ends at midnight of the organisation, not of the server or the person's browser", async () => {
  for (const timeZone of ['Pacific/Auckland', 'America/Los_Angeles', 'UTC']) {
    const r = await rig();
    const { cas } = await asked(r, { timeZone });
    const midnight = DAY.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
    await at(r, midnight.subtract({ seconds: 1 }));
    const before = await pendingOf(r, cas);
    const open = await pendingOf(r, cas);
    assert.match((await before.open('/sign-in')).text, /value="later"/, `${timeZone}, a second before`);
    await before.submit('/sign-in/prompt', LATER);
    assert.equal(await me(r, before), cas.id);

    await at(r, midnight);
    const old = await open.submit('/sign-in/prompt', LATER);
    says(old, /can't be put off any longer/, 409);
    assert.doesNotMatch(old.text, /value="later"/, 'a page from before');
    assert.equal(await me(r, before), null, 'who came in by a password alone is out again');
    assert.ok(!open.cookies.has(SESSION));
    await wall(r, cas);
    await at(r, midnight.add({ seconds: 1 }));
    await wall(r, cas);
    await at(r, midnight.add({ hours: 24 * 400 }));
    await wall(r, cas);
  }
});

test('after the limit every door leads to the wizard', async () => {
  const r = await rig();
  const { cas } = await asked(r, { policy: { deferralsAllowed: 0 } });
  const jar = await pendingOf(r, cas);
  for (const path of [
    '/',
    '/account',
    '/account/password',
    '/sign-in',
    '/sign-in/verify',
    '/sign-in/prompt',
    '/enrol/done',
  ])
    assert.equal((await jar.open(path)).path.replace(/\?.*/, ''), '/sign-in/prompt', path);
  for (const path of ['/account/enable', '/account/move', '/account/backup-code', '/account/sign-out-everywhere'])
    assert.equal((await jar.submit(path)).path.replace(/\?.*/, ''), '/sign-in/prompt', path);
  // A new password by mail, too.
  const mail = r.browser();
  await mail.submit('/forgot', { address: cas.email });
  const password = 'velvet ladder eleven moons';
  await mail.submit(await linkFor(r, cas, 'reset'), { password, repeated: password });
  assert.equal(await me(r, mail), null);
  await wall(r, { ...cas, password });
  // Help and sign-out stay open.
  assert.equal((await jar.get('/help')).status, 200);
  assert.match((await jar.submit('/sign-out')).path, /^\/sign-in/);
});

test('who comes after the date has the days of a late joiner, or none where there are none', async () => {
  const r = await rig({ start: Temporal.Instant.from('2026-08-01T10:00:00Z') });
  const { house } = await asked(r);
  const late = await r.person({ organisations: [house], firstSignInAt: null });
  const page = await signIn(r.browser(), late);
  assert.match(page.text, /15 August 2026/);
  assert.match(page.text, /value="later"/);

  const strict = await asked(r, { policy: { lateJoinerGrace: 'P0D' } });
  await wall(r, await r.person({ organisations: [strict.house], firstSignInAt: null }));
});

test('whoever is enrolled gets no later by taking the second step away', async () => {
  const r = await rig();
  const { house } = await asked(r);
  const ann = await r.person({ organisations: [house], enrolled: true });
  const jar = await signedInWithCode(r, ann);
  const bound = await r.store.read.authenticators.of(ann.id);
  for (const { id, type } of bound) {
    const answer = await jar.post('/account/authenticators/remove', { id });
    assert.ok([404, 409].includes(answer.status), `${type}: ${answer.status}`);
  }
  assert.equal((await r.store.read.authenticators.of(ann.id)).length, bound.length);
  assert.match((await signIn(r.browser(), ann)).text, /6-digit code/);
});

onBoth('the date that holds is the one of today, whatever it was when later was chosen', async (r, { meddle }) => {
  const { cas, campaign } = await asked(r);
  const move = (day: string) => meddle(`update campaigns set deadline = '${day}' where id = '${campaign.id}'`);
  await (await pendingOf(r, cas)).submit('/sign-in/prompt', LATER);
  await move('2026-03-01');
  await wall(r, cas);
  await move('2026-12-31');
  const quiet = r.browser();
  assert.equal((await signIn(quiet, cas)).path, '/', 'put off before, and the date is far again');
  r.advance('P8D');
  assert.match((await signIn(r.browser(), cas)).text, /31 December 2026/);
  await move('2026-03-09');
  await wall(r, cas);
});

test('the strictest of two employers: neither gives more than the other', async () => {
  const r = await rig();
  const [one, two] = [await asked(r), await asked(r, { policy: { deferralsAllowed: 1 } })];
  const cas = await r.person({ organisations: [one.house, two.house] });
  const jar = r.browser();
  assert.match((await signIn(jar, cas)).text, /1 reminder left/);
  await jar.submit('/sign-in/prompt', LATER);
  r.advance('P8D');
  await wall(r, cas);
});

async function asked(
  r: Rig,
  row: Partial<Organisation> = {},
): Promise<{ house: Organisation; campaign: CampaignRow; cas: Person }> {
  const house = await r.organisation(row);
  const campaign = await r.campaign({ organisation: house.id, deadline: DAY });
  const cas = await r.person({ organisations: [house], firstSignInAt: START.subtract({ hours: 24 * 60 }) });
  return { house, campaign, cas };
}

/** There is no *later* any more, and nothing but the wizard. */
async function wall(r: Rig, cas: Person): Promise<void> {
  const count = await taken(r, cas);
  const jar = await pendingOf(r, cas);
  const page = await jar.open('/');
  assert.equal(page.path, '/sign-in/prompt');
  assert.match(page.text, /value="enable"/);
  assert.doesNotMatch(page.text, /value="later"|Remind me later/);
  says(await jar.submit('/sign-in/prompt', LATER), /can't be put off any longer/, 409);
  assert.equal((await jar.submit('/sign-in/prompt', { answer: 'enable' })).path, '/enrol');
  await jar.submit('/sign-in/prompt', LATER);
  await jar.submit('/enrol/leave');
  assert.ok(!jar.cookies.has(SESSION));
  assert.equal(await taken(r, cas), count);
}

async function taken(r: Rig, { id }: Person): Promise<number> {
  return (await r.store.read.campaigns.deferrals(id)).length;
}

async function at(r: Rig, instant: Temporal.Instant): Promise<void> {
  r.advance(r.now().until(instant));
}
