import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn } from '#test/support/roads.ts';
import { PLACES, type Place, type Scene, sceneAt, secretOn } from './support/scenes.ts';
import {
  asText,
  DEVICE,
  guessesCharged,
  me,
  PHONE,
  pendingOf,
  progress,
  refused,
  secondStep,
  snapshot,
} from './support/in-process.ts';

type Step = { path: string; form: (scene: Scene) => Record<string, string>; right: Place[] };

/** Every later step of the sign-in and the wizard, with the answer that would be right at its place. */
const STEPS: Step[] = [
  step('/sign-in/verify', ['verifying'], ({ r, person, secret }) => ({
    method: 'totp',
    code: person.totp ? person.code() : codeAt(secret, r.wall()),
  })),
  step('/sign-in/verify', ['verifying'], ({ person }) => ({
    method: 'backup-code',
    code: person.backupCode ?? '0000-0000-0000-0000-0000',
  })),
  step('/sign-in/verify/text', []),
  step('/sign-in/prompt', ['inviting'], () => ({ answer: 'later' })),
  step('/sign-in/prompt', ['inviting'], () => ({ answer: 'enable' })),
  step('/enrol/guard', ['guarding'], () => ({ code: '123456' })),
  step('/enrol/guard/resend', ['guarding']),
  step('/enrol/choice', ['choosing', 'scanning', 'proving'], () => ({ choice: 'totp' })),
  step('/enrol/label', ['scanning'], () => ({ label: 'Another name' })),
  step('/enrol/scanned', ['scanning']),
  step('/enrol/back', ['scanning', 'proving', 'sms-sent']),
  step('/enrol/code', ['proving'], ({ r, secret }) => ({ code: codeAt(secret, r.wall()) })),
  step('/enrol/sms', ['adding-sms', 'sms-sent'], () => ({ number: PHONE })),
  step('/enrol/sms/resend', ['sms-sent']),
  step('/enrol/sms/code', ['sms-sent'], () => ({ code: '123456' })),
  step('/enrol/sms/skip', ['adding-sms', 'sms-sent']),
  step('/enrol/backup-code', ['keeping-code'], () => ({ saved: 'yes', locator: '0000' })),
  step('/enrol/backup-code/file', ['keeping-code']),
];

for (const place of PLACES)
  test(`from "${place}" no later step can be called`, async () => {
    const r = await rig();
    const scene = await sceneAt(r, place);
    const { jar, person } = scene;
    const stored = async () => (await snapshot(r, person)) + asText(await progress(r, jar));
    const before = await stored();
    const charged = await guessesCharged(r, person);
    for (const { path, form, right } of STEPS) {
      if (right.includes(place)) continue;
      const where = `${path} from ${place}`;
      const answer = await jar.post(path, form(scene));
      refused(answer, where);
      assert.ok(!jar.cookies.has(SESSION), `${where}: a session`);
      assert.equal(await stored(), before, where);
      for (const inside of ['/', '/account', '/enrol/done'])
        assert.notEqual((await jar.get(inside)).status, 200, `${inside} after ${where}`);
    }
    // Nothing was compared, so a resent form must not eat the guesses of whoever clicked twice.
    assert.equal(await guessesCharged(r, person), charged);
    await honestEnd(scene);
  });

test('fields that claim a verdict decide nothing', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const bob = await enrolledIn(r);
  const claims = {
    mfa: 'false',
    step: 'done',
    level: '2',
    aal: 'aal2',
    at: 'complete',
    amr: '["pwd","otp","mfa"]',
    user_id: bob.id,
    account: bob.id,
    attempt: bob.id,
    remember: 'yes',
    skip: '1',
    method: 'none',
    evidence: '[{"type":"totp","factors":["possession"]}]',
    __proto__: 'x',
    constructor: 'x',
  };
  const query = new URLSearchParams(claims).toString();
  const jar = r.browser();
  const answer = await jar.post(`/sign-in?${query}`, { ...claims, address: ann.email, password: ann.password });
  assert.equal(answer.location, '/sign-in/verify');
  assert.ok(!jar.cookies.has(SESSION) && !jar.cookies.has(DEVICE));

  for (const form of [{ ...claims }, { ...claims, code: '000000' }, { ...claims, method: 'totp', code: '000000' }]) {
    refused(await jar.post(`/sign-in/verify?${query}`, form), JSON.stringify(form));
    assert.ok(!jar.cookies.has(SESSION) && !jar.cookies.has(DEVICE));
  }
  assert.equal(await me(r, jar), null);
  await secondStep(r, jar, ann);
});

test('a client that tells itself it is in is not in', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  // What a rewritten answer would make a browser do: go on as if the second step had been taken.
  for (const path of ['/', '/account', '/account/password', '/enrol/done?course=first', '/enrol/done'])
    assert.match((await jar.open(path)).path, /^\/sign-in\/verify/, path);
  for (const path of ['/account/enable', '/account/move', '/account/backup-code', '/account/confirm'])
    assert.match((await jar.submit(path)).path, /^\/sign-in\/verify/, path);
  // The cookie of the attempt under the name of a session, and the other way round.
  const swapped = jar.copy();
  swapped.cookies.set(SESSION, jar.cookies.get('__Host-attempt') ?? '');
  assert.equal(await me(r, swapped), null);
  await secondStep(r, jar, ann);
});

/** What may come in the field of a code that is not one, or not this one. */
const ODD = ['', ' ', 'null', 'undefined', '0', 'false', 'true', '[]', '{}', 'NaN', '-1', '1e5', "' OR 1=1 --"];

test('odd codes are refused with a page, and sign nobody in', async () => {
  const r = await rig();
  await eachForOnePerson(r, (ann): Record<string, string>[] => {
    const { code } = ann;
    const now = code();
    const asFullWidth = now.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    return [
      ...[...ODD, '000000', now.slice(0, 5), `${now}7`, `0${now}`, asFullWidth, `${now}\u0000`, `${now},${now}`].map(
        (answer) => ({ method: 'totp', code: answer }),
      ),
      { method: 'totp' },
      { code: now },
      { method: 'totp', 'code[]': now },
      { method: 'totp', 'code[$ne]': '000000' },
      { method: 'totp', code: ann.backupCode ?? '' },
      { method: 'backup-code', code: now },
      { method: 'backup-code', code: (ann.backupCode ?? '').slice(0, 19) },
      { method: 'backup-code', code: (ann.backupCode ?? '').slice(0, 4) },
      ...[
        'sms',
        'passkey',
        'password',
        'push',
        'none',
        'TOTP',
        ' totp',
        'totp,totp',
        '__proto__',
        'constructor',
        '',
      ].map((method) => ({ method, code: now })),
      { method: 'password', code: ann.password },
    ];
  });
});

test('a name that comes twice is no answer at all', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  const right = ann.code();
  const bodies = [
    `method=totp&code=000000&code=${right}`,
    `method=totp&code=${right}&code=000000`,
    `method=sms&method=totp&code=${right}`,
    `method=totp&code=${right}&c%6Fde=${right}`,
  ];
  for (const body of bodies) {
    const answer = await raw(jar, body, 'application/x-www-form-urlencoded');
    assert.equal(answer.status, 400, body);
    refused(answer, body);
  }
  const json = JSON.stringify({ method: 'totp', code: right });
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])
    assert.equal((await raw(jar, json, type)).status, 415, type);
  assert.equal(await guessesCharged(r, ann), 0, 'nothing was compared');
  assert.equal(await me(r, jar), null);
  await secondStep(r, jar, ann);
});

test('the password is no second step, however often it is given', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  for (let round = 0; round < 4; round += 1) {
    const answer = await jar.submit('/sign-in/verify', { method: 'password', code: ann.password, remember: 'yes' });
    assert.match(answer.path, /^\/sign-in\/verify/);
    assert.ok(!jar.cookies.has(SESSION) && !jar.cookies.has(DEVICE));
  }
  await secondStep(r, jar, ann);
});

/** A fresh person for each form: the budget must not be what refuses them. */
async function eachForOnePerson(r: Rig, forms: (ann: Person) => Record<string, string>[]): Promise<void> {
  const count = forms(await enrolledIn(r)).length;
  for (let index = 0; index < count; index += 1) {
    const ann = await enrolledIn(r);
    const form = forms(ann)[index] ?? {};
    const jar = await pendingOf(r, ann);
    const before = await snapshot(r, ann);
    const answer = await jar.post('/sign-in/verify', form);
    const where = JSON.stringify(form);
    refused(answer, where);
    if (answer.status === 303) assert.equal(answer.location, '/sign-in/verify', where);
    assert.equal(await me(r, jar), null, where);
    assert.equal(await snapshot(r, ann), before, where);
    await secondStep(r, jar, ann);
  }
}

function raw(jar: Awaited<ReturnType<typeof pendingOf>>, body: string, type: string) {
  const headers = { origin: 'https://id.example.test', 'sec-fetch-site': 'same-origin', 'content-type': type };
  return jar.send(new Request('https://id.example.test/sign-in/verify', { method: 'POST', body, headers }));
}

/** The control: from here the honest road still leads in. */
async function honestEnd({ r, place, person, jar, secret }: Scene): Promise<void> {
  if (place === 'verifying') return void (await secondStep(r, jar, person));
  let page = place === 'nowhere' ? await signIn(jar, person) : await jar.open('/sign-in');
  let key = secret;
  for (let steps = 0; steps < 10 && !jar.cookies.has(SESSION); steps += 1) page = await onwards(page.text);
  assert.equal(await me(r, jar), person.id, `control: from ${place} the honest road leads in`);

  async function onwards(text: string) {
    const shown = /data-copy="([0-9A-Z]{4})(?:-[0-9A-Z]{4}){4}"/.exec(text)?.[1];
    if (shown) return jar.submit('/enrol/backup-code', { saved: 'yes', locator: shown });
    if (text.includes('action="/enrol/sms/skip"')) return jar.submit('/enrol/sms/skip');
    if (text.includes('action="/enrol/code"')) return jar.submit('/enrol/code', { code: codeAt(key, r.wall()) });
    if (text.includes('action="/enrol/scanned"')) {
      key = secretOn(text);
      return jar.submit('/enrol/scanned');
    }
    if (text.includes('action="/enrol/choice"')) return jar.submit('/enrol/choice', { choice: 'totp' });
    if (text.includes('action="/enrol/guard"')) {
      const mail = (await r.messages(person.email)).find((one) => /\b\d{6}\b/.test(one.text));
      return jar.submit('/enrol/guard', { code: /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '' });
    }
    return jar.submit('/sign-in/prompt', { answer: 'enable' });
  }
}

function step(path: string, right: Place[], form: Step['form'] = () => ({})): Step {
  return { path, form, right };
}
