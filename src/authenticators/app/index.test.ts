import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { reached } from '#core/assurance.ts';
import { boundWith, cheapTypes, contextWith, NOW } from '../testing.ts';
import { answerStatement, isKey, isSigned, keptIn, pairingStatement, secretOf, unpairedIn } from './index.ts';

const { app } = cheapTypes();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
const raw = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
const key = raw.toString('base64url');
const signed = (text: string, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363') =>
  sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding }).toString('base64url');

test('a signature is good for its text and its key alone, and whatever else comes is a no', () => {
  assert.ok(isSigned(key, 'text', signed('text')));
  assert.ok(!isSigned(key, 'another', signed('text')));
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const of = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(other.x ?? '', 'base64url'),
    Buffer.from(other.y ?? '', 'base64url'),
  ]);
  assert.ok(!isSigned(of.toString('base64url'), 'text', signed('text')));
  for (const broken of ['', 'A', signed('text', 'der'), `${signed('text')}A`, 'A'.repeat(86), 'é'.repeat(86)])
    assert.ok(!isSigned(key, 'text', broken), broken);
});

test('a key is a point of the curve and nothing else', () => {
  assert.ok(isKey(key));
  const off = Buffer.from(raw);
  off.writeUInt8(off.readUInt8(64) ^ 1, 64);
  for (const broken of [
    '',
    'x',
    Buffer.alloc(65).toString('base64url'),
    off.toString('base64url'),
    key.slice(1),
    `${key}A`,
  ])
    assert.ok(!isKey(broken), broken);
});

test('no two answers and no pairing read the same', () => {
  const answer = { account: 'a', attempt: 'b', request: 'c', number: '1', decision: 'approve' } as const;
  const texts = [
    answerStatement(answer),
    ...(['account', 'attempt', 'request', 'number'] as const).map((part) =>
      answerStatement({ ...answer, [part]: 'z' }),
    ),
    answerStatement({ ...answer, decision: 'deny' }),
    pairingStatement('c', '1'),
  ];
  assert.equal(new Set(texts).size, texts.length);
});

test('the code of a pairing has 128 bits, a phone of its own, and codes of its own', () => {
  const made = Array.from({ length: 20 }, () =>
    unpairedIn(app.begin({ label: 'Bakery', now: NOW, codesOnCard: 20 }).secret),
  );
  for (const { code, codes, publicKey: none } of made) {
    assert.equal(Buffer.from(code, 'base64url').length * 8, 128);
    assert.equal(Buffer.from(codes, 'base64url').length * 8, 160);
    assert.equal(none, null);
  }
  for (const part of ['device', 'code', 'codes'] as const) assert.equal(new Set(made.map((one) => one[part])).size, 20);
  assert.equal(keptIn(secretOf({ publicKey: key })).publicKey, key);
});

test('a number has its digits, zeros in front too', () => {
  for (const digits of [2, 6]) {
    const numbers = Array.from({ length: 300 }, () => app.number(digits));
    assert.ok(numbers.every((one) => new RegExp(`^\\d{${digits}}$`).test(one)));
    assert.ok(numbers.some((one) => one.startsWith('0')));
  }
});

test('six digits are a second step; two are where the organisation says so', () => {
  const password = { ...app.evidence('p', 6, NOW), type: 'password', factors: ['knowledge' as const] };
  const level = (digits: number, comfortApprovalIsSecondStep: boolean) =>
    reached([password, app.evidence('phone', digits, NOW)], {
      restrictedIsSecondStep: true,
      comfortApprovalIsSecondStep,
    });
  assert.equal(level(6, false), 'aal2');
  assert.equal(level(2, false), 'aal1');
  assert.equal(level(2, true), 'aal2');
});

test('nothing that is typed into a page of ours proves anything', async () => {
  const bound = boundWith({ type: 'app', secret: secretOf({ publicKey: key }) });
  const answer = await app.verify(bound, '481093', contextWith());
  assert.deepEqual(answer, { ok: false, refusal: 'method-not-available' });
});
