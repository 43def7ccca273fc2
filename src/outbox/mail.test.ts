import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { smtpSink } from '#test/support/smtp-sink.ts';
import { mailFrom } from './mail.ts';

const FROM = 'sign-in@bakkerij.example';
const mail = {
  channel: 'mail' as const,
  fromName: 'Bakkerij van Dam',
  subject: 'Je wachtwoord is gewijzigd – nú',
  text: 'Hallo Zoë,\n\nJe wachtwoord is gewijzigd.\n',
  html: '<!doctype html><p>Hallo Zoë</p>',
  attachments: [{ name: '2026-06-30.ics', type: 'text/calendar; charset=utf-8', content: 'BEGIN:VCALENDAR\r\n' }],
  links: [],
  to: 'zoe@bakkerij.example',
  idempotencyKey: 'notice:1',
};

describe('mail over SMTP', () => {
  let sink: Awaited<ReturnType<typeof smtpSink>>;
  before(async () => {
    sink = await smtpSink();
  });
  after(() => sink.close());

  async function send(mode: typeof sink.mode, changed: Partial<typeof mail> = {}) {
    sink.mode = mode;
    const transport = mailFrom(sink.url, FROM, 300);
    try {
      return await transport.send({ ...mail, ...changed });
    } finally {
      transport.close?.();
    }
  }

  it('arrives with a text part, an HTML part, the attachment, and the organisation as the sender’s name', async () => {
    const sent = await send('ok');
    assert.equal(sent.ok, true);
    const { mail: got, to, from } = sink.delivered.at(-1) ?? assert.fail('nothing arrived');
    assert.deepEqual([to, from], [['zoe@bakkerij.example'], FROM]);
    assert.deepEqual(got.from, { name: 'Bakkerij van Dam', address: FROM });
    assert.equal(got.subject, mail.subject);
    assert.equal(got.text?.trim(), mail.text.trim());
    assert.match(got.html ?? '', /Hallo Zoë/);
    assert.equal(got.attachments[0]?.filename, '2026-06-30.ics');
    assert.equal(got.attachments[0]?.mimeType, 'text/calendar');
    assert.equal(got.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated');
  });

  it('names a message by its idempotency key, so that two tries of one message bear one name', async () => {
    await send('ok');
    await send('ok');
    await send('ok', { idempotencyKey: 'notice:2' });
    const [one, again, other] = sink.delivered.slice(-3).map((each) => each.mail.messageId);
    assert.equal(one, again);
    assert.notEqual(one, other);
    assert.match(one ?? '', /^<[0-9a-f]{32}@bakkerij\.example>$/);
  });

  it('lets no line break in a name or subject become a header', async () => {
    const evil = 'Dam\r\nBcc: thief@evil.example\r\nX-Evil: 1';
    await send('ok', { fromName: evil, subject: evil });
    const { to, mail: got } = sink.delivered.at(-1) ?? assert.fail('nothing arrived');
    assert.deepEqual(to, ['zoe@bakkerij.example']);
    assert.deepEqual(
      got.headers.filter(({ key }) => key === 'bcc' || key === 'x-evil'),
      [],
    );
  });

  it('refuses an address that is more than one address', async () => {
    const before = sink.delivered.length;
    for (const to of ['a@b.example, c@d.example', 'a@b.example\r\nDATA', '<a@b.example>', 'a@b@c.example', 'nobody']) {
      const sent = await send('ok', { to });
      assert.ok(!sent.ok && sent.failure === 'for-good', to);
    }
    assert.equal(sink.delivered.length, before);
  });

  it('tells what is final from what can be tried again and from what may have arrived, without naming anybody', async () => {
    const cases: [typeof sink.mode, string][] = [
      ['never', 'for-good'],
      ['data-never', 'for-good'],
      ['later', 'for-now'],
      ['data-later', 'for-now'],
      ['hang', 'unsure'],
      ['drop', 'unsure'],
      ['mute', 'unsure'],
    ];
    for (const [mode, expected] of cases) {
      const sent = await send(mode);
      assert.ok(!sent.ok, mode);
      assert.equal(sent.failure, expected, `${mode}: ${sent.error}`);
      assert.doesNotMatch(sent.error, /zoe|bakkerij/);
    }
    assert.equal((await send('slow')).ok, true);
  });

  it('a broken line is not mended behind our back: one call, one try', async () => {
    for (const mode of ['drop', 'slam'] as const) {
      sink.connections = 0;
      assert.equal((await send(mode)).ok, false);
      assert.equal(sink.connections, 1, mode);
    }
  });

  it('a password does not leave in the clear, except to this machine', async () => {
    const guarded = await smtpSink('ok', { user: 'mailer', password: 'right' });
    // The same server under a name that is not known to be local.
    const distant = mailFrom(`smtp://mailer:right@[::ffff:127.0.0.1]:${guarded.port}`, FROM, 300);
    const sent = await distant.send(mail);
    distant.close?.();
    await guarded.close();
    assert.deepEqual(sent, { ok: false, failure: 'for-now', error: 'smtp: ETLS STARTTLS 500' });
    assert.deepEqual(guarded.delivered, []);
  });

  it('nobody listening, or a wrong password: certainly not sent, and worth another try', async () => {
    const gone = await smtpSink();
    await gone.close();
    const nobody = mailFrom(gone.url, FROM, 300);
    assert.deepEqual(await nobody.send(mail), { ok: false, failure: 'for-now', error: 'smtp: ECONNREFUSED CONN' });
    nobody.close?.();

    const guarded = await smtpSink('ok', { user: 'mailer', password: 'right' });
    for (const [password, ok] of [
      ['wrong', false],
      ['right', true],
    ] as const) {
      const transport = mailFrom(guarded.url.replace('//', `//mailer:${password}@`), FROM, 300);
      const sent = await transport.send(mail);
      transport.close?.();
      assert.equal(sent.ok, ok);
      if (!sent.ok) assert.equal(sent.failure, 'for-now');
    }
    assert.equal(guarded.delivered.at(-1)?.user, 'mailer');
    await guarded.close();
  });

  it('an unusable configuration stops the start and repeats no password', () => {
    for (const [url, from] of [
      ['http://user:hunter2@mail.example', FROM],
      ['hunter2', FROM],
      ['smtps://user:hunter2@mail.example', 'nobody'],
      ['smtps://user:hunter2@mail.example', 'a@b.example\r\nBcc: c@d.example'],
    ] as const) {
      assert.throws(
        () => mailFrom(url, from),
        (error: Error) => error.message.startsWith('NACHTSLOT_') && !error.message.includes('hunter2'),
      );
    }
    mailFrom('smtps://mail.example', 'Bakkerij <sign-in@bakkerij.example>').close?.();
  });
});
