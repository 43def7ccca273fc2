// P-16: one account, one counter: whatever the name is written like, wherever it comes from, whatever the headers say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { ORIGIN } from './support/requests.ts';
import { onBoth, pendingOf, says, secondStep } from './support/in-process.ts';

const LIMIT = 10;
const HOME = 'grace.at.home@post.example';

/** One address that leads to Ann, in all its clothes. */
const SPELT: ((address: string) => string)[] = [
  (it) => it,
  (it) => it.toUpperCase(),
  (it) => ` \t${it} `,
  (it) => it.replace(/[a-z]/, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)),
  (it) => it.normalize('NFD'),
  (it) => `\u2003${it}\u3000`,
  () => HOME,
  () => HOME.toUpperCase(),
];

/** Where a request pretends to come from; none of them is believed from a peer that is no proxy of ours. */
const SAID: ((turn: number) => Record<string, string>)[] = [
  () => ({}),
  (turn) => ({ 'x-forwarded-for': `198.51.100.${turn}` }),
  (turn) => ({ 'x-forwarded-for': `198.51.100.${turn}, 203.0.113.${turn}` }),
  (turn) => ({ 'x-forwarded-for': `[2001:db8::${turn}]:443` }),
  () => ({ 'x-forwarded-for': 'unknown, <script>, \u00e9' }),
  (turn) => ({ forwarded: `for=198.51.100.${turn};proto=https` }),
  (turn) => ({ 'x-real-ip': `198.51.100.${turn}`, 'x-client-ip': `198.51.100.${turn}` }),
  (turn) => ({ 'cf-connecting-ip': `198.51.100.${turn}`, 'true-client-ip': `198.51.100.${turn}` }),
  (turn) => ({ 'user-agent': `Browser ${turn}`, 'accept-language': turn % 2 ? 'nl' : 'en' }),
];

const PEERS: ((turn: number) => string)[] = [
  () => '127.0.0.1',
  (turn) => `203.0.113.${turn}`,
  (turn) => `::ffff:203.0.113.${turn}`,
  (turn) => `2001:db8:1:2::${turn}`,
  (turn) => `2001:db8:${turn}::1`,
];

const PATHS = ['/sign-in', '//sign-in', '/sign-in/', '/SIGN-IN', '/%73ign-in', '/./x/%2e%2e/sign-in', '/sign-in?n=1'];

onBoth('ten passwords are looked at, however the tries differ', async (r) => {
  const ann = await withTwoAddresses(r);
  let looked = 0;
  for (let turn = 1; turn <= 120; turn += 1) {
    const answer = await guess(r, ann, turn, 'a guess of nobody in particular');
    assert.ok([422, 429, 404, 405].includes(answer.status), `${turn}: ${answer.status}`);
    if (answer.status === 422) looked += 1;
  }
  assert.equal(looked, LIMIT);
  const lines = (await r.store.read.audit.of(ann.id, 500)).filter(({ event }) => event === 'password.wrong');
  assert.equal(lines.length, LIMIT);
  assert.ok(
    lines.every(({ address }) => !address.startsWith('198.51.100.')),
    'no address that somebody made up is written down',
  );
  // The right one is not looked at either, at any door that takes it.
  for (const spelt of SPELT)
    says(await signIn(r.browser(), { ...ann, email: spelt(ann.email) }), /Too many|wait|again/i, 429);

  r.advance('PT15M');
  const jar = await pendingOf(r, ann);
  await secondStep(r, jar, ann);
});

onBoth('the passwords that are typed again inside are counted with the others', async (r) => {
  const house = await r.organisation();
  const cas = await r.person({ organisations: [house], others: [{ address: HOME, confirmedAt: r.now() }] });
  const inside = r.browser();
  await signIn(inside, cas);
  r.advance('PT6M');
  assert.match((await inside.submit('/account/confirm', { 'return-to': '/account/password' })).path, /verify/);
  const doors = [
    (password: string) => inside.post('/sign-in/verify', { method: 'password', code: password }),
    (password: string) => r.browser().post('/sign-in', { address: HOME, password }),
    (password: string) => r.browser().post('/sign-in', { address: cas.email, password }),
  ];
  let looked = 0;
  for (let turn = 0; turn < 24; turn += 1) {
    const answer = await doors[turn % 4 === 0 ? 0 : (turn % 2) + 1]?.('a guess of nobody in particular');
    if (answer?.status === 422) looked += 1;
  }
  assert.equal(looked, LIMIT);
  for (const door of doors) assert.equal((await door(cas.password)).status, 429);
  r.advance('PT15M');
  await signIn(r.browser(), cas);
});

test('another name is another account or nobody, and is no way to this one', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const [local = '', host = ''] = ann.email.split('@');
  const others = [
    `${local}+x@${host}`,
    `${local.slice(0, 2)}.${local.slice(2)}@${host}`,
    `"${local}"@${host}`,
    `${local}@${host}.`,
    `${local}@${host}\u0000`,
    `${ann.email}\u200b`,
    `${local}@${host.replace('a', '\u0430')}`,
    ann.email.replace('@', '＠'),
    ann.id,
    local,
    '+447700900123',
  ];
  for (const address of others) {
    const answer = await r.browser().post('/sign-in', { address, password: ann.password });
    assert.ok(answer.status === 422 || answer.status === 400, `${address}: ${answer.status}`);
  }
  await secondStep(r, await pendingOf(r, ann), ann);
});

test('five codes are looked at, wherever they come from', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  let looked = 0;
  for (let turn = 1; turn <= 30; turn += 1) {
    const jar = await pendingOf(r, ann);
    const form = new URLSearchParams({
      method: turn % 2 ? 'totp' : 'backup-code',
      code: turn % 2 ? '000000' : 'A'.repeat(20),
    });
    const answer = await jar.send(formTo('/sign-in/verify', form, pick(SAID, turn)(turn)), pick(PEERS, turn)(turn));
    if (answer.status === 422) looked += 1;
    else assert.equal(answer.status, 429);
  }
  assert.equal(looked, 5);
});

test('a password that comes as JSON, in an array or twice is not looked at, and not paid for', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const types: [string, string][] = [
    ['application/json', JSON.stringify({ address: ann.email, password: ann.password })],
    ['application/json', JSON.stringify({ address: ann.email, password: [ann.password, 'another'] })],
    ['multipart/form-data; boundary=x', '--x--'],
    ['text/plain', `address=${ann.email}&password=${ann.password}`],
    [FORM, `address=${ann.email}&password=one&password=two`],
    [FORM, `address=${ann.email}&password[]=one&password[]=two`],
    [FORM, `address=${ann.email}&password=${'x'.repeat(1024 * 1024)}`],
  ];
  for (const [type, body] of types) {
    const headers = { 'content-type': type, origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
    const answer = await r.browser().send(new Request(`${ORIGIN}/sign-in`, { method: 'POST', headers, body }));
    assert.ok([400, 413, 415, 422].includes(answer.status), `${type}: ${answer.status}`);
  }
  assert.equal((await r.store.read.audit.of(ann.id, 99)).length, 0, 'no password was wrong: none was looked at');
});

/** peer, what the headers say, what is written down behind a proxy at 10.0.0.1 */
const RECORDED: [string, Record<string, string>, string][] = [
  ['203.0.113.9', { 'x-forwarded-for': '198.51.100.1' }, '203.0.113.9'],
  ['10.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
  ['10.0.0.1', { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }, '203.0.113.9'],
  ['10.0.0.1', { 'x-forwarded-for': '10.0.0.1, 198.51.100.1, 203.0.113.9, 10.0.0.1' }, '203.0.113.9'],
  ['::ffff:10.0.0.1', { 'x-forwarded-for': '[2001:DB8::9]:4711' }, '2001:db8::9'],
  ['10.0.0.1', { 'x-forwarded-for': '203.0.113.9, nonsense' }, '10.0.0.1'],
  [
    '10.0.0.1',
    { forwarded: 'for=198.51.100.1', 'x-real-ip': '198.51.100.1', 'cf-connecting-ip': '198.51.100.1' },
    '10.0.0.1',
  ],
];

test('behind a proxy of ours the first hop from the right that is none of ours is written down', async () => {
  const r = await rig({ trustedProxies: ['10.0.0.1'] });
  const ann = await enrolledIn(r);
  for (const [peer, headers, expected] of RECORDED) {
    const form = new URLSearchParams({ address: ann.email, password: 'a guess of nobody in particular' });
    await r.browser().send(formTo('/sign-in', form, headers), peer);
    const [line] = await r.store.read.audit.of(ann.id, 1);
    assert.equal(line?.address, expected, JSON.stringify([peer, headers]));
  }
});

const FORM = 'application/x-www-form-urlencoded';

function guess(r: Rig, { email }: Person, turn: number, password: string): Promise<Answered> {
  const form = new URLSearchParams({ address: pick(SPELT, turn)(email), password });
  return r.browser().send(formTo(pick(PATHS, turn), form, pick(SAID, turn)(turn)), pick(PEERS, turn)(turn));
}

function formTo(path: string, form: URLSearchParams, headers: Record<string, string>): Request {
  const own = { 'content-type': FORM, origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
  return new Request(ORIGIN + path, { method: 'POST', body: form.toString(), headers: { ...own, ...headers } });
}

function pick<T>(list: readonly T[], turn: number): T {
  const one = list[turn % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
}

async function withTwoAddresses(r: Rig): Promise<Person> {
  const others = [{ address: HOME, confirmedAt: r.now() }];
  return r.person({ organisations: [await r.organisation()], enrolled: true, others });
}
