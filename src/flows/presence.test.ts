import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '#store/rows.ts';
import { giveCode, givePassword, visit } from '#test/support/oidc-client.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { presenceOf } from './presence.ts';
import { whoHas } from './session.ts';

// Who opens the accounts of others is nobody sooner, also at the doors that ask once for many requests.
for (const [role, idleMinutes, endsAfterHours] of [
  ['member', 60, null],
  ['agent', 15, 12],
  ['administrator', 15, 12],
] as [Role, number, number | null][])
  test(`a session of a ${role} ends when every other door says so`, async () => {
    const r = await rig();
    const house = await r.organisation();
    const grace = await r.person({ organisations: [house], role, enrolled: true });
    await signsIn(r, grace);
    const [session] = await r.store.read.sessions.of(grace.id);
    assert.ok(session);
    const { presence } = await presenceOf(r.store.read, session.id, r.now());
    assert.equal(presence?.idle.total('minutes'), idleMinutes);

    for (let hours = 0; hours < 13; hours += 1) {
      r.advance({ hours: 1 });
      await r.store.transaction((tx) => tx.sessions.touch(session.id, r.now()));
      const there = await presenceOf(r.store.read, session.id, r.now());
      const known = await whoHas(r.deps, session.sid);
      assert.equal(there.presence !== null, known !== null);
      assert.equal(known !== null, endsAfterHours === null || hours + 1 < endsAfterHours);
    }
  });

test('what is kept of a session at the desk is kept no longer than it lasts', async () => {
  const r = await rig();
  const grace = await r.person({ organisations: [await r.organisation()], role: 'agent', enrolled: true });
  await signsIn(r, grace);
  const [session] = await r.store.read.sessions.of(grace.id);
  r.advance({ hours: 11, minutes: 59, seconds: 30 });
  const { presence, until } = await presenceOf(r.store.read, session?.id ?? '', r.now());
  assert.ok(presence);
  assert.equal(until.toString(), session?.createdAt.add({ hours: 12 }).toString());
});

async function signsIn(r: Rig, person: Person): Promise<void> {
  const jar = r.browser();
  await giveCode(jar, await givePassword(jar, await visit(jar, '/sign-in'), person), person);
}
