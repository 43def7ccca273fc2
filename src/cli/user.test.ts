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

test('an administrator who lost every second step gets a pass from the operator: said first, then done, told and written', async () => {
  const here = await ready();
  const id = await signIn(here, ADA);
  assert.equal((await here.run('user', 'recover', ADA)).code, 2, 'a reason is needed');
  const why = ['--reason', 'Ada stands before me; her phone fell into the harbour.'];
  const ahead = await here.run('user', 'recover', ADA, ...why);
  assert.equal(ahead.code, 1);
  assert.match(ahead.out, /Ada Bakker[\s\S]*within 24 hours[\s\S]*ada@vandam\.example[\s\S]*add --yes/);
  await here.withStore(async ({ read }) => assert.equal(await read.recovery.openOf(id), null, 'nothing was changed'));

  const passOf = async () => {
    const { code, out } = await here.run('user', 'recover', ADA, ...why, '--yes', '--json');
    assert.equal(code, 0, out);
    const link = new URL(String(Reflect.get(Object(JSON.parse(out)), 'link')));
    return link.pathname.split('/');
  };
  const [, kind, first = ''] = await passOf();
  assert.equal(kind, 'recovery-pass');
  const [, , second = ''] = await passOf();
  await here.withStore(async ({ read }) => {
    const row = await read.recovery.openOf(id);
    assert.deepEqual([row?.state.at, row?.started], ['ready', 'command-line']);
    const [old, present] = [await read.links.byToken(hashToken(first)), await read.links.byToken(hashToken(second))];
    assert.equal(present?.subject, row?.id);
    assert.ok(present && present.expiresAt.since(present.createdAt).total('hours') <= 24);
    assert.notEqual(old?.subject, row?.id, 'the first belongs to a request that is over');
    assert.equal((await read.sessions.of(id)).length, 1, 'it opens none, and ends none before it is used');
    const lines = await read.audit.of(id, 20);
    const line = lines.find(({ event }) => event === 'recovery.vouched-by-operator');
    assert.match(String(line?.detail['reason']), /harbour/);
    assert.equal(await read.outbox.waiting(), 4, 'the first link, two passes, and that the first of them was stopped');
  });
  assert.equal((await here.run('verify')).code, 0);
});

test('members go to their desk, and where nothing was lost or nobody is there no pass is made', async () => {
  const here = await ready();
  const why = ['--reason', 'Seen at the counter.', '--yes'];
  const refused = async (address: string) => (await here.run('user', 'recover', address, ...why)).err;
  assert.match(await refused('nobody@vandam.example'), /no account/);
  assert.match(await refused(ADA), /no second step to lose/);
  await here.run('user', 'add', GRACE, '--name', 'Grace Boer');
  await signIn(here, GRACE);
  assert.match(await refused(GRACE), /desk of their organisation/);
  await here.run('user', 'disable', GRACE);
  assert.match(await refused(GRACE), /disabled/);
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
