// P-19, the notification: it says nothing worth stealing, goes where it may and nowhere else, and stops when it is denied.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { pushFrom } from '#outbox/push/send.ts';
import { pushServices } from '#outbox/push/services.ts';
import type { PushTransport } from '#outbox/transport.ts';
import { asks, atWork, confirms, requestOf } from '#test/support/desk.ts';
import type { Jar } from '#test/support/jar.ts';
import {
  asking,
  codeIn,
  enrolledWithPhone,
  newKey,
  numberOn,
  pairPhone,
  type Phone,
  saysArrived,
  wantsPush,
} from '#test/support/paired-phone.ts';
import { pushDouble } from '#test/support/push-double.ts';
import { codeAt, type Person, type Rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { me, onBoth, says } from './support/in-process.ts';

const service = await pushDouble();
after(() => service.close());
const STATE = '/sign-in/verify/app/state';

function pushed(name: string, body: (r: Rig) => Promise<void>): void {
  const publicUrl = new URL('https://id.example.test');
  const push: PushTransport = pushFrom(pushServices([service.origin]), { publicUrl, timeoutMs: 300 });
  const fresh = async (r: Rig) => {
    Object.assign(service, { mode: 'ok', requests: 0, moved: 0 });
    service.received.length = 0;
    await body(r);
    assert.deepEqual(service.refusals, []);
  };
  onBoth(name, fresh, { push });
}

pushed('the number, the person, the house and the page are in no notification, and none is a way in', async (r) => {
  const { person, phone } = await told(r);
  const { jar, page } = await asking(r, person);
  await r.outbox.deliverDue();
  const [message, ...more] = service.received;
  assert.ok(message && more.length === 0);
  for (const secret of [numberOn(page), person.email, 'Grace', 'Harbour', phone.token, '/sign-in'])
    assert.ok(!JSON.stringify(message).includes(secret), secret);
  const asked = await one(phone);
  assert.deepEqual(JSON.parse(message.text), { request: asked.id, device: phone.device });
  // Whoever reads it all the same, at the push service for one, has two names.
  const { request, device } = JSON.parse(message.text) as Record<'request' | 'device', string>;
  const stranger = { ...phone, device, key: newKey().key };
  assert.equal((await stranger.jar.post('/authenticator/requests', { device, token: request })).status, 410);
  assert.equal((await saysArrived(stranger, request)).status, 410);
  assert.match(saidBy(await jar.get(STATE)), /was sent/);
  assert.equal((await saysArrived(phone, request)).status, 200);
  assert.match(saidBy(await jar.get(STATE)), /is on your phone/);
  assert.equal(await me(r, jar), null, 'that it arrived approves nothing');
});

pushed('an address of a stranger’s choice is neither kept nor called', async (r) => {
  const { phone } = await enrolledWithPhone(r);
  const good = service.subscribe();
  const { port } = new URL(service.origin);
  for (const endpoint of [
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.8/push',
    'https://127.0.0.1/push',
    `http://localhost:${port}/push`,
    `http://127.0.0.1:${Number(port) - 1}/push`,
    `http://x:y@127.0.0.1:${port}/push`,
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:22/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/x',
    'file:///etc/passwd',
    'x',
    `${service.origin}/${'x'.repeat(1100)}`,
  ])
    assert.equal((await wantsPush(phone, { ...good, endpoint })).status, 422, endpoint);
  for (const broken of [
    { p256dh: '' },
    { p256dh: Buffer.alloc(65, 4).toString('base64url') },
    { auth: '' },
    { auth: 'x'.repeat(21) },
  ])
    assert.equal((await wantsPush(phone, { ...good, ...broken })).status, 400, JSON.stringify(broken));
  assert.equal(await addressOf(r, phone), null);
  await r.outbox.deliverDue();
  assert.equal(service.requests, 0);
});

pushed('only the phone itself says where its notifications go', async (r) => {
  const { phone, address } = await told(r);
  const other = await enrolledWithPhone(r);
  const elsewhere = service.subscribe();
  const stranger = { ...phone, key: newKey().key };
  for (const [what, sent] of [
    ['another key', () => wantsPush(stranger, elsewhere)],
    ['another phone’s key', () => wantsPush({ ...other.phone, device: phone.device }, elsewhere)],
    ['signed for one address, sent with another', () => wantsPush(phone, elsewhere, { endpoint: address.endpoint })],
    ['signed as another phone', () => wantsPush(phone, elsewhere, { device: other.phone.device })],
    ['unsigned', () => wantsPush(phone, elsewhere, { signature: '' })],
    ['unsigned, to switch it off', () => wantsPush(phone, NOWHERE, { signature: 'A'.repeat(86) })],
    ['no such phone', () => wantsPush({ ...phone, device: crypto.randomUUID() }, elsewhere)],
  ] as const) {
    assert.equal((await sent()).status, 410, what);
    assert.equal(await addressOf(r, phone), address.endpoint, what);
  }
  for (const token of ['', 'x'.repeat(43), other.phone.token])
    assert.equal((await phone.jar.post('/authenticator/push/key', { device: phone.device, token })).status, 410);
  const key = await phone.jar.post('/authenticator/push/key', { device: phone.device, token: phone.token });
  assert.equal(Buffer.from((JSON.parse(key.text) as { key: string }).key, 'base64url').length, 65);
  assert.equal((await wantsPush(phone, NOWHERE)).status, 200);
  assert.equal(await addressOf(r, phone), null);
});

pushed('after a denial nothing more is sent, of this request or of the next ones', async (r) => {
  const { person, phone } = await told(r);
  r.advance('PT1S');
  // Denied before it is sent: what waits in the outbox is not sent either.
  for (const _ of [1, 2]) {
    const { jar } = await asking(r, person);
    assert.equal((await phone.answer(await one(phone), '', { decision: 'deny' })).status, 200);
    says(await jar.post('/sign-in/verify/app'), /“This wasn't me” was chosen/);
  }
  await r.outbox.deliverDue();
  assert.equal(service.requests, 0);
  r.advance('PT11M');
  const jar = r.browser();
  await signIn(jar, person);
  says(await jar.post('/sign-in/verify/app'), /We send nothing to the phone/, 429);
  await r.outbox.deliverDue();
  assert.equal(service.requests, 0);
  const form = { method: 'totp', code: codeAt(phone.codes, r.wall()) };
  assert.equal((await jar.post('/sign-in/verify', form)).location, '/');
  await asking(r, person);
  await r.outbox.deliverDue();
  assert.equal(service.requests, 1, 'another authenticator was used: the phone is told again');
});

pushed('twenty sign-ins in ten minutes are three notifications; ten in a day', async (r) => {
  const { person } = await told(r);
  const sends = async (times: number) => {
    const before = service.requests;
    for (let at = 0; at < times; at += 1) {
      const jar = r.browser();
      await signIn(jar, person);
      await Promise.all([1, 2, 3].map(() => jar.post('/sign-in/verify/app')));
      await r.outbox.deliverDue();
    }
    return service.requests - before;
  };
  assert.equal(await sends(20), 3);
  let day = 3;
  for (let hour = 0; hour < 10; hour += 1) {
    r.advance('PT11M');
    day += await sends(4);
  }
  assert.equal(day, 10);
});

pushed('a phone that is not bound yet is told of its own test and of no sign-in', async (r) => {
  const { person, phone } = await told(r);
  const { jar } = await signedInWith(r, person, phone);
  await jar.submit('/account/move');
  const second = await pairPhone(r, codeIn(await jar.submit('/enrol/choice', { choice: 'app' })));
  const address = service.subscribe();
  assert.equal((await wantsPush(second, address)).status, 200);
  service.received.length = 0;
  await r.outbox.deliverDue();
  assert.deepEqual(ends(), [address.endpoint], 'the test, to the one that is tested');
  await asking(r, person);
  await r.outbox.deliverDue();
  assert.equal(ends().length, 2);
  assert.notEqual(ends()[1], address.endpoint, 'the sign-in, to the one that may answer');
  // Nor by naming an address while a sign-in waits: whoever is in the wizard would learn when its owner signs in.
  assert.equal((await wantsPush(second, service.subscribe())).status, 200);
  await r.outbox.deliverDue();
  assert.equal(ends().length, 2);
});

pushed('a phone that is removed, or lost, is told nothing any more, and its address is forgotten', async (r) => {
  const { person, phone } = await told(r);
  const { page } = await asking(r, person);
  assert.match(numberOn(page), /^\d{6}$/);
  await r.store.transaction((tx) => tx.authenticators.unbind(phone.device, r.now(), 'removed'));
  await r.outbox.deliverDue();
  assert.equal(service.requests, 0);
  assert.equal(await addressOf(r, phone), null);
  assert.equal((await wantsPush(phone, service.subscribe())).status, 410);
});

pushed('a push service that hangs holds up nobody: the page is there, the other ways too', async (r) => {
  service.mode = 'hang';
  const { person, phone } = await told(r);
  const delivering = r.outbox.start();
  const began = performance.now();
  const { jar, page } = await asking(r, person);
  assert.ok(performance.now() - began < 2000);
  assert.match(page.text, /A notification is on its way[\s\S]*Try another way/);
  assert.equal((await phone.answer(await one(phone), numberOn(page))).status, 200);
  assert.equal((await jar.post('/sign-in/verify/app/done')).location, '/');
  await delivering();
});

pushed('the page says how it stands, with and without scripts, and after eight seconds: open the app', async (r) => {
  const { person, phone } = await told(r);
  const both = async (jar: Jar, sentence: RegExp) => {
    assert.match(saidBy(await jar.get(STATE)), sentence);
    const page = await jar.get('/sign-in/verify?with=app');
    assert.match(page.text, sentence);
    assert.match(page.text, /http-equiv="refresh"[\s\S]*Try another way/);
  };
  const { jar } = await asking(r, person);
  await both(jar, /on its way/);
  r.advance('PT7S');
  await both(jar, /on its way/);
  r.advance('PT1S');
  await both(jar, /could be sent\. Open the app/);
  await r.outbox.deliverDue();
  await both(jar, /has arrived\. Open the app/);
  assert.equal((await saysArrived(phone, (await one(phone)).id)).status, 200);
  await both(jar, /is on your phone/);
  // A phone that wants none: nothing is said at first, and then what to do.
  await wantsPush(phone, NOWHERE);
  const quiet = (await asking(r, person)).jar;
  assert.equal(saidBy(await quiet.get(STATE)), '');
  r.advance('PT8S');
  await both(quiet, /gets no notifications from us\. Open the app/);
});

pushed('the desk sees who said “This wasn’t me”, and looks twice where that person asks to get back in', async (r) => {
  const { person, phone } = await told(r);
  const [membership] = await r.store.read.accounts.memberships(person.id);
  assert.ok(membership);
  const agent = { organisations: [membership.organisation], enrolled: true, role: 'agent' as const };
  const arthur = await r.person({ name: 'Arthur Bell', ...agent });
  const elsewhere = await r.person({ ...agent, organisations: [await r.organisation()] });
  r.advance('P14D');
  const desk = async (who = arthur) => (await (await atWork(r, who)).open('/desk')).text;
  assert.doesNotMatch(await desk(), /id="denied"/);
  const { jar } = await asking(r, person);
  assert.equal((await phone.answer(await one(phone), '', { decision: 'deny' })).status, 200);
  assert.match(await desk(), /id="denied"[\s\S]*Grace Hooper[\s\S]*Once/);
  assert.doesNotMatch(await desk(elsewhere), /id="denied"/, 'nobody else’s desk');

  await asks(jar, person);
  await confirms(r, jar, person);
  const { id } = await requestOf(r, person);
  const page = await (await atWork(r, arthur)).open(`/desk/cases/${id}`);
  assert.match(page.text, /Look twice[\s\S]*was chosen on the phone lately/);
  r.advance('P8D');
  assert.doesNotMatch(await desk(), /id="denied"/, 'not for ever');
});

function ends(): string[] {
  return service.received.map(({ endpoint }) => endpoint);
}

async function signedInWith(r: Rig, person: Person, phone: Phone) {
  const { jar, page } = await asking(r, person);
  assert.equal((await phone.answer(await one(phone), numberOn(page))).status, 200);
  assert.equal((await jar.post('/sign-in/verify/app/done')).location, '/');
  await r.outbox.deliverDue();
  return { jar };
}

const NOWHERE = { endpoint: '', p256dh: '', auth: '' };

/** A person whose phone is told: its browser has subscribed with our key. */
async function told(r: Rig) {
  const enrolled = await enrolledWithPhone(r);
  const { device, token, jar } = enrolled.phone;
  assert.equal((await jar.post('/authenticator/push/key', { device, token })).status, 200);
  const address = service.subscribe();
  assert.equal((await wantsPush(enrolled.phone, address)).status, 200);
  return { ...enrolled, address };
}

async function addressOf(r: Rig, { device }: Phone): Promise<string | null> {
  const kept = (await r.store.read.pairings.byId(device))?.push;
  return kept ? (JSON.parse(kept.reveal()) as { endpoint: string }).endpoint : null;
}

async function one(phone: Phone) {
  const asked = await phone.asked();
  assert.ok(asked, 'control: the phone is asked');
  return asked;
}

function saidBy({ text }: { text: string }): string {
  return (JSON.parse(text) as { says: string }).says;
}
