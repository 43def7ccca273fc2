import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMailbox } from './mailbox.ts';

const START = Temporal.Instant.from('2026-11-23T10:00:00Z');

function filled() {
  let minute = 0;
  const mailbox = createMailbox(() => START.add({ minutes: minute++ }));
  const mail = (to: string, text: string) =>
    mailbox.mail.send({
      channel: 'mail',
      fromName: 'Quillwharf Freight',
      subject: `To ${to}`,
      text,
      html: '',
      attachments: [],
      links: [],
      to,
      idempotencyKey: text,
    });
  const sms = (to: string, text: string) => mailbox.sms.send({ channel: 'sms', text, to, idempotencyKey: text });
  return { mailbox, mail, sms };
}

test('newest first, each to whom it was sent', async () => {
  const { mailbox, mail, sms } = filled();
  await mail('grace@quillwharf.example', 'first');
  await sms('+447700900123', '481516 is your code\n\n@localhost #481516');
  await mail('Grace@Quillwharf.example', 'second');
  assert.deepEqual(
    mailbox.messages().map(({ text }) => text.slice(0, 6)),
    ['second', '481516', 'first'],
  );
  assert.deepEqual(
    mailbox.messages('grace@quillwharf.example').map(({ text }) => text),
    ['second', 'first'],
  );
  assert.equal(mailbox.messages('nobody@quillwharf.example').length, 0);
});

test('a number is found however it is written in an address', async () => {
  const { mailbox, sms, mail } = filled();
  await sms('+447700900123', 'code');
  await mail('grace+payslip@quillwharf.example', 'mail');
  for (const to of ['+447700900123', ' 447700900123', '447700900123', '+44 7700 900123'])
    assert.equal(mailbox.messages(to).length, 1, to);
  assert.equal(mailbox.messages('grace payslip@quillwharf.example').length, 1);
});

test('links are found, once each, without what follows them', async () => {
  const { mailbox, mail } = filled();
  await mail(
    'a@b.example',
    'Open http://localhost:3000/reset/x-y_z.\nOr (https://other.example/a?b=c), again http://localhost:3000/reset/x-y_z',
  );
  assert.deepEqual(mailbox.messages()[0]?.links, ['http://localhost:3000/reset/x-y_z', 'https://other.example/a?b=c']);
});

test('keeps the newest thousand', async () => {
  const { mailbox, sms } = filled();
  for (let count = 0; count < 1010; count++) await sms('+447700900123', `code ${count}`);
  assert.equal(mailbox.messages().length, 1000);
  assert.equal(mailbox.messages()[0]?.text, 'code 1009');
});
