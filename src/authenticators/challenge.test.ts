import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { createChallenges } from './challenge.ts';
import { NOW, same } from './testing.ts';

const key = new Secret(new Uint8Array(32).fill(1));
const challenges = createChallenges(key);
const order = {
  account: 'account-1',
  authenticator: null,
  holder: 'attempt-1',
  purpose: 'bind' as const,
  destination: new Secret('+447700900123'),
  now: NOW,
};
const make = () => challenges.make(order);
const other = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a code that is sent', () => {
  test('is right within its life, and the claim names its row', () => {
    const { challenge, code } = make();
    const lastMoment = challenge.expiresAt.subtract({ milliseconds: 1 });
    for (const now of [NOW, lastMoment])
      same(challenges.check(challenge, code.reveal(), { now }), {
        ok: true,
        claim: { kind: 'challenge', challenge: challenge.id },
      });
    assert.equal(NOW.until(challenge.expiresAt).total('minutes'), 10);
  });

  test('lives as long as policy says', () => {
    const lives = Temporal.Duration.from({ minutes: 2 });
    assert.equal(NOW.until(challenges.make({ ...order, lives }).challenge.expiresAt).total('minutes'), 2);
  });

  test('is six digits, also where they begin with zeros, and a new one each time', () => {
    const zero = createChallenges(key, (size) => new Uint8Array(size)).make(order);
    assert.equal(zero.code.reveal(), '000000');
    const drawn = new Set(Array.from({ length: 40 }, () => make().code.reveal()));
    assert.ok(drawn.size > 35);
    for (const code of drawn) assert.match(code, /^[0-9]{6}$/);
  });

  test('is not in the row that is stored', () => {
    const { challenge, code } = make();
    assert.ok(!JSON.stringify(challenge).includes(code.reveal()));
    assert.equal(challenge.codeHash.length, 32);
  });

  test('wrong: says how many tries are left', () => {
    const { challenge, code } = make();
    const finding = challenges.check({ ...challenge, tries: 2 }, other(code.reveal()), { now: NOW });
    same(finding, { ok: false, refusal: 'code-wrong', detail: { triesLeft: 2 } });
  });

  test('wrong for the guard has its own sentence', () => {
    const { challenge, code } = challenges.make({ ...order, purpose: 'guard' });
    const finding = challenges.check(challenge, other(code.reveal()), { now: NOW });
    same(finding, { ok: false, refusal: 'guard-code-wrong', detail: { triesLeft: 4 } });
  });

  test('after ten minutes or five tries the right code is refused like any other', () => {
    const { challenge, code } = make();
    for (const answer of [code.reveal(), other(code.reveal())]) {
      const late = challenges.check(challenge, answer, { now: challenge.expiresAt });
      const often = challenges.check({ ...challenge, tries: 5 }, answer, { now: NOW });
      same([late, often], [no('code-expired'), no('code-expired')]);
    }
  });

  test('without a challenge there is nothing to answer', () => {
    same(challenges.check(null, '123456', { now: NOW }), no('challenge-missing'));
  });

  test('misshapen answers are named before anything is compared', () => {
    const { challenge } = make();
    for (const [answer, refusal] of Object.entries({ '': 'code-missing', '12345': 'code-not-six-digits' }))
      same(challenges.check(challenge, answer, { now: NOW }), no(refusal));
  });
});

describe('a stolen row is worth nothing', () => {
  test('moved to another account, holder, purpose or number, its code is wrong', () => {
    const { challenge, code } = make();
    const moved = [
      { id: 'another' },
      { account: 'account-2' },
      { holder: 'attempt-2' },
      { purpose: 'verify' as const },
      { destination: new Secret('+447700900124') },
    ];
    assert.ok(challenges.recognises({ ...challenge }, code.reveal()));
    for (const change of moved)
      assert.equal(challenges.recognises({ ...challenge, ...change }, code.reveal()), false, JSON.stringify(change));
  });

  test('without the key outside the database not even the right code can be recognised', () => {
    const { challenge, code } = make();
    const elsewhere = createChallenges(new Secret(new Uint8Array(32).fill(2)));
    assert.equal(elsewhere.recognises(challenge, code.reveal()), false);
  });
});

function no(refusal: string) {
  return { ok: false, refusal };
}
