import assert from 'node:assert/strict';
import type { Answered, Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { base32, SESSION, shownCode } from '#test/support/roads.ts';
import { sentBy } from './sent.ts';
import type { Stage } from './stage.ts';

/** What one person's browser was told, and what it had asked for when the line broke. */
export type Life = {
  kind: 'enrolled' | 'newcomer' | 'later' | 'texter';
  person: Person;
  phone: string;
  jar: Jar;
  password: Known<string>;
  app: Known<Uint8Array>;
  code: Known<string>;
  /** Codes and passwords that were acknowledged as gone. */
  deadCodes: string[];
  deadPasswords: string[];
  /** The step of the last code of the app that was acknowledged. */
  step: number;
  /** A code was sent off, and nobody knows whether it counted. */
  using: boolean;
  deferrals: number;
  deferring: boolean;
  /** A request was under way that gives the session a new name. */
  sessionInDoubt: boolean;
};

/** What is acknowledged, and what may have become of it. */
type Known<T> = { now: T | null; next: T | null };

export function lifeOf(stage: Stage, kind: Life['kind'], person: Person, phone = ''): Life {
  return {
    kind,
    person,
    phone,
    jar: stage.browser(),
    password: { now: person.password, next: null },
    app: { now: person.totp, next: null },
    code: { now: person.backupCode, next: null },
    deadCodes: [],
    deadPasswords: [],
    step: -1,
    using: false,
    deferrals: 0,
    deferring: false,
    sessionInDoubt: true,
  };
}

/** Lives until the line breaks, or until everything was done once. */
export async function live(stage: Stage, life: Life): Promise<void> {
  switch (life.kind) {
    case 'enrolled': {
      await withApp(stage, life);
      const changes = [changePassword, renewCode, moveApp].sort(() => Math.random() - 0.5);
      for (const change of changes) await change(stage, life);
      await useCode(stage, life);
      break;
    }
    case 'newcomer':
      await enterTo(life, '/sign-in/prompt');
      await sends(life, '/sign-in/prompt', { answer: 'enable' }, '/enrol');
      await bindApp(stage, life, '/enrol');
      await sends(life, '/enrol/sms/skip', {}, '/enrol');
      await keepCode(life);
      break;
    case 'later':
      await enterTo(life, '/sign-in/prompt');
      life.deferring = true;
      await sends(life, '/sign-in/prompt', { answer: 'later' }, '/');
      life.deferring = false;
      life.deferrals += 1;
      life.sessionInDoubt = false;
      break;
    case 'texter':
      await enterTo(life, '/sign-in/verify');
      await withText(stage, life);
      break;
    default:
      life.kind satisfies never;
  }
}

export async function withApp(stage: Stage, life: Life): Promise<void> {
  await enterTo(life, '/sign-in/verify');
  const wall = stage.rig.wall();
  const answer = await life.jar.post('/sign-in/verify', {
    method: 'totp',
    code: codeAt(life.app.now ?? new Uint8Array(), wall),
  });
  assert.equal(answer.status, 303, 'the app’s code');
  life.step = Math.floor(wall.epochMilliseconds / 30_000);
  // Whose code was spent when the line broke gets a new one first.
  if (answer.location === '/enrol') await keepCode(life);
  assert.ok(life.jar.cookies.has(SESSION));
  life.sessionInDoubt = false;
}

async function withText(stage: Stage, life: Life): Promise<void> {
  const before = sentBy(stage).length;
  await sends(life, '/sign-in/verify/text', {}, '/sign-in/verify?with=sms');
  const code = await until(
    () =>
      sentBy(stage)
        .slice(before)
        .find(({ to }) => to === life.phone)?.text,
  );
  if (!code) return; // it was on its way when the server died; nobody sends it a second time
  await sends(life, '/sign-in/verify', { method: 'sms', code: /\b\d{6}\b/.exec(code)?.[0] ?? '' }, '/sign-in/phone');
  await sends(life, '/sign-in/phone', { phone: 'here' }, '/');
  life.sessionInDoubt = false;
}

async function changePassword(_: Stage, life: Life): Promise<void> {
  life.password.next = `velvet ladder ${crypto.randomUUID()}`;
  life.sessionInDoubt = true;
  const form = { password: life.password.next, repeated: life.password.next };
  await sends(life, '/account/password', form, '/account?done=password');
  life.deadPasswords.push(life.password.now ?? '');
  settle(life.password);
  life.sessionInDoubt = false;
}

async function renewCode(_: Stage, life: Life): Promise<void> {
  life.sessionInDoubt = true;
  await sends(life, '/account/backup-code', {}, '/enrol');
  await keepCode(life);
}

async function moveApp(stage: Stage, life: Life): Promise<void> {
  life.sessionInDoubt = true;
  await sends(life, '/account/move', {}, '/enrol');
  await bindApp(stage, life, '/enrol/done');
  life.sessionInDoubt = false;
}

async function useCode(_: Stage, life: Life): Promise<void> {
  await enterTo(life, '/sign-in/verify');
  life.using = true;
  await sends(life, '/sign-in/verify', { method: 'backup-code', code: life.code.now ?? '' }, '/sign-in/phone');
  life.deadCodes.push(life.code.now ?? '');
  life.code.now = null;
  life.using = false;
  await sends(life, '/sign-in/phone', { phone: 'here' }, '/enrol');
  await keepCode(life);
}

/** From *Choose how you confirm it's you* to the first right code. */
async function bindApp(stage: Stage, life: Life, leadsTo: string): Promise<void> {
  const page = await life.jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(page.text)?.[1] ?? '');
  await sends(life, '/enrol/scanned', {}, '/enrol');
  life.app.next = secret;
  const wall = stage.rig.wall();
  await sends(life, '/enrol/code', { code: codeAt(secret, wall) }, leadsTo);
  settle(life.app);
  life.step = Math.floor(wall.epochMilliseconds / 30_000);
}

async function keepCode(life: Life): Promise<void> {
  const page = await life.jar.get('/enrol');
  life.code.next = shownCode(page);
  assert.ok(life.code.next, page.text);
  await sends(life, '/enrol/backup-code', { saved: 'yes', locator: life.code.next.slice(0, 4) }, '/enrol/done');
  if (life.code.now) life.deadCodes.push(life.code.now);
  settle(life.code);
  life.sessionInDoubt = false;
}

async function enterTo(life: Life, page: string): Promise<void> {
  life.jar.cookies.clear();
  life.sessionInDoubt = true;
  const { email } = life.person;
  await sends(life, '/sign-in', { address: email, password: life.password.now ?? '' }, page);
}

async function sends(life: Life, path: string, form: Record<string, string>, leadsTo: string): Promise<Answered> {
  const answer = await life.jar.post(path, form);
  const isThere = answer.location === leadsTo || answer.location?.startsWith(`${leadsTo}?`);
  assert.ok(isThere, `${path}: ${answer.status} ${answer.location} instead of ${leadsTo}`);
  return answer;
}

function settle<T>(known: Known<T>): void {
  known.now = known.next;
  known.next = null;
}

/** Waits a second and a half for something that another process does. */
async function until<T>(found: () => T | undefined): Promise<T | undefined> {
  for (let tries = 0; tries < 30; tries++) {
    const one = found();
    if (one !== undefined) return one;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
