import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFacts } from '#flows/world.ts';
import { ADA, type Place, place } from './testing.ts';

const ZONE = 'Europe/Amsterdam';
const today = () => Temporal.Now.zonedDateTimeISO(ZONE).toPlainDate();
const inDays = (days: number) => today().add({ days }).toString();

test('a campaign that was added asks its people, pauses, and asks again', async () => {
  const here = await ready();
  assert.equal(await duty(here), 'none');
  assert.match((await here.run('campaign', 'list')).out, /nobody is asked/);
  const added = await here.run('campaign', 'add', '--until', inDays(60));
  assert.equal(added.code, 0, added.err);
  assert.match(added.out, /^The one person of Bakkerij Van Dam is asked from \w+ .+, until and including \w+ /);
  assert.match(added.out, /"Remind me later" can be chosen 3 times/);
  assert.doesNotMatch(added.out, /less than a month/);
  assert.equal(await duty(here), 'invited');

  assert.match((await here.run('campaign', 'list')).out, new RegExp(`until and including ${inDays(60)}, running`));
  assert.match((await here.run('campaign', 'pause')).out, /nobody is asked, and nobody is kept out/);
  assert.equal(await duty(here), 'none');
  assert.equal((await here.run('campaign', 'pause')).code, 1, 'paused already');
  assert.equal((await here.run('campaign', 'resume')).code, 0);
  assert.equal(await duty(here), 'invited');
  await here.withStore(async ({ read }) => {
    const events = (await read.audit.page(0, 20)).map(({ event }) => event);
    assert.deepEqual(events.slice(-3), ['campaign.created', 'campaign.paused', 'campaign.resumed']);
  });
  assert.equal((await here.run('verify')).code, 0);
});

test('days that make no sense are refused with a sentence, and nothing is added', async () => {
  const here = await ready();
  for (const [line, sentence] of [
    [['--until', '30 June'], /--until must be a day like 2026-06-30/],
    [['--until', '2026-02-30'], /--until must be a day like/],
    [['--until', inDays(-1)], /over already/],
    [['--from', inDays(9), '--until', inDays(8)], /must not be before --from/],
    [['--name', ' ', '--until', inDays(8)], /--name must be a name/],
  ] as const) {
    const said = await here.run('campaign', 'add', ...line);
    assert.deepEqual([said.code, sentence.test(said.err)], [2, true], said.err);
  }
  assert.match((await here.run('campaign', 'list')).out, /nobody is asked/);
  const short = await here.run('campaign', 'add', '--until', inDays(0), '--name', 'Today', '--json');
  assert.deepEqual(JSON.parse(short.out).until, inDays(0), 'until and including today');
  assert.equal((await here.run('campaign', 'add', '--name', 'Today')).code, 1, 'the name is taken');
  const offered = await here.run('campaign', 'add', '--name', 'Offer');
  assert.match(offered.out, /never required/);
  assert.equal((await here.run('campaign', 'pause')).code, 2, 'which of the two?');
  assert.equal((await here.run('campaign', 'pause', '--campaign', 'Spring')).code, 1);
  assert.equal((await here.run('campaign', 'pause', '--campaign', 'Offer')).code, 0);
});

test("one person's last day moves once, by thirty days at most; an exemption has an owner and an end", async () => {
  const here = await ready();
  await here.run('campaign', 'add', '--until', inDays(20));
  const extend = (until: string, ...more: string[]) =>
    here.run('campaign', 'extend', ADA, '--until', until, '--reason', 'On leave', ...more);
  for (const until of [inDays(20), inDays(51)]) assert.equal((await extend(until)).code, 2, until);
  assert.equal((await here.run('campaign', 'extend', ADA, '--until', inDays(30))).code, 2, 'why?');
  assert.equal(
    (await here.run('campaign', 'extend', 'nobody@vandam.example', '--until', inDays(30), '--reason', 'x')).code,
    1,
  );
  assert.equal((await extend(inDays(50))).code, 0);
  assert.match((await extend(inDays(40))).err, /moved already/);
  assert.equal(await lastDay(here), inDays(50));

  const exempt = (until: string, ...more: string[]) =>
    here.run('campaign', 'exempt', ADA, '--until', until, '--reason', 'No hands free', ...more);
  assert.match((await exempt(inDays(30))).err, /who answers for it/);
  for (const until of [inDays(-1), inDays(366)])
    assert.equal((await exempt(until, '--owner', 'Ada Bakker')).code, 2, until);
  assert.equal(await duty(here), 'invited');
  assert.equal((await exempt(inDays(365), '--owner', 'Ada Bakker')).code, 0);
  assert.equal(await duty(here), 'none');
});

test("an organisation's policy is changed by the field, and what is not allowed changes nothing", async () => {
  const here = await ready();
  assert.match((await here.run('org', 'policy')).out, /changes nothing of the defaults/);
  const set = (changes: unknown) => here.run('org', 'policy', '--set', JSON.stringify(changes), '--json');
  const first = await set({ deferralsAllowed: 1, rememberDeviceFor: 'P7D' });
  assert.deepEqual(JSON.parse(first.out).policy, { deferralsAllowed: 1, rememberDeviceFor: 'P7D' });
  await here.run('campaign', 'add', '--until', inDays(60));
  assert.equal(await deferralsLeft(here), 1);
  for (const wrong of [{ deferralsAllowed: 11 }, { nonsense: 1 }, { totpDigits: 4 }, { deferralsAllowed: '2' }]) {
    const said = await set({ rememberDeviceFor: 'P1D', ...wrong });
    assert.equal(said.code, 1, JSON.stringify(wrong));
  }
  for (const wrong of ['deferralsAllowed=2', '[]', 'null', '3'])
    assert.equal((await here.run('org', 'policy', '--set', wrong)).code, 2, wrong);
  assert.deepEqual(JSON.parse((await set({ deferralsAllowed: null })).out).policy, { rememberDeviceFor: 'P7D' });
  assert.equal(await deferralsLeft(here), 3);
});

async function ready(): Promise<Place> {
  const here = place();
  assert.equal((await here.init()).code, 0);
  return here;
}

const factsOf = (here: Place) =>
  here.withStore(async ({ read }) => {
    const ada = await read.accounts.byAddress(ADA);
    return loadFacts(read, ada?.id ?? '', Temporal.Now.instant());
  });

async function duty(here: Place): Promise<string | undefined> {
  return (await factsOf(here))?.duty.kind;
}

async function deferralsLeft(here: Place): Promise<number | null | undefined> {
  const facts = await factsOf(here);
  return facts?.duty.kind === 'invited' ? facts.duty.deferralsLeft : undefined;
}

async function lastDay(here: Place): Promise<string | undefined> {
  const facts = await factsOf(here);
  return facts?.duty.kind === 'invited' ? facts.duty.lastDay?.toString() : undefined;
}
