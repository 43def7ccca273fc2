import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { createGate } from '../gate.ts';
import { createPepperedHash } from '../peppered-hash.ts';
import { boundWith, cheapHashing, cheapTypes, contextWith, NOW, pepper, same } from '../testing.ts';
import { codesLeft, isUsedUp, nextNumber } from './card.ts';
import { createCodeCard } from './index.ts';
import { linesOf } from './secret.ts';

const { codeCard } = cheapTypes();
const pending = codeCard.begin({ label: 'Bakery, Jun 2026', now: NOW, codesOnCard: 12 });
const codes = linesOf(pending.secret);
const prove = (answer: string) => codeCard.prove(pending, answer, { ...contextWith(), superseded: [] });
const proved = await prove(codes[0] ?? '');
assert.ok(proved.ok && proved.made);
const { made } = proved;
const card = boundWith({ type: 'code-card', ...made });

test('a new card: as many codes as wanted, in groups, no two alike, nothing on paper that looks like something else', () => {
  assert.equal(codes.length, 12);
  assert.equal(new Set(codes).size, 12);
  for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('it is proved with its first code, which is used with it; what stays shows how many there were and no code', () => {
  same(proved.claim, { kind: 'counter', authenticator: '', value: 1 });
  assert.deepEqual([made.hint, made.counter, nextNumber(made), codesLeft(made)], ['12', 1, 2, 11]);
  const kept = linesOf(made.secret);
  assert.equal(kept.length, 12);
  for (const line of kept) assert.match(line, /^[0-9a-f]{8}:\$argon2id\$/);
  const text = kept.join(' ');
  for (const code of codes) assert.ok(!text.includes(code) && !text.includes(code.replace('-', '')));
});

test('another code of the card proves nothing while it is set up', async () => {
  same(await prove(codes[1] ?? ''), { ok: false, refusal: 'card-code-wrong', detail: { limit: 1 } });
  for (const typed of ['', '123456', 'K7QM-4XWN-9RTB-2HVD-6PJS'])
    same(await prove(typed), { ok: false, refusal: 'card-code-malformed' });
});

test('the next number, and no other: neither a used one nor one that comes later', async () => {
  for (const [index, code] of codes.entries()) {
    const finding = await codeCard.verify(card, code.toLowerCase().replace('-', ' '), contextWith());
    if (index === 1) {
      assert.ok(finding.ok);
      same(finding.claim, { kind: 'counter', authenticator: card.id, value: 2 });
      same(finding.evidence.factors, ['possession']);
    } else same(finding, { ok: false, refusal: 'card-code-wrong', detail: { limit: 2 } });
  }
});

test('a card that is disabled or used up is not compared', async () => {
  const off = await codeCard.verify({ ...card, disabledAt: NOW }, codes[1] ?? '', contextWith());
  same(off, { ok: false, refusal: 'authenticator-disabled' });
  const usedUp = { ...card, counter: 12 };
  assert.ok(isUsedUp(usedUp) && !isUsedUp({ ...card, counter: 11 }));
  assert.ok(!isUsedUp({ ...usedUp, type: 'totp' }));
  same(await codeCard.verify(usedUp, codes[11] ?? '', contextWith()), { ok: false, refusal: 'method-not-available' });
});

test('busy is said, not taken for wrong', async () => {
  const full = createGate({ atOnce: 0, waiting: 0 });
  const busy = createCodeCard(createPepperedHash('code-card', { pepper }, full, cheapHashing));
  same(await busy.verify(card, codes[1] ?? '', contextWith()), { ok: false, refusal: 'busy' });
  const answer = { ...contextWith(), superseded: [] };
  same(await busy.prove({ ...pending, secret: new Secret(pending.secret.reveal()) }, codes[0] ?? '', answer), {
    ok: false,
    refusal: 'busy',
  });
});
