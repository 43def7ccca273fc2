import assert from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hash, verify } from '@node-rs/argon2';

const bytes = (size: number, value: number) => Buffer.alloc(size, value);

test('RFC 9106 section 5.3: the witness is Argon2id', () => {
  const tag = argon2Sync('argon2id', {
    message: bytes(32, 1),
    nonce: bytes(16, 2),
    secret: bytes(8, 3),
    associatedData: bytes(12, 4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  });
  assert.equal(tag.toString('hex'), '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('the reference implementation: password, somesalt', async () => {
  const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.equal(await verify(phc, 'password'), true);
  assert.equal(await verify(phc, 'Password'), false);
});

test('the library that hashes for us computes what the witness computes, at our cost', async () => {
  const [message, nonce] = [randomBytes(32), randomBytes(16)];
  const ours = await hash(message, { memoryCost: 19_456, timeCost: 2, parallelism: 1, salt: nonce });
  const theirs = argon2Sync('argon2id', {
    message,
    nonce,
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
  });
  assert.equal(ours.split('$').at(-1), theirs.toString('base64').replace(/=+$/, ''));
});
