import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, rig } from '#test/support/rig.ts';
import { base32, enrolledIn, signIn } from '#test/support/roads.ts';

const ANNS = '+447700900123';

test('a message that is not sent uses up nothing: a stranger cannot spend the day of somebody else’s number', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, ANNS);
  const house = await r.organisation({ policy: { smsPerAccountPerDay: 1 } });
  await r.campaign({ organisation: house.id });
  const mal = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, mal);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(scan.text)?.[1] ?? '');
  await jar.submit('/enrol/scanned');
  await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  const own = await jar.submit('/enrol/sms', { number: '+44 7700 900456' });
  assert.equal(own.status, 200, 'control: the one message of the day');
  r.advance({ minutes: 2 });
  await jar.submit('/enrol/back');
  for (let tries = 0; tries < 6; tries += 1) {
    const refused = await jar.submit('/enrol/sms', { number: ANNS });
    assert.equal(refused.status, 429);
  }

  const hers = r.browser();
  await signIn(hers, ann);
  const page = await hers.submit('/sign-in/verify/text');
  assert.equal(page.status, 200);
  assert.equal((await r.messages(ANNS)).length, 1);
});
