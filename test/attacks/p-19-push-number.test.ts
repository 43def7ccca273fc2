// P-19: nothing is approved without the number from the screen that asked; one request at a time, and no bombing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asking,
  enrolledWithPhone,
  numberOn,
  pairPhone,
  codeIn,
  newKey,
  signed,
  type Phone,
} from '#test/support/paired-phone.ts';
import { codeAt, type Person, type Rig, rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { levelOf, me } from './support/in-process.ts';
import { onBoth } from './support/in-process.ts';

const DONE = '/sign-in/verify/app/done';

onBoth('the right number, typed on the paired phone, signs in; nothing before it does', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { jar, page } = await asking(r, person);
  const number = numberOn(page);
  assert.match(number, /^\d{6}$/);
  assert.equal((await jar.post(DONE)).status, 409, 'the phone has not answered');
  const asked = await phone.asked();
  assert.ok(asked);
  assert.equal((await phone.answer(asked, number)).status, 200);
  assert.equal(await me(r, jar), null, 'a phone signs nobody in: the browser that asked does');
  assert.equal((await jar.post(DONE)).location, '/');
  assert.equal(await me(r, jar), person.id);
  assert.equal(await levelOf(r, jar), 'aal2');
  const evidence = (await r.store.read.sessions.of(person.id)).at(-1)?.evidence ?? [];
  assert.deepEqual(
    evidence.map(({ type, key }) => [type, key]),
    [
      ['password', undefined],
      ['app', 'software'],
    ],
  );
});
