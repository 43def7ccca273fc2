import assert from 'node:assert/strict';
import type { Answered, Jar } from '#test/support/jar.ts';
import type { Person } from '#test/support/rig.ts';
import { SESSION, shownCode } from '#test/support/roads.ts';
import type { Stage } from './stage.ts';

/** How often each race is run. The chance to see a race that shows in one volley of twenty: 46 % in 12, 95 % in 60. */
export const VOLLEYS = Number(process.env['NACHTSLOT_VOLLEYS'] ?? 12);

/** So many at once: more would spend the budget of passwords before the first right one gives its charge back. */
const AT_ONCE = 4;

/** Browsers that gave the right password and owe the second step. */
export async function pendings(stage: Stage, person: Person, count: number): Promise<Jar[]> {
  const jars: Jar[] = [];
  while (jars.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - jars.length) }, () => pending(stage.browser(), person));
    jars.push(...(await Promise.all(some)));
  }
  return jars;
}

export async function pending(jar: Jar, { email, password }: Person): Promise<Jar> {
  const answer = await jar.post('/sign-in', { address: email, password });
  assert.deepEqual([answer.status, answer.location], [303, '/sign-in/verify'], answer.text);
  return jar;
}

/** The honest way in, with the code that the app shows next: a server that refuses everything proves nothing. */
export async function signsIn(stage: Stage, person: Person, jar: Jar = stage.browser()): Promise<Jar> {
  stage.advance({ seconds: 30 });
  await pending(jar, person);
  const answer = await jar.post('/sign-in/verify', { method: 'totp', code: person.code() });
  assert.equal(answer.status, 303, 'control: the honest way in');
  // Whose backup code is spent gets a new one before going on.
  if (answer.location === '/enrol') {
    const code = shownCode(await jar.open('/enrol'));
    await jar.post('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  }
  assert.ok(jar.cookies.has(SESSION), 'control: a session');
  return jar;
}

/** All answers of a volley; none may be lost and none may be a fault of ours. */
export function answersOf(settled: readonly PromiseSettledResult<Answered>[]): Answered[] {
  const answers = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  for (const { status, text } of answers) assert.ok(status < 500, `${status}: ${text.slice(0, 200)}`);
  return answers;
}

/** The audit's word, which no answer can embellish. */
export async function linesOf(stage: Stage, account: string, event: string) {
  const lines = await stage.rig.store.read.audit.of(account, 2_000);
  return lines.filter((line) => line.event === event);
}

export function guessesCharged(stage: Stage, account: string): Promise<number> {
  return stage.rig.store.read.budgets.history(`guess:${account}`).then((history) => history.length);
}

export const bound = async (stage: Stage, account: string, type: string) =>
  (await stage.rig.store.read.authenticators.of(account)).filter((one) => one.type === type);

/** Who said what, for a failure's message. */
export function tally(answers: readonly Answered[]): string {
  const said = answers.map(({ status, location }) => `${status} ${location ?? ''}`.trim());
  return JSON.stringify(Object.entries(Object.groupBy(said, (one) => one)).map(([one, all]) => [one, all?.length]));
}

/** Six digits that no step near the present one shows. */
export function wrongCode(person: Person, seed: number): string {
  const near = Array.from({ length: 45 }, (_, step) => person.code(step - 22));
  for (let code = seed * 7; ; code++) {
    const text = String(code % 1_000_000).padStart(6, '0');
    if (!near.includes(text)) return text;
  }
}
