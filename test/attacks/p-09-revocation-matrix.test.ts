// P-09: what was granted by an old state dies with it, at once, and at the other process too.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { SecurityChange } from '#core/policy/ends.ts';
import { Secret } from '#core/secret.ts';
import { createApiToken, programOf } from '#flows/api-tokens.ts';
import { vouchAsOperator } from '#flows/recovery/operator.ts';
import { applyChange } from '#flows/security-change.ts';
import { loadFacts } from '#flows/world.ts';
import type { Application, Organisation } from '#store/rows.ts';
import { stewardOf } from '#test/support/administration.ts';
import { softAuthenticator } from '#test/support/authenticator.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { atWork } from '#test/support/desk.ts';
import { APP, HostBrowser, protectHosts } from '#test/support/hosts.ts';
import type { Jar } from '#test/support/jar.ts';
import { answerOf, basic, CALLBACK, listening, register, RelyingParty, visit } from '#test/support/oidc-client.ts';
import { numberOn, throughPairing } from '#test/support/paired-phone.ts';
import { codeAt, type Person, type PersonOptions, type Rig, rig } from '#test/support/rig.ts';
import { SESSION, shownCode, signIn, toBackupCode, wizard } from '#test/support/roads.ts';
import { DEVICE, linkFor, me, whoOf } from './support/in-process.ts';

/** What an account holds, and how to try each. In this order: trying a sign-in moves what is tried after it. */
const HELD = {
  actor: 'the session in which it was done',
  others: 'another session',
  host: 'that session, at a host behind a reverse proxy',
  token: 'an access token',
  grant: 'a refresh token',
  phone: 'a paired phone',
  request: 'a request that waits on the phone',
  reset: 'a link to a new password',
  wizard: 'an open wizard',
  recovery: 'an open request to get back in',
  device: 'a remembered device',
  attempt: 'a sign-in under way',
} as const;
type Held = keyof typeof HELD;

type Row = {
  lives: readonly Held[];
  /** The owner reads of it. */
  told: boolean;
  /** In the first session, or wherever else; answers the password that holds afterwards. */
  happens(s: Scene): Promise<string | void>;
  afterwards?(s: Scene): Promise<void>;
  role?: PersonOptions['role'];
};

/**
 * The matrix of the rules (*What ends what*), written out a second time. Where P-09 has another: a new authenticator ends
 * what is remembered, and every change ends every sign-in under way, with the request that waits for it on a phone and the
 * wizard that it holds; a phone is an authenticator and ends when it is unbound, not with sessions.
 */
const EVENTS: Record<string, Row> = {
  'password changed': {
    lives: ['actor', 'phone', 'recovery'],
    told: true,
    happens: async ({ here }) => {
      const done = await here.submit('/account/password', { password: FRESH, repeated: FRESH });
      assert.equal(done.path, '/account?done=password');
      return FRESH;
    },
  },
  'password reset by mail': {
    lives: ['phone', 'recovery'],
    told: true,
    happens: async ({ r, reset }) => {
      const done = await r.browser().submit(reset, { password: FRESH, repeated: FRESH });
      assert.match(done.path, /password-set/);
      return FRESH;
    },
  },
  'authenticator added': {
    lives: ['actor', 'others', 'host', 'token', 'grant', 'phone', 'reset'],
    told: true,
    happens: async ({ here }) => {
      const options = JSON.parse((await here.post('/account/passkeys/options')).text) as never;
      const credential = softAuthenticator({ origin: here.origin.origin }).create(options);
      assert.match((await here.submit('/account/passkeys', { credential })).path, /done=passkey/);
    },
  },
  'authenticator removed': {
    lives: ['actor', 'phone', 'recovery'],
    told: true,
    happens: async ({ r, here, person }) => {
      const sms = (await r.store.read.authenticators.of(person.id)).find(({ type }) => type === 'sms');
      assert.match((await here.submit('/account/authenticators/remove', { id: sms?.id ?? '' })).path, /done=/);
    },
  },
  // With the wizard's end the account was opened with two steps: whoever can do that has nothing to get back.
  'authenticator replaced by a new one': {
    lives: ['actor'],
    told: true,
    happens: async ({ r, here }) => {
      await here.submit('/account/move');
      await toBackupCode(r, here);
    },
  },
  'phone lost': {
    lives: ['recovery'],
    told: true,
    happens: async ({ r, person, backupCode }) => {
      const paper = r.browser();
      await signIn(paper, person);
      await paper.submit('/sign-in/verify', { method: 'backup-code', code: backupCode });
      assert.match((await paper.submit('/sign-in/phone', { phone: 'lost' })).path, /^\/enrol/);
    },
  },
  'backup code renewed': {
    lives: ['actor', 'others', 'host', 'token', 'grant', 'phone', 'reset', 'device'],
    told: true,
    happens: async (s) => {
      s.backupCode = shownCode(await s.here.submit('/account/backup-code'));
      const kept = await s.here.submit('/enrol/backup-code', { saved: 'yes', locator: s.backupCode.slice(0, 4) });
      assert.match(kept.path, /^\/enrol\/done/);
    },
  },
  // No page changes an address or orders somebody to enrol anew: the rules for it are held all the same. The mail is about
  // the request that ends.
  'e-mail address changed': {
    lives: ['actor', 'token', 'grant', 'phone'],
    told: true,
    happens: (s) => change(s, 'address-changed', true),
  },
  'new enrolment ordered': { lives: ['phone'], told: true, happens: (s) => change(s, 'enrolment-forced', false) },
  'recovery redeemed': {
    lives: [],
    told: true,
    role: 'agent',
    happens: async ({ r, person }) => {
      const given = await vouchAsOperator(r.deps, NOWHERE, { address: person.email, reason: 'Both phones drowned.' });
      assert.ok(typeof given === 'object');
      const jar = r.browser();
      await jar.submit(new URL(given.link).pathname, { password: person.password });
      assert.match((await wizard(r, jar)).page.path, /notice=recovered/);
    },
  },
  'account closed at the desk': {
    lives: ['phone'],
    told: true,
    happens: async (s) => {
      const reason = 'Somebody else seems to be in it.';
      await (await atDesk(s)).submit('/desk/closed', { address: s.person.email, reason });
      assert.equal((await s.r.store.read.accounts.byId(s.person.id))?.status, 'disabled');
    },
    // Two open it again: what was ended stays so.
    afterwards: async (s) => {
      for (const agent of [await atDesk(s), await atDesk(s)])
        await agent.submit('/desk/closed/open', { address: s.person.email });
      assert.equal((await s.r.store.read.accounts.byId(s.person.id))?.status, 'active');
      await tryAll(s, ['phone'], s.person.password, 'opened again');
    },
  },
  'signed out everywhere': {
    lives: ['phone', 'reset', 'recovery'],
    told: true,
    happens: async ({ here }) => void (await here.submit('/account/sign-out-everywhere')),
  },
  '"this wasn’t me"': {
    lives: ['phone', 'reset', 'recovery'],
    told: true,
    happens: async ({ r, person }) => void (await r.browser().submit(await linkFor(r, person, 'not-me'))),
  },
  'signed out': {
    lives: Object.keys(HELD).filter((one) => one !== 'actor') as Held[],
    told: false,
    happens: async ({ here }) => void (await here.submit('/sign-out')),
  },
  'the other session ended from the list': {
    lives: ['actor', 'phone', 'request', 'reset', 'recovery', 'device', 'attempt'],
    told: false,
    happens: async ({ r, here, other }) => {
      const id = (await whoOf(r, other))?.session.id ?? '';
      await here.submit('/account/sessions/end', { id });
    },
  },
};

onBothDatabases('everything an account holds, after every event', async (database) => {
  const programs: Rig[] = [];
  const now = () => programs[0]?.now() ?? Temporal.Now.instant();
  const r = await rig({ store: await database.open({ now }), realTime: true });
  programs.push(r);
  // What is done here is tried there: on PostgreSQL that is a process of its own, as far as the program can tell.
  const there =
    database.dialect === 'postgres' ? await rig({ store: await database.open({ now }), realTime: true }) : r;
  const inHere = await listening(r);
  const inThere = there === r ? inHere : await listening(there);
  try {
    const house = await r.organisation();
    await r.campaign({ organisation: house.id, startsOn: Temporal.Now.plainDateISO('UTC').subtract({ days: 9 }) });
    await protectHosts(r, house);
    const agents = [await agentOf(r, house), await agentOf(r, house), await agentOf(r, house)];
    for (const one of new Set([r, there])) one.advance('P2D'); // whoever is new at a desk may not do much
    const stage = { r, there, house, agents, inHere, inThere, application: await register(r, house) };
    for (const [what, row] of Object.entries(EVENTS))
      await test(what, async () => {
        const s = await holding(stage, row.role);
        const before = (await mailsOf(s)).length;
        const password = (await row.happens(s)) ?? s.person.password;
        const made = await mailsOf(s);
        await tryAll(s, row.lives, password, what);
        assert.equal(made.length > before, row.told, `${what}: ${row.told ? 'a notice' : 'no notice'}`);
        await row.afterwards?.(s);
      });
  } finally {
    await inHere.close();
    if (there !== r) await inThere.close();
  }
});

test('a token that was made in an account does not come back with it', async () => {
  const r = await rig();
  const house = await r.organisation();
  const administrator = () => r.person({ organisations: [house], enrolled: true, role: 'administrator' });
  const [helen, arthur, saskia] = [await administrator(), await administrator(), await administrator()];
  r.advance('P2D');
  const jar = await atWork(r, helen);
  const steward = await stewardOf(r, { person: helen, jar });
  const wish = { organisation: house.id, name: 'Import', scope: 'write', days: 90 } as const;
  const given = await createApiToken(r.deps, steward, wish);
  const token = 'made' in given ? given.token.reveal() : '';
  const asked = () => programOf(r.deps, token, NOWHERE);
  assert.ok(await asked(), 'control: it works');
  const close = { address: helen.email, reason: 'Somebody else seems to be in it.' };
  await (await atWork(r, arthur)).submit('/desk/closed', close);
  assert.equal(await asked(), null);
  for (const agent of [arthur, saskia]) await (await atWork(r, agent)).submit('/desk/closed/open', close);
  assert.equal((await r.store.read.accounts.byId(helen.id))?.status, 'active');
  assert.equal(await asked(), null);
  assert.deepEqual(await r.store.read.apiTokens.of(house.id), []);
});

type Stage = {
  r: Rig;
  there: Rig;
  house: Organisation;
  agents: Person[];
  inHere: Awaited<ReturnType<typeof listening>>;
  inThere: Awaited<ReturnType<typeof listening>>;
  application: Application;
};
type Scene = Awaited<ReturnType<typeof holding>>;

const FRESH = 'velvet ladder eleven moons';
const NOWHERE = { address: '127.0.0.1', userAgent: 'test', request: 'test' };

/** Somebody who holds everything there is to hold. */
async function holding(stage: Stage, role: PersonOptions['role'] = 'member') {
  const { r, there, house, inHere, application } = stage;
  const person = await r.person({ organisations: [house], role });
  const here = inHere.jar();
  await signIn(here, person);
  await here.submit('/sign-in/prompt', { answer: 'enable' });
  const paired = await throughPairing(there, here, await here.submit('/enrol/choice', { choice: 'app' }));
  assert.match(paired.done.path, /^\/enrol\/done/, 'control: a session with two steps');
  await addNumber(r, person);

  const other = inHere.jar();
  await signIn(other, person);
  const code = codeAt(paired.phone.codes, r.wall());
  await other.submit('/sign-in/verify', { method: 'totp', code, remember: 'yes' });
  assert.equal(await me(r, other), person.id, 'control: a second one');
  const party = await RelyingParty.of(application, other.origin, inHere.through);
  const begun = await party.begin({ scope: 'openid offline_access', prompt: 'consent' });
  const asked = await visit(other, begun.url);
  const done = await visit(other, (await other.post(asked.page.path, { answer: 'agree' })).location ?? '');
  const form = { grant_type: 'authorization_code', code: answerOf(done).get('code') ?? '' };
  const tokens = await tokensFor(stage, { ...form, redirect_uri: CALLBACK, code_verifier: begun.verifier });
  const host = new HostBrowser(r, other.copy());
  await host.enter(APP, '/');
  const opened = other.copy();
  await opened.submit('/account/move');
  const scan = await opened.submit('/enrol/choice', { choice: 'totp' });
  assert.match(scan.text, /data-copy="[A-Z2-7]{32}"/, 'control: a wizard');

  const attempt = inHere.jar();
  await signIn(attempt, person);
  const waiting = inHere.jar();
  await signIn(waiting, person);
  const number = numberOn(await waiting.submit('/sign-in/verify/app'));
  const request = await paired.phone.asked();
  assert.ok(request && number, 'control: a request');
  const lost = inHere.jar();
  await signIn(lost, person);
  const recovery = (await lost.submit('/sign-in/recover')).path;
  assert.match(recovery, /^\/recovery\//, 'control: a request to get back in');
  await r.browser().post('/forgot', { address: person.email });
  const reset = await linkFor(r, person, 'reset');
  const s = {
    ...stage,
    person,
    phone: paired.phone,
    backupCode: paired.code,
    here,
    before: here.copy(),
    other,
    tokens,
    host,
    wizard: opened,
    attempt,
    number,
    request,
    recovery,
    reset,
  };
  // Whatever remembers an answer remembers it now.
  assert.equal((await userinfo(s)).status, 200);
  assert.equal((await atHost(s)).status, 200);
  return s;
}

/** Everything that is held, one after the other, at the other process. */
async function tryAll(s: Scene, lives: readonly Held[], password: string, what: string): Promise<void> {
  const found: Held[] = [];
  for (const held of Object.keys(HELD) as Held[]) if (await isAlive(s, held, password)) found.push(held);
  assert.deepEqual(
    found,
    Object.keys(HELD).filter((one) => lives.includes(one as Held)),
    what,
  );
  // The session that goes on has a new name, wherever what opens the account was changed.
  if (found.includes('actor') && s.before.cookies.get(SESSION) !== s.here.cookies.get(SESSION))
    assert.equal((await at(s, s.before).get('/account')).status, 303, `${what}: the old name of the session is dead`);
}

async function isAlive(s: Scene, held: Held, password: string): Promise<boolean> {
  switch (held) {
    case 'actor':
      return (await at(s, s.here).get('/account')).status === 200;
    case 'others':
      return (await at(s, s.other).get('/account')).status === 200;
    case 'host':
      return (await atHost(s)).status === 200;
    case 'token':
      return (await userinfo(s)).status === 200;
    case 'grant': {
      const next = await tokensFor(s, { grant_type: 'refresh_token', refresh_token: s.tokens.refresh_token });
      const isGiven = typeof next.access_token === 'string';
      if (isGiven) s.tokens = next;
      return isGiven;
    }
    case 'phone': {
      const bound = await s.there.store.read.authenticators.byId(s.phone.device);
      return bound !== null && bound.disabledAt === null;
    }
    case 'request':
      return (await s.phone.answer(s.request, s.number)).status === 200;
    case 'reset':
      return (await at(s).get(s.reset)).status === 200;
    case 'wizard': {
      const jar = at(s, s.wizard);
      await jar.post('/enrol/scanned');
      return /name="code"/.test((await jar.open('/enrol')).text);
    }
    case 'recovery': {
      const page = await at(s).get(s.recovery);
      return page.status === 200 && (await s.there.store.read.recovery.openOf(s.person.id)) !== null;
    }
    case 'attempt': {
      const paper = { method: 'backup-code', code: s.backupCode };
      const answer = await at(s, s.attempt).post('/sign-in/verify', paper);
      assert.ok(answer.status < 500);
      return answer.location === '/sign-in/phone';
    }
    case 'device': {
      const jar = at(s);
      jar.cookies.set(DEVICE, s.other.cookies.get(DEVICE) ?? '');
      await jar.post('/sign-in', { address: s.person.email, password });
      return jar.cookies.has(SESSION);
    }
  }
}

/** A browser with these cookies at the other process. */
function at({ inThere }: Stage, jar?: Jar): Jar {
  const copy = inThere.jar();
  for (const [name, value] of jar?.cookies ?? []) copy.cookies.set(name, value);
  return copy;
}

function atHost({ there, host }: { there: Rig; host: HostBrowser }) {
  const browser = new HostBrowser(there);
  for (const [name, cookies] of host.cookies) browser.cookies.set(name, new Map(cookies));
  return browser.ask(APP, '/');
}

type Tokens = { access_token: string; refresh_token: string };

async function tokensFor(s: Stage, form: Record<string, string>): Promise<Tokens> {
  const jar = at(s);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic(s.application) };
  const body = new URLSearchParams(form).toString();
  const answer = await jar.send(new Request(new URL('/oidc/token', jar.origin), { method: 'POST', headers, body }));
  assert.ok(answer.status < 500, answer.text);
  return JSON.parse(answer.text) as Tokens;
}

function userinfo(s: Stage & { tokens: Tokens }) {
  return at(s).get('/oidc/userinfo', { authorization: `Bearer ${s.tokens.access_token}` });
}

/** How many mails were made for this person; those that are held back for a quarter of an hour count. */
async function mailsOf({ r, there, person }: Scene) {
  for (const one of new Set([r, there])) one.advance('PT16M');
  const all = await r.messages(person.email);
  for (const one of new Set([r, there])) one.advance('-PT16M');
  return all;
}

async function change({ r, person, here }: Scene, what: SecurityChange, isOwn: boolean): Promise<void> {
  const own = isOwn ? ((await whoOf(r, here))?.session.id ?? null) : null;
  await r.store.transaction(async (tx) => {
    await tx.accounts.lock(person.id);
    const facts = await loadFacts(tx, person.id, r.now());
    assert.ok(facts);
    const scene = { deps: r.deps, tx, facts, attempt: null, origin: NOWHERE, now: r.now(), audit: [] };
    await applyChange(scene, what, null, own);
  });
}

/** The next agent, who has just given the second step. */
async function atDesk({ r, agents }: Scene): Promise<Jar> {
  const agent = agents.pop();
  assert.ok(agent);
  const jar = r.browser();
  await signIn(jar, agent);
  await jar.submit('/sign-in/verify', { method: 'totp', code: agent.code() });
  return jar;
}

function agentOf(r: Rig, house: Organisation): Promise<Person> {
  return r.person({ organisations: [house], role: 'agent', enrolled: true });
}

/** A telephone number of no use to anybody, there to be taken away. */
async function addNumber(r: Rig, { id }: Person): Promise<void> {
  const row = {
    label: '',
    hint: '123',
    boundAt: r.now(),
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
  };
  const secret = new Secret<Uint8Array>(new TextEncoder().encode('+447700900123'));
  await r.store.transaction((tx) =>
    tx.authenticators.bind({ ...row, id: randomUUID(), account: id, type: 'sms', secret, boundBy: '' }),
  );
}
