import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BODY_LIMIT_BYTES, readForm } from './body.ts';

const FORM = 'application/x-www-form-urlencoded';

function post(body: BodyInit, contentType = FORM): Promise<Awaited<ReturnType<typeof readForm>>> {
  return readForm(
    new Request('http://localhost/', {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
      duplex: 'half',
    } as RequestInit),
  );
}

async function fields(body: string): Promise<Record<string, string> | null> {
  const result = await post(body);
  return result.ok ? Object.fromEntries(result.form.names().map((name) => [name, result.form.get(name)])) : null;
}

test('a form is read as browsers write it', async () => {
  assert.deepEqual(await fields('address=grace%40x.example&password=a+b%2Bc&empty=&bare'), {
    address: 'grace@x.example',
    password: 'a b+c',
    empty: '',
    bare: '',
  });
  assert.deepEqual(await fields('name=J%C3%BCrgen+%F0%9F%94%91'), { name: 'Jürgen 🔑' });
  assert.deepEqual(await fields(''), {});
});

test('a field that was not sent is the empty string', async () => {
  const result = await post('a=1');
  assert.ok(result.ok);
  assert.equal(result.form.get('b'), '');
  assert.ok(!result.form.has('b'));
});

test('two values under one name are refused: two readers could see different ones', async () => {
  for (const body of ['a=1&a=1', 'a=1&%61=2', 'a=1&b=2&a=', 'a&a']) assert.equal(await fields(body), null, body);
});

test('text that is not text is refused, not repaired', async () => {
  for (const body of ['a=%00', '%00=1', 'a=%FF', 'a=%C3', 'a=%ED%A0%80', 'a=%C0%AF', 'a=%zz', 'a=%', 'a=%4'])
    assert.equal(await fields(body), null, body);
  assert.equal((await post(Buffer.from('a=\xff', 'latin1'))).ok, false);
});

test('names of the language are names like any other', async () => {
  const result = await post('__proto__=1&constructor=2&toString=3');
  assert.ok(result.ok);
  assert.equal(result.form.get('__proto__'), '1');
  assert.equal(result.form.get('hasOwnProperty'), '');
  assert.equal(({} as Record<string, unknown>)['1'], undefined);
});

test('another content type is refused before a byte is read', async () => {
  for (const type of [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
    `${FORM}x`,
    `${FORM}; charset=utf-7`,
  ])
    assert.deepEqual(await post('a=1', type), { ok: false, status: 415, refusal: 'input-malformed' }, type);
  assert.ok((await post('a=1', `${FORM}; charset=UTF-8`)).ok);
  assert.ok((await post('a=1', 'Application/X-WWW-Form-URLencoded')).ok);
});

test('64 KiB is read, one byte more is not', async () => {
  assert.ok((await post(`a=${'x'.repeat(BODY_LIMIT_BYTES - 2)}`)).ok);
  assert.deepEqual(await post(`a=${'x'.repeat(BODY_LIMIT_BYTES - 1)}`), {
    ok: false,
    status: 413,
    refusal: 'too-large',
  });
});

test('a body that never says how long it is stops at the limit', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 16_384;
      controller.enqueue(new Uint8Array(16_384).fill(0x61));
    },
  });
  assert.deepEqual(await post(endless), { ok: false, status: 413, refusal: 'too-large' });
  assert.ok(sent < 4 * BODY_LIMIT_BYTES, `${sent} bytes were taken`);
});

test('a sender who goes away in the middle is refused, not thrown', async () => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('a=1'));
      controller.error(new Error('gone'));
    },
  });
  assert.deepEqual(await post(broken), { ok: false, status: 400, refusal: 'input-malformed' });
});
