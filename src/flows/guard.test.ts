import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';

test('asking for a new code where no more mail may go out leaves the code that was sent good', async () => {
  const r = await rig();
  const house = await r.organisation();
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-01') });
  const grace = await r.person({ organisations: [house], firstSignInAt: r.now().subtract({ hours: 24 * 60 }) });
  const jar = r.browser();
  const page = await signIn(jar, grace);
  if (page.path === '/sign-in/prompt') await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const statuses: number[] = [];
  for (let tries = 0; tries < 4; tries += 1) {
    r.advance({ seconds: 61 });
    statuses.push((await jar.submit('/enrol/guard/resend')).status);
  }
  assert.deepEqual(statuses, [200, 200, 429, 429], 'three mails in an hour');
  const mails = await r.messages(grace.email);
  assert.equal(mails.length, 3);
  const code = /\b\d{6}\b/.exec(mails[0]?.text ?? '')?.[0] ?? '';
  const passed = await jar.submit('/enrol/guard', { code });
  assert.match(passed.text, /Choose how you confirm it/);
});
