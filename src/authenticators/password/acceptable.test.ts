import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptable } from './acceptable.ts';

const person = {
  minLength: 15,
  name: 'Grace Hopper',
  addresses: ['g.hopper@vandam.example'],
  organisations: ['Bakkerij van Dam', 'Lighthouse Logistics'],
};
const verdict = async (password: string, minLength = 15) =>
  (await acceptable(password, { ...person, minLength }))?.refusal ?? null;

describe('length', () => {
  test('in characters after NFKC, with the number that is asked for', async () => {
    assert.deepEqual(await acceptable('vq7 lm2 xz9 kp', person), {
      refusal: 'password-too-short',
      detail: { limit: 15 },
    });
    assert.equal(await verdict('vq7 lm2 xz9 kpw'), null);
    assert.equal(await verdict('vq7 lm2 xz', 10), null);
    assert.equal(await verdict(''), 'password-missing');
    // Fourteen letters, one of them written as two code points.
    assert.equal(await verdict('vq7 lm2 xz9 ke\u0301'), 'password-too-short');
  });

  test('an emoji is one character', async () => {
    assert.equal(await verdict('😀🚲🌷🧀⛵🐄🌧😅'), 'password-too-short');
    assert.equal(await verdict('😀🚲🌷🧀⛵🐄🌧😅🥨🎷🪁🦉🧲🧦🛶'), null);
  });

  test('at least 128 are allowed, and 256 are the end', async () => {
    const own = (length: number) => 'vq7 lm2 xz9 kpw rt4 '.repeat(13).slice(0, length);
    assert.equal(await verdict(own(256)), null);
    assert.equal(await verdict(`${own(256)}x`), 'password-too-long');
    const shorter = await acceptable(own(129), { ...person, maxLength: 128 });
    assert.deepEqual(shorter, { refusal: 'password-too-long', detail: { limit: 128 } });
  });
});

describe('what everybody guesses first', () => {
  const guessed = [
    'passwordpassword1',
    'P@ssw0rdP@ssw0rd',
    'aaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    '123456789012345',
    'qwertyuiopasdfgh',
    'iloveyouiloveyou',
    'welkomwachtwoordgeheim',
    'Welkom2026!Welkom2026!',
    'voetbalvoetbal1',
    'ZomerWinterHerfst',
    '10-12-198310-12-1983',
  ];
  for (const password of guessed)
    test(password, async () => assert.equal(await verdict(password), 'password-too-common'));
});

describe('made of names that go with the person', () => {
  const named = [
    'GraceHopper2026!',
    'Grace-Hopper-Grace-Hopper',
    'bakkerij van dam 1',
    'Lighthouse2026Logistics',
    'nachtslotnachtslot',
    'g.hopper@vandam.example',
  ];
  for (const password of named)
    test(password, async () => assert.equal(await verdict(password), 'password-has-your-name'));
});

describe("a person's own idea passes, whatever it is composed of", () => {
  const own = [
    'correct horse battery staple',
    'de kat krabt de krullen van de trap',
    'fietsen in de regen langs de Amstel',
    'purple llama under my desk',
    'grace likes 42 purple llamas',
    'één lange zin van mij zelf',
    'x7kQ2mz9!pLw44a',
    'gracehopperqx7!kz9rt',
    '         vq7 lm2',
  ];
  for (const password of own) test(password, async () => assert.equal(await verdict(password), null));
});

test('a person without a name of three letters is not refused everything', async () => {
  const short = { minLength: 15, name: 'Bo Li', addresses: [], organisations: [''] };
  assert.equal(await acceptable('bo li rides a green tandem', short), null);
});

test('a long password costs no noticeable time', async () => {
  await verdict('load the lists first');
  const started = performance.now();
  await verdict('p@$$w0rd1!'.repeat(25));
  await verdict('4@8({[<369&#!1|0$5+7%2'.repeat(11));
  assert.ok(performance.now() - started < 2000, 'two estimates took more than two seconds');
});
