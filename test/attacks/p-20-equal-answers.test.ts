// P-20: before the right password every name is the same name, at every door that takes one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { budgetKey } from '#flows/budget.ts';
import { softAuthenticator } from '#test/support/authenticator.ts';
import { asks, atWork, houseWithDesk } from '#test/support/desk.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { listening, register, visit } from '#test/support/oidc-client.ts';
import { enrolledWithPasskey } from '#test/support/passkeys.ts';
import { enrolledWithPhone } from '#test/support/paired-phone.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { ORIGIN } from './support/requests.ts';
import { PHONE, signedInByDevice } from './support/in-process.ts';

const WRONG = 'a guess of nobody in particular';

/** Doors that take a name, and what somebody types there. The same three times over: a second look tells no more. */
const DOORS: Record<string, (jar: Jar, address: string) => Promise<Answered>> = {
  'sign-in': (jar, address) => jar.post('/sign-in', { address, password: WRONG }),
  'sign-in in Dutch, from another page': (jar, address) =>
    jar.post('/sign-in', { address, password: WRONG, 'return-to': '/account/password' }, { 'accept-language': 'nl' }),
  'sign-in without a password': (jar, address) => jar.post('/sign-in', { address, password: '' }),
  'what a passkey is asked': (jar, address) => jar.post('/sign-in/passkey/options', { address }),
  'a passkey that is none': (jar, address) => jar.post('/sign-in/passkey', { address, credential: '{}' }),
  'a forgotten password': (jar, address) => jar.post('/forgot', { address }),
  'the help centre’s request': (jar, address) => jar.post('/help/request', { address }),
};

for (const [door, send] of Object.entries(DOORS))
  test(`${door}: one answer for everybody and for nobody`, async () => {
    const r = await rig();
    const kinds = await everyKind(r);
    for (let time = 1; time <= 4; time += 1) {
      const said = new Map<string, string>();
      for (const [kind, address] of Object.entries(kinds))
        said.set(kind, essence(await send(r.browser(), address), address));
      for (const [kind, answer] of said) assert.equal(answer, said.get('unknown'), `${kind}, time ${time}`);
    }
  });

test('a name that an application passes on is shown, and nothing of whose it is', async () => {
  const r = await rig();
  const kinds = await everyKind(r);
  const application = await register(r, await r.organisation());
  const h = await listening(r);
  try {
    const party = await h.party(application);
    const said = new Map<string, string>();
    for (const [kind, address] of Object.entries(kinds)) {
      const begun = await party.begin({ login_hint: address });
      const { page } = await visit(h.jar(), begun.url);
      assert.match(page.path, /^\/sign-in/, kind);
      said.set(kind, essence(page, address));
    }
    for (const [kind, answer] of said) assert.equal(answer, said.get('unknown'), kind);
  } finally {
    await h.close();
  }
});

test('closed by too many tries, somebody’s door and nobody’s look alike', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const said = new Set<string>();
  for (const address of [ann.email, 'nob0dy00@harbour.example']) {
    let last: Answered | null = null;
    for (let turn = 0; turn < 12; turn += 1) last = await r.browser().post('/sign-in', { address, password: WRONG });
    assert.equal(last?.status, 429);
    if (last) said.add(essence(last, address));
  }
  assert.equal(said.size, 1);
});

test('the right password of a closed account is as wrong as any', async () => {
  const r = await rig();
  const house = await r.organisation();
  const closed = await r.person({ organisations: [house], enrolled: true, status: 'disabled' });
  const nobody = 'nob0dy00@harbour.example';
  const [one, other] = [await signIn(r.browser(), closed), await signIn(r.browser(), { ...closed, email: nobody })];
  assert.equal(essence(one, closed.email), essence(other, nobody));
});

test('after the right password the ways in are shown to whoever gave it, and nowhere before', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const before = await r.browser().post('/sign-in', { address: ann.email, password: WRONG });
  const after = await signIn(r.browser(), ann);
  assert.match(after.text, /6-digit code/);
  assert.doesNotMatch(before.text, /6-digit code|text message|backup code|•••|123/i);
});

test('a desk learns nothing of people of other houses: they are nobody', async () => {
  const r = await rig();
  const { helen } = await houseWithDesk(r);
  const other = await houseWithDesk(r);
  const jar = await atWork(r, helen);
  const names = { stranger: other.grace.email, nobody: 'nob0dy00@harbour.example' };
  const doors: ((address: string) => Promise<Answered>)[] = [
    (address) => jar.post('/desk/closed', { address, reason: 'Because.' }),
    (address) => jar.post('/desk/closed/open', { address }),
    (address) => jar.post('/desk/vouchers', { address }),
  ];
  for (const door of doors) {
    const [one, two] = [await door(names.stranger), await door(names.nobody)];
    assert.equal(essence(one, names.stranger), essence(two, names.nobody), one.path);
    assert.ok(one.status >= 400, one.path);
  }
});

test('a phone that is not known and one that brings another’s token hear the same', async () => {
  const r = await rig();
  const [{ phone }, other] = [await enrolledWithPhone(r), await enrolledWithPhone(r)];
  const asked = [
    { device: phone.device, token: other.phone.token },
    { device: randomUUID(), token: phone.token },
    { device: phone.device, token: 'x'.repeat(43) },
  ];
  const said = new Set<string>();
  for (const form of asked) said.add(essence(await r.browser().post('/authenticator/requests', form), form.device));
  assert.equal(said.size, 1);
  const own = await phone.jar.post('/authenticator/requests', { device: phone.device, token: phone.token });
  assert.equal(own.status, 200, 'control');
});

/** An address of every kind of account, all as long as each other. */
async function everyKind(r: Rig): Promise<Record<string, string>> {
  const house = await r.organisation();
  const late = await r.organisation();
  await r.campaign({
    organisation: late.id,
    deadline: r.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 9 }),
  });
  const person = (wish: Parameters<Rig['person']>[0]) => r.person({ organisations: [house], ...wish });
  const recovering = await person({ enrolled: true });
  const known = await person({ enrolled: true });
  await signedInByDevice(r, known);
  // Seven days after which an address is trusted with a request.
  r.advance('P8D');
  await asks(r.browser(), recovering);
  const waiting = await person({});
  for (const { id } of await r.store.read.authenticators.of(waiting.id))
    await r.store.transaction((tx) => tx.authenticators.unbind(id, r.now(), 'removed'));
  const told = await person({ enrolled: true });
  await r.store.transaction((tx) => tx.budgets.save(budgetKey.limitTold(told.id), [r.now()]));
  const people: Record<string, Person> = {
    'with nothing but a password': await person({}),
    'with an app': await person({ enrolled: true }),
    'with an app and a number': await person({ enrolled: true, phone: PHONE }),
    'with a passkey': (await enrolledWithPasskey(r, softAuthenticator({ origin: ORIGIN }))).person,
    'past the deadline': await person({ organisations: [late] }),
    'who administers': await person({ enrolled: true, role: 'administrator' }),
    'who speaks Dutch': await person({ enrolled: true, language: 'nl' }),
    'without an organisation': await person({ organisations: [] }),
    'never signed in': await person({ firstSignInAt: null }),
    'not activated yet': waiting,
    'with an address that is not confirmed': await person({ confirmed: false }),
    closed: await person({ enrolled: true, status: 'disabled' }),
    'signed in, with a device that is remembered': known,
    'who is getting back in': recovering,
    'who reached a limit': told,
  };
  const all = Object.entries(people).map(([kind, { email }]) => [kind, email]);
  return { unknown: 'nob0dy00@harbour.example', ...(Object.fromEntries(all) as Record<string, string>) };
}

/** Everything that the asker sees, without what is random in every answer and without what was typed. */
function essence({ status, headers, location, text }: Answered, typed: string): string {
  const nonce = /nonce-([\w-]+)/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'no nonce';
  const random =
    /"challenge":"[\w-]{43}"|\/oidc\/interaction\/[\w-]+|%2Foidc%2Finteraction%2F[\w-]+|__Host-[\w-]+=[\w-]{20,}/g;
  const plain = (line: string) =>
    line
      .replaceAll(nonce, 'NONCE')
      .replaceAll(typed, 'TYPED')
      .replaceAll(encodeURIComponent(typed), 'TYPED')
      .replaceAll(random, 'RANDOM');
  const lines = [...headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`);
  return [status, location ?? '', ...lines, text].map((line) => plain(String(line))).join('\n');
}
