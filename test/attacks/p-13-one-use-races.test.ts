// P-13: whatever is good once, fifty at once, on both databases: one effect, and the other forty-nine are told no.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newToken } from '#flows/token.ts';
import type { Link } from '#store/rows.ts';
import { softAuthenticator } from '#test/support/authenticator.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { CALLBACK, basic, listening, register } from '#test/support/oidc-client.ts';
import { asking, atPairing, codeIn, enrolledWithPhone, numberOn, takeCode } from '#test/support/paired-phone.ts';
import { asked, atCeremony, DOOR, enrolledWithPasskey } from '#test/support/passkeys.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, shownCode, signIn } from '#test/support/roads.ts';
import { linkFor, mailsAbout, me, onBoth, pendingOf, signedInWithCode } from './support/in-process.ts';
import { post } from './support/provider.ts';
import { sceneAt } from './support/scenes.ts';

const AT_ONCE = 50;
const VOLLEYS = Number(process.env['NACHTSLOT_VOLLEYS'] ?? 12) > 12 ? 12 : 1;

for (const kind of ['reset', 'activate'] as const)
  onBoth(`a link to ${kind === 'reset' ? 'a new' : 'the first'} password: one sets it`, (r) =>
    volleys(async () => {
      const ann = await enrolledIn(r);
      const path = kind === 'reset' ? await resetLink(r, ann) : await invited(r, ann);
      const passwords = Array.from({ length: AT_ONCE }, (_, turn) => `velvet ladder eleven moons ${turn}`);
      const answers = await Promise.all(
        passwords.map((password) => r.browser().post(path, { password, repeated: password })),
      );
      const won = answers.flatMap(({ status }, turn) => (status === 303 ? [passwords[turn] ?? ''] : []));
      assert.equal(won.length, 1, tally(answers));
      others(answers, 303, [410]);
      await pendingOf(r, { ...ann, password: won[0] ?? '' });
      for (const password of [ann.password, ...passwords.filter((one) => one !== won[0]).slice(0, 2)])
        assert.equal((await signIn(r.browser(), { ...ann, password })).status, 422);
      assert.equal((await bound(r, ann, 'password')).length, 1);
    }),
  );

onBoth('“This wasn’t me”: everything ends once, and is told once', (r) =>
  volleys(async () => {
    const ann = await enrolledIn(r);
    const jar = await signedInWithCode(r, ann);
    await jar.post('/account/backup-code');
    const code = shownCode(await jar.open('/enrol'));
    await jar.post('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
    const path = await linkFor(r, ann, 'not-me');
    const answers = await Promise.all(many(() => r.browser().post(path)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, tally(answers));
    others(answers, 200, [410]);
    assert.equal(await me(r, jar), null);
    r.advance('PT16M');
    assert.equal(await mailsAbout(r, ann, /signed out everywhere/i), 1);
  }),
);

onBoth('the code of a text message: one sign-in', (r) =>
  volleys(async (volley) => {
    const phone = `+4477009001${10 + volley}`;
    const ann = await enrolledIn(r, phone);
    const jar = await pendingOf(r, ann);
    await jar.submit('/sign-in/verify/text');
    const code = await codeTo(r, phone);
    const jars = many(() => jar.copy());
    const answers = await Promise.all(jars.map((one) => one.post('/sign-in/verify', { method: 'sms', code })));
    noFault(answers);
    await Promise.all(jars.map((one) => one.post('/sign-in/phone', { phone: 'here' })));
    assert.equal(jars.filter((one) => one.cookies.has(SESSION)).length, 1, tally(answers));
    assert.equal((await r.store.read.sessions.of(ann.id)).length, 1);
  }),
);

onBoth('the code that proves a number: one number is bound', (r) =>
  volleys(async () => {
    const { jar, person } = await sceneAt(r, 'sms-sent');
    const code = await codeTo(r, PHONE_OF_SCENE);
    const answers = await Promise.all(many(() => jar.copy().post('/enrol/sms/code', { code })));
    noFault(answers);
    const keep = shownCode(await jar.open('/enrol'));
    const finished = await Promise.all(
      many(() => jar.copy()).map((one) => one.post('/enrol/backup-code', { saved: 'yes', locator: keep.slice(0, 4) })),
    );
    noFault(finished);
    for (const type of ['sms', 'totp', 'backup-code']) assert.equal((await bound(r, person, type)).length, 1, type);
    assert.equal((await r.store.read.sessions.of(person.id)).length, 1, 'the wizard’s last step opens one session');
    r.advance('P1DT1H'); // a number gets five a day
  }),
);

onBoth('the answer of a phone, yes and no at once: the first one counts, and opens one session at most', (r) =>
  volleys(async (volley) => {
    const { person, phone } = await enrolledWithPhone(r);
    const { jar, page } = await asking(r, person);
    const request = await phone.asked();
    assert.ok(request);
    const decisions = Array.from({ length: AT_ONCE }, (_, turn) => YES_AND_NO[(turn + volley) % 2] ?? 'deny');
    const answers = await Promise.all(
      decisions.map((decision) => phone.answer(request, decision === 'deny' ? '' : numberOn(page), { decision })),
    );
    const counted = decisions.filter((_, turn) => answers[turn]?.status === 200);
    assert.equal(counted.length, 1, tally(answers));
    others(answers, 200, [409]);
    const jars = many(() => jar.copy());
    noFault(await Promise.all(jars.map((one) => one.post('/sign-in/verify/app/done'))));
    const opened = jars.filter((one) => one.cookies.has(SESSION)).length;
    assert.equal(opened, counted[0] === 'approve' ? 1 : 0, String(counted[0]));
  }),
);

onBoth('the code that ties a phone to an account: one phone', (r) =>
  volleys(async () => {
    const { person, page } = await atPairing(r);
    const answers = await Promise.all(many(() => takeCode(r, codeIn(page))));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, tally(answers));
    others(answers, 200, [410]);
    assert.equal((await bound(r, person, 'app')).length, 0, 'and that one has yet to show that it works');
  }),
);

onBoth('the challenge of a passkey: one answer at each door', async (r) => {
  const device = softAuthenticator({ origin: 'https://id.example.test' });
  const { person } = await enrolledWithPasskey(r, device);
  await volleys(async () => {
    const alone = r.browser();
    const credential = device.get(await asked(alone, DOOR.only));
    const first = many(() => alone.copy());
    noFault(await Promise.all(first.map((one) => one.post(DOOR.only, { credential }))));
    assert.equal(sessions(first), 1);

    // A sign-in dies of five wrong answers, and whoever comes second is one: of four the first one counts.
    for (const [tabs, least] of [
      [4, 1],
      [AT_ONCE, 0],
    ] as const) {
      const second = await pendingOf(r, person);
      const answer = device.get(await asked(second, DOOR.second));
      const jars = many(() => second.copy()).slice(0, tabs);
      noFault(await Promise.all(jars.map((one) => one.post(DOOR.second, { credential: answer }))));
      const opened = sessions(jars);
      assert.ok(opened === 1 || opened === least, `${tabs} tabs: ${opened}`);
    }

    const { person: newcomer, jar } = await atCeremony(r);
    const made = softAuthenticator({ origin: 'https://id.example.test' }).create(await asked(jar, DOOR.wizard));
    noFault(await Promise.all(many(() => jar.copy().post(DOOR.wizard, { credential: made }))));
    assert.equal((await bound(r, newcomer, 'passkey')).length, 1);
  });
});

onBoth('the last “Remind me later”, from twelve sign-ins with four tabs each: one', (r) =>
  volleys(async () => {
    const house = await r.organisation({ policy: { deferralsAllowed: 1 } });
    await r.campaign({ organisation: house.id });
    const cas = await r.person({ organisations: [house] });
    const jars: Jar[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const jar = await pendingOf(r, cas);
      jars.push(jar, jar.copy(), jar.copy(), jar.copy());
    }
    noFault(await Promise.all(jars.map((jar) => jar.post('/sign-in/prompt', { answer: 'later' }))));
    assert.equal((await r.store.read.campaigns.deferrals(cas.id)).length, 1);
    r.advance('P8D');
    assert.doesNotMatch((await signIn(r.browser(), cas)).text, /value="later"/, 'there is none left');
    r.advance('PT15M');
  }),
);

onBoth('remembering a device: one device, one session', (r) =>
  volleys(async () => {
    const ann = await enrolledIn(r);
    const jar = await pendingOf(r, ann);
    r.advance('PT30S');
    const jars = many(() => jar.copy());
    const form = { method: 'totp', code: ann.code(), remember: 'yes' };
    noFault(await Promise.all(jars.map((one) => one.post('/sign-in/verify', form))));
    assert.equal(sessions(jars), 1);
    assert.equal((await r.store.read.devices.of(ann.id)).length, 1);
  }),
);

onBoth('a request that an application has pushed: one code', async (r) => {
  const house = await r.organisation();
  const application = await register(r, house);
  const ann = await r.person({ organisations: [house], enrolled: true });
  const server = await listening(r);
  try {
    const jar = server.jar();
    await jar.submit('/sign-in', { address: ann.email, password: ann.password });
    r.advance('PT30S');
    await jar.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
    assert.ok(jar.cookies.has(SESSION));
    await volleys(async () => {
      const pushed = await post({ newJar: server.jar }, '/oidc/par', request(application.id), basic(application));
      assert.equal(pushed.status, 201, pushed.text);
      const { request_uri: uri } = JSON.parse(pushed.text) as { request_uri: string };
      const path = `/oidc/auth?${new URLSearchParams({ client_id: application.id, request_uri: uri })}`;
      const answers = await Promise.all(many(() => jar.copy().get(path)));
      noFault(answers);
      const codes = answers.filter(({ location }) => location?.includes('code='));
      assert.equal(codes.length, 1, tally(answers));
      assert.ok(!(await jar.copy().get(path)).location?.includes('code='));
    });
  } finally {
    await server.close();
  }
});

const YES_AND_NO = ['approve', 'deny'] as const;

/** Where the wizard of `sceneAt` sends its code. */
const PHONE_OF_SCENE = '+447700900123';

async function volleys(volley: (turn: number) => Promise<void>): Promise<void> {
  for (let turn = 0; turn < VOLLEYS; turn += 1) await volley(turn);
}

function many<T>(make: () => T): T[] {
  return Array.from({ length: AT_ONCE }, make);
}

function sessions(jars: readonly Jar[]): number {
  return jars.filter((one) => one.cookies.has(SESSION)).length;
}

async function bound(r: Rig, { id }: Person, type: string) {
  return (await r.store.read.authenticators.of(id)).filter((one) => one.type === type);
}

async function resetLink(r: Rig, ann: Person): Promise<string> {
  await r.browser().post('/forgot', { address: ann.email });
  return linkFor(r, ann, 'reset');
}

async function invited(r: Rig, { id }: Person): Promise<string> {
  const account = await r.store.read.accounts.byId(id);
  const { token, tokenHash } = newToken();
  const link: Link = {
    id: randomUUID(),
    tokenHash,
    kind: 'activate',
    account: id,
    securityEpoch: account?.securityEpoch ?? 0,
    subject: '',
    createdAt: r.now(),
    expiresAt: r.now().add({ hours: 72 }),
    consumedAt: null,
  };
  await r.store.transaction((tx) => tx.links.create(link));
  return `/activate/${token.reveal()}`;
}

async function codeTo(r: Rig, phone: string): Promise<string> {
  const [message] = await r.messages(phone);
  const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
  assert.ok(code, 'control: a text message with a code');
  return code;
}

function request(application: string): Record<string, string> {
  return {
    client_id: application,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
}

function noFault(answers: readonly Answered[]): void {
  for (const { status, text } of answers) assert.ok(status < 500, `${status}: ${text.slice(0, 300)}`);
}

/** Everybody but the winner is refused in so many words. */
function others(answers: readonly Answered[], won: number, refused: readonly number[]): void {
  for (const { status } of answers) assert.ok(status === won || refused.includes(status), tally(answers));
}

function tally(answers: readonly Answered[]): string {
  const said = Object.groupBy(answers, ({ status, location }) => `${status} ${(location ?? '').slice(0, 40)}`);
  return JSON.stringify(Object.entries(said).map(([one, all]) => [one, all?.length]));
}
