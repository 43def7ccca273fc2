import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerScope } from '../worker-scope.ts';
import { watchPushes } from './worker.ts';

test('something is shown whatever came, also where nothing that the app keeps can be read', async () => {
  assert.equal(Reflect.get(globalThis, 'indexedDB'), undefined, 'control: the database cannot be opened');
  const { push, shown } = worker();
  for (const text of ['', '{', 'null', '[]', '{"device":1}', '{"device":"a","request":"b"}', 'x'.repeat(5000)])
    await push({ text: () => text });
  await push(null);
  assert.deepEqual(shown, Array(8).fill('Ben jij dit die inlogt?'));
});

function worker() {
  const shown: string[] = [];
  const listeners = new Map<string, (event: unknown) => void>();
  const none = () => Promise.resolve(undefined);
  const self = {
    location: { origin: 'https://id.example.test' },
    navigator: { language: 'nl-BE' },
    clients: { claim: none, matchAll: async () => [], openWindow: none },
    registration: { pushManager: {}, showNotification: async (title: string) => void shown.push(title) },
    skipWaiting: none,
    addEventListener: (name: string, listener: (event: unknown) => void) => void listeners.set(name, listener),
  };
  watchPushes(self as object as WorkerScope, { shell: '/authenticator/', icon: undefined });
  return {
    shown,
    async push(data: { text(): string } | null) {
      const works: Promise<unknown>[] = [];
      listeners.get('push')?.({ data, waitUntil: (work: Promise<unknown>) => works.push(work) });
      await Promise.allSettled(works);
    },
  };
}
