import assert from 'node:assert/strict';
import { enrolWithCard } from '#test/support/code-card.ts';
import type { Rig } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';
import { onBoth } from './support/in-process.ts';

async function withCard(r: Rig) {
  const house = await r.organisation();
  const joris = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, joris);
  await jar.submit('/account/enable');
  await jar.submit('/sign-in/verify', { method: 'password', code: joris.password });
  return { joris, ...(await enrolWithCard(jar)) };
}

onBoth('one code of a card, five browsers at once: one gets in', async (r) => {
  const { joris, codes } = await withCard(r);
  const jars = Array.from({ length: 5 }, () => r.browser());
  for (const jar of jars) await signIn(jar, joris);
  const answers = await Promise.all(
    jars.map((jar) => jar.post('/sign-in/verify', { method: 'code-card', code: codes[1] ?? '' })),
  );
  for (const { status, text } of answers) assert.ok(status < 500, text.slice(0, 200));
  assert.equal(jars.filter((jar) => jar.cookies.has(SESSION)).length, 1);
  const card = (await r.store.read.authenticators.of(joris.id)).find(({ type }) => type === 'code-card');
  assert.equal(card?.counter, 2);
});

onBoth('guesses at a card and at the backup code are paid from one budget', async (r) => {
  const { joris, codes, backupCode } = await withCard(r);
  const thief = r.browser();
  await signIn(thief, joris);
  for (const [method, code] of [
    ['code-card', '0000-0000'],
    ['backup-code', '0000-0000-0000-0000-0000'],
    ['code-card', '0000-0001'],
    ['code-card', '0000-0002'],
  ] as const)
    assert.equal((await thief.post('/sign-in/verify', { method, code })).status, 422);
  const other = r.browser();
  await signIn(other, joris);
  await other.post('/sign-in/verify', { method: 'backup-code', code: '0000-0000-0000-0000-0001' });
  for (const [method, code] of [
    ['code-card', codes[1] ?? ''],
    ['backup-code', backupCode],
  ] as const)
    assert.equal((await other.post('/sign-in/verify', { method, code })).status, 429, method);
});
