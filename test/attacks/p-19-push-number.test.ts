// P-19: nothing is approved without the number from the screen that asked; one request at a time, and no bombing.
import assert from 'node:assert/strict';
import { readPolicy } from '#core/policy/policy.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import {
  asking,
  atPairing,
  codeIn,
  enrolledWithPhone,
  newKey,
  numberOn,
  pairPhone,
  type Phone,
  signed,
  takeCode,
  throughPairing,
} from '#test/support/paired-phone.ts';
import { codeAt, type Person, type Rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { levelOf, mailsAbout, me, onBoth, says, whoOf } from './support/in-process.ts';

const DONE = '/sign-in/verify/app/done';

onBoth('the right number, typed on the paired phone, signs in; nothing before it does', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { jar, page } = await asking(r, person);
  const number = numberOn(page);
  assert.match(number, /^\d{6}$/);
  says(await jar.post(DONE), /has not answered yet/, 409);
  const asked = await one(phone);
  assert.equal((await phone.answer(asked, number)).status, 200);
  assert.equal(await me(r, jar), null, 'a phone signs nobody in: the browser that asked does');
  assert.equal(await me(r, phone.jar), null);
  assert.equal((await jar.post(DONE)).location, '/');
  assert.equal(await me(r, jar), person.id);
  assert.equal(await levelOf(r, jar), 'aal2');
  const evidence = (await whoOf(r, jar))?.session.evidence ?? [];
  assert.deepEqual(
    evidence.map(({ type, key }) => [type, key]),
    [
      ['password', undefined],
      ['app', 'software'],
    ],
  );
});

onBoth(
  'without a number, for another request, by another key, or changed on its way: nothing is approved',
  async (r) => {
    const { person, phone } = await enrolledWithPhone(r);
    const other = await enrolledWithPhone(r);
    const { jar, page } = await asking(r, person);
    const number = numberOn(page);
    const asked = await one(phone);
    const wrong = number === '000000' ? '000001' : '000000';
    const stranger: Phone = { ...phone, key: newKey().key };
    const attempts: [string, Promise<Answered> | (() => Promise<Answered>)][] = [
      ['no number', () => phone.answer(asked, '')],
      ['blanks', () => phone.answer(asked, '  ')],
      ['the key of another phone', () => answerAs(stranger, phone, asked, number)],
      ['another person’s phone', () => other.phone.answer(asked, number)],
      ['another account in the statement', () => phone.answer(asked, number, { account: other.person.id })],
      ['another attempt in the statement', () => phone.answer(asked, number, { attempt: 'another' })],
      ['signed for a number, sent with another', () => phone.answer(asked, wrong, {}, { number })],
      [
        'signed as a denial, sent as an approval',
        () => phone.answer(asked, number, { decision: 'deny' }, { decision: 'approve' }),
      ],
      ['no such request', () => phone.answer(asked, number, { request: crypto.randomUUID() })],
      ['no decision', () => phone.answer(asked, number, {}, { decision: '' })],
      ['no signature', () => phone.answer(asked, number, {}, { signature: '' })],
      ['a signature that is none', () => phone.answer(asked, number, {}, { signature: 'A'.repeat(86) })],
      ['typed on our own page', () => jar.post('/sign-in/verify', { method: 'app', code: number })],
    ];
    for (const [what, attempt] of attempts) {
      const answer = await (typeof attempt === 'function' ? attempt() : attempt);
      assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status}`);
      says(await jar.post(DONE), /has not answered yet/, 409);
      assert.equal(await me(r, jar), null, what);
    }
    assert.equal((await phone.answer(asked, number)).status, 200, 'and the owner’s answer is still taken');
    assert.equal((await jar.post(DONE)).location, '/');
  },
);

onBoth('a wrong number ends the request: the right one afterwards is worth nothing', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { jar, page } = await asking(r, person);
  const number = numberOn(page);
  const asked = await one(phone);
  const wrong = await phone.answer(asked, number === '123456' ? '123457' : '123456');
  assert.deepEqual([wrong.status, JSON.parse(wrong.text)], [422, { refusal: 'approval-number-wrong' }]);
  assert.equal((await phone.answer(asked, number)).status, 409);
  says(await jar.post(DONE), /Another number was typed/);
  assert.equal(await me(r, jar), null);
  assert.equal(await phone.asked(), null);
  assert.match((await jar.get('/sign-in/verify?with=app')).text, /Send another request/);
});

onBoth('so many requests in ten minutes and in a day, however often they are asked for', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const asks = async (times: number) => {
    let sent = 0;
    for (let at = 0; at < times; at += 1) {
      const jar = r.browser();
      await signIn(jar, person);
      const answers = await Promise.all([1, 2, 3].map(() => jar.post('/sign-in/verify/app')));
      if (answers.every(({ status }) => status === 303)) sent += 1;
      else for (const answer of answers) says(answer, /Enough requests went to the phone. Try again in/, 429);
    }
    return sent;
  };
  assert.equal(await asks(20), 3, 'and three presses of one button are one request');
  assert.ok(await phone.asked(), 'one of them is live');
  let day = 3;
  for (let hour = 0; hour < 10; hour += 1) {
    r.advance('PT11M');
    day += await asks(4);
  }
  assert.equal(day, 10);
  r.advance('PT24H');
  assert.equal(await asks(1), 1);
});

onBoth('two sign-ins at once: one request lives, and a number of the one is none of the other', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const first = await asking(r, person);
  const asked = await one(phone);
  const second = await asking(r, person);
  const newer = await one(phone);
  assert.notEqual(newer.id, asked.id);
  assert.equal((await phone.answer(asked, numberOn(first.page))).status, 409, 'its place was taken');
  const crossed = await phone.answer(newer, numberOn(first.page));
  assert.equal(crossed.status, numberOn(first.page) === numberOn(second.page) ? 200 : 422);
  says(await first.jar.post(DONE), /A newer request took the place/, 409);
  assert.equal(await me(r, first.jar), null);
  assert.equal(await me(r, second.jar), null);
});

onBoth('after a minute, after it was cancelled, after signing out, and a second time: nobody gets in', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const late = await asking(r, person);
  const asked = await one(phone);
  r.advance('PT61S');
  assert.equal(await phone.asked(), null);
  assert.equal((await phone.answer(asked, numberOn(late.page))).status, 409);
  says(await late.jar.post(DONE), /Nobody answered within a minute/);

  const cancelled = await asking(r, person);
  const before = await one(phone);
  await cancelled.jar.post('/sign-in/cancel');
  assert.equal((await phone.answer(before, numberOn(cancelled.page))).status, 409);

  r.advance('PT11M');
  const twice = await asking(r, person);
  const again = await one(phone);
  assert.equal((await phone.answer(again, numberOn(twice.page))).status, 200);
  assert.equal((await phone.answer(again, numberOn(twice.page))).status, 409);
  const tab = twice.jar.copy();
  const both = await Promise.all([twice.jar.post(DONE), tab.post(DONE)]);
  assert.equal(both.filter(({ location }) => location === '/').length, 1, 'spent once');
  assert.equal((await r.store.read.approvals.byId(again.id))?.claimedAt !== null, true);

  // A step-up: the session in which it was asked has ended before the phone answers.
  r.advance('PT11M');
  const inside = both[0]?.location === '/' ? twice.jar : tab;
  const step = await inside.submit('/account/confirm', { 'return-to': '/account' });
  assert.match(step.path, /^\/sign-in\/verify/);
  const raised = await inside.submit('/sign-in/verify/app');
  const stepAsked = await one(phone);
  await inside.copy().post('/sign-out');
  assert.equal((await phone.answer(stepAsked, numberOn(raised))).status, 409);
});

onBoth('approved and not fetched: a minute later it is worth nothing', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { jar, page } = await asking(r, person);
  assert.equal((await phone.answer(await one(phone), numberOn(page))).status, 200);
  r.advance('PT61S');
  assert.ok((await jar.post(DONE)).status >= 400);
  assert.equal(await me(r, jar), null);
});

onBoth('“This wasn’t me” refuses, tells the owner, and after two of them the phone is left in peace', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  r.advance('PT1S');
  const deny = async () => {
    const { jar, page } = await asking(r, person);
    assert.equal((await phone.answer(await one(phone), '', { decision: 'deny' })).status, 200);
    says(await jar.post(DONE), /“This wasn't me” was chosen/);
    says(await jar.post('/sign-in/verify/app'), /“This wasn't me” was chosen/, 422);
    assert.equal((await phone.answer({ ...(await lastOf(r, jar)), digits: 6 }, numberOn(page))).status, 409);
    assert.equal(await me(r, jar), null);
    return jar;
  };
  await deny();
  assert.equal(await mailsAbout(r, person, /You said no to a sign-in/), 1);
  const audit = await r.store.read.audit.of(person.id, 50);
  assert.ok(audit.some(({ event }) => event === 'approval.denied'));
  await deny();

  r.advance('PT11M');
  const jar = r.browser();
  await signIn(jar, person);
  says(await jar.post('/sign-in/verify/app'), /We send nothing to the phone/, 429);
  assert.equal(await phone.asked(), null);
  // Another authenticator: the codes, also of the same phone, are the owner's word.
  const form = { method: 'totp', code: codeAt(phone.codes, r.wall()) };
  assert.equal((await jar.post('/sign-in/verify', form)).location, '/');
  assert.match((await asking(r, person)).page.text, /Type this number in the app/);
});

onBoth('what is told to the phone holds neither the number nor the token, and goes to nobody else', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { page } = await asking(r, person);
  const said = await phone.jar.post('/authenticator/requests', { device: phone.device, token: phone.token });
  assert.ok(!said.text.includes(numberOn(page)));
  assert.ok(!said.text.includes(person.email));
  for (const [device, token] of [
    [phone.device, 'x'.repeat(43)],
    [phone.device, ''],
    [crypto.randomUUID(), phone.token],
    ['', ''],
  ] as const)
    assert.equal((await phone.jar.post('/authenticator/requests', { device, token })).status, 410);
});

onBoth('two phones: both are asked, and one answer counts', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const other = await secondPhone(r, person, phone);
  const { jar, page } = await asking(r, person);
  const [a, b] = [await one(phone), await one(other)];
  assert.equal(a.id, b.id);
  const answers = await Promise.all([phone.answer(a, numberOn(page)), other.answer(b, numberOn(page))]);
  assert.deepEqual(
    answers.map(({ status }) => status).sort((x, y) => x - y),
    [200, 409],
  );
  assert.equal((await jar.post(DONE)).location, '/');
});

onBoth('a recorded answer is none to a new request', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const first = await asking(r, person);
  const asked = await one(phone);
  await phone.answer(asked, numberOn(first.page));
  const second = await asking(r, person);
  const newer = await one(phone);
  const replayed = await phone.answer(asked, numberOn(first.page), {}, { request: newer.id });
  assert.equal(replayed.status, 410);
  says(await second.jar.post(DONE), /has not answered yet/, 409);
});

onBoth('a phone that was removed is asked nothing and answers nothing', async (r) => {
  const { person, jar: inside, phone } = await enrolledWithPhone(r);
  const { page, jar } = await asking(r, person);
  const asked = await one(phone);
  const campaign = (await inside.get('/account')).text;
  assert.match(campaign, /Nachtslot Authenticator/);
  await r.store.transaction((tx) => tx.authenticators.unbind(phone.device, r.now(), 'removed'));
  const said = await phone.jar.post('/authenticator/requests', { device: phone.device, token: phone.token });
  assert.equal(said.status, 410);
  assert.equal((await phone.answer(asked, numberOn(page))).status, 410);
  assert.ok((await jar.post(DONE)).status >= 400);
});

onBoth('blind answers at the allowed rate: 1 in 100 000 a day with six digits, 1 in 10 with two', async (r) => {
  const { approvalBudget } = readPolicy({}).policy;
  const perDay = Math.min(
    ...approvalBudget.filter(({ within }) => within.total('hours') === 24).map(({ limit }) => limit),
  );
  assert.ok(perDay / 10 ** 6 <= 1e-5);
  assert.ok(perDay / 10 ** 2 <= 0.1);
  const { person } = await enrolledWithPhone(r, { approvalDigits: '2', comfortApprovalIsSecondStep: true });
  assert.match(numberOn((await asking(r, person)).page), /^\d{2}$/);
});

onBoth('two digits are two steps only where the organisation says so', async (r) => {
  const strict = await enrolledWithPhone(r, { approvalDigits: '2' });
  const page = await pageAfterPassword(r, strict.person);
  assert.doesNotMatch(page.text, /Send a request to my phone/, 'what would not be enough is not offered');
  assert.match(page.text, /6-digit code/);

  const lenient = await enrolledWithPhone(r, { approvalDigits: '2', comfortApprovalIsSecondStep: true });
  const { jar, page: number } = await asking(r, lenient.person);
  assert.equal((await lenient.phone.answer(await one(lenient.phone), numberOn(number))).status, 200);
  assert.equal((await jar.post(DONE)).location, '/');
  const evidence = (await whoOf(r, jar))?.session.evidence ?? [];
  assert.equal(evidence.find(({ type }) => type === 'app')?.comfort, true);
  assert.equal(await levelOf(r, jar), 'aal2');
});

onBoth('a pairing code is good once, for ten minutes, in its own wizard, with a proof', async (r) => {
  const { person, jar, page } = await atPairing(r);
  const code = codeIn(page);
  assert.ok(Buffer.from(code, 'base64url').length * 8 >= 112);
  const own = newKey();
  const refused: [string, Record<string, string>, number][] = [
    ['no code', { code: '', key: own.publicKey, proof: signed(own.key, '') }, 410],
    ['another code', { code: 'x'.repeat(22), key: own.publicKey, proof: signed(own.key, '') }, 410],
    ['no proof', { code, key: own.publicKey, proof: '' }, 400],
    ['a proof of something else', { code, key: own.publicKey, proof: signed(own.key, 'something else') }, 400],
    ['no key', { code, key: '', proof: '' }, 400],
    ['no point of the curve', { code, key: Buffer.alloc(65, 4).toString('base64url'), proof: 'A'.repeat(86) }, 400],
  ];
  for (const [what, form, status] of refused)
    assert.equal((await r.browser().post('/authenticator/pair', form)).status, status, what);
  // The step without a phone is not taken by pressing.
  says409(await jar.post('/enrol/scanned'));

  const tries = await Promise.all([1, 2, 3, 4].map(() => takeCode(r, code)));
  assert.deepEqual(
    tries.map(({ status }) => status).sort((x, y) => x - y),
    [200, 410, 410, 410],
  );
  assert.equal((await r.store.read.authenticators.of(person.id)).length, 1, 'nothing is live before the test');

  const late = await atPairing(r);
  r.advance('PT10M1S');
  assert.equal((await takeCode(r, codeIn(late.page))).status, 410);
  const anew = await late.jar.submit('/enrol/app/again');
  assert.notEqual(codeIn(anew), codeIn(late.page));
  assert.equal((await takeCode(r, codeIn(anew))).status, 200);

  const left = await atPairing(r);
  await left.jar.post('/enrol/leave');
  assert.equal((await takeCode(r, codeIn(left.page))).status, 410);
});

onBoth('a second phone that takes the place of the first in a wizard is the only one', async (r) => {
  const { jar, page, person } = await atPairing(r);
  const thief = await pairPhone(r, codeIn(page));
  await jar.submit('/enrol/back');
  const again = await jar.submit('/enrol/app/again');
  const { phone } = await throughPairing(r, jar, again);
  const bound = await r.store.read.authenticators.of(person.id);
  assert.deepEqual(bound.map(({ type }) => type).sort(), ['app', 'backup-code', 'password', 'totp']);
  assert.equal(bound.find(({ type }) => type === 'app')?.id, phone.device);
  assert.equal(
    (await thief.jar.post('/authenticator/requests', { device: thief.device, token: thief.token })).status,
    410,
  );
});

async function one(phone: Phone) {
  const asked = await phone.asked();
  assert.ok(asked, 'control: the phone is asked');
  return asked;
}

function answerAs(stranger: Phone, phone: Phone, asked: Awaited<ReturnType<typeof one>>, number: string) {
  assert.equal(stranger.device, phone.device);
  // The closures of `phone` sign with its own key: this one is made anew round another.
  const { id: request, account, attempt } = asked;
  const text = ['nachtslot approval 1', account, attempt, request, number, 'approve'].join('\n');
  const form = { device: phone.device, request, number, decision: 'approve', signature: signed(stranger.key, text) };
  return phone.jar.post('/authenticator/answer', form);
}

async function lastOf(r: Rig, jar: Jar) {
  const token = jar.cookies.get('__Host-attempt') ?? '';
  const { hashToken } = await import('#flows/token.ts');
  const attempt = await r.store.read.attempts.byToken(hashToken(token));
  const approval = attempt && (await r.store.read.approvals.latest(attempt.id));
  assert.ok(attempt && approval);
  return { id: approval.id, account: attempt.account, attempt: attempt.id, organisation: '' };
}

/** Bound beside the first, as a second phone would be. */
async function secondPhone(r: Rig, person: Person, first: Phone): Promise<Phone> {
  const { secretOf } = await import('#authenticators/app/index.ts');
  const { hashToken } = await import('#flows/token.ts');
  const own = newKey();
  const device = crypto.randomUUID();
  const token = 'of the second phone';
  await r.store.transaction(async (tx) => {
    const [bound] = (await tx.authenticators.of(person.id)).filter(({ type }) => type === 'app');
    assert.ok(bound);
    const secret = secretOf({ publicKey: own.publicKey });
    await tx.authenticators.bind({ ...bound, id: device, label: 'Second', secret, boundBy: '' });
    const times = { createdAt: r.now(), expiresAt: r.now().add({ minutes: 10 }) };
    await tx.pairings.create({ id: device, account: person.id, holder: 'x', codeHash: hashToken(device), ...times });
    assert.ok(await tx.pairings.pair(device, hashToken(token), r.now()));
  });
  const { answerStatement } = await import('#authenticators/app/statement.ts');
  return {
    ...first,
    device,
    token,
    key: own.key,
    asked: async () => {
      const said = await first.jar.post('/authenticator/requests', { device, token });
      return (JSON.parse(said.text) as { request: Awaited<ReturnType<Phone['asked']>> }).request;
    },
    answer: ({ id: request, account, attempt }, number) => {
      const signature = signed(own.key, answerStatement({ account, attempt, request, number, decision: 'approve' }));
      return first.jar.post('/authenticator/answer', { device, request, number, decision: 'approve', signature });
    },
  };
}

async function pageAfterPassword(r: Rig, person: Person): Promise<Answered> {
  return signIn(r.browser(), person);
}

function says409(answer: Answered): void {
  assert.equal(answer.status, 409);
}
