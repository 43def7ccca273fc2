// P-18: whatever a stranger does, a mailbox gets three mails in an hour and ten in a day, none with words of theirs; and
// what the owner has to know still comes. The request of the help centre has a file of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered } from '#test/support/jar.ts';
import { asking, enrolledWithPhone } from '#test/support/paired-phone.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { onBoth, signedInWithCode } from './support/in-process.ts';
import { sceneAt } from './support/scenes.ts';

const EVIL = 'evil.example';
const FRESH = 'velvet ladder eleven moons';

onBoth('a forgotten password, two hundred times from everywhere: three in an hour, ten in a day', async (r) => {
  const ann = await enrolledIn(r);
  const answers = new Set<string>();
  const ask = async () => answers.add(seen(await r.browser().post('/forgot', { address: ann.email })));
  await Promise.all(Array.from({ length: 50 }, ask));
  const links = (await r.messages(ann.email)).map((mail) => new URL(mail.links[0] ?? '').pathname);
  assert.equal(links.length, 3);
  // What was held has not put out the link that was sent.
  const opened = await Promise.all(links.map((link) => r.browser().get(link)));
  assert.equal(opened.filter(({ status }) => status === 200).length, 1);
  for (let hour = 1; hour < 24; hour += 1) {
    r.advance('PT1H');
    for (let each = 0; each < 6; each += 1) await ask();
    await r.messages();
  }
  assert.equal((await r.messages(ann.email)).length, 10);
  assert.equal(answers.size, 1, 'sent or held, the page says the same');
});

test('everything a stranger can cause, and whoever has the password, at one mailbox for two days', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const sent: Temporal.Instant[] = [];
  const look = async () => {
    const { length } = await r.messages(ann.email);
    while (sent.length < length) sent.push(r.now());
  };
  for (let quarter = 0; quarter < 2 * 24 * 4; quarter += 1) {
    await r.browser().post('/forgot', { address: ann.email });
    await r.browser().post('/help/request', { address: ann.email });
    await r.browser().post('/forgot', { address: ann.email.toUpperCase() });
    const jar = r.browser();
    await signIn(jar, ann);
    for (let guess = 0; guess < 2; guess += 1) await jar.post('/sign-in/verify', { method: 'totp', code: '000000' });
    await look();
    r.advance('PT15M');
    await look();
  }
  assert.ok(sent.length >= 16, `${sent.length} mails: the attack has to come that far`);
  const minutes = sent.map((at) => at.since(sent[0] ?? at).total('minutes'));
  for (const [most, within] of [
    [3, 60],
    [10, 24 * 60],
  ] as const)
    for (const [index, at] of minutes.entries())
      assert.ok((minutes[index + most] ?? Infinity) - at >= within, `${most} in ${within}: ${minutes.join(' ')}`);

  // What the owner has to know is paid from another purse.
  r.advance('PT15M');
  const jar = await signedInWithCode(r, ann);
  const before = (await r.messages(ann.email)).length;
  await jar.submit('/account/password', { password: FRESH, repeated: FRESH });
  const [newest, ...rest] = await r.messages(ann.email);
  assert.equal(rest.length, before);
  assert.match(newest?.text ?? '', /password/i);
});

test('codes for the wizard after the deadline, asked for again and again', async () => {
  const r = await rig();
  const { person, jar } = await sceneAt(r, 'guarding');
  for (let minute = 0; minute < 50; minute += 1) {
    r.advance('PT65S');
    await jar.post('/enrol/guard/resend');
    if (minute % 5 === 0) await signIn(r.browser(), person);
    await r.messages();
  }
  assert.equal((await r.messages(person.email)).length, 3);
});

test('saying no to everything on the phone', async () => {
  const r = await rig();
  const { person, phone } = await enrolledWithPhone(r);
  r.advance('P1D');
  const before = (await r.messages(person.email)).length;
  for (let turn = 0; turn < 12; turn += 1) {
    await asking(r, person);
    const asked = await phone.asked();
    if (asked) await phone.answer(asked, '', { decision: 'deny' });
    r.advance('PT4M');
    await r.messages();
  }
  const sent = (await r.messages(person.email)).length - before;
  assert.ok(sent >= 1 && sent <= 3, String(sent));
});

/** Names that a person or an administrator may have, and what a stranger's browser calls itself. */
const NAMES = [
  'Ann\r\nBcc: all@evil.example\r\n\r\nHello',
  '<a href="https://evil.example/">Click here</a>',
  'Dear customer, go to https://evil.example/now or www.evil.example',
  `me@evil.example ${'x'.repeat(300)}`,
  'ev\u200bil\u2024example \u202egro.live',
];

for (const name of NAMES)
  test(`no words of others become a line or a link: ${JSON.stringify(name.slice(0, 40))}`, async () => {
    const r = await rig();
    const house = await r.organisation();
    const ann = await r.person({ name, organisations: [house], enrolled: true });
    const own = await signedInWithCode(r, ann);
    const app = (await r.store.read.authenticators.of(ann.id)).find(({ type }) => type === 'totp')?.id ?? '';
    await own.submit('/account/authenticators/rename', { id: app, label: name.slice(0, 60) });
    await r.browser({ userAgent: name.replaceAll(/[^\x20-\x7e]/g, ' ') }).post('/forgot', { address: ann.email });
    await wrongCodes(r, ann, name);
    await own.submit('/account/authenticators/remove', { id: app });
    r.advance('PT16M');
    const mails = await r.messages();
    assert.ok(mails.length >= 2, String(mails.length));
    for (const { to, subject, text, links } of mails) {
      assert.equal(to, ann.email);
      assert.doesNotMatch(subject, /[\r\n]|<|Bcc/);
      assert.doesNotMatch(text, /^Bcc:|evil\.example|<a /im);
      for (const link of links) assert.equal(new URL(link).host, 'id.example.test');
      assert.ok(!text.includes('x'.repeat(100)), 'and none is endless');
    }
  });

test('an address is never a list, and never a command', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const [local = '', host = ''] = ann.email.split('@');
  const written = [
    `${ann.email},all@${EVIL}`,
    `${ann.email};all@${EVIL}`,
    `${ann.email} all@${EVIL}`,
    `${ann.email}\r\nBcc: all@${EVIL}`,
    `${ann.email}%0aBcc:all@${EVIL}`,
    `"${local}"@${host}`,
    `${local}+all@${host}`,
    `<${ann.email}>`,
    `all@${EVIL}`,
  ];
  for (const address of written) {
    for (const door of ['/forgot', '/help/request']) {
      const answer = await r.browser().post(door, { address });
      assert.ok(answer.status === 200 || answer.status === 422, `${door} ${address}: ${answer.status}`);
    }
  }
  assert.equal((await r.messages()).length, 0);
});

async function wrongCodes(r: Rig, ann: Person, name: string): Promise<void> {
  const thief = r.browser({ userAgent: name.replaceAll(/[^\x20-\x7e]/g, ' ') });
  await signIn(thief, ann);
  await thief.submit('/sign-in/verify', { method: 'totp', code: '000000' });
}

/** What the asker sees, without what is random in every answer. */
function seen({ status, text }: Answered): string {
  return `${status} ${text.replaceAll(/nonce="[^"]*"/g, '')}`;
}
