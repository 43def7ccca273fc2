import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookiesFor } from './cookies.ts';

const tls = cookiesFor(new URL('https://id.example.test'));
const local = cookiesFor(new URL('http://localhost:3000'));
const jar = (cookie: string) => new Headers({ cookie });

test('over TLS a cookie belongs to this host alone, and no script reads it', () => {
  assert.equal(tls.write('session', 'abc-_1'), '__Host-session=abc-_1; Path=/; HttpOnly; Secure; SameSite=Lax');
});

test('a lifetime is in whole seconds', () => {
  const line = tls.write('device', 'x', { maxAge: Temporal.Duration.from({ days: 30 }), sameSite: 'Strict' });
  assert.equal(line, '__Host-device=x; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict');
});

test('on plain http of this machine the prefix is left out, for browsers refuse it there', () => {
  assert.equal(local.write('session', 'x'), 'session=x; Path=/; HttpOnly; SameSite=Lax');
  assert.equal(local.read(jar('session=x'), 'session'), 'x');
});

test('plain http under a public name gets no exception', () => {
  const open = cookiesFor(new URL('http://id.example.test'));
  assert.match(open.write('session', 'x'), /^__Host-.*; Secure/);
});

test('a cookie is read by its whole name', () => {
  assert.equal(tls.read(jar('a=1; __Host-session=tok; b=2'), 'session'), 'tok');
  assert.equal(tls.read(jar('session=planted'), 'session'), null);
  assert.equal(tls.read(jar('x__Host-session=planted'), 'session'), null);
  assert.equal(tls.read(jar('__Host-session2=planted'), 'session'), null);
  assert.equal(tls.read(new Headers(), 'session'), null);
});

test('two cookies of one name count as none: one of them was planted', () => {
  assert.equal(tls.read(jar('__Host-session=mine; __Host-session=theirs'), 'session'), null);
  assert.equal(tls.read(jar('__Host-session=; __Host-session=theirs'), 'session'), null);
});

test('a value that is no token of ours is no value', () => {
  for (const value of ['', '"quoted"', 'a b', 'a,b', 'ü', '../x', 'a=b'])
    assert.equal(tls.read(jar(`__Host-s=${encodeURI(value)}`), 's'), null);
});

test('only tokens are written: nothing can end the line and begin another cookie', () => {
  for (const value of ['a;b', 'a\r\nSet-Cookie: x=y', 'a b']) assert.throws(() => tls.write('s', value));
});

test('clearing keeps the name and the place, or browsers would keep the cookie', () => {
  assert.equal(tls.clear('session'), '__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax');
});
