import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  approves,
  asks,
  atWork,
  checksAll,
  confirms,
  digestOn,
  houseWithDesk,
  requestOf,
  vouches,
} from '#test/support/desk.ts';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { me, signedInByDevice, signedInWithCode, snapshot } from './support/in-process.ts';

type Desk = Awaited<ReturnType<typeof houseWithDesk>>;

/** Grace's request, proved twice and waiting for an agent. */
async function atTheDesk(r: Rig, people: Desk, owner: Person = people.grace) {
  const jar = r.browser();
  await asks(jar, owner);
  const page = await confirms(r, jar, owner);
  const { id, number } = await requestOf(r, owner);
  return { id, number, jar, page: page.path };
}

async function at(r: Rig, id: string) {
  return (await r.store.read.recovery.byId(id))?.state.at;
}

/** What the routes of the desk may be asked to do to one request. */
function steps(jar: Jar, id: string, digest: string) {
  return {
    claim: () => jar.submit(`/desk/cases/${id}/claim`),
    check: () =>
      jar.submit(`/desk/cases/${id}/checks`, { kind: 'called-back', outcome: 'passed', seen: 'Called back.' }),
    approve: () => jar.submit(`/desk/cases/${id}/approve`, { digest }),
    reject: () => jar.submit(`/desk/cases/${id}/reject`, { reason: 'Because.' }),
    freeze: () => jar.submit(`/desk/cases/${id}/freeze`, { reason: 'Because.' }),
  };
}

test('one person alone, at the desk and as administrator, approves nothing: also not from two sessions', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  for (const alone of [people.arthur, people.helen]) {
    const owner = await r.person({ name: 'Wendy Sail', organisations: [people.house], enrolled: true });
    r.advance('P8D');
    const { id } = await atTheDesk(r, people, owner);
    const first = await atWork(r, alone);
    await checksAll(first, id);
    await approves(first, id);
    const { state } = (await r.store.read.recovery.byId(id)) ?? {};
    assert.equal(state?.at, 'approved', 'control');
    const digest = state?.at === 'approved' ? state.first.digest : '';
    for (const jar of [first, await atWork(r, alone)]) {
      const answer = await jar.submit(`/desk/cases/${id}/approve`, { digest });
      assert.equal(answer.status, 403, answer.text.slice(0, 200));
      assert.match(answer.text, /A second person has to look/);
    }
    assert.equal(await at(r, id), 'approved');
  }
});

test('an agent cannot act on an administrator, on a colleague at the desk, or on themselves', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { helen, saskia, arthur, victor, grace } = people;
  for (const owner of [helen, saskia, arthur]) {
    const jar = r.browser();
    await asks(jar, owner);
    const { id, number } = await requestOf(r, owner);
    for (const colleague of [victor, grace]) await vouches(r, colleague, number);
    assert.equal(await at(r, id), 'second-proof', 'control');
    const desk = await atWork(r, owner === arthur ? saskia : arthur);
    const before = await snapshot(r, owner);
    for (const [name, step] of Object.entries(steps(desk, id, await digestOn(desk, id)))) {
      const answer = await step();
      assert.ok(answer.status >= 400 && answer.status < 500, `${name}: ${answer.status}`);
    }
    const closing = await desk.post('/desk/closed', { address: owner.email, reason: 'Because.' });
    assert.ok(closing.status >= 400, 'nor closes their account');
    assert.equal(await at(r, id), 'second-proof');
    assert.equal(await snapshot(r, owner), before);
  }
  // An administrator helps a colleague at the desk, and not herself.
  const own = await requestOf(r, helen);
  const jar = await atWork(r, people.helen);
  assert.equal(await r.store.read.recovery.openOf(helen.id), null, 'her own sign-in has ended it');
  assert.equal((await jar.submit(`/desk/cases/${own.id}/claim`)).status, 403);
});

test('oneself: neither as the one who helps, nor as the one who vouches', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { arthur } = people;
  // A session that is open while the request is made, as with a phone that was lost a minute ago.
  const session = await atWork(r, arthur);
  await asks(r.browser(), arthur);
  const { id, number } = await requestOf(r, arthur);
  const vouched = await session.submit('/vouch', { number, sees: 'yes' });
  assert.equal(vouched.status, 403);
  assert.match(vouched.text, /Nobody decides about their own account/);
  assert.equal((await session.submit(`/desk/cases/${id}/claim`)).status, 403);
  assert.equal((await session.post('/desk/closed', { address: arthur.email, reason: 'x' })).status, 403);
});

test('a colleague who was made up today, a first level, and a second step of six minutes ago: no', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { arthur, saskia, house } = people;
  const { id, number } = await atTheDesk(r, people);
  const first = await atWork(r, arthur);
  await checksAll(first, id);
  await approves(first, id);

  const fresh = await r.person({ name: 'Newman Just', organisations: [house], enrolled: true, role: 'agent' });
  const newcomer = await atWork(r, fresh);
  const digest = await digestOn(await atWork(r, saskia), id);
  const answer = await newcomer.submit(`/desk/cases/${id}/approve`, { digest });
  assert.equal(answer.status, 403);
  assert.match(answer.text, /at least a day/);
  assert.equal((await newcomer.submit('/vouch', { number, sees: 'yes' })).status, 403);

  const stale = await signedInWithCode(r, saskia, { remember: true });
  r.advance('PT6M');
  assert.equal((await stale.post(`/desk/cases/${id}/approve`, { digest })).status, 403, 'six minutes');
  await stale.submit('/sign-out');
  await signIn(stale, saskia);
  assert.equal(await me(r, stale), saskia.id, 'control: in, by the remembered device');
  assert.equal((await stale.post(`/desk/cases/${id}/approve`, { digest })).status, 403, 'the first level');
  assert.equal((await stale.get('/desk')).status, 403, 'does not even see the desk');
  assert.equal(await at(r, id), 'approved');
});

test('two accounts with one telephone are one person: to approve, to vouch, to open again, and to help oneself', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { arthur, saskia, grace, house } = people;
  const [shared, own] = ['+447700900131', '+447700900132'];
  const staff = (name: string, role: 'agent' | 'member', phone: string) =>
    r.person({ name, organisations: [house], enrolled: true, role, phone });
  const one = await staff('Tilda Vane', 'agent', shared);
  const other = await staff('Tilda V.', 'agent', shared);
  const asMember = await staff('T. Vane', 'member', shared);
  const colleague = await staff('Mo Hart', 'member', own);
  r.advance('P8D');
  const same = (answer: { status: number; text: string }) => {
    assert.equal(answer.status, 403, answer.text.slice(0, 300));
    assert.match(answer.text, /Two accounts with one telephone number count as one person/);
  };
  const { id, number } = await atTheDesk(r, people);
  const desk = await atWork(r, one);
  await checksAll(desk, id);
  await approves(desk, id);
  same(await approves(await atWork(r, other), id));
  assert.equal(await at(r, id), 'approved');
  await approves(await atWork(r, saskia), id);
  assert.equal(await at(r, id), 'waiting', 'control: somebody else');

  // Her own second account, as the one who asks; and twice the same who vouches.
  const theirs = await atTheDesk(r, people, asMember);
  same(await (await atWork(r, one)).submit(`/desk/cases/${theirs.id}/claim`));
  same(await vouches(r, other, theirs.number));
  const lost = await atTheDesk(r, people, colleague);
  await vouches(r, one, lost.number);
  same(await vouches(r, other, lost.number));
  assert.notEqual(number, lost.number);

  await (await atWork(r, arthur)).submit('/desk/closed', { address: grace.email, reason: 'A stranger called.' });
  await (await atWork(r, one)).submit('/desk/closed/open', { address: grace.email });
  same(await (await atWork(r, other)).submit('/desk/closed/open', { address: grace.email }));
  assert.equal((await r.store.read.accounts.byId(grace.id))?.status, 'disabled');
  await (await atWork(r, saskia)).submit('/desk/closed/open', { address: grace.email });
  assert.equal((await r.store.read.accounts.byId(grace.id))?.status, 'active');
});

test('what is added after the first approval is not approved by it', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { arthur, saskia } = people;
  const { id } = await atTheDesk(r, people);
  const first = await atWork(r, arthur);
  await checksAll(first, id);
  await approves(first, id);
  const second = await atWork(r, saskia);
  const seen = await digestOn(second, id);
  // Arthur adds something while Saskia's page is open.
  await first.submit(`/desk/cases/${id}/checks`, {
    kind: 'called-back',
    outcome: 'passed',
    seen: 'Somebody else answered.',
  });
  assert.equal(await at(r, id), 'checked', 'his own approval has fallen too');
  const answer = await second.submit(`/desk/cases/${id}/approve`, { digest: seen });
  assert.equal(answer.status, 409);
  assert.match(answer.text, /Something was added/);
  // A doubt takes the request back to the list.
  await first.submit(`/desk/cases/${id}/checks`, { kind: 'same-number', outcome: 'failed', seen: 'Could not say it.' });
  assert.equal(await at(r, id), 'claimed');
});

test('a password that is changed between two approvals makes the first one void', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { arthur, saskia, grace } = people;
  const { id } = await atTheDesk(r, people);
  const first = await atWork(r, arthur);
  await checksAll(first, id);
  await approves(first, id);
  await r.store.transaction((tx) => tx.accounts.raiseEpoch(grace.id));
  await approves(await atWork(r, saskia), id);
  const row = await r.store.read.recovery.byId(id);
  assert.equal(row?.state.at, 'approved');
  assert.equal(row?.state.at === 'approved' && row.state.first.by, saskia.id, 'hers is the first of two now');
});

test('an approval without everything on the list, or with fields of one’s own, is none', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { id } = await atTheDesk(r, people);
  const desk = await atWork(r, people.arthur);
  await desk.submit(`/desk/cases/${id}/claim`);
  const smuggled = {
    at: 'ready',
    state: 'approved',
    agent: people.saskia.id,
    by: people.saskia.id,
    role: 'administrator',
  };
  await desk.submit(`/desk/cases/${id}/checks`, {
    kind: 'called-back',
    outcome: 'passed',
    seen: 'Called.',
    ...smuggled,
  });
  assert.equal((await desk.submit(`/desk/cases/${id}/approve`, { digest: 'x', ...smuggled })).status, 409);
  assert.equal(await at(r, id), 'claimed');
  for (const [kind, seen] of [
    ['made-up', 'Seen.'],
    ['called-back', ''],
    ['called-back', 'passport NL 1234 5678'],
  ] as const) {
    const answer = await desk.submit(`/desk/cases/${id}/checks`, { kind, outcome: 'passed', seen });
    assert.equal(answer.status, 422, seen);
  }
  const row = await r.store.read.recovery.byId(id);
  assert.equal(row?.state.facts.checks.length, 1);
  assert.equal(row?.state.facts.checks[0]?.by, people.arthur.id, 'by whom it was, whatever the form says');
});

test('across organisations: another house’s desk finds nothing, at any address', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { id, number } = await atTheDesk(r, people);
  const other = await r.organisation();
  const rival = await r.person({ name: 'Rita Vale', organisations: [other], enrolled: true, role: 'administrator' });
  // A member of her house too, who joined it after his own.
  await r.store.transaction((tx) =>
    tx.accounts.join({ account: people.grace.id, organisation: other.id, role: 'member', joinedAt: r.now() }),
  );
  r.advance('P2D');
  const jar = await atWork(r, rival);
  const before = JSON.stringify(await r.store.read.recovery.byId(id));
  assert.equal((await jar.get(`/desk/cases/${id}`)).status, 404);
  for (const [name, step] of Object.entries(steps(jar, id, 'x'))) assert.equal((await step()).status, 404, name);
  assert.doesNotMatch((await jar.open('/desk?show=all')).text, /Grace Hooper/);
  assert.equal((await jar.submit('/vouch', { number, sees: 'yes' })).status, 422);
  assert.equal((await jar.post('/desk/closed', { address: people.victor.email, reason: 'x' })).status, 422);
  assert.equal((await jar.post('/desk/vouchers', { address: people.victor.email })).status, 422);
  assert.equal(JSON.stringify(await r.store.read.recovery.byId(id)), before);
});

test('a right that is taken away is gone with the next request', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { id } = await atTheDesk(r, people);
  const jar = await atWork(r, people.arthur);
  assert.equal((await jar.get(`/desk/cases/${id}`)).status, 200, 'control');
  await r.store.transaction((tx) => tx.accounts.setStatus(people.arthur.id, 'disabled'));
  assert.equal((await jar.post(`/desk/cases/${id}/claim`)).status, 303);
  assert.equal(await at(r, id), 'second-proof');
});

test('the desk idles for a quarter of an hour, and a day’s work ends after twelve', async () => {
  const r = await rig();
  const { arthur, victor } = await houseWithDesk(r);
  const agent = await atWork(r, arthur);
  const member = await atWork(r, victor);
  r.advance('PT15M1S');
  assert.equal(await me(r, agent), null);
  assert.equal(await me(r, member), victor.id, 'control: whoever has no desk stays an hour');
  const busy = await atWork(r, arthur);
  for (let quarter = 0; quarter < 47; quarter += 1) {
    r.advance('PT14M59S');
    await busy.get('/desk');
  }
  assert.equal(await me(r, busy), arthur.id);
  r.advance('PT14M59S');
  await busy.get('/desk');
  r.advance('PT1M');
  assert.equal(await me(r, busy), null);
});

test('closing takes one, opening two who are not the same', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace, arthur, saskia } = people;
  const { id } = await atTheDesk(r, people);
  const live = await signedInByDevice(r, people.victor);
  const desk = await atWork(r, arthur);
  assert.equal((await desk.submit('/desk/closed', { address: grace.email, reason: '' })).status, 422);
  assert.match((await desk.submit(`/desk/cases/${id}/freeze`, { reason: 'A stranger called.' })).text, /Stopped/);
  assert.equal(await at(r, id), 'cancelled', 'what was open ends');
  assert.equal((await r.store.read.accounts.byId(grace.id))?.status, 'disabled');
  assert.equal((await r.browser().post('/sign-in', { address: grace.email, password: grace.password })).status, 422);
  assert.match((await r.messages(grace.email))[0]?.subject ?? '', /closed for now/);

  const open = (jar: Jar) => jar.submit('/desk/closed/open', { address: grace.email });
  assert.equal((await open(desk)).status, 200);
  assert.equal((await open(desk)).status, 403, 'the same one again');
  assert.equal((await open(await atWork(r, arthur))).status, 403, 'from another session');
  assert.equal((await r.store.read.accounts.byId(grace.id))?.status, 'disabled');
  await open(await atWork(r, saskia));
  assert.equal((await r.store.read.accounts.byId(grace.id))?.status, 'active');
  assert.match((await r.messages(grace.email))[0]?.subject ?? '', /open again/);
  assert.equal(await me(r, live), people.victor.id, 'nobody else was touched');
});

test('every step is written down with who took it, and told to the owner', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace, arthur, saskia } = people;
  const { id } = await atTheDesk(r, people);
  const first = await atWork(r, arthur);
  await checksAll(first, id);
  await approves(first, id);
  await approves(await atWork(r, saskia), id);
  const lines = (await r.store.read.audit.of(grace.id, 100)).filter((line) => line.detail['case'] === id).reverse();
  assert.deepEqual(
    lines.map(({ event, actor }) => [event.replace('recovery.', ''), actor]),
    [
      ['opened', null],
      ['mailbox-confirmed', null],
      ['claimed', arthur.id],
      ['check-recorded', arthur.id],
      ['check-recorded', arthur.id],
      ['approved', arthur.id],
      ['approved', saskia.id],
    ],
  );
  const subjects = (await r.messages(grace.email)).map(({ subject }) => subject);
  for (const wanted of [/looking at it/, /was checked/, /now waits/])
    assert.ok(subjects.some((one) => wanted.test(one)));
});

test('a reason is read by the member, as text', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { id, jar, page } = await atTheDesk(r, people);
  const desk = await atWork(r, people.arthur);
  const reason = 'Please come by. <b>Bring</b> https://evil.example/x\r\nBcc: all@evil.example';
  await desk.submit(`/desk/cases/${id}/reject`, { reason });
  const shown = await jar.open(page);
  assert.match(shown.text, /Please come by\. &lt;b>Bring|Please come by\. &lt;b&gt;Bring/);
  const [mail] = await r.messages(people.grace.email);
  assert.match(mail?.subject ?? '', /rejected/);
  assert.doesNotMatch(mail?.text ?? '', /^Bcc:/m);
  assert.equal((await asks(r.browser(), people.grace)).status, 429, 'and no new one for a day');
});

test('an administrator’s voucher stands in for the mail, not for the password, and not for another person', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { helen, arthur, house, grace } = people;
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-01') });
  const tom = await r.person({
    name: 'Tom Ashby',
    organisations: [house],
    firstSignInAt: r.now().subtract({ hours: 900 }),
  });
  const una = await r.person({
    name: 'Una Ward',
    organisations: [house],
    firstSignInAt: r.now().subtract({ hours: 900 }),
  });
  assert.equal(
    (await (await atWork(r, arthur)).submit('/desk/vouchers', { address: tom.email })).status,
    403,
    'an agent',
  );
  const desk = await atWork(r, helen);
  assert.equal((await desk.submit('/desk/vouchers', { address: helen.email })).status, 403, 'for herself');
  assert.equal((await desk.submit('/desk/vouchers', { address: grace.email })).status, 409, 'enrolled already');
  const made = await desk.submit('/desk/vouchers', { address: tom.email });
  const code = /data-copy="([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})"/.exec(made.text)?.[1] ?? '';
  assert.match(code, /-/);
  assert.ok(!(await desk.open('/desk/vouchers')).text.includes(code), 'shown once');
  assert.match((await r.messages(tom.email))[0]?.subject ?? '', /voucher was made/);

  const hers = r.browser();
  await signIn(hers, una);
  await hers.submit('/sign-in/prompt', { answer: 'enable' });
  assert.equal((await hers.submit('/enrol/guard/voucher', { voucher: code })).status, 422, 'somebody else');
  const his = r.browser();
  await signIn(his, tom);
  await his.submit('/sign-in/prompt', { answer: 'enable' });
  assert.equal((await his.submit('/enrol/guard/voucher', { voucher: 'AAAA-BBBB-CCCC-DDDD' })).status, 422);
  const on = await his.submit('/enrol/guard/voucher', { voucher: code.toLowerCase().replaceAll('-', ' ') });
  assert.match(on.text, /Choose how you confirm/);
  assert.match((await r.messages(tom.email))[0]?.subject ?? '', /voucher/);
  const again = r.browser();
  await signIn(again, tom);
  await again.submit('/sign-in/prompt', { answer: 'enable' });
  assert.equal((await again.submit('/enrol/guard/voucher', { voucher: code })).status, 422, 'once');
});

test('a voucher dies after a day, and with a newer one', async () => {
  const r = await rig();
  const { helen, house } = await houseWithDesk(r);
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-01') });
  const tom = await r.person({
    name: 'Tom Ashby',
    organisations: [house],
    firstSignInAt: r.now().subtract({ hours: 900 }),
  });
  const make = async () => {
    const made = await (await atWork(r, helen)).submit('/desk/vouchers', { address: tom.email });
    return /data-copy="([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})"/.exec(made.text)?.[1] ?? '';
  };
  const [old, fresh] = [await make(), await make()];
  const use = async (voucher: string) => {
    const jar = r.browser();
    await signIn(jar, tom);
    await jar.submit('/sign-in/prompt', { answer: 'enable' });
    return (await jar.submit('/enrol/guard/voucher', { voucher })).status;
  };
  assert.equal(await use(old), 422);
  r.advance('PT24H1S');
  assert.equal(await use(fresh), 422);
  assert.equal(await use(await make()), 200, 'control');
});
