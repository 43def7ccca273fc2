import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, shownCode, signIn, wizard } from '#test/support/roads.ts';
import { PLACES, type Place, placeOf, type Scene, sceneAt } from './support/scenes.ts';
import {
  alertsOf,
  besideField,
  guessesCharged,
  headingOf,
  me,
  PHONE,
  pendingOf,
  progress,
  says,
  secondStep,
} from './support/in-process.ts';

/** A button of the road: where it is, what it sends, and where it leads. */
type Press = { from: Place; path: string; form: (scene: Scene) => Promise<Record<string, string>>; to: Place | 'in' };

const PRESSES: Press[] = [
  press('verifying', '/sign-in/verify', 'in', async ({ person }) => ({ method: 'totp', code: person.code() })),
  press('inviting', '/sign-in/prompt', 'choosing', async () => ({ answer: 'enable' })),
  press('inviting', '/sign-in/prompt', 'in', async () => ({ answer: 'later' })),
  press('guarding', '/enrol/guard', 'choosing', async ({ r, person }) => ({ code: await digitsTo(r, person.email) })),
  press('choosing', '/enrol/choice', 'scanning', async () => ({ choice: 'totp' })),
  press('scanning', '/enrol/label', 'scanning', async () => ({ label: 'Quay, 2026' })),
  press('scanning', '/enrol/scanned', 'proving'),
  press('proving', '/enrol/code', 'adding-sms', async ({ r, secret }) => ({ code: codeAt(secret, r.wall()) })),
  press('adding-sms', '/enrol/sms', 'sms-sent', async () => ({ number: PHONE })),
  press('sms-sent', '/enrol/sms/code', 'keeping-code', async ({ r }) => ({ code: await digitsTo(r, PHONE) })),
  press('adding-sms', '/enrol/sms/skip', 'keeping-code'),
  press('keeping-code', '/enrol/backup-code', 'in', async ({ backupCode }) => ({
    saved: 'yes',
    locator: backupCode.slice(0, 4),
  })),
];

for (const { from, path, form, to } of PRESSES)
  for (const way of ['at once', 'one after the other'] as const)
    test(`${path} from "${from}", clicked twice ${way}: as if once`, async () => {
      const r = await rig();
      const scene = await sceneAt(r, from);
      const { jar, person } = scene;
      const fields = await form(scene);
      const click = () => jar.post(path, fields);
      const [first, second] =
        way === 'at once' ? await Promise.all([click(), click()]) : [await click(), await click()];
      assert.ok(first.status === 303, `${first.status}: ${alertsOf(first).join()}`);
      const page = await jar.follow(second);
      assert.ok(page.status < 500);
      assert.match(page.text, /<h1/);
      if (page.status === 429) says(page, /A code is on its way/, 429);
      else if (page.status >= 400) says(page, /no longer up to date/, 409);
      if (to === 'in') {
        assert.equal(await me(r, jar), person.id);
        // Of two at once either may be the one that counts; its answer is the last page of the wizard.
        const won = way === 'at once' && page.path.startsWith('/enrol/done?') ? await jar.open('/') : page;
        assert.equal(won.path, '/', 'and the person is where they were going');
      } else assert.equal(await placeOf(r, jar), to);
      assert.equal(await guessesCharged(r, person), 0, 'a click too many is no guess');
      const bound = await r.store.read.authenticators.of(person.id);
      const types = bound.map((one) => one.type);
      assert.equal(new Set(types).size, types.length, `bound once each: ${types.join(' ')}`);
      assert.ok((await r.messages(PHONE)).length <= 1, 'one text message');
      assert.ok((await r.store.read.campaigns.deferrals(person.id)).length <= 1);
    });

for (const place of PLACES)
  test(`the back button and every other address of the road lead to "${place}"`, async () => {
    const r = await rig();
    const { jar } = await sceneAt(r, place);
    const before = JSON.stringify(await progress(r, jar));
    const heading = headingOf(await jar.open('/sign-in'));
    const paths = ['/', '/sign-in', '/sign-in/verify', '/sign-in/verify?with=sms', '/sign-in/prompt', '/enrol'];
    for (const path of [...paths, '/enrol/done', '/account', '/enrol?step=5'])
      assert.equal(headingOf(await jar.open(path)), heading, path);
    assert.equal(JSON.stringify(await progress(r, jar)), before);
  });

for (const place of PLACES.filter((one) => one !== 'nowhere'))
  test(`left at "${place}" for a quarter of an hour: every button says so and leads to a new start`, async () => {
    const r = await rig();
    const scene = await sceneAt(r, place);
    const { jar, person } = scene;
    const fields = await Promise.all(PRESSES.map(({ form }) => form(scene)));
    r.advance('PT15M');
    for (const [index, { path }] of PRESSES.entries()) {
      const tab = jar.copy();
      const page = await tab.submit(path, fields[index]);
      assert.equal(page.path, '/sign-in?notice=attempt-expired', path);
      assert.match(page.text, /You were away for a while/);
      assert.ok(!tab.cookies.has(SESSION));
    }
    const again = await signIn(jar, person);
    assert.match(again.path, /^\/(sign-in\/(verify|prompt)|enrol)/);
  });

for (const place of PLACES)
  test(`the browser was closed at "${place}": in another one nothing is lost and nothing was given away`, async () => {
    const r = await rig();
    const { person, secret } = await sceneAt(r, place);
    r.advance('PT1M');
    const jar = r.browser();
    const page = await signIn(jar, person);
    if (place === 'verifying') await secondStep(r, jar, person);
    else if (['adding-sms', 'sms-sent', 'keeping-code'].includes(place)) {
      assert.equal(page.path, '/sign-in/verify', 'the app was proved, so it is asked for');
      const keep = await jar.submit('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
      assert.equal(headingOf(keep), 'Your backup code');
      assert.ok(!jar.cookies.has(SESSION));
      await jar.submit('/enrol/backup-code', { saved: 'yes', locator: shownCode(keep).slice(0, 4) });
    } else {
      assert.equal(page.path, '/sign-in/prompt', 'nothing was bound, so it starts again');
      await jar.submit('/sign-in/prompt', { answer: 'enable' });
      if (place === 'guarding') await jar.submit('/enrol/guard', { code: await digitsTo(r, person.email) });
      await wizard(r, jar);
    }
    assert.equal(await me(r, jar), person.id);
  });

test('two tabs, two people: a code typed in the older tab signs nobody in', async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const jar = await pendingOf(r, ann);
  await signIn(jar, bob);
  const page = await jar.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  says(page, /not the right code/);
  assert.ok(page.text.includes(bob.email), 'and the page says who is asked now');
  assert.equal(await me(r, jar), null);
  await secondStep(r, jar, bob);
});

test('two tabs, one wizard: what one did, the other shows', async () => {
  const r = await rig();
  const { jar, secret, person } = await sceneAt(r, 'scanning');
  const tab = jar;
  await jar.submit('/enrol/scanned');
  says(await tab.submit('/enrol/label', { label: 'From the other tab' }), /no longer up to date/, 409);
  assert.equal(headingOf(await tab.open('/enrol')), 'Enter the code from the app');
  await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  says(await tab.submit('/enrol/choice', { choice: 'totp' }), /no longer up to date/, 409);
  says(await tab.submit('/enrol/back'), /no longer up to date/, 409);
  const shown = shownCode(await tab.submit('/enrol/sms/skip'));
  await jar.submit('/enrol/backup-code', { saved: 'yes', locator: shown.slice(0, 4) });
  assert.equal(await me(r, jar), person.id);
  assert.equal((await tab.submit('/enrol/scanned')).path, '/', 'it is finished there too');
  for (const path of ['/enrol', '/sign-in/prompt', '/sign-in/verify'])
    assert.equal((await tab.open(path)).path, '/', path);
});

test('a link into the middle of the road leads to its beginning, and not round in a circle', async () => {
  const r = await rig();
  const house = await r.organisation();
  for (const path of [
    '/enrol',
    '/enrol/done?course=move',
    '/sign-in/verify',
    '/sign-in/prompt',
    '/sign-out',
    '/language',
  ]) {
    const jar = r.browser();
    const ann = await r.person({ organisations: [house] });
    assert.equal((await jar.open(path.replace('/sign-out', '/').replace('/language', '/'))).status, 200);
    const page = await jar.submit('/sign-in', { address: ann.email, password: ann.password, 'return-to': path });
    assert.equal(page.path, '/', path);
    assert.equal((await jar.open(`/sign-in?return-to=${encodeURIComponent(path)}`)).path, '/', path);
    assert.equal(await me(r, jar), ann.id);
  }
});

test('bad input beside its field, with what was typed kept, and nothing changed', async () => {
  const r = await rig();
  const cases: [Place, string, Record<string, string>, string | null, RegExp, string?][] = [
    ['choosing', '/enrol/choice', {}, null, /Choose one of the ways first/],
    ['choosing', '/enrol/choice', { choice: 'carrier-pigeon' }, null, /not available/],
    ['scanning', '/enrol/label', { label: '' }, 'label', /1 to 60 characters/],
    ['scanning', '/enrol/label', { label: 'x'.repeat(61) }, 'label', /1 to 60 characters/],
    ['proving', '/enrol/code', { code: '' }, 'code', /Type the code first/],
    ['proving', '/enrol/code', { code: '12345' }, 'code', /six digits/],
    ['adding-sms', '/enrol/sms', { number: '' }, 'number', /Type your mobile number/],
    ['adding-sms', '/enrol/sms', { number: '12' }, 'number', /not a complete phone number/, '12'],
    ['adding-sms', '/enrol/sms', { number: '+1 212 555 0123' }, 'number', /this country/, '+1 212 555 0123'],
    ['adding-sms', '/enrol/sms', { number: '+44 20 7946 0000' }, 'number', /mobile/, '+44 20 7946 0000'],
    ['sms-sent', '/enrol/sms/code', { code: '' }, 'code', /Type the code first/],
    ['sms-sent', '/enrol/sms/code', { code: 'abcdef' }, 'code', /six digits/],
    ['keeping-code', '/enrol/backup-code', { saved: 'yes', locator: '' }, 'locator', /first four characters/],
    ['keeping-code', '/enrol/backup-code', { saved: 'yes', locator: 'ÄÖÜß' }, 'locator', /first four characters/],
    ['guarding', '/enrol/guard', { code: '' }, 'code', /Type the code first/],
    ['verifying', '/sign-in/verify', { method: 'totp', code: '' }, 'code', /Type the code first/],
    ['nowhere', '/sign-in', { address: '', password: 'x' }, 'address', /Type your email address/],
    ['nowhere', '/sign-in', { address: 'no address', password: 'x' }, 'address', /not a complete email/, 'no address'],
    ['nowhere', '/sign-in', { address: 'a@b.example', password: '' }, 'password', /Type your password/, 'a@b.example'],
    ['nowhere', '/forgot', { address: 'nonsense' }, 'address', /not a complete email/, 'nonsense'],
  ];

  for (const [place, path, form, field, sentence, kept] of cases) {
    const scene = await sceneAt(r, place);
    r.advance('PT2M');
    const before = JSON.stringify(await progress(r, scene.jar));
    const answer = await scene.jar.submit(path, form);
    says(answer, sentence);
    if (field) besideField(answer, field);
    if (kept) assert.ok(answer.text.includes(`value="${kept}"`), `${path} keeps ${kept}`);
    assert.match(answer.text, /<title>[^<]*(?:Error|Problem)/, 'the title says so first');
    assert.equal(JSON.stringify(await progress(r, scene.jar)), before, path);
  }
});

async function digitsTo(r: Rig, to: string): Promise<string> {
  const message = (await r.messages(to)).find((one) => /\b\d{6}\b/.test(one.text));
  return /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
}

function press(from: Place, path: string, to: Press['to'], form: Press['form'] = async () => ({})): Press {
  return { from, path, form, to };
}
