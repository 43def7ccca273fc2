import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vouchAsOperator } from '#flows/recovery/operator.ts';
import {
  approves,
  asks,
  atWork,
  checksAll,
  confirms,
  houseWithDesk,
  mailed,
  requestOf,
  untilReady,
  vouches,
} from '#test/support/desk.ts';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn, wizard } from '#test/support/roads.ts';
import { ATTEMPT, me, onBoth, signedInByDevice } from './support/in-process.ts';
import { ORIGIN } from './support/requests.ts';

const CHOSEN = 'velvet ladder eleven moons';

/** Everything that a thief without people on their side can wait for. */
async function aWeekLater(r: Rig): Promise<void> {
  for (let day = 0; day < 7; day += 1) r.advance('P1D');
}

async function at(r: Rig, person: Person): Promise<string> {
  return (await requestOf(r, person)).state.at;
}

test('the password alone: the request is made, everybody is told, and it goes nowhere', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  const thief = r.browser();
  const page = await asks(thief, grace);
  assert.match(page.path, /^\/recovery\//);
  assert.match((await r.messages(grace.email))[0]?.subject ?? '', /asks to get back into your account/);
  await aWeekLater(r);
  assert.equal(await at(r, grace), 'opened');
  assert.equal((await thief.submit(`${page.path}/pass`)).status, 409);
  assert.equal(await me(r, thief), null);
});

test('the owner confirms a request that is not hers: its page leaves the thief and comes to her', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  const thief = r.browser();
  const theirs = await asks(thief, grace);
  const hers = r.browser();
  const page = await confirms(r, hers, grace);
  assert.equal((await thief.get(theirs.path)).status, 410);
  assert.equal((await thief.post(`${theirs.path}/pass`)).status, 410);
  assert.equal((await hers.get(page.path)).status, 200);
  // Asking once more with the password does not bring it back: the way to it goes through the mailbox.
  const again = await asks(r.browser(), grace);
  assert.equal(again.path, '/sign-in/recover');
  assert.match(again.text, /The way to it is in your mailbox/);
});

test('the mailbox alone, with a new password out of it: that is one proof and not two', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  const thief = r.browser();
  await thief.submit('/forgot', { address: grace.email });
  await thief.submit(await mailed(r, grace.email, 'reset'), { password: CHOSEN, repeated: CHOSEN });
  await asks(thief, { ...grace, password: CHOSEN });
  const page = await confirms(r, thief, grace);
  assert.match(page.text, /1 of 4/);
  await aWeekLater(r);
  assert.equal(await at(r, grace), 'mailbox-confirmed');
});

test('the mailbox alone, from the help centre: nobody has seen them', async () => {
  const r = await rig();
  const { grace, victor } = await houseWithDesk(r);
  const thief = r.browser();
  assert.match((await thief.submit('/help/request', { address: grace.email })).text, /Look in your mail/);
  const page = await confirms(r, thief, grace);
  assert.match(page.text, /1 of 4/);
  await aWeekLater(r);
  assert.equal(await at(r, grace), 'mailbox-confirmed');
  // The control: with a colleague who sees her it goes on.
  await vouches(r, victor, (await requestOf(r, grace)).number);
  assert.equal(await at(r, grace), 'second-proof');
});

test('password and mailbox together: two people and a day stand before it, and the owner hears of each step', async () => {
  const r = await rig();
  const second = 'grace.at.home@post.example';
  const people = await houseWithDesk(r, [{ address: second, confirmedAt: r.now() }]);
  const { grace } = people;
  const thief = r.browser();
  const page = await untilReady(r, people, thief);
  for (const to of [grace.email, second]) {
    const subjects = (await r.messages(to)).map(({ subject, links }) => [
      subject,
      links.filter((one) => one.includes('/recovery-cancel/')).length,
    ]);
    for (const wanted of [
      /asks to get back/,
      /looking at it/,
      /was checked/,
      /now waits/,
      /half of the wait/,
      /You can set up/,
    ]) {
      const found = subjects.find(([subject]) => wanted.test(String(subject)));
      assert.ok(found, `${to}: ${wanted}`);
      assert.equal(found[1], 1, `${String(found[0])}: one link that stops it`);
    }
  }
  // From the address at home she stops it, after the wait and before it was used.
  await r.browser().submit(await mailed(r, second, 'recovery-cancel'));
  assert.notEqual((await thief.submit(`${page}/pass`)).status, 200);
  const later = (await r.messages(grace.email)).length;
  r.advance('P2D');
  assert.equal((await r.messages(grace.email)).length, later, 'nothing is said any more of what was stopped');
});

test('too early, and with a clock that is turned: no pass', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const jar = r.browser();
  const page = await untilReady(r, people, jar);
  r.advance({ hours: -25 });
  assert.equal((await jar.submit(`${page}/pass`)).status, 409);
  r.advance('PT24H59M');
  assert.equal((await jar.submit(`${page}/pass`)).status, 409, 'a minute before');
  r.advance('PT2M');
  assert.match((await jar.submit(`${page}/pass`)).path, /^\/recovery-pass\//);
});

test('a pass: once, for a day, the newest only, with the password, and never a session', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const jar = r.browser();
  const page = await untilReady(r, people, jar);
  const first = (await jar.submit(`${page}/pass`)).path;
  const second = (await jar.submit(`${page}/pass`)).path;
  assert.equal((await jar.get(first)).status, 410, 'a newer one was made');
  r.advance('PT24H1S');
  assert.equal((await jar.get(second)).status, 410, 'after a day');
  const pass = (await jar.submit(`${page}/pass`)).path;
  for (const password of ['', 'not her password at all']) {
    assert.equal((await r.browser().post(pass, { password })).status, 422);
  }
  const other = r.browser();
  assert.equal((await other.submit(pass, { password: grace.password })).path, '/enrol', 'from another browser');
  assert.equal(await me(r, other), null);
  assert.equal((await jar.post(pass, { password: grace.password })).status, 410, 'twice');
  for (const path of ['/', '/account', '/desk']) assert.equal(await me(r, other), null, path);
  assert.equal((await other.open('/account')).path, '/enrol', 'nothing but the wizard');
});

test('what was redeemed ends everything from before: sessions, devices, attempts, app, number and paper', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const device = await signedInByDevice(r, grace);
  await device.submit('/sign-out');
  const jar = r.browser();
  const page = await untilReady(r, people, jar);
  // Somebody has her device and is in; it is the first level, so that her request goes on.
  await signIn(device, grace);
  assert.equal(await me(r, device), grace.id, 'control');
  const waiting = r.browser();
  await signIn(waiting, grace);
  const pass = (await jar.submit(`${page}/pass`)).path;
  await jar.submit(pass, { password: grace.password });
  const before = (await r.store.read.authenticators.of(grace.id)).filter(({ type }) => type !== 'password');
  const { page: done } = await wizard(r, jar);
  assert.match(done.path, /notice=recovered/);
  assert.equal(await me(r, device), null);
  assert.equal((await r.store.read.sessions.of(grace.id)).length, 0);
  assert.equal((await r.store.read.devices.of(grace.id)).length, 0);
  assert.match((await waiting.submit('/sign-in/verify', { method: 'totp', code: grace.code() })).path, /^\/sign-in/);
  const after = await r.store.read.authenticators.of(grace.id);
  for (const old of before) assert.ok(!after.some(({ id }) => id === old.id), old.type);
  assert.ok((await r.messages(grace.email)).some(({ subject }) => /your second step is new/.test(subject)));
});

test('stopped while the wizard is open: nothing is bound', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const thief = r.browser();
  const page = await untilReady(r, people, thief);
  const pass = (await thief.submit(`${page}/pass`)).path;
  await thief.submit(pass, { password: grace.password });
  await thief.submit('/enrol/choice', { choice: 'totp' });
  await r.browser().submit(await mailed(r, grace.email, 'recovery-cancel'));
  const before = (await r.store.read.authenticators.of(grace.id)).map(({ id }) => id);
  const answer = await thief.submit('/enrol/scanned');
  assert.match(answer.path, /^\/sign-in/);
  assert.ok(!thief.cookies.has(ATTEMPT) && !thief.cookies.has(SESSION));
  assert.deepEqual(
    (await r.store.read.authenticators.of(grace.id)).map(({ id }) => id),
    before,
  );
});

test('stopped during the wait: neither half-time nor end is announced any more', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const jar = r.browser();
  await asks(jar, grace);
  await confirms(r, jar, grace);
  const { id } = await requestOf(r, grace);
  const desk = await atWork(r, people.arthur);
  await checksAll(desk, id);
  await approves(desk, id);
  await approves(await atWork(r, people.saskia), id);
  assert.equal(await at(r, grace), 'waiting', 'control');
  await r.browser().submit(await mailed(r, grace.email, 'recovery-cancel'));
  r.advance('P2D');
  const subjects = (await r.messages(grace.email)).map(({ subject }) => subject);
  assert.match(subjects[0] ?? '', /was stopped/);
  assert.ok(!subjects.some((one) => /half of the wait|You can set up/.test(one)), subjects.join('; '));
});

test('an address that was added this week proves nothing, and is told like the others', async () => {
  const r = await rig();
  const confirmedAt = r.now().add({ hours: 8 * 24 }); // six days before she asks
  const { grace } = await houseWithDesk(r, [{ address: 'thief@post.example', confirmedAt }]);
  await asks(r.browser(), grace);
  const [fresh] = await r.messages('thief@post.example');
  assert.match(fresh?.subject ?? '', /asks to get back/);
  assert.ok(!fresh?.links.some((one) => one.includes('/recovery-mailbox/')));
  const [known] = await r.messages(grace.email);
  assert.ok(
    known?.links.some((one) => one.includes('/recovery-mailbox/')),
    'control',
  );
});

test('links that a scanner opens: GET and HEAD change nothing', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const jar = r.browser();
  const first = await asks(jar, grace);
  const stored = async () =>
    JSON.stringify([await r.store.read.recovery.openOf(grace.id), await r.store.read.audit.head()]);
  const scan = async (paths: string[]) => {
    const before = await stored();
    for (const path of paths)
      for (const method of ['GET', 'HEAD']) {
        const answer = await r.browser().send(new Request(ORIGIN + path, { method }));
        assert.equal(answer.status, 200, `${method} ${path}`);
      }
    assert.equal(await stored(), before);
  };
  await scan([
    first.path,
    await mailed(r, grace.email, 'recovery-mailbox'),
    await mailed(r, grace.email, 'recovery-cancel'),
  ]);
  assert.equal(await at(r, grace), 'opened');
  const page = await confirms(r, jar, grace);
  const { id } = await requestOf(r, grace);
  const desk = await atWork(r, people.arthur);
  await checksAll(desk, id);
  await approves(desk, id);
  await approves(await atWork(r, people.saskia), id);
  r.advance('P1D');
  const pass = (await jar.submit(`${page.path}/pass`)).path;
  await scan([page.path, pass, await mailed(r, grace.email, 'recovery-cancel')]);
  assert.equal((await jar.submit(pass, { password: grace.password })).path, '/enrol', 'and it was not spent');
});

test('the help centre answers the same for everybody, and opens nothing for whom it must not', async () => {
  const r = await rig();
  const { grace, house } = await houseWithDesk(r);
  const plain = await r.person({ organisations: [house] });
  const disabled = await r.person({ organisations: [house], enrolled: true, status: 'disabled' });
  const known = [grace.email, plain.email, disabled.email, 'nobody.at.all@harbour.example'];
  const answers = [];
  for (const address of known) {
    const answer = await r.browser().post('/help/request', { address });
    answers.push([answer.status, answer.text.replaceAll(address, '').replaceAll(/nonce(?:="|-)[^"' ;]+/g, 'nonce')]);
    assert.deepEqual(answer.headers.getSetCookie(), [], address);
  }
  for (const one of answers) assert.deepEqual(one, answers[0]);
  for (const person of [plain, disabled]) assert.equal(await r.store.read.recovery.openOf(person.id), null);
  assert.equal(await at(r, grace), 'opened');
});

test('whoever administers, or sits at a desk, is let in by two people who have seen them', async () => {
  const r = await rig();
  const { helen, arthur, saskia, victor, grace, house } = await houseWithDesk(r);
  const hugo = await r.person({ name: 'Hugo Prince', organisations: [house], enrolled: true, role: 'administrator' });
  r.advance('P8D');
  const jar = r.browser();
  const first = await asks(jar, helen);
  assert.match(first.text, /two people of your organisation have to see you/);
  const page = await confirms(r, jar, helen);
  assert.match(page.text, /1 of 4/, 'password and mailbox are not enough');
  const { id, number } = await requestOf(r, helen);
  await vouches(r, victor, number);
  assert.match((await vouches(r, victor, number)).text, /vouched for this person already/);
  assert.notEqual(await at(r, helen), 'second-proof');
  await vouches(r, grace, number);
  assert.equal(await at(r, helen), 'second-proof');
  for (const agent of [arthur, saskia]) {
    const desk = await atWork(r, agent);
    assert.equal((await desk.submit(`/desk/cases/${id}/claim`)).status, 403);
    assert.match((await desk.open(`/desk/cases/${id}`)).text, /Only an administrator can help/);
  }
  assert.equal((await (await atWork(r, hugo)).submit(`/desk/cases/${id}/claim`)).status, 200);
  assert.equal(await at(r, helen), 'claimed');
});

test('a request is not forgotten and not endless: after two weeks it is over', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const jar = r.browser();
  const page = await untilReady(r, people, jar);
  r.advance('P14D');
  assert.match((await jar.open(page)).text, /not finished within two weeks/);
  assert.notEqual((await jar.submit(`${page}/pass`)).status, 200);
  assert.match((await asks(r.browser(), people.grace)).path, /^\/recovery\//, 'and a new one can be made');
});

test('a stranger’s unconfirmed request does not stand in the way of the owner’s', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  await r.browser().submit('/help/request', { address: grace.email });
  const strangers = await requestOf(r, grace);
  const page = await asks(r.browser(), grace);
  assert.match(page.path, /^\/recovery\//);
  assert.notEqual((await requestOf(r, grace)).id, strangers.id);
});

onBoth('twenty ask at once: one request, and not more mail than one', async (r) => {
  const { grace } = await houseWithDesk(r);
  const jars = [];
  for (let each = 0; each < 20; each += 1) {
    const jar = r.browser();
    await signIn(jar, grace);
    jars.push(jar);
  }
  const answers = await Promise.all(jars.map((jar) => jar.post('/sign-in/recover')));
  for (const { status, text } of answers) assert.ok(status < 500, text.slice(0, 200));
  assert.equal(
    answers.filter(({ location }) => location?.startsWith('/recovery/')).length,
    1,
    'one of them has its page',
  );
  const mails = (await r.messages(grace.email)).filter(({ subject }) => /asks to get back/.test(subject));
  assert.ok(mails.length <= 4, `${mails.length} mails`);
});

/** Who holds the mailbox chooses a new password. */
async function resets(r: Rig, jar: Jar, email: string): Promise<void> {
  await jar.submit('/forgot', { address: email });
  await jar.submit(await mailed(r, email, 'reset'), { password: CHOSEN, repeated: CHOSEN });
}

test('mailbox and telephone number together: after a reset a text message opens nothing for a day', async () => {
  const r = await rig();
  const grace = await enrolledIn(r, '+447700900123');
  const thief = r.browser();
  await resets(r, thief, grace.email);
  await signIn(thief, { ...grace, password: CHOSEN });
  const sent = await thief.submit('/sign-in/verify/text');
  assert.equal(sent.status, 403);
  assert.match(sent.text, /text messages open nothing for another/);
  assert.equal((await r.messages(grace.email)).filter(({ channel }) => channel === 'sms').length, 0);
  assert.equal((await thief.submit('/sign-in/verify', { method: 'sms', code: '123456' })).status, 403);
  const others = await thief.open('/sign-in/verify?with=other');
  assert.match(others.text, /text messages open nothing for another/);
  assert.doesNotMatch(others.text, /with=sms/);
  assert.equal(await me(r, thief), null);
  // The owner has her app, and a day later her telephone counts again.
  assert.match((await thief.submit('/sign-in/verify', { method: 'totp', code: grace.code() })).path, /^\/(?!sign-in)/);
  r.advance('PT24H1S');
  const later = r.browser();
  await signIn(later, { ...grace, password: CHOSEN });
  assert.match((await later.submit('/sign-in/verify/text')).path, /with=sms/);
});

test('the telephone number alone, and with everything that can be known about her: there is no door for it', async () => {
  const r = await rig();
  const grace = await enrolledIn(r, '+447700900125');
  r.advance('P8D');
  const thief = r.browser();
  const known = { phone: '+447700900125', name: 'Grace Hooper', birthday: '1980-02-03', number: '000000' };
  for (const path of ['/sign-in/verify/text', '/sign-in/recover'])
    assert.match((await thief.submit(path, known)).path, /^\/sign-in(?:\?|$)/, path);
  const asked = await thief.submit('/help/request', { address: grace.email, ...known });
  assert.match(asked.text, /Look in your mail/);
  await aWeekLater(r);
  assert.equal(await at(r, grace), 'opened', 'nothing that can be known is a proof');
  assert.equal((await r.messages(known.phone)).length, 0, 'and no text message was sent');
  assert.equal(await me(r, thief), null);
});

/** Password and telephone number: the attempt behind the text message, at the question about the phone. */
async function byText(r: Rig, jar: Jar, person: Person): Promise<void> {
  r.advance('P1D');
  await signIn(jar, person);
  await jar.submit('/sign-in/verify/text');
  const [text] = await r.messages('+447700900126');
  const code = /\b\d{6}\b/.exec(text?.text ?? '')?.[0] ?? '';
  const page = await jar.submit('/sign-in/verify', { method: 'sms', code });
  assert.equal(page.status, 200, 'control: the organisation allows text messages');
}

test('password and telephone number: an ordinary sign-in by text message, which changes nothing', async () => {
  const r = await rig();
  const grace = await enrolledIn(r, '+447700900126');
  const ids = Object.fromEntries(
    (await r.store.read.authenticators.of(grace.id)).map(({ type, id }) => [type, id] as const),
  );
  const before = (await r.store.read.authenticators.of(grace.id)).map(({ id }) => id);
  const same = async (what: string) =>
    assert.deepEqual(
      (await r.store.read.authenticators.of(grace.id)).map(({ id }) => id),
      before,
      what,
    );

  const inside = r.browser();
  await byText(r, inside, grace);
  await inside.submit('/sign-in/phone', { phone: 'here' });
  assert.equal(await me(r, inside), grace.id, 'in, as the organisation says');
  for (const [path, form] of [
    ['/account/password', { password: CHOSEN, repeated: CHOSEN }],
    ['/account/authenticators/remove', { id: ids['totp'] ?? '' }],
    ['/account/authenticators/remove', { id: ids['sms'] ?? '' }],
    ['/account/authenticators/rename', { id: ids['totp'] ?? '', label: 'Mine' }],
  ] as const) {
    assert.equal((await inside.post(path, form)).status, 403, path);
    await same(path);
  }
  // Proving it once more with the same number gets nobody further: it is not offered, and does not count.
  await inside.submit('/account/confirm', { 'return-to': '/account/password' });
  assert.doesNotMatch((await inside.open('/sign-in/verify?with=other')).text, /with=sms/);
  r.advance('PT61S');
  await inside.submit('/sign-in/verify/text');
  const code = /\b\d{6}\b/.exec((await r.messages('+447700900126'))[0]?.text ?? '')?.[0] ?? '';
  await inside.submit('/sign-in/verify', { method: 'sms', code });
  assert.equal((await inside.post('/account/password', { password: CHOSEN, repeated: CHOSEN })).status, 403);

  // Every wizard that a text message opens asks for the mailbox first: after each answer, and after each way back in.
  for (const [what, open] of [
    ['a new backup code', (jar: Jar) => jar.submit('/account/backup-code')],
    ['a move', (jar: Jar) => jar.submit('/account/move')],
  ] as const) {
    const jar = r.browser();
    await byText(r, jar, grace);
    await jar.submit('/sign-in/phone', { phone: 'here' });
    guarded(await open(jar), what);
    await same(what);
  }
  for (const phone of ['new', 'lost', 'lost']) {
    const jar = r.browser();
    await byText(r, jar, grace);
    await jar.submit('/sign-in/phone', { phone });
    guarded(await jar.open('/enrol'), phone);
    for (const [path, form] of [
      ['/enrol/choice', { choice: 'totp' }],
      ['/enrol/scanned', {}],
      ['/enrol/guard', { code: '000000' }],
      ['/enrol/guard', { code }],
      ['/enrol/guard/voucher', { voucher: '0000-0000-0000-0000' }],
    ] as const)
      await jar.post(path, form);
    guarded(await jar.open('/enrol'), phone);
    await same(phone);
    assert.equal(await me(r, jar), null);
  }

  // With the paper gone as well, what was reported lost still counts: saying so is no way round.
  await r.store.transaction((tx) => tx.authenticators.unbind(ids['backup-code'] ?? '', r.now(), 'test'));
  const bare = r.browser();
  await byText(r, bare, grace);
  guarded(await bare.open('/enrol'), 'an app that is switched off, and nothing else');

  // The owner reads the six digits in her mailbox, and goes on.
  const hers = r.browser();
  await byText(r, hers, grace);
  const mailed = (await r.messages(grace.email)).find(({ subject }) => /confirmation code/.test(subject));
  const digits = /\b\d{6}\b/.exec(mailed?.text ?? '')?.[0] ?? '';
  assert.match((await hers.submit('/enrol/guard', { code: digits })).text, /Choose how you confirm/);
});

function guarded(page: { text: string }, what: string): void {
  assert.match(page.text, /A text message alone is not enough/, what);
  assert.doesNotMatch(page.text, /Choose how you confirm|data-copy=/, what);
}

test('whoever has a telephone and nothing else is not locked out by a reset', async () => {
  const r = await rig();
  const house = await r.organisation();
  const kees = await r.person({ organisations: [house], phone: '+447700900124' });
  const jar = r.browser();
  await resets(r, jar, kees.email);
  await signIn(jar, { ...kees, password: CHOSEN });
  assert.equal((await jar.submit('/sign-in/verify/text')).status, 200);
});

test('password and telephone number: whoever has the stolen phone cannot stop the request of its owner', async () => {
  const r = await rig();
  const grace = await enrolledIn(r, '+447700900126');
  const hers = r.browser();
  const page = await asks(hers, grace);
  assert.match(page.path, /^\/recovery\//);
  const thief = r.browser();
  await byText(r, thief, grace);
  await thief.submit('/sign-in/phone', { phone: 'here' });
  assert.equal(await me(r, thief), grace.id, 'in, as the organisation says');
  assert.equal(await at(r, grace), 'opened', 'a text message is no sign that nothing was lost');
  assert.match((await thief.open('/account')).text, /Somebody asks to get back into your account/);
  assert.equal((await thief.post('/account/request/stop')).status, 403);
  for (const phone of ['lost', 'new']) {
    const jar = r.browser();
    await byText(r, jar, grace);
    await jar.submit('/sign-in/phone', { phone });
    assert.equal(await at(r, grace), 'opened', phone);
  }
});

test('the only administrator, by the operator: the pass and the password open the wizard, and nobody is in', async () => {
  const r = await rig();
  const { helen, grace, victor } = await houseWithDesk(r);
  const origin = { address: '', userAgent: '', request: 'command-line' };
  const made = await vouchAsOperator(r.deps, origin, { address: helen.email, reason: 'Seen.' });
  assert.ok(typeof made !== 'string');
  const path = new URL(made.link).pathname;
  const jar = r.browser();
  assert.equal((await jar.post(path, { password: 'not her password at all' })).status, 422);
  assert.equal((await jar.submit(path, { password: helen.password })).path, '/enrol');
  const { page } = await wizard(r, jar);
  assert.match(page.path, /notice=recovered/);
  assert.ok(!jar.cookies.has(SESSION));
  assert.notEqual((await jar.post(path, { password: helen.password })).status, 303, 'once');
  assert.match((await r.messages(helen.email)).map(({ subject }) => subject).join('; '), /The operator lets you/);

  const stopped = await vouchAsOperator(r.deps, origin, { address: helen.email, reason: 'Seen.' });
  assert.ok(typeof stopped !== 'string');
  await r.browser().submit(await mailed(r, helen.email, 'recovery-cancel'));
  const late = await r.browser().post(new URL(stopped.link).pathname, { password: helen.password });
  assert.ok(late.status >= 400, 'from her mailbox she stopped it');
  for (const { email } of [grace, victor])
    assert.equal(await vouchAsOperator(r.deps, origin, { address: email, reason: 'Seen.' }), 'has-a-desk');
});
