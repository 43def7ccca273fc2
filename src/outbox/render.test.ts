import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Mail, MailLetter, NoticeEvent } from './messages.ts';
import { renderMail, renderSms } from './render.ts';

const letter = (mail: Mail, changed: Partial<MailLetter> = {}): MailLetter => ({
  channel: 'mail',
  language: 'en',
  organisation: 'Bakkerij van Dam',
  timeZone: 'Europe/Amsterdam',
  helpContact: 'Grace on extension 12',
  name: 'Zoë de Wit',
  mail,
  ...changed,
});

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0';
const LINK = 'https://login.bakkerij.example/not-me/abc';

const notice = (event: NoticeEvent, changed: Partial<Mail & { template: 'notice' }> = {}): Mail => ({
  template: 'notice',
  event,
  at: '2026-06-30T12:20:00Z',
  address: '192.0.2.7',
  userAgent: FIREFOX,
  wasntMeLink: LINK,
  ...changed,
});

const label = { type: 'totp', label: 'Bakkerij van Dam, Jun 2026' };
const MOVED = {
  organisation: 'Quay & Sons',
  by: 'Ada Quay',
  token: null,
  added: ['Finance', 'Night shift'],
  removed: ['Bakers'],
};
const EVENTS: NoticeEvent[] = [
  { kind: 'password-changed', values: {} },
  { kind: 'password-reset', values: {} },
  { kind: 'authenticator-bound', values: label },
  { kind: 'authenticator-replaced', values: label },
  { kind: 'authenticator-unbound', values: label },
  { kind: 'authenticator-disabled', values: label },
  { kind: 'sms-bound', values: { lastDigits: '123' } },
  { kind: 'backup-code-renewed', values: {} },
  { kind: 'backup-code-used', values: {} },
  { kind: 'device-remembered', values: {} },
  { kind: 'signed-out-everywhere', values: {} },
  { kind: 'account-disabled', values: {} },
  { kind: 'code-used-twice', values: {} },
  { kind: 'api-token-created', values: { name: 'Import from HR', by: 'Ada Quay', organisation: 'Quay & Sons' } },
  { kind: 'groups-changed', values: MOVED },
  { kind: 'groups-changed', values: { ...MOVED, token: 'Import from HR' } },
  { kind: 'wrong-second-steps', values: { count: 1 } },
  { kind: 'wrong-second-steps', values: { count: 4 } },
  { kind: 'guess-budget-reached', values: { until: '2026-06-30T12:35:00Z' } },
];

const until = '2026-06-30T13:20:00Z';
const reminder = { link: 'https://login.bakkerij.example/enrol', lastDay: '2026-06-30', calendarId: 'c1.a1@x.example' };
const OTHERS: Mail[] = [
  { template: 'reset-password', values: { link: 'https://login.bakkerij.example/reset/t0ken', until } },
  { template: 'guard-code', values: { code: '482913', until } },
  { template: 'activate', values: { link: 'https://login.bakkerij.example/activate/t0ken', until } },
  { template: 'reminder', values: { ...reminder, today: '2026-06-16' } },
  { template: 'reminder', values: { ...reminder, today: '2026-06-30' } },
];

describe('mails', () => {
  for (const language of ['en', 'nl'] as const) {
    it(`every one is whole in ${language}: filled in, in text and HTML alike, nothing fetched, nothing secret in the subject`, () => {
      for (const mail of [...EVENTS.map((event) => notice(event)), ...OTHERS]) {
        const { subject, text, html, links } = renderMail([letter(mail, { language })]);
        const name = `${mail.template} ${mail.template === 'notice' ? mail.event.kind : ''}`;
        for (const part of [subject, text, html]) assert.doesNotMatch(part, /\{\{|undefined|mail\.[a-z]/, name);
        assert.doesNotMatch(subject, /482913|t0ken|https?:/, name);
        assert.match(text, /Zoë de Wit/);
        for (const link of links) assert.ok(text.includes(link) && html.includes(`href="${link}"`), name);
        assert.doesNotMatch(html, /<img|<script|<link|url\(|@import/, name);
        assert.match(html, new RegExp(`<html lang="${language}"`));
      }
    });
  }

  it('a notice says what, when in the organisation’s zone, where, on what, and how to say that it was not you', () => {
    const { subject, text, links } = renderMail([letter(notice({ kind: 'password-changed', values: {} }))]);
    assert.equal(subject, 'Your password was changed');
    for (const part of [
      '30 June 2026, 14:20 (Europe/Amsterdam)',
      '192.0.2.7',
      'Firefox on Windows',
      "This wasn't me",
      'Grace on extension 12',
    ])
      assert.ok(text.includes(part), part);
    assert.deepEqual(links, [LINK]);
  });

  it('says the same in Dutch', () => {
    const { subject, text } = renderMail([
      letter(notice({ kind: 'password-changed', values: {} }), { language: 'nl' }),
    ]);
    assert.equal(subject, 'Je wachtwoord is gewijzigd');
    for (const part of ['30 juni 2026, 14:20', 'Firefox op Windows', 'Dit was ik niet'])
      assert.ok(text.includes(part), part);
  });

  it('text that somebody else chose becomes neither markup nor a link nor a header, and is short (P-18)', () => {
    const evil = '<a href="https://evil.example">Click</a> www.evil.example\r\nBcc: x@evil.example ' + 'A'.repeat(300);
    const mail = notice(
      { kind: 'authenticator-bound', values: { type: evil, label: evil } },
      { userAgent: evil, address: evil },
    );
    const { subject, text, html, links, fromName } = renderMail([
      letter(mail, { name: evil, organisation: `Dam\r\nBcc: x@y.example` }),
    ]);
    assert.deepEqual(links, [LINK]);
    for (const part of [text, html]) {
      assert.doesNotMatch(part.replaceAll(LINK, ''), /https?:|evil\.example|@evil|A{70}|<a href="https:\/\/evil/);
    }
    assert.doesNotMatch(subject + fromName, /[\r\n]/);
    assert.match(text, /an unknown device/);
    assert.match(text, /From address: unknown/);
  });

  it('merged notices are one mail with each of them in it and one link, the newest', () => {
    const later = notice(
      { kind: 'signed-out-everywhere', values: {} },
      { at: '2026-06-30T12:31:00Z', wasntMeLink: `${LINK}2` },
    );
    const { subject, text, links } = renderMail([
      letter(later),
      letter(notice({ kind: 'password-changed', values: {} })),
    ]);
    assert.equal(subject, '2 more changes to your account');
    for (const part of ['Your password was changed', 'You were signed out everywhere', '14:20', '14:31'])
      assert.ok(text.includes(part), part);
    assert.ok(text.indexOf('14:20') < text.indexOf('14:31'), 'oldest first, however the database handed them out');
    assert.deepEqual(links, [`${LINK}2`]);
  });

  it('a change of groups says which and by whom, and not from where; there is no link, for nothing could be ended by it', () => {
    const told = (values: object, language: 'en' | 'nl' = 'en') =>
      renderMail([
        letter(notice({ kind: 'groups-changed', values: { ...MOVED, ...values } }, { wasntMeLink: null }), {
          language,
        }),
      ]);
    const { subject, text, links } = told({});
    assert.equal(subject, 'Your groups were changed');
    for (const part of [
      'Ada Quay',
      'Quay & Sons',
      'Added: Finance and Night shift',
      'Removed: Bakers',
      '14:20',
      'My account',
      'Grace on extension 12',
    ])
      assert.ok(text.includes(part), part);
    assert.doesNotMatch(text, /192\.0\.2\.7|Firefox|Was this|not-me/);
    assert.deepEqual(links, []);
    const dutch = told({ token: 'Import from HR', removed: [] }, 'nl').text;
    for (const part of ['‘Import from HR’', 'Toegevoegd: Finance en Night shift', 'Mijn account'])
      assert.ok(dutch.includes(part), part);
    assert.doesNotMatch(dutch, /Verwijderd|Ada Quay/);
    const many = Array.from({ length: 50 }, (_, n) => `Group ${n}`);
    assert.match(told({ added: many }).text.replaceAll(/\s+/g, ' '), /Group 9, and 40 more Removed/);
    const evil = told({ by: 'www.evil.example', token: 'https://evil.example', added: ['a@evil.example'] });
    assert.doesNotMatch(evil.text + evil.html, /evil\.example|https?:\/\/evil/);
  });

  it('many changes of groups are a short mail, which hides neither another change nor its link', () => {
    const changes = Array.from({ length: 40 }, (_, n) =>
      letter(notice({ kind: 'groups-changed', values: { ...MOVED, added: [`Group ${n}`] } }, { wasntMeLink: null })),
    );
    const password = letter(notice({ kind: 'password-changed', values: {} }));
    const { text, links } = renderMail([password, ...changes]);
    assert.ok(text.includes('Your password was changed'));
    assert.deepEqual(links, [LINK]);
    assert.ok(text.includes('Group 39') && text.includes('Group 35') && !text.includes('Group 34'));
    assert.match(text, /35 earlier changes of your groups/);
    assert.ok(text.length < 5000, `${text.length} characters`);
  });

  it('a reminder brings a calendar entry for the last day, and on the last day says so', () => {
    const on = (today: string) => renderMail([letter({ template: 'reminder', values: { ...reminder, today } })]);
    const early = on('2026-06-16');
    assert.equal(early.subject, 'Set up two-step verification by Tuesday 30 June 2026');
    const [file] = early.attachments;
    assert.equal(file?.name, '2026-06-30.ics');
    assert.match(file?.content ?? '', /DTSTART;VALUE=DATE:20260630\r\nDTEND;VALUE=DATE:20260701\r\n/);
    const late = on('2026-06-30');
    assert.equal(late.subject, 'Today is the last day to set up two-step verification later');
    assert.deepEqual(late.attachments, []);
  });
});

describe('the code by text message', () => {
  const sms = (language: 'en' | 'nl', organisation: string) =>
    renderSms({
      channel: 'sms',
      language,
      organisation,
      sms: { template: 'sms-code', code: '482913', host: 'login.bakkerij.example' },
    });

  it('ends with the line that binds it to our host', () => {
    assert.equal(
      sms('en', 'Bakkerij van Dam').text,
      'Bakkerij van Dam: 482913 is your code. Never share it with anyone.\n\n@login.bakkerij.example #482913',
    );
    assert.match(
      sms('nl', 'Dam').text,
      /^Dam: 482913 is je code\. Deel hem met niemand\.\n\n@login\.bakkerij\.example #482913$/,
    );
  });

  it('fits one message, and a name cannot add lines to it', () => {
    for (const language of ['en', 'nl'] as const) {
      const { text } = sms(language, `Very long name ${'x'.repeat(200)}\n@evil.example #000000`);
      assert.ok(text.length <= 160, `${text.length} characters`);
      assert.deepEqual(text.split('\n').length, 3);
    }
  });
});
