import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { boundWith, cheapTypes, contextWith, NOW, WALL, same } from '../testing.ts';
import { UNBOUND } from '../proof.ts';
import { hotp, stepAt } from '../totp/otp.ts';
import { secretOf } from './secret.ts';

const { sms, challenges } = cheapTypes();
const NUMBER = '+447700900123';
const bound = boundWith({ id: 'sms-1', type: 'sms', secret: secretOf(NUMBER), hint: '123' });
const order = {
  account: bound.account,
  authenticator: 'sms-1',
  holder: 'attempt-1',
  purpose: 'verify' as const,
  destination: new Secret(NUMBER),
  now: NOW,
};
const other = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a text message as second step', () => {
  test('right: possession, restricted, and the challenge is what is spent', async () => {
    const { challenge, code } = challenges.make(order);
    const finding = await sms.verify(
      bound,
      ` ${code.reveal().slice(0, 3)} ${code.reveal().slice(3)}`,
      contextWith({ challenge }),
    );
    same(finding, {
      ok: true,
      evidence: {
        type: 'sms',
        authenticator: 'sms-1',
        factors: ['possession'],
        phishingResistant: false,
        restricted: true,
        at: NOW,
      },
      claim: { kind: 'challenge', challenge: challenge.id },
    });
  });

  test('a code that was sent elsewhere, or for something else, is no code', async () => {
    const changes = [
      { authenticator: 'sms-2' },
      { authenticator: null },
      { destination: new Secret('+447700900124') },
      { purpose: 'bind' as const },
      { purpose: 'guard' as const },
    ];
    for (const change of changes) {
      const { challenge, code } = challenges.make({ ...order, ...change });
      const finding = await sms.verify(bound, code.reveal(), contextWith({ challenge }));
      same(finding, { ok: false, refusal: 'challenge-missing' }, JSON.stringify(change));
    }
    same(await sms.verify(bound, '123456', contextWith()), { ok: false, refusal: 'challenge-missing' });
  });

  test('the code of the app is named, with the tries that are left', async () => {
    const { challenge, code } = challenges.make(order);
    const app = boundWith({ type: 'totp', secret: new Secret(new TextEncoder().encode('12345678901234567890')) });
    const shown = hotp(app.secret.reveal(), stepAt(WALL));
    assert.notEqual(shown, code.reveal());
    const finding = (others: (typeof app)[]) => sms.verify(bound, shown, contextWith({ challenge, others }));
    const detail = { triesLeft: 4 };
    same(await finding([app]), { ok: false, refusal: 'sms-code-is-app-code', detail });
    same(await finding([]), { ok: false, refusal: 'sms-code-wrong', detail });
    same(await finding([{ ...app, disabledAt: NOW }]), { ok: false, refusal: 'sms-code-wrong', detail });
  });

  test('wrong is wrong, and a disabled one is not compared', async () => {
    const { challenge, code } = challenges.make(order);
    const wrong = await sms.verify(bound, other(code.reveal()), contextWith({ challenge }));
    same(wrong, { ok: false, refusal: 'sms-code-wrong', detail: { triesLeft: 4 } });
    const disabled = await sms.verify({ ...bound, disabledAt: NOW }, code.reveal(), contextWith({ challenge }));
    same(disabled, { ok: false, refusal: 'authenticator-disabled' });
  });
});

describe('proving a new number', () => {
  const pending = { type: 'sms', secret: secretOf(NUMBER), label: '', madeAt: NOW };
  const bind = { ...order, authenticator: null, purpose: 'bind' as const };

  test('the code that went to this number', async () => {
    const { challenge, code } = challenges.make(bind);
    const finding = await sms.prove(pending, code.reveal(), { ...contextWith({ challenge }), superseded: [] });
    assert.ok(finding.ok);
    assert.equal(finding.evidence.authenticator, UNBOUND);
  });

  test('a number that was changed between sending and proving is not proved', async () => {
    const { challenge, code } = challenges.make(bind);
    const swapped = { ...pending, secret: secretOf('+447700900124') };
    const finding = await sms.prove(swapped, code.reveal(), { ...contextWith({ challenge }), superseded: [] });
    same(finding, { ok: false, refusal: 'challenge-missing' });
  });
});
