import assert from 'node:assert/strict';
import { integrityOf } from '#cli/integrity.ts';
import { brokenInvariants } from '#cli/invariants.ts';
import { verifyAudit } from '#store/audit-verify.ts';
import { codeAt } from '#test/support/rig.ts';
import { SESSION } from '#test/support/roads.ts';
import type { Life } from './lives.ts';
import { bound, linesOf } from './people.ts';
import type { Stage } from './stage.ts';

/**
 * Holds the database and the server against what a browser was told before the server died: what was acknowledged is
 * there, what was not is there whole or not at all, and what was spent stays spent. Learns which of two it became.
 */
export async function checkLife(stage: Stage, life: Life): Promise<void> {
  await checkSession(life);
  await checkPassword(stage, life);
  await checkApp(stage, life);
  await checkCode(stage, life);
  const { length } = await stage.rig.store.read.campaigns.deferrals(life.person.id);
  assert.ok(length === life.deferrals || (life.deferring && length === life.deferrals + 1), `${length} deferrals`);
  await checkLines(stage, life);
}

async function checkSession({ jar, sessionInDoubt, person }: Life): Promise<void> {
  if (sessionInDoubt) return;
  assert.ok(jar.cookies.has(SESSION));
  assert.equal((await jar.copy().get('/account')).status, 200, `the session of ${person.id} that was given`);
}

async function checkPassword(stage: Stage, life: Life): Promise<void> {
  const { now, next } = life.password;
  const works: string[] = [];
  for (const password of [now, next]) if (password && (await signsIn(stage, life, password))) works.push(password);
  assert.equal(works.length, 1, 'the old password or the new one, and not both');
  if (next === null) assert.equal(works[0], now);
  for (const dead of life.deadPasswords) assert.ok(!(await signsIn(stage, life, dead)), 'a replaced password is dead');
  life.password = { now: works[0] ?? '', next: null };
}

async function signsIn(stage: Stage, { person }: Life, password: string): Promise<boolean> {
  const answer = await stage.browser().post('/sign-in', { address: person.email, password });
  assert.ok([303, 422].includes(answer.status), `${answer.status}`);
  return answer.status === 303;
}

async function checkApp(stage: Stage, life: Life): Promise<void> {
  const apps = await bound(stage, life.person.id, 'totp');
  const { now, next } = life.app;
  assert.ok(apps.length === 1 || (now === null && apps.length === 0), `${apps.length} apps`);
  const [app] = apps;
  if (!app) return;
  const is = (secret: Uint8Array | null) => secret !== null && Buffer.compare(secret, app.secret.reveal()) === 0;
  assert.ok(is(now) || is(next), 'an app that somebody knows');
  if (next === null || !is(next)) assert.ok(app.counter >= life.step, 'an acknowledged code stays used');
  life.app = { now: is(now) ? now : next, next: null };
  if (life.step < 0 || !is(now)) return;
  const wall = stage.rig.wall();
  if (Math.floor(wall.epochMilliseconds / 30_000) !== life.step) return;
  await refusesAgain(stage, life, { method: 'totp', code: codeAt(now ?? new Uint8Array(), wall) });
}

async function checkCode(stage: Stage, life: Life): Promise<void> {
  const codes = await bound(stage, life.person.id, 'backup-code');
  const { now, next } = life.code;
  assert.ok(codes.length <= 1, 'never two backup codes');
  const hint = codes[0]?.hint ?? null;
  const known = [now, next].find((one) => one !== null && one.slice(0, 4) === hint) ?? null;
  assert.equal(known === null, hint === null, 'a code that somebody knows');
  assert.ok(hint !== null || now === null || life.using, 'an acknowledged code is there');
  if (known === now || known === null) assert.ok(codes.every(({ secret }) => secret.reveal().length > 0));
  life.code = { now: known, next: null };
  life.using = false;
  const dead = life.deadCodes.at(-1);
  if (dead && life.app.now) await refusesAgain(stage, life, { method: 'backup-code', code: dead });
}

async function refusesAgain(stage: Stage, life: Life, form: Record<string, string>): Promise<void> {
  const jar = stage.browser();
  await jar.post('/sign-in', { address: life.person.email, password: life.password.now ?? '' });
  const answer = await jar.post('/sign-in/verify', form);
  assert.equal(answer.status, 422, `what was spent stays spent: ${form['method']} ${answer.location ?? ''}`);
}

/** No change without its line, and no line without its change. */
async function checkLines(stage: Stage, { person }: Life): Promise<void> {
  const rows = await stage.meddle(
    `select type, bound_by, ended_at, end_reason, length(sealed_secret) as size from authenticators where account = '${person.id}'`,
  );
  for (const { ended_at, size } of rows)
    assert.equal(Number(size) === 0, ended_at !== null, 'an ended one is empty, a live one is whole');
  const made = (type: string) => rows.filter((row) => row['type'] === type && row['bound_by'] !== '').length;
  const lines = async (event: string) => (await linesOf(stage, person.id, event)).length;
  assert.equal(await lines('enrolment.proved'), made('totp'), 'apps and their lines');
  assert.equal(await lines('account.backup-code-renewed'), made('backup-code'), 'codes and their lines');
  const replaced = rows.filter((row) => row['type'] === 'password' && row['end_reason'] === 'replaced').length;
  assert.equal(await lines('account.password-changed'), replaced, 'passwords and their lines');
  const spent = rows.filter((row) => row['end_reason'] === 'spent').length;
  const proved = await linesOf(stage, person.id, 'sign-in.proved');
  assert.equal(proved.filter(({ detail }) => detail['type'] === 'backup-code').length, spent, 'uses and their lines');
  assert.equal(await lines('sign-in.deferred'), (await stage.rig.store.read.campaigns.deferrals(person.id)).length);
}

/** What an operator would ask `nachtslot verify`: nothing contradicts itself, every secret opens, the chain is whole. */
export async function checkWhole({ dialect, url, rig }: Stage): Promise<void> {
  if (dialect === 'sqlite') assert.deepEqual(integrityOf(url.replace('sqlite:', '')), []);
  assert.deepEqual(await brokenInvariants(url, rig.keys), []);
  const found = await verifyAudit(rig.store.read.audit);
  assert.ok(found.ok, JSON.stringify(found));
}
