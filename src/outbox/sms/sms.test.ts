import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CREDENTIALS, smsDouble } from '#test/support/sms-double.ts';
import { smsFrom } from './index.ts';

const TO = '+447700900123';
const CODE = '482913';
const TEXT = `Bakkerij van Dam: ${CODE} is your code. Never share it with anyone.\n\n@login.example #${CODE}`;
const message = { channel: 'sms' as const, to: TO, text: TEXT, idempotencyKey: 'challenge-1' };

const { twilio, bird, vonage, cm, sns, webhook } = CREDENTIALS;

describe('text messages', () => {
  let double: Awaited<ReturnType<typeof smsDouble>>;
  before(async () => {
    double = await smsDouble();
  });
  after(() => double.close());

  const send = (raw: string, to = TO) =>
    smsFrom(raw, { timeoutMs: 400, clock: () => 1_800_000_000_000 }).send({ ...message, to });

  /** One address per provider, as an operator would write it. */
  const addresses = (changed: { secret?: string } = {}): Record<string, string> => {
    const end = `endpoint=${encodeURIComponent(double.endpoint)}`;
    const { secret } = changed;
    return {
      twilio: `twilio://${twilio.sid}:${secret ?? twilio.token}@?from=+447700900001&${end}`,
      bird: `bird://${secret ?? bird.key}@${bird.workspace}/${bird.channel}?${end}`,
      vonage: `vonage://${vonage.key}:${secret ?? vonage.secret}@?from=Bakkerij&${end}`,
      cm: `cm://${secret ?? cm.token}@?from=Bakkerij&${end}`,
      sns: `sns://${sns.access}:${encodeURIComponent(secret ?? sns.secret)}@${sns.region}?${end}`,
      webhook: `${double.endpoint}/hook?tenant=1#secret=${secret ?? webhook.secret}`,
    };
  };

  for (const provider of ['twilio', 'bird', 'vonage', 'cm', 'sns', 'webhook']) {
    it(`${provider}: a right request is taken, with number and text as they are`, async () => {
      double.mode = 'ok';
      double.received.length = 0;
      const sent = await send(addresses()[provider] ?? '');
      assert.deepEqual([sent.ok, double.refusals], [true, []]);
      const [received] = double.received;
      assert.equal(received?.provider, provider);
      assert.equal(received?.to, TO);
      assert.equal(received?.text, TEXT);
    });

    it(`${provider}: wrong credentials are refused for good, and the error says neither number nor code nor secret`, async () => {
      double.mode = 'ok';
      double.received.length = 0;
      const sent = await send(addresses({ secret: 'wrong-secret' })[provider] ?? '');
      double.refusals.length = 0;
      assert.ok(!sent.ok);
      assert.equal(sent.failure, 'for-good');
      assert.doesNotMatch(sent.error, /7700900|482913|wrong-secret/);
      assert.equal(double.received.length, 0);
    });

    it(`${provider}: what may have been taken is unsure, what certainly was not can be tried again`, async () => {
      const raw = addresses()[provider] ?? '';
      const failures: [typeof double.mode, string][] = [
        [{ status: 500 }, 'unsure'],
        [{ status: 504 }, 'unsure'],
        [{ status: 429 }, 'for-now'],
        [{ status: 503 }, 'for-now'],
        [{ status: 307 }, 'for-good'],
        ['hang', 'unsure'],
        ['drop', 'unsure'],
      ];
      for (const [mode, expected] of failures) {
        double.mode = mode;
        const sent = await send(raw);
        assert.ok(!sent.ok, `${JSON.stringify(mode)} was taken for sent`);
        assert.equal(sent.failure, expected, `${JSON.stringify(mode)}: ${sent.error}`);
        assert.doesNotMatch(sent.error, /7700900|482913/);
      }
      assert.equal(double.moved, 0, 'number and code followed a redirect');
      double.mode = 'slow';
      assert.equal((await send(raw)).ok, true);
    });
  }

  it('nobody listening: certainly not sent', async () => {
    const gone = await smsDouble();
    await gone.close();
    const sent = await send(`cm://${cm.token}@?from=x&endpoint=${encodeURIComponent(gone.endpoint)}`);
    assert.deepEqual(sent, { ok: false, failure: 'for-now', error: 'cm: ECONNREFUSED' });
  });

  it('CM answers 200 for a message that it rejects: that is not sent', async () => {
    double.mode = 'ok';
    const sent = await send(addresses().cm ?? '', '+447700900999');
    assert.ok(!sent.ok && sent.failure === 'for-good');
  });

  it('an incomplete address stops the start, and the sentence does not repeat the secret', () => {
    const make = (raw: string) => () => smsFrom(raw, { clock: () => 0 });
    const wrong = [
      'twilio://AC1:hunter2@',
      'twilio://AC1@?from=+447700900001',
      'bird://hunter2@workspace',
      'vonage://key:hunter2@?',
      'cm://@?from=x',
      'sns://a:hunter2@?from=x',
      'carrier-pigeon://hunter2@roof',
      'http://sms.example/hook#secret=hunter2',
      'cm://hunter2@?from=x&endpoint=http://evil.example',
      'hunter2',
    ];
    for (const raw of wrong) {
      assert.throws(
        make(raw),
        (error: Error) => /NACHTSLOT_SMS/.test(error.message) && !error.message.includes('hunter2'),
        raw,
      );
    }
  });
});
