import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashToken } from '#flows/token.ts';
import { writeKeys } from '#store/keys.ts';
import { place } from './testing.ts';

test('init makes keys for the owner alone, a database, an organisation, and an administrator without a password', async () => {
  const here = place({ NACHTSLOT_PUBLIC_URL: 'https://login.example' });
  const { code, out } = await here.init();
  assert.equal(code, 0);
  assert.equal(statSync(here.keyFile).mode & 0o777, 0o600);
  const [, token = ''] = /https:\/\/login\.example\/activate\/([\w-]{43})\n$/.exec(out) ?? [];
  await here.withStore(async ({ read }) => {
    const [organisation] = await read.organisations.all();
    assert.deepEqual(
      [organisation?.slug, organisation?.name, organisation?.language, organisation?.timeZone],
      ['bakkerij-van-dam', 'Bakkerij Van Dam', 'nl', 'Europe/Amsterdam'],
    );
    const [ada] = await read.accounts.administrators();
    assert.deepEqual([ada?.name, ada?.language], ['Ada Bakker', 'nl']);
    assert.deepEqual(await read.authenticators.of(ada?.id ?? ''), []);
    const link = await read.links.byToken(hashToken(token));
    assert.deepEqual([link?.kind, link?.account], ['activate', ada?.id]);
    assert.equal(link?.createdAt.until(link.expiresAt).total('hours'), 24);
    assert.equal(await read.outbox.waiting(), 1, 'the link is mailed too');
    assert.deepEqual(
      (await read.audit.page(0, 9)).map(({ event }) => event),
      ['organisation.created', 'account.created'],
    );
  });
});

test('a second init changes nothing', async () => {
  const here = place();
  assert.equal((await here.init()).code, 0);
  const keys = readFileSync(here.keyFile);
  const second = await here.init('--json');
  assert.equal(second.code, 1);
  assert.match(second.out, /set up already; nothing was changed/);
  assert.deepEqual(readFileSync(here.keyFile), keys);
  await here.withStore(async ({ read }) => assert.equal((await read.organisations.all()).length, 1));
});

test('nothing is made when something is missing or wrong', async () => {
  const here = place();
  const nobodyToAsk = await here.run('init', '--organisation', 'Van Dam');
  assert.equal(nobodyToAsk.code, 2);
  assert.match(nobodyToAsk.err, /needed: --admin-name, --admin-email/);
  const wrong = [
    ['--time-zone', 'Mars/Olympus'],
    ['--time-zone', '+01:00'],
    ['--language', 'fr'],
    ['--admin-email', 'ada'],
    ['--admin-email', 'a@b.example, c@d.example'],
    ['--organisation', ' '],
  ];
  for (const words of wrong) assert.deepEqual([words, (await here.init(...words)).code], [words, 2]);
  assert.deepEqual([existsSync(here.keyFile), existsSync(here.database)], [false, false]);
});

test('an init that was interrupted goes on with the keys it had made', async () => {
  const here = place();
  writeKeys(here.keyFile);
  const keys = readFileSync(here.keyFile);
  const { code, out } = await here.init();
  assert.equal(code, 0);
  assert.match(out, /they were there/);
  assert.deepEqual(readFileSync(here.keyFile), keys);
});

test('new keys are never made for a database that has others', async () => {
  const here = place();
  await here.init();
  renameSync(here.keyFile, join(here.folder, 'elsewhere.json'));
  const { code, err } = await here.init();
  assert.equal(code, 1);
  assert.match(err, /put the old key file back/);
  assert.equal(existsSync(here.keyFile), false);

  writeKeys(here.keyFile);
  const foreign = await here.init();
  assert.equal(foreign.code, 1);
  assert.match(foreign.err, /does not belong to this database/);
  rmSync(here.keyFile);
});
