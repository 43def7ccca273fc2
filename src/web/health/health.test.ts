import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { memoryStore, testKeys } from '#test/support/store.ts';

it('a healthy server is live and ready, in JSON that nobody keeps', async () => {
  const jar = (await rig()).browser();
  for (const path of ['/health/live', '/health/ready']) {
    const answer = await jar.get(path);
    assert.deepEqual([answer.status, answer.text], [200, '{"status":"ok"}\n']);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
});

it('without its database it lives and is not ready, and says no more than that', async () => {
  const store = await memoryStore({ now: () => Temporal.Instant.from('2026-03-02T12:00:00Z'), keys: testKeys });
  const jar = (await rig({ store })).browser();
  await store.close();
  assert.equal((await jar.get('/health/live')).status, 200);
  const answer = await jar.get('/health/ready');
  assert.deepEqual([answer.status, answer.text], [503, '{"status":"unavailable"}\n']);
});
