import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { hashToken } from '#flows/token.ts';
import { ADA, type Place, place } from './testing.ts';

const GRACE = 'grace@vandam.example';

test('somebody who is added gets a link of their own, and joins a second organisation without one', async () => {
  const here = await ready();
  const added = await here.run('user', 'add', GRACE, '--name', 'Grace Boer', '--role', 'agent', '--json');
  const token = new URL(String(Reflect.get(Object(JSON.parse(added.out)), 'link'))).pathname.split('/').at(-1) ?? '';
  await here.withStore(async ({ read }) => {
    const grace = await read.accounts.byAddress(GRACE);
    assert.equal((await read.links.byToken(hashToken(token)))?.account, grace?.id);
    assert.deepEqual([grace?.name, grace?.language], ['Grace Boer', 'nl']);
  });

  assert.equal((await here.run('org', 'add', '--organisation', 'Kapper Noord', '--language', 'nl')).code, 0);
  assert.equal((await here.run('user', 'add', GRACE)).code, 2, 'which of the two?');
  const joined = await here.run('user', 'add', GRACE, '--organisation', 'kapper-noord', '--json');
  assert.deepEqual(JSON.parse(joined.out), { ok: true, organisation: 'kapper-noord', joined: true });
  assert.equal((await here.run('user', 'add', GRACE, '--organisation', 'kapper-noord')).code, 1, 'twice');
  assert.equal((await here.run('user', 'add', GRACE, '--organisation', 'nowhere')).code, 1);
  await here.withStore(async ({ read }) => {
    const grace = await read.accounts.byAddress(GRACE);
    const memberships = await read.accounts.memberships(grace?.id ?? '');
    assert.deepEqual(memberships.map((one) => `${one.organisation.slug} ${one.role}`).sort(), [
      'bakkerij-van-dam agent',
      'kapper-noord member',
    ]);
  });
  assert.match((await here.run('org', 'list')).out, /kapper-noord +Kapper Noord \(nl, Europe\/Amsterdam\)/);
  assert.equal((await here.run('org', 'add', '--organisation', 'Kapper Noord')).code, 1, 'the name is taken');
});

test('who is disabled has nothing open any more, is told, and cannot be the last administrator', async () => {
  const here = await ready();
  await here.run('user', 'add', GRACE, '--name', 'Grace Boer');
  const id = await signIn(here, GRACE);
  assert.equal((await here.run('user', 'disable', GRACE)).code, 0);
  await here.withStore(async ({ read }) => {
    const grace = await read.accounts.byId(id);
    assert.deepEqual([grace?.status, grace?.securityEpoch], ['disabled', 1]);
    assert.deepEqual(await read.sessions.of(id), []);
    assert.equal(await read.outbox.waiting(), 3, 'two first links and the notice');
    const [line] = await read.audit.of(id, 1);
    assert.deepEqual([line?.event, line?.actor], ['account.account-disabled', null]);
  });
  assert.equal((await here.run('user', 'disable', GRACE)).code, 1, 'once is enough');
  assert.equal((await here.run('user', 'disable', 'nobody@vandam.example')).code, 1);
  const last = await here.run('user', 'disable', ADA);
  assert.equal(last.code, 1);
  assert.match(last.err, /the last administrator/);
  assert.equal((await here.run('verify')).code, 0);
});

test('an export holds everything about one person, nothing about others, and nothing that opens anything', async () => {
  const here = await ready();
  await here.run('user', 'add', GRACE, '--name', 'Grace Boer');
  const id = await signIn(here, GRACE);
  const { code, out } = await here.run('user', 'export', GRACE);
  assert.equal(code, 0);
  const person = Object(JSON.parse(out));
  assert.deepEqual([person.account.name, person.addresses[0].address], ['Grace Boer', GRACE]);
  assert.deepEqual([person.sessions.length, person.authenticators[0].label], [1, 'app on the old phone']);
  assert.equal(person.activity[0].event, 'account.created');
  assert.doesNotMatch(out, /swordfish|secret|tokenHash|Ada/);
  assert.ok(out.includes(id));
  assert.equal((await here.run('user', 'export', 'nobody@vandam.example')).code, 1);
});

async function ready(): Promise<Place> {
  const here = place();
  assert.equal((await here.init()).code, 0);
  return here;
}

/** As if they had signed in and bound an app. */
function signIn(here: Place, address: string): Promise<string> {
  return here.withStore((store) =>
    store.transaction(async (tx) => {
      const account = (await tx.accounts.byAddress(address))?.id ?? '';
      const at = Temporal.Now.instant();
      await tx.sessions.create({
        id: randomUUID(),
        sid: randomUUID(),
        tokenHash: hashToken(address),
        account,
        evidence: [],
        viaRememberedDevice: false,
        securityEpoch: 0,
        userAgent: 'Firefox',
        address: '192.0.2.7',
        createdAt: at,
        lastSeenAt: at,
        expiresAt: at.add({ hours: 1 }),
      });
      await tx.authenticators.bind({
        id: randomUUID(),
        account,
        type: 'totp',
        label: 'app on the old phone',
        secret: new Secret(new TextEncoder().encode('swordfish')),
        hint: '',
        boundAt: at,
        lastUsedAt: null,
        counter: -1,
        failures: 0,
        disabledAt: null,
        boundBy: '',
      });
      return account;
    }),
  );
}
