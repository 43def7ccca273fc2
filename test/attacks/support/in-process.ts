import assert from 'node:assert/strict';
import { whoIs } from '#flows/session.ts';
import { hashToken } from '#flows/token.ts';
import type { PushTransport } from '#outbox/transport.ts';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig, START } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';

export const ATTEMPT = '__Host-attempt';
export const DEVICE = '__Host-device';

/** From the range of the United Kingdom that is kept free for fiction. */
export const PHONE = '+447700900123';

/** A whole program in one process on both databases; its clock is the one the store deletes by. */
export function onBoth(
  name: string,
  body: (r: Rig, database: TestDatabase) => Promise<void>,
  options: { push?: PushTransport } = {},
): void {
  onBothDatabases(name, async (database) => {
    let r: Rig | null = null;
    const store = await database.open({ now: () => r?.now() ?? START });
    r = await rig({ store, ...options });
    await body(r, database);
  });
}

/** A browser that gave the right password and owes the second step. */
export async function pendingOf(r: Rig, person: Person): Promise<Jar> {
  const jar = r.browser();
  const page = await signIn(jar, person);
  assert.match(
    page.path,
    /^\/(sign-in\/(verify|prompt)|enrol)/,
    'control: the right password leads to the second step',
  );
  return jar;
}

/**
 * A browser that is signed in with two steps. Each code is used once, so that the clocks move on first where this person
 * signs in a second time.
 */
export async function signedInWithCode(r: Rig, person: Person, wish: { remember?: boolean } = {}): Promise<Jar> {
  const jar = await pendingOf(r, person);
  await secondStep(r, jar, person, wish);
  return jar;
}

export async function secondStep(r: Rig, jar: Jar, person: Person, { remember = false } = {}): Promise<Answered> {
  r.advance('PT30S');
  const answer = await jar.submit('/sign-in/verify', {
    method: 'totp',
    code: person.code(),
    ...(remember && { remember: 'yes' }),
  });
  assert.equal(await me(r, jar), person.id, 'control: the right code signs in');
  return answer;
}

/** A browser that was remembered, and is signed in by the password alone. */
export async function signedInByDevice(r: Rig, person: Person): Promise<Jar> {
  const jar = await signedInWithCode(r, person, { remember: true });
  await jar.submit('/sign-out');
  await signIn(jar, person);
  assert.equal(await levelOf(r, jar), 'aal1', 'control: the device stands in for the second step');
  return jar;
}

/** The account of the session that this browser holds, or null for nobody; asked of the store, not of a page. */
export async function me(r: Rig, jar: Jar): Promise<string | null> {
  return (await whoOf(r, jar))?.session.account ?? null;
}

export async function levelOf(r: Rig, jar: Jar) {
  return (await whoOf(r, jar))?.level ?? null;
}

export function whoOf(r: Rig, jar: Jar) {
  const token = jar.cookies.get(SESSION);
  return token ? whoIs(r.deps, token) : Promise.resolve(null);
}

/** What the account can be opened with and what is open, without the counters that every guess moves. */
export async function snapshot(r: Rig, { id }: Person) {
  const { read } = r.store;
  const account = await read.accounts.byId(id);
  const authenticators = await read.authenticators.of(id);
  return asText({
    account,
    authenticators: authenticators.map((one) => [
      one.id,
      one.type,
      one.label,
      one.hint,
      one.counter,
      one.disabledAt,
      Buffer.from(one.secret.reveal()).toString('hex'),
    ]),
    sessions: (await read.sessions.of(id)).map((one) => `${one.id} ${one.evidence.length}`).sort(byText),
    devices: (await read.devices.of(id)).map((one) => `${one.id} ${String(one.expiresAt)}`).sort(byText),
    deferrals: (await read.campaigns.deferrals(id)).length,
    signIns: (await read.campaigns.signIns(id, 99)).length,
  });
}

function byText(one: string, other: string): number {
  return one.localeCompare(other);
}

/** As text: node's deepEqual takes any two Temporal values for equal. */
export function asText(value: unknown): string {
  return JSON.stringify(value, null, 1);
}

/** The sign-in and the wizard of this browser, as they are stored. */
export async function progress(r: Rig, jar: Jar) {
  const token = jar.cookies.get(ATTEMPT);
  const attempt = token ? await r.store.read.attempts.byToken(hashToken(token)) : null;
  if (!attempt) return null;
  const wizard = await r.store.read.enrolments.byHolder(attempt.id);
  const { pending, number, backupCode } = wizard?.sealed ?? {};
  const secrets = asText([
    pending ? Buffer.from(pending.secret.reveal()).toString('hex') : '',
    pending?.label ?? '',
    number?.reveal() ?? '',
    backupCode?.reveal() ?? '',
  ]);
  return { attempt: attempt.state, over: attempt.endedAt !== null, wizard: wizard?.state ?? null, secrets };
}

/** How many guesses this account has paid for and not been given back. */
export async function guessesCharged(r: Rig, { id }: Person): Promise<number> {
  return (await r.store.read.budgets.history(`guess:${id}`)).length;
}

/** Nobody got in, and a person could go on from this answer: a page of ours, or the way to one, and never a fault. */
export function refused(answer: Answered, where: string): void {
  assert.ok(answer.status < 500, `${where}: ${answer.status}`);
  assert.ok(answer.status >= 400 || answer.status === 303, `${where}: ${answer.status} at ${answer.path}`);
  if (answer.status !== 303) assert.match(answer.text, /<h1/, where);
}

/** The page says this sentence in an alert, with a status that no machine takes for a success. */
export function says(answer: Answered, sentence: RegExp, status = 422): void {
  assert.equal(answer.status, status, `${answer.path}: ${alertsOf(answer).join(' | ')}`);
  assert.match(alertsOf(answer).join('\n'), sentence);
  assert.match(answer.text, /<h1/);
}

/** The sentence stands beside a field, tied to it, so that a screen reader says both (WCAG 2.2, 3.3.1). */
export function besideField(answer: Answered, name: string): void {
  const field = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(answer.text)?.[0] ?? '';
  assert.match(field, /aria-invalid="true"/, `no error at ${name}: ${field}`);
  const described = /aria-describedby="([^"]+)"/.exec(field)?.[1] ?? '';
  const error = described.split(' ').find((id) => id.endsWith('-error')) ?? '-';
  assert.ok(answer.text.includes(`id="${error}"`), `${name} names ${described}`);
}

export function alertsOf({ text }: Answered): string[] {
  const alerts = text.matchAll(/role="alert"[^>]*>(.*?)<\/(?:p|div)>/gs);
  return [...alerts].map(([, inner = '']) => plain(inner));
}

export function headingOf({ text }: Answered): string {
  return plain(/<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] ?? '');
}

function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

/** The newest link of this kind in the person's mail, as a path. */
export async function linkFor(r: Rig, { email }: Person, kind: 'reset' | 'not-me'): Promise<string> {
  const links = (await r.messages(email)).flatMap((one) => one.links);
  const link = links.find((one) => one.includes(`/${kind}/`));
  assert.ok(link, `control: a mail with a link to /${kind}/`);
  return new URL(link).pathname;
}

/** Mails with this in their subject or text that this person got so far. */
export async function mailsAbout(r: Rig, { email }: Person, what: RegExp): Promise<number> {
  return (await r.messages(email)).filter((one) => what.test(`${one.subject}\n${one.text}`)).length;
}
