import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence, Factor } from '../assurance.ts';
import { ACR, assertionOf, levelOf } from './assertion.ts';

const START = Temporal.Instant.from('2026-06-01T08:00:00Z');
const at = (minute: number) => START.add({ minutes: minute });
const STRICT = { restrictedIsSecondStep: false, comfortApprovalIsSecondStep: false };
const LENIENT = { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false };

function proof(type: string, factors: Factor[], minute: number, more: Partial<Evidence> = {}): Evidence {
  const evidence = { type, authenticator: type, factors, phishingResistant: false, restricted: false, at: at(minute) };
  return { ...evidence, ...more };
}
const password = proof('password', ['knowledge'], 0);
const totp = proof('totp', ['possession'], 1);
const backup = proof('backup-code', ['possession'], 1);
const sms = proof('sms', ['possession'], 1, { restricted: true });
const app = proof('app', ['possession'], 1);
const passkey = (factors: Factor[], key?: 'hardware' | 'software') =>
  proof('passkey', factors, 1, { phishingResistant: true, ...(key && { key }) });

function told(evidence: Evidence[], policy = STRICT, viaRememberedDevice = false): string {
  const assertion = assertionOf({ evidence, viaRememberedDevice }, policy);
  if (!assertion) return 'nothing';
  return `${assertion.acr} | ${assertion.amr.join(' ')} | ${assertion.authTime.since(START).total('minutes')}`;
}

test('the table, row by row', () => {
  const rows: [string, string, string][] = [
    ['password alone', told([password]), `${ACR.aal1} | pwd | 0`],
    ['password on a remembered device', told([password], STRICT, true), `${ACR.aal1} | pwd | 0`],
    ['password and app code', told([password, totp]), `${ACR.aal2} | pwd otp mfa | 1`],
    ['password and backup code', told([password, backup]), `${ACR.aal2} | pwd otp mfa | 1`],
    ['text message, where it counts', told([password, sms], LENIENT), `${ACR.aal2} | pwd sms mfa | 1`],
    ['text message, where it does not', told([password, sms]), `${ACR.aal1} | pwd sms | 0`],
    ['password and approval', told([password, app]), `${ACR.aal2} | pwd swk mfa | 1`],
    ['passkey that knows its owner', told([passkey(['possession', 'inherence'])]), 'phr | swk user mfa | 1'],
    ['the same in hardware', told([passkey(['possession', 'inherence'], 'hardware')]), 'phr | hwk user mfa | 1'],
    ['password and a touched key', told([password, passkey(['possession'], 'hardware')]), 'phr | pwd hwk mfa | 1'],
    ['a key alone', told([passkey(['possession'])]), 'nothing'],
    ['nothing at all', told([]), 'nothing'],
  ];
  for (const [what, is, should] of rows) assert.equal(is, should, what);
});

test('a remembered device never speaks for two steps, whatever else a session holds', () => {
  assert.equal(told([password, totp], LENIENT, true), `${ACR.aal1} | pwd | 0`);
});

test('the moment is that of the proof which gives the level, not of one beside it', () => {
  const later = proof('password', ['knowledge'], 30);
  assert.equal(told([password, totp, later]), `${ACR.aal2} | pwd otp mfa | 1`);
  assert.equal(told([password, later]), `${ACR.aal1} | pwd | 30`);
  const codeLater = proof('totp', ['possession'], 30);
  assert.equal(told([password, passkey(['possession']), codeLater]), 'phr | pwd otp swk mfa | 1');
  const smsLater = proof('sms', ['possession'], 30, { restricted: true });
  assert.equal(told([password, totp, smsLater]), `${ACR.aal2} | pwd otp sms mfa | 1`);
  assert.equal(told([password, totp, smsLater], LENIENT), `${ACR.aal2} | pwd otp sms mfa | 30`);
});

test('names of levels go out and come back', () => {
  for (const level of ['aal1', 'aal2', 'aal2-phr'] as const) assert.equal(levelOf(ACR[level]), level);
  assert.equal(levelOf('urn:mace:incommon:iap:silver'), null);
  assert.equal(levelOf('constructor'), null);
});
