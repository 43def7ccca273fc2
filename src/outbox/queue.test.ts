import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Secret } from '#core/secret.ts';
import type { OutboxMessage } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { memoryStore, NOON } from '#test/support/store.ts';
import { unseal } from './messages.ts';
import { type MailToQueue, type NoticeEvent, queueMail, queueNotice, queueSms } from './queue.ts';

const zoe = { account: 'a1', name: 'Zoë', language: 'nl', organisation: 'Dam', timeZone: 'Europe/Amsterdam' } as const;
const origin = { address: '192.0.2.7', userAgent: 'Firefox' };
const FAR = NOON.add({ hours: 1000 });

describe('queueing', () => {
  let store: Store;
  beforeEach(async () => {
    store = await memoryStore();
    const account = { id: 'a1', name: 'Zoë', language: 'nl', status: 'active', securityEpoch: 1 } as const;
    await store.transaction((tx) => tx.accounts.create({ ...account, firstSignInAt: null, createdAt: NOON }, []));
  });

  const due = (at: Temporal.Instant): Promise<OutboxMessage[]> =>
    store.transaction((tx) => tx.outbox.lease(1000, at, Temporal.Duration.from({ hours: 1000 })));

  const reset = (changed: Partial<MailToQueue & { template: 'reset-password' }> = {}) =>
    store.transaction((tx) =>
      queueMail(tx, {
        ...zoe,
        template: 'reset-password',
        to: 'zoe@dam.example',
        values: { link: 'https://x.example/reset/t' },
        idempotencyKey: crypto.randomUUID(),
        now: NOON,
        expiresAt: FAR,
        ...changed,
      }),
    );

  const tell = (event: NoticeEvent, now = NOON, addresses = ['zoe@dam.example']) =>
    store.transaction((tx) =>
      queueNotice(tx, { ...zoe, ...event, addresses, origin, now, wasntMeLink: 'https://x.example/not-me/t' }),
    );

  it('keeps what is needed to write the mail, and nothing of it can be printed', async () => {
    await reset();
    const [row] = await due(NOON);
    assert.ok(row);
    const letter = unseal(row.payload);
    assert.deepEqual(letter.channel === 'mail' && letter.mail, {
      template: 'reset-password',
      values: { link: 'https://x.example/reset/t', until: FAR.toString() },
    });
    assert.doesNotMatch(JSON.stringify(row), /zoe@|reset\/t/);
  });

  it('the same key is queued once', async () => {
    assert.deepEqual(await reset({ idempotencyKey: 'k' }), { queued: true });
    assert.deepEqual(await reset({ idempotencyKey: 'k' }), { queued: false, because: 'queued-before' });
    assert.equal((await due(NOON)).length, 1);
  });

  it('strangers cause 3 mails in an hour and 10 in a day to one address, however it is written (INV-21)', async () => {
    const results = [];
    for (const to of ['zoe@dam.example', 'ZOE@DAM.EXAMPLE', ' zoe@dam.example', 'zoe@dam.example'])
      results.push(await reset({ to }));
    assert.deepEqual(
      results.map((one) => one.queued),
      [true, true, true, false],
    );
    assert.deepEqual(results[3], { queued: false, because: 'budget', retryAt: NOON.add({ hours: 1 }) });
    assert.equal((await reset({ to: 'bob@dam.example' })).queued, true, 'another address has its own');

    let queued = 3;
    for (let minutes = 1; minutes < 24 * 60; minutes += 7) {
      if ((await reset({ now: NOON.add({ minutes }) })).queued) queued += 1;
    }
    assert.equal(queued, 10);
  });

  it('a code by mail is paid from the same budget; what an administrator causes is not', async () => {
    for (let n = 0; n < 3; n += 1) await reset();
    const guard = { ...zoe, to: 'zoe@dam.example', now: NOON, expiresAt: FAR };
    const held = await store.transaction((tx) =>
      queueMail(tx, { ...guard, template: 'guard-code', values: { code: new Secret('482913') }, idempotencyKey: 'g' }),
    );
    assert.equal(held.queued, false);
    const activation = await store.transaction((tx) =>
      queueMail(tx, { ...guard, template: 'activate', values: { link: 'https://x.example' }, idempotencyKey: 'a' }),
    );
    assert.equal(activation.queued, true);
  });

  it('a notice goes to every address, and no budget that strangers can fill holds it back (P-18)', async () => {
    for (let n = 0; n < 20; n += 1) await reset();
    await tell({ kind: 'password-changed', values: {} }, NOON, ['zoe@dam.example', 'zoe@home.example']);
    const notices = (await due(NOON)).filter((row) => row.idempotencyKey.startsWith('notice:'));
    assert.deepEqual(notices.map((row) => row.to.reveal()).sort(), ['zoe@dam.example', 'zoe@home.example']);
  });

  it('every kind of change is told at once; the same kind again within 15 minutes waits for one mail', async () => {
    const at = (minutes: number) => NOON.add({ minutes });
    await tell({ kind: 'password-changed', values: {} }, at(0));
    await tell({ kind: 'sms-bound', values: { lastDigits: '123' } }, at(1));
    await tell({ kind: 'password-changed', values: {} }, at(2));
    await tell({ kind: 'password-changed', values: {} }, at(3));
    await tell({ kind: 'sms-bound', values: { lastDigits: '124' } }, at(4));
    const counts = [];
    for (const minutes of [0, 1, 4, 14, 15]) counts.push((await due(at(minutes))).length);
    assert.deepEqual(counts, [1, 1, 0, 0, 3]);
  });

  it('suspicions, which whoever knows the password can cause at will, share the budget of strangers; none is lost', async () => {
    const moments: number[] = [];
    let [caused, sent] = [0, 0];
    for (let minutes = 0; minutes < 72 * 60; minutes += 1) {
      const now = NOON.add({ minutes });
      if (minutes % 3 === 0 && minutes < 48 * 60) {
        await tell({ kind: 'wrong-second-steps', values: { count: 1 } }, now);
        caused += 1;
      }
      const notices = await due(now);
      if (notices.length > 0) moments.push(minutes);
      sent += notices.length;
    }
    const most = (within: number) =>
      Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + within).length));
    assert.equal(most(60), 3);
    assert.equal(most(24 * 60), 10);
    assert.equal(sent, caused);
  });

  it('a text message is queued with its expiry', async () => {
    await store.transaction((tx) =>
      queueSms(tx, {
        account: 'a1',
        language: 'en',
        organisation: 'Dam',
        to: '+447700900123',
        code: new Secret('482913'),
        host: 'login.dam.example',
        idempotencyKey: 'c1',
        now: NOON,
        expiresAt: NOON.add({ minutes: 10 }),
      }),
    );
    const [row] = await due(NOON);
    assert.equal(row?.channel, 'sms');
    assert.ok(row?.expiresAt?.equals(NOON.add({ minutes: 10 })));
  });
});
