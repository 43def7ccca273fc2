import { describe, test } from 'node:test';
import type { Challenge } from '#core/authenticator.ts';
import { Secret } from '#core/secret.ts';
import { boundWith, cheapTypes, contextWith, NOW, WALL, same } from '../testing.ts';
import { hotp, stepAt } from './otp.ts';

const { totp, challenges } = cheapTypes();
// A fixed key, so that no two codes of this page are the same by chance.
const secret = new Secret(new TextEncoder().encode('12345678901234567890'));
const older = new Secret(new TextEncoder().encode('09876543210987654321'));
const today = stepAt(WALL);
const bound = boundWith({ type: 'totp', secret });
const pending = { type: 'totp', secret, label: '', madeAt: NOW };
const olderPending = { ...pending, secret: older };

const atSignIn = (answer: string, context = contextWith(), counter = -1) =>
  totp.verify({ ...bound, counter }, answer, context);
const inWizard = (answer: string, context = contextWith()) =>
  totp.prove(pending, answer, { ...context, superseded: [olderPending] });
const codeAt = (step: number, key = secret) => hotp(key.reveal(), step);

describe('in the wizard every cause is named', () => {
  test('a slow clock, up to ten minutes', async () => {
    same(await inWizard(codeAt(today - 3)), no('code-clock-slow', { driftSeconds: 90 }));
    same(await inWizard(codeAt(today - 20)), no('code-clock-slow', { driftSeconds: 600 }));
    same(await inWizard(codeAt(today - 21)), no('code-wrong'));
  });

  test('a fast clock, up to ten minutes', async () => {
    same(await inWizard(codeAt(today + 1)), no('code-clock-fast', { driftSeconds: 30 }));
    same(await inWizard(codeAt(today + 20)), no('code-clock-fast', { driftSeconds: 600 }));
    same(await inWizard(codeAt(today + 21)), no('code-wrong'));
  });

  test('an earlier QR code of this wizard', async () => {
    same(await inWizard(codeAt(today, older)), no('code-from-older-qr'));
    same(await inWizard(codeAt(today - 1, older)), no('code-from-older-qr'));
  });

  test('the entry of the app that is being replaced', async () => {
    const others = [boundWith({ type: 'totp', secret: older }), boundWith({ type: 'sms', secret })];
    const finding = await totp.prove(pending, codeAt(today, older), { ...contextWith({ others }), superseded: [] });
    same(finding, no('code-from-older-qr'));
  });
});

describe('at sign-in only what opens nothing later', () => {
  test('a code of the past', async () => {
    same(await atSignIn(codeAt(today - 3)), no('code-clock-slow', { driftSeconds: 90 }));
  });

  test('not a code of the future: a thief would have it in hand', async () => {
    for (const off of [1, 2, 10, 20]) same(await atSignIn(codeAt(today + off)), no('code-wrong'));
  });

  test('not the code of another entry', async () => {
    const context = contextWith({ others: [boundWith({ type: 'totp', secret: older })] });
    same(await atSignIn(codeAt(today, older), context), no('code-wrong'));
  });

  test('a used one, and when to try again, on the clock that pages count down on', async () => {
    const retryAt = NOW.add({ seconds: 20 }); // the wall shows 12:00:10
    same(await atSignIn(codeAt(today), contextWith(), today), no('code-used-already', { retryAt }));
    same(await atSignIn(codeAt(today - 1), contextWith(), today), no('code-used-already', { retryAt }));
  });

  test('a used one is not taken for a slow clock a few minutes later', async () => {
    const finding = await atSignIn(codeAt(today - 5), contextWith(), today - 5);
    same(finding, no('code-used-already', { retryAt: NOW.add({ seconds: 20 }) }));
    const slow = await atSignIn(codeAt(today - 7), contextWith(), today - 5);
    same(slow, no('code-clock-slow', { driftSeconds: 210 }));
  });

  test('a clock that was set back: the wait ends when a new step is accepted', async () => {
    const finding = await atSignIn(codeAt(today + 4), contextWith(), today + 4);
    same(finding, no('code-used-already', { retryAt: NOW.add({ seconds: 20 + 4 * 30 }) }));
  });
});

describe('the answer belongs into another field', () => {
  const order = { account: 'account-1', authenticator: 'sms-1', holder: 'attempt-1', now: NOW };
  const make = (purpose: Challenge['purpose']) =>
    challenges.make({ ...order, purpose, destination: new Secret('+447700900123') });

  test('the code of the text message that is under way', async () => {
    const { challenge, code } = make('verify');
    same(await atSignIn(code.reveal(), contextWith({ challenge })), no('code-is-sms-code'));
    const inVain = { ...challenge, tries: 5 };
    same(await atSignIn(code.reveal(), contextWith({ challenge: inVain })), no('code-wrong'));
    const late = contextWith({ challenge, now: challenge.expiresAt });
    same(await atSignIn(code.reveal(), late), no('code-wrong'));
  });

  test('the mailed guard code is no text message', async () => {
    const { challenge, code } = make('guard');
    same(await inWizard(code.reveal(), contextWith({ challenge })), no('code-wrong'));
  });

  test('by its shape alone: backup code, eight digits, something else, nothing', async () => {
    const shapes = { 'ABCD-EFGH-JKMN-PQRS-TVWX': 'code-is-backup-code', '1234 5678': 'code-has-eight-digits' };
    const others = { '12345': 'code-not-six-digits', abcdef: 'code-not-six-digits', ' - ': 'code-missing' };
    for (const [answer, refusal] of Object.entries({ ...shapes, ...others }))
      for (const finding of [await atSignIn(answer), await inWizard(answer)]) same(finding, no(refusal));
  });
});

function no(refusal: string, detail?: object) {
  return { ok: false, refusal, ...(detail ? { detail } : {}) };
}
