import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createGate } from '../gate.ts';
import { createPepperedHash } from '../peppered-hash.ts';
import { boundWith, cheapHashing, cheapTypes, contextWith, NOW, pepper, same } from '../testing.ts';
import { createPassword, type PasswordType } from './index.ts';

const { password } = cheapTypes();

async function boundTo(text: string, by: PasswordType = password) {
  const stored = await by.toStored(text);
  if ('refusal' in stored) assert.fail(stored.refusal);
  return boundWith({ type: 'password', secret: stored.secret });
}

describe('a bound password', () => {
  test('right: knowledge, and nothing to spend', async () => {
    const finding = await password.verify(await boundTo('purple llama'), 'purple llama', contextWith());
    same(finding, {
      ok: true,
      evidence: {
        type: 'password',
        authenticator: 'authenticator-1',
        factors: ['knowledge'],
        phishingResistant: false,
        restricted: false,
        at: NOW,
      },
      claim: { kind: 'none' },
    });
  });

  test('neither trimmed nor cut nor folded', async () => {
    const long = `${'x'.repeat(200)}1`;
    const bound = await boundTo(long);
    for (const wrong of [`${long} `, long.slice(0, -1), long.toUpperCase(), `${'x'.repeat(200)}2`])
      same(await password.verify(bound, wrong, contextWith()), no('credentials-wrong'));
    assert.ok((await password.verify(bound, long, contextWith())).ok);
  });

  test('the same in composed and decomposed form, with full-width letters, with emoji', async () => {
    const bound = await boundTo('één café ﬁets 🚲');
    for (const twin of ['één café ﬁets 🚲'.normalize('NFD'), 'één café fiets 🚲', 'één café ｆiets 🚲'])
      assert.ok((await password.verify(bound, twin, contextWith())).ok, twin);
  });

  test('a zero byte does not end it', async () => {
    const bound = await boundTo('before\0after');
    assert.equal((await password.verify(bound, 'before\0other', contextWith())).ok, false);
    assert.ok((await password.verify(bound, 'before\0after', contextWith())).ok);
  });

  test('an old hash is handed back in a stronger form, which opens as well', async () => {
    const gate = createGate({ atOnce: 2, waiting: 9 });
    const stronger = createPassword(createPepperedHash('password', { pepper }, gate, { ...cheapHashing, passes: 3 }));
    const bound = await boundTo('purple llama');
    const finding = await stronger.verify(bound, 'purple llama', contextWith());
    assert.ok(finding.ok && finding.improved);
    const raised = { ...bound, secret: finding.improved };
    const again = await stronger.verify(raised, 'purple llama', contextWith());
    assert.ok(again.ok && !again.improved);
    const wrong = await stronger.verify(bound, 'wrong', contextWith());
    same(wrong, no('credentials-wrong'));
  });
});

test('nobody: the same answer as a wrong password', async () => {
  same(await password.verifyNobody('purple llama'), no('credentials-wrong'));
  same(await password.verifyNobody(''), no('password-missing'));
  same(await password.verify(await boundTo('x'), '', contextWith()), no('password-missing'));
});

test('busy is said, not taken for wrong', async () => {
  const full = createGate({ atOnce: 0, waiting: 0 });
  const busy = createPassword(createPepperedHash('password', { pepper }, full, cheapHashing));
  same(await busy.verify(await boundTo('x'), 'x', contextWith()), no('busy'));
  same(await busy.verifyNobody('x'), no('busy'));
  same(await busy.toStored('x'), { refusal: 'busy' });
});

function no(refusal: string) {
  return { ok: false, refusal };
}
