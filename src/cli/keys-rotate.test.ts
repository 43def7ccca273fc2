import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Secret } from '#core/secret.ts';
import { addSealingKey, readKeys, replaceKeys } from '#store/keys.ts';
import { ADA, type Place, freePort, place } from './testing.ts';

test('after a rotation every secret opens as before, under a new key', async () => {
  const here = await withSecrets(3);
  const pepper = readKeys(here.keyFile).pepper.reveal();
  const { code, out } = await here.run('keys', 'rotate', '--json');
  assert.equal(code, 0);
  const answer = Object(JSON.parse(out));
  assert.deepEqual([answer.version, answer.finishedEarlierRotation], [2, false]);
  const keys = readKeys(here.keyFile);
  assert.deepEqual(
    keys.sealing.map((one) => one.version),
    [1, 2],
    'older backups need the older key',
  );
  assert.deepEqual(keys.pepper.reveal(), pepper, 'passwords are checked with it');
  assert.deepEqual(await secretsOf(here), expected(3));
  assert.equal((await here.run('verify')).code, 0);

  assert.equal((await here.run('keys', 'rotate', '--drop-old-keys')).code, 0);
  assert.deepEqual(
    readKeys(here.keyFile).sealing.map((one) => one.version),
    [3],
  );
  assert.deepEqual(await secretsOf(here), expected(3));
  assert.equal((await here.run('verify')).code, 0);
});

test('a rotation that died after its first step is finished by the next, without one key more', async () => {
  const here = await withSecrets(2);
  replaceKeys(here.keyFile, addSealingKey(readKeys(here.keyFile)));
  const answer = Object(JSON.parse((await here.run('keys', 'rotate', '--json')).out));
  assert.deepEqual([answer.version, answer.finishedEarlierRotation], [2, true]);
  assert.deepEqual(await secretsOf(here), expected(2));
});

test('a rotation that is killed in the middle loses nothing', async () => {
  const here = await withSecrets(1500);
  const before = readFileSync(here.keyFile, 'utf8');
  const rotation = here.start('keys', 'rotate');
  while (readFileSync(here.keyFile, 'utf8') === before) await setTimeout(1);
  await setTimeout(20);
  await here.kill();
  await rotation;
  assert.deepEqual(await secretsOf(here), expected(1500), 'readable at any moment');
  assert.equal((await here.run('keys', 'rotate', '--drop-old-keys')).code, 0);
  assert.deepEqual(await secretsOf(here), expected(1500));
  assert.equal((await here.run('verify')).code, 0);
});

test('a server that runs must be stopped first, and a key file that is none is not written over', async () => {
  const here = await withSecrets(1);
  here.env['PORT'] = String(await freePort());
  const server = await here.start('serve');
  const refused = await here.run('keys', 'rotate');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /Stop the server first/);
  server.kill('SIGTERM');
  await server.ended;
  assert.equal(readKeys(here.keyFile).sealing.length, 1);

  writeFileSync(here.keyFile, 'not keys');
  assert.equal((await here.run('keys', 'rotate')).code, 1);
  assert.equal(readFileSync(here.keyFile, 'utf8'), 'not keys');
});

async function withSecrets(count: number): Promise<Place> {
  const here = place();
  assert.equal((await here.init()).code, 0);
  await here.withStore((store) =>
    store.transaction(async (tx) => {
      const account = (await tx.accounts.byAddress(ADA))?.id ?? '';
      for (const [at, value] of expected(count).entries())
        await tx.authenticators.bind({
          id: `app-${String(at).padStart(5, '0')}`,
          account,
          type: 'totp',
          label: '',
          secret: new Secret(new TextEncoder().encode(value)),
          hint: '',
          boundAt: Temporal.Instant.fromEpochMilliseconds(at),
          lastUsedAt: null,
          counter: -1,
          failures: 0,
          disabledAt: null,
          boundBy: '',
        });
    }),
  );
  return here;
}

function expected(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `secret of app ${at}`);
}

function secretsOf(here: Place): Promise<string[]> {
  return here.withStore(async ({ read }) => {
    const ada = await read.accounts.byAddress(ADA);
    const bound = await read.authenticators.of(ada?.id ?? '');
    return bound.map(({ secret }) => new TextDecoder().decode(secret.reveal()));
  });
}
