import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import type { IncomingMessage } from 'node:http';
import { comeToOrigin, onWithGet, otherName } from './request.ts';

const PUBLIC = new URL('https://id.example.test');
const HERE = new URL('http://localhost:3000');
const message = (headers: Record<string, string>, url = '/oidc/auth?x=1', method = 'GET') =>
  ({ method, url, headers }) as IncomingMessage;

test('whatever a request says of itself, it has come to the configured origin', () => {
  const one = message({
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'http',
    'x-forwarded-prefix': '/evil',
    forwarded: 'host=evil.test',
    'x-original-url': '/account',
    'x-rewrite-url': '/account',
    'x-http-method-override': 'DELETE',
    'ssl-client-cert': 'x',
    accept: 'text/html',
  });
  comeToOrigin(one, PUBLIC);
  assert.deepEqual(one.headers, { host: 'id.example.test', 'x-forwarded-proto': 'https', accept: 'text/html' });
});

test('on this machine under its other name the browser is sent to the one of the cookies', () => {
  assert.equal(otherName(message({ host: '127.0.0.1:3000' }), HERE), 'http://localhost:3000/oidc/auth?x=1');
  assert.equal(otherName(message({ host: 'localhost:3000' }), HERE), null);
  assert.equal(otherName(message({ host: '127.0.0.1:3000' }, '/oidc/token', 'POST'), HERE), null);
  assert.equal(otherName(message({ host: '127.0.0.1' }), PUBLIC), null);
  assert.equal(otherName(message({ host: 'evil.test' }), HERE), null);
});

test('a form becomes a query, and one that would not fit into a head is refused', async () => {
  const server = createServer((incoming, outgoing) => void onWithGet(incoming, outgoing, '/oidc/auth'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const post = (body: string) =>
    fetch(`http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}/`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const small = await post('scope=openid+email&state=a%26b');
  assert.deepEqual([small.status, small.headers.get('location')], [303, '/oidc/auth?scope=openid+email&state=a%26b']);
  assert.equal((await post(`state=${'x'.repeat(9000)}`)).status, 413);
  server.close();
});
