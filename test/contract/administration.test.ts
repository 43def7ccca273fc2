import assert from 'node:assert/strict';
import type { ApiToken } from '#store/administration.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, authenticator, hash, minutes } from './people.ts';

const token = (row: Partial<ApiToken> = {}): ApiToken => ({
  id: 'token-1',
  organisation: 'bakery',
  name: 'Import',
  tokenHash: hash(),
  scope: 'write',
  madeBy: 'grace',
  createdAt: NOON,
  expiresAt: minutes(60),
  lastUsedAt: null,
  ...row,
});

onBothDatabases('a token is found by its hash until it expires, and belongs to its organisation', async ({ open }) => {
  let now = NOON;
  const store = await open({ now: () => now });
  await addGrace(store);
  const row = token();
  await store.transaction((tx) => tx.apiTokens.create(row));
  const { apiTokens } = store.read;
  assert.equal(JSON.stringify(await apiTokens.byToken(row.tokenHash)), JSON.stringify(row));
  assert.equal(await apiTokens.byToken(hash()), null);
  await store.transaction((tx) => tx.apiTokens.touch(row.id, minutes(5)));
  assert.equal((await apiTokens.of('bakery'))[0]?.lastUsedAt?.toString(), minutes(5).toString());
  assert.deepEqual(await apiTokens.of('elsewhere'), []);
  now = minutes(60);
  assert.equal(await apiTokens.byToken(row.tokenHash), null);
  assert.equal(await store.transaction((tx) => tx.apiTokens.remove('elsewhere', row.id)), false);
  assert.equal((await apiTokens.of('bakery')).length, 1);
  assert.equal(await store.transaction((tx) => tx.apiTokens.remove('bakery', row.id)), true);
  await store.transaction((tx) => tx.apiTokens.create(token()));
  await store.transaction((tx) => tx.sweep(minutes(61)));
  assert.deepEqual(await apiTokens.of('bakery'), []);
});

onBothDatabases(
  'people of an organisation come by name, page by page, and by what is in name or address',
  async ({ open }) => {
    const store = await open();
    await addGrace(store);
    for (const [id, name] of [
      ['b2', 'Bob'],
      ['b1', 'Bob'],
      ['p', '50%_off'],
      ['z', 'Zoë'],
    ] as const)
      await addMember(store, id, name);
    await store.transaction(async (tx) => {
      await tx.authenticators.bind(authenticator({ id: 'app', account: 'b1' }));
      await tx.accounts.setGroups('b1', 'bakery', ['night shift', 'finance']);
      await tx.accounts.setGroups('z', 'bakery', ['finance']);
    });
    const { people } = store.read;
    const wish = { organisation: 'bakery', search: '', after: null, limit: 2 };
    const all: string[] = [];
    for (let after: { name: string; account: string } | null = null; ; ) {
      const page = await people.page({ ...wish, after });
      all.push(...page.map(({ account }) => account));
      const last = page.at(-1);
      if (!last) break;
      after = { name: last.name, account: last.account };
    }
    assert.equal(all.length, 5);
    assert.equal(new Set(all).size, 5);
    assert.ok(all.indexOf('b1') + 1 === all.indexOf('b2'), all.join(' '));
    const found = async (search: string) =>
      (await people.page({ ...wish, search, limit: 9 })).map((one) => one.account);
    assert.deepEqual(await found('bOB'), ['b1', 'b2']);
    assert.deepEqual(await found('Z@HARBOUR'), ['z']);
    assert.deepEqual(await found('%'), ['p']);
    assert.deepEqual(await found('_'), ['p']);
    assert.deepEqual(await found('\\'), []);
    assert.deepEqual(await found("' or 1=1 --"), []);
    assert.deepEqual((await people.member('bakery', 'b1'))?.secondSteps, [{ type: 'totp', disabledAt: null }]);
    assert.equal(await people.member('elsewhere', 'b1'), null);
    assert.equal(await people.count('bakery'), 5);
    assert.deepEqual(await people.groups('bakery'), ['finance', 'night shift']);
    assert.deepEqual(await people.administrators('bakery'), []);
  },
);

async function addMember(store: Store, id: string, name: string): Promise<void> {
  const address = { account: id, address: `${id}@harbour.example`, primary: true, confirmedAt: NOON };
  const account = {
    id,
    name,
    language: 'en',
    status: 'active',
    securityEpoch: 0,
    firstSignInAt: null,
    createdAt: NOON,
  } as const;
  await store.transaction(async (tx) => {
    await tx.accounts.create(account, [address]);
    await tx.accounts.join({ account: id, organisation: 'bakery', role: 'member', joinedAt: NOON });
  });
}
