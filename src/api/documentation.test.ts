import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { countAnswer } from '#flows/help.ts';
import { administratorIn, stewardOf } from '#test/support/administration.ts';
import { caller, tokenFor } from '#test/support/program.ts';
import { rig } from '#test/support/rig.ts';

type Example = { method: string; path: string; headers: Record<string, string>; body: string };

const text = readFileSync('docs/reference/api.md', 'utf8');

test('the examples of the documentation do what it says, in its order', async () => {
  const r = await rig();
  const house = await r.organisation();
  const ada = await administratorIn(r, [house]);
  const call = caller(r, await tokenFor(r, await stewardOf(r, ada), house));
  for (const answer of ['stuck', 'stuck', 'yes'] as const) {
    const what = { language: 'en', article: 'wrong-code', page: 'enrol-prove', refusal: 'code-wrong' } as const;
    await countAnswer(r.deps, '203.0.113.9', { ...what, organisation: house.id, answer });
  }
  const examples = [...text.matchAll(/```http\n(.*?)```(?:\n\n```json\n(.*?)```)?/gs)];
  assert.equal(examples.length, 6);
  let [id, etag] = ['', ''];
  const statuses: number[] = [];
  for (const [, request = '', answer] of examples) {
    const { method, path, headers, body } = parsed(request);
    const at = path.replace('/api/v1', '').replace('/ID', `/${id}`).replace('/PERSON', `/${ada.person.id}`);
    const sent: Record<string, string> = headers['If-Match'] === '"ETAG"' ? { 'if-match': etag } : {};
    const key = headers['Idempotency-Key'];
    if (key) sent['idempotency-key'] = key;
    const given = await call(method, at, body || undefined, sent);
    statuses.push(given.status);
    if (given.status === 201) [id, etag] = [String(given.body['id']), given.headers.get('etag') ?? ''];
    if (answer) assert.deepEqual(shapeOf(given.body), shapeOf(JSON.parse(answer)), path);
  }
  assert.deepEqual(statuses, [200, 201, 200, 200, 200, 422]);
});

function parsed(request: string): Example {
  const [head = '', body = ''] = request.split('\n\n');
  const [first = '', ...lines] = head.trim().split('\n');
  const [method = '', path = ''] = first.split(' ');
  return { method, path, headers: Object.fromEntries(lines.map((line) => line.split(': '))), body };
}

/** Names and types, and values where the document has any: its `…` stands for something that differs each time. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, VARY.includes(name) ? typeof one : shapeOf(one)]),
    );
  return value;
}

const VARY = ['id', 'address', 'detail', 'since', 'until'];
