import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boundWith, cheapTypes, contextWith, NOW, WALL, same } from '../testing.ts';
import { UNBOUND } from '../proof.ts';
import { hotp, stepAt } from './otp.ts';
import { makeSecret } from './secret.ts';

const { totp } = cheapTypes();
const secret = makeSecret();
const today = stepAt(WALL);
const bound = boundWith({ type: 'totp', secret });
const codeAt = (step: number) => hotp(secret.reveal(), step);

describe('a bound authenticator app', () => {
  test('accepts the step on the wall and the one before, no other', async () => {
    const accepted = [];
    for (const off of [-3, -2, -1, 0, 1, 2]) {
      const finding = await totp.verify(bound, codeAt(today + off), contextWith());
      if (finding.ok) accepted.push([off, finding.claim]);
    }
    const claim = (value: number) => ({ kind: 'counter', authenticator: bound.id, value });
    same(accepted, [
      [-1, claim(today - 1)],
      [0, claim(today)],
    ]);
  });

  test('says what was proved, at the time of policies', async () => {
    const finding = await totp.verify(bound, codeAt(today), contextWith());
    assert.ok(finding.ok);
    same(finding.evidence, {
      type: 'totp',
      authenticator: bound.id,
      factors: ['possession'],
      phishingResistant: false,
      restricted: false,
      at: NOW,
    });
  });

  test('a step is accepted once, and only a later one after it', async () => {
    const used = { ...bound, counter: today };
    for (const step of [today, today - 1]) {
      const finding = await totp.verify(used, codeAt(step), contextWith());
      assert.ok(!finding.ok);
      assert.equal(finding.refusal, 'code-used-already');
    }
    const next = contextWith({ wall: WALL.add({ seconds: 30 }) });
    assert.ok((await totp.verify(used, codeAt(today + 1), next)).ok);
  });

  test('blanks and dashes between the digits are forgiven', async () => {
    const code = codeAt(today);
    for (const typed of [
      `${code.slice(0, 3)} ${code.slice(3)}`,
      ` ${code.slice(0, 3)}-${code.slice(3)}\n`,
      code.split('').join('\u00A0'),
    ])
      assert.ok((await totp.verify(bound, typed, contextWith())).ok, JSON.stringify(typed));
  });

  test('full-width and other digits are refused, though they mean the same number', async () => {
    const shifted = (zero: number) =>
      codeAt(today).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
    for (const zero of [0xff10, 0x0660, 0x1d7ce]) {
      const finding = await totp.verify(bound, shifted(zero), contextWith());
      assert.ok(!finding.ok);
      assert.equal(finding.refusal, 'code-not-six-digits');
    }
  });

  test('nothing a client may send instead of a code is one', async () => {
    for (const answer of [
      '',
      ' ',
      '0',
      'null',
      'false',
      '000000',
      '12345',
      '1234567',
      'undefined',
      '1e5000',
      '0x1F0F',
    ]) {
      if (answer === codeAt(today) || answer === codeAt(today - 1)) continue;
      assert.equal((await totp.verify(bound, answer, contextWith())).ok, false, answer);
    }
  });

  test('a disabled one is not compared any more', async () => {
    const finding = await totp.verify({ ...bound, disabledAt: NOW }, codeAt(today), contextWith());
    same(finding, { ok: false, refusal: 'authenticator-disabled' });
  });
});

describe('binding', () => {
  const superseded = { superseded: [] };

  test('the proving step is what the new row starts with', async () => {
    const pending = totp.begin({ label: 'Bakkerij van Dam', now: NOW, codesOnCard: 0 });
    assert.equal(pending.secret.reveal().length, 20);
    const code = hotp(pending.secret.reveal(), today - 1);
    const finding = await totp.prove(pending, code, { ...contextWith(), ...superseded });
    assert.ok(finding.ok);
    same(finding.claim, { kind: 'counter', authenticator: UNBOUND, value: today - 1 });
    const used = boundWith({ type: 'totp', secret: pending.secret, counter: today - 1 });
    assert.equal((await totp.verify(used, code, contextWith())).ok, false);
  });

  test('the code of another secret proves nothing', async () => {
    const pending = totp.begin({ label: 'x', now: NOW, codesOnCard: 0 });
    const finding = await totp.prove(pending, codeAt(today), { ...contextWith(), ...superseded });
    same(finding, { ok: false, refusal: 'code-wrong' });
  });
});
