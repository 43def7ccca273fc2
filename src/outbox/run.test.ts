import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Secret } from '#core/secret.ts';
import type { Store } from '#store/store.ts';
import { CREDENTIALS, smsDouble } from '#test/support/sms-double.ts';
import { smtpSink } from '#test/support/smtp-sink.ts';
import { memoryStore, NOON } from '#test/support/store.ts';
import type { Log } from './deliver.ts';
import { mailFrom } from './mail.ts';
import { type NoticeEvent, queueMail, queueNotice, queueSms } from './queue.ts';
import { createOutbox } from './run.ts';
import { smsFrom } from './sms/index.ts';
import type { Transports } from './transport.ts';

const zoe = { account: 'a1', name: 'Zoë', language: 'en', organisation: 'Dam', timeZone: 'UTC' } as const;
const TO = '+447700900123';
const CODE = '482913';

describe('the outbox', () => {
  let store: Store;
  let mail: Awaited<ReturnType<typeof smtpSink>>;
  let sms: Awaited<ReturnType<typeof smsDouble>>;
  let transports: Transports;
  let now: Temporal.Instant;
  let logged: string[];
  const note: Log['info'] = (fields, message) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { info: note, warn: note, error: note };

  beforeEach(async () => {
    now = NOON;
    logged = [];
    store = await memoryStore({ now: () => now });
    const account = { id: 'a1', name: 'Zoë', language: 'en', status: 'active', securityEpoch: 1 } as const;
    await store.transaction((tx) => tx.accounts.create({ ...account, firstSignInAt: null, createdAt: NOON }, []));
    mail = await smtpSink();
    sms = await smsDouble();
    const provider = `cm://${CREDENTIALS.cm.token}@?from=Dam&endpoint=${encodeURIComponent(sms.endpoint)}`;
    transports = {
      mail: mailFrom(mail.url, 'sign-in@dam.example', 300),
      sms: smsFrom(provider, { timeoutMs: 300, clock: () => 0 }),
      push: null,
    };
  });

  afterEach(async () => {
    transports.mail?.close?.();
    await Promise.all([mail.close(), sms.close(), store.close()]);
  });

  const outbox = (some: Partial<Transports> = {}) =>
    createOutbox({ store, transports: { ...transports, ...some }, now: () => now, log });
  const later = (minutes: number) => (now = now.add({ seconds: Math.round(minutes * 60) }));

  const tell = (event: NoticeEvent = { kind: 'password-changed', values: {} }) =>
    store.transaction((tx) =>
      queueNotice(tx, {
        ...zoe,
        ...event,
        addresses: ['zoe@dam.example'],
        origin: { address: '192.0.2.7', userAgent: 'Firefox/1' },
        now,
        wasntMeLink: 'https://login.dam.example/not-me/t0ken',
      }),
    );
  const guard = () =>
    store.transaction((tx) =>
      queueMail(tx, {
        ...zoe,
        template: 'guard-code',
        to: 'zoe@dam.example',
        values: { code: new Secret(CODE) },
        idempotencyKey: crypto.randomUUID(),
        now,
        expiresAt: now.add({ minutes: 10 }),
      }),
    );
  const text = () =>
    store.transaction((tx) =>
      queueSms(tx, {
        account: 'a1',
        language: 'en',
        organisation: 'Dam',
        to: TO,
        code: new Secret(CODE),
        host: 'login.dam.example',
        idempotencyKey: crypto.randomUUID(),
        now,
        expiresAt: now.add({ minutes: 10 }),
      }),
    );

  it('sends what is due, once, and keeps nothing waiting', async () => {
    await tell();
    await text();
    assert.equal(await outbox().deliverDue(), 2);
    assert.equal(await outbox().deliverDue(), 0);
    assert.equal(mail.delivered[0]?.mail.subject, 'Your password was changed');
    assert.equal(
      sms.received[0]?.text,
      `Dam: ${CODE} is your code. Never share it with anyone.\n\n@login.dam.example #${CODE}`,
    );
    assert.deepEqual(await outbox().status(), {
      waiting: 0,
      oldest: null,
      mail: 'ready',
      sms: 'ready',
      push: 'not-configured',
    });
  });

  it('writes neither recipient nor content into the log, whatever happens', async () => {
    for (const mode of ['ok', 'never', 'later', 'drop'] as const) {
      mail.mode = mode;
      sms.mode = mode === 'ok' ? 'ok' : { status: mode === 'never' ? 400 : 503 };
      await tell();
      await guard();
      await text();
      await outbox().deliverDue();
      later(60 * 24);
    }
    assert.ok(logged.length >= 12, `${logged.length} lines`);
    assert.doesNotMatch(logged.join('\n'), /zoe|dam\.example\/|7700900|482913|t0ken|192\.0\.2|Zoë/);
  });

  it('what comes too fast after the first is one mail at the end of the quarter', async () => {
    const kinds = [
      'password-changed',
      'password-changed',
      'backup-code-renewed',
      'password-changed',
      'backup-code-renewed',
    ] as const;
    for (const kind of kinds) {
      await tell({ kind, values: {} });
      await outbox().deliverDue();
      later(1);
    }
    assert.equal(mail.delivered.length, 2);
    later(10);
    assert.equal(await outbox().deliverDue(), 1);
    assert.equal(mail.delivered.at(-1)?.mail.subject, '3 more changes to your account');
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('a notice is tried again with growing gaps, for two days, under one name; then it is given up with its error', async () => {
    mail.mode = 'later';
    await tell();
    const tries: number[] = [];
    for (let minutes = 0; minutes < 3 * 24 * 60; minutes += 0.5) {
      const before = logged.length;
      await outbox({ sms: null }).deliverDue();
      if (logged.length > before) tries.push(minutes);
      later(0.5);
    }
    const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    assert.deepEqual(gaps, [0.5, 2, 10, 60, 360, 720, 1440]);
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('a notice arrives after the server is back, also when the line broke in between (at least once)', async () => {
    mail.mode = 'drop';
    await tell();
    const box = outbox();
    assert.equal(await box.deliverDue(), 0);
    assert.match((await box.status()).mail, /^smtp: /);
    mail.mode = 'ok';
    later(1);
    assert.equal(await box.deliverDue(), 1);
    assert.equal((await box.status()).mail, 'ready');
    const names = mail.delivered.map((one) => one.mail.messageId);
    assert.deepEqual([names.length, new Set(names).size], [2, 1]);
  });

  it('a mailbox that says no for good is not asked again', async () => {
    mail.mode = 'never';
    await tell();
    await outbox().deliverDue();
    mail.mode = 'ok';
    later(60 * 24);
    assert.equal(await outbox().deliverDue(), 0);
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('a code that may have arrived is not sent again, by text or by mail (at most once)', async () => {
    sms.mode = 'drop';
    mail.mode = 'drop';
    await text();
    await guard();
    await outbox().deliverDue();
    sms.mode = 'ok';
    mail.mode = 'ok';
    for (let minute = 0; minute < 15; minute += 1) {
      later(1);
      await outbox().deliverDue();
    }
    assert.deepEqual([sms.received.length, mail.delivered.length], [1, 1]);
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('a code that certainly did not arrive is tried again within the minute, and then no more', async () => {
    sms.mode = { status: 503 };
    await text();
    await outbox().deliverDue();
    sms.mode = 'ok';
    later(0.1);
    assert.equal(await outbox().deliverDue(), 1);

    sms.mode = { status: 503 };
    await text();
    for (let tick = 0; tick < 12; tick += 1) {
      await outbox().deliverDue();
      later(0.1);
    }
    assert.equal(logged.filter((line) => line.includes('"HTTP 503') || line.includes('HTTP 503')).length, 1 + 4);
    assert.equal(await store.read.outbox.waiting(), 0);
  });

  it('who dies while sending a code leaves it unsent; who dies while sending a notice leaves it to the next', async () => {
    await text();
    await guard();
    await tell();
    const dying = { send: () => new Promise<never>(() => {}) };
    void outbox({ mail: dying, sms: dying }).deliverDue();
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let minute = 0; minute < 12; minute += 1) {
      later(1);
      await outbox().deliverDue();
    }
    assert.deepEqual(sms.received, []);
    assert.deepEqual(
      mail.delivered.map((one) => one.mail.subject),
      ['Your password was changed'],
    );
  });

  it('a code is not sent after it has expired', async () => {
    await text();
    later(10);
    assert.equal(await outbox().deliverDue(), 0);
    assert.deepEqual([sms.received.length, await store.read.outbox.waiting()], [0, 0]);
  });

  it('without a way out mail waits untouched, and the status says so', async () => {
    await tell();
    const box = outbox({ mail: null });
    for (let hour = 0; hour < 100; hour += 1) {
      await box.deliverDue();
      later(60);
    }
    assert.deepEqual(await box.status(), {
      waiting: 1,
      oldest: NOON,
      mail: 'not-configured',
      sms: 'ready',
      push: 'not-configured',
    });
    mail.mode = 'later';
    await outbox().deliverDue();
    mail.mode = 'ok';
    later(1);
    assert.equal(await outbox().deliverDue(), 1, 'waiting had not used up its tries');
  });

  it('two processes share the work: fifty messages, fifty arrivals', async () => {
    for (let n = 0; n < 50; n += 1) await text();
    const sent = await Promise.all([outbox(), outbox(), outbox()].map((one) => one.deliverDue()));
    assert.equal(
      sent.reduce((all, some) => all + some, 0),
      50,
    );
    assert.equal(sms.received.length, 50);
  });

  it('running: an announced message leaves at once, a hung mail server holds up no text message, and stop waits', async () => {
    mail.mode = 'hang';
    const box = outbox();
    const stop = box.start();
    await tell();
    await text();
    box.wake();
    const started = performance.now();
    while (sms.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(performance.now() - started < 900, 'found before the next poll');
    await stop();
    assert.equal(await store.read.outbox.waiting(), 1, 'the notice is kept for the next start');
    await text();
    box.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(sms.received.length, 1, 'nothing is sent after stop');
  });
});
