import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pushServices } from './services.ts';

const ofMakers = pushServices([]);

test('what browsers hand out is accepted', () => {
  for (const address of [
    'https://fcm.googleapis.com/fcm/send/dGVzdA:APA91b',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d%3d',
    'https://web.push.apple.com/QGPzBNhSJ-XW',
  ])
    assert.ok(ofMakers.accepts(address), address);
});

test('what a stranger would like us to call is not', async () => {
  for (const address of [
    '',
    'x',
    'javascript:alert(1)',
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/fcm/send/x',
    'https://user@fcm.googleapis.com/fcm/send/x',
    'https://:word@fcm.googleapis.com/fcm/send/x',
    'https://user:word@fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com@127.0.0.1/x',
    'https://fcm.googleapis.com./fcm/send/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evilfcm.googleapis.com/x',
    'https://push.apple.com/x',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com/x#y',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:9/x',
    `https://fcm.googleapis.com/${'x'.repeat(1024)}`,
  ]) {
    assert.ok(!ofMakers.accepts(address), address);
    assert.equal(await ofMakers.reach(address), null, address);
  }
});

test('a name of the list that leads into a network of somebody’s own is not called, not even in part', async () => {
  const led = (...addresses: string[]) =>
    pushServices(['push.bakery.example', '*.below.example'], async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const maker = 'https://fcm.googleapis.com/x';
  assert.equal((await led('203.0.113.7').reach(maker))?.address.address, '203.0.113.7');
  for (const inside of [
    '10.0.0.8',
    '127.0.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.8',
  ]) {
    assert.equal(await led(inside).reach(maker), null, inside);
    assert.equal(await led('203.0.113.7', inside).reach(maker), null, `${inside} beside another`);
    assert.equal(await led(inside).reach('https://a.below.example/x'), null, `${inside} below a name`);
  }
  assert.equal(await led().reach(maker), null);
  // Named in full by the operator: that may be in their own network, and still not where machines keep secrets.
  assert.equal((await led('10.0.0.8').reach('https://push.bakery.example/x'))?.address.address, '10.0.0.8');
  for (const never of ['127.0.0.1', '169.254.169.254', '::1'])
    assert.equal(await led(never).reach('https://push.bakery.example/x'), null, never);
});

test('a service on this machine is called only where it was named, and at that port', async () => {
  const tryOut = pushServices(['http://127.0.0.1:8080']);
  assert.equal((await tryOut.reach('http://127.0.0.1:8080/push/1'))?.target.port, '8080');
  assert.equal(await tryOut.reach('http://127.0.0.1:8081/push/1'), null);
  assert.equal(await tryOut.reach('http://localhost:8080/push/1'), null);
});

test('what the operator mistypes is said at the start', () => {
  for (const named of [
    'bakery',
    '*',
    '*.',
    '*.example',
    'https://push.example.org',
    'http://10.0.0.8:80',
    'a b.example',
    'none,x.example',
  ])
    assert.throws(() => pushServices([named]), /NACHTSLOT_PUSH_SERVICES/, named);
  for (const named of ['push.example.org', '*.push.example.org', 'Push.Example.ORG'])
    assert.ok(pushServices([named]), named);
});
