import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachable } from './reachable.ts';

const PUBLIC = new URL('https://id.example.test');
const HERE = new URL('http://localhost:3000');
const names: Record<string, string[]> = {
  'payroll.example': ['203.0.113.7'],
  'payroll.intern.example': ['10.0.0.5'],
  'two-faced.example': ['203.0.113.7', '169.254.169.254'],
  localhost: ['127.0.0.1'],
};
const resolve = async (host: string) =>
  (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

async function to(target: string, redirectUri: string, from = PUBLIC): Promise<string | null> {
  return (await reachable(new URL(target), { redirectUris: [redirectUri] }, from, resolve))?.address ?? null;
}

test('the open internet is reached, at the address that was looked at', async () => {
  assert.equal(await to('https://payroll.example/logout', 'https://elsewhere.example/cb'), '203.0.113.7');
  assert.equal(await to('https://203.0.113.9/logout', 'https://elsewhere.example/cb'), '203.0.113.9');
});

test('a private network only for a host at which people reach the application as well', async () => {
  const target = 'https://payroll.intern.example/logout';
  assert.equal(await to(target, 'https://payroll.example/cb'), null);
  assert.equal(await to(target, 'https://payroll.intern.example/cb'), '10.0.0.5');
});

test('this machine only where the program itself is tried out here', async () => {
  for (const target of [
    'http://localhost:9/logout',
    'http://127.0.0.1:9/x',
    'http://[::1]:9/x',
    'http://[::ffff:7f00:1]/x',
  ]) {
    const own = `${new URL(target).origin}/cb`;
    assert.equal(await to(target, own), null, target);
    assert.equal(await to(target, 'https://payroll.example/cb', HERE), null, target);
    assert.notEqual(await to(target, own, HERE), null, target);
  }
});

test('never where machines keep their own secrets, whoever says so', async () => {
  for (const target of [
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://[::ffff:169.254.169.254]/',
    'http://239.1.1.1/',
    'https://two-faced.example/logout',
  ])
    assert.equal(await to(target, `${new URL(target).origin}/cb`, HERE), null, target);
  assert.equal(await to('https://nowhere.example/logout', 'https://nowhere.example/cb'), null);
});
