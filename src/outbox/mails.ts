import { speak, type Words } from '#words/index.ts';
import { calendarFile } from './calendar.ts';
import { type Block, type Body, type Content, greeting, moment, paragraph } from './content.ts';
import type { Mail, MailLetter } from './messages.ts';
import { mergedContent, noticeContent } from './notice.ts';
import { headerLine } from './plain.ts';
import { recoveryBody } from './recovery-mail.ts';

/** Everything a mail program shows of one letter. Subjects name no code, no link and nothing a stranger wrote. */
export function contentOf(letter: MailLetter): Content {
  const words = speak(letter.language, letter.timeZone);
  return { ...bodyOf(letter, letter.mail, words), footer: footer(letter, letter.mail, words) };
}

/** Several notices to one address as one mail, oldest first. */
export function mergedContentOf(letters: readonly [MailLetter, ...MailLetter[]]): Content {
  // They wait for one moment, so that the database hands them out in any order.
  const inOrder = letters.toSorted((one, other) => Temporal.Instant.compare(toldAt(one), toldAt(other)));
  const newest = inOrder.at(-1) ?? letters[0];
  const words = speak(newest.language, newest.timeZone);
  const notices = inOrder.map((one) => one.mail).filter((mail) => mail.template === 'notice');
  return { ...mergedContent(newest, notices, words), footer: footer(newest, newest.mail, words) };
}

function toldAt({ mail }: MailLetter): Temporal.Instant {
  return Temporal.Instant.from(mail.template === 'notice' ? mail.at : '1970-01-01T00:00Z');
}

function bodyOf(letter: MailLetter, mail: Mail, words: Words): Body {
  const { t } = words;
  const organisation = headerLine(letter.organisation);
  const hello = greeting(letter, words);
  switch (mail.template) {
    case 'notice':
      return noticeContent(letter, mail, words);

    case 'reset-password':
      return body(t('mail.reset-subject'), [
        hello,
        paragraph(t('mail.reset-body', { organisation })),
        { block: 'button', label: t('mail.reset-button'), href: mail.values.link },
        paragraph(t('mail.reset-until', { until: moment(mail.values.until, words) })),
        paragraph(t('mail.ignore')),
      ]);

    case 'guard-code':
      return body(t('mail.guard-subject'), [
        hello,
        paragraph(t('mail.guard-body', { organisation })),
        { block: 'code', code: mail.values.code },
        paragraph(t('mail.guard-until', { until: moment(mail.values.until, words) })),
        paragraph(t('mail.guard-not-you')),
      ]);

    case 'activate':
      return body(t('mail.activate-subject'), [
        hello,
        paragraph(t('mail.activate-body', { organisation })),
        { block: 'button', label: t('mail.activate-button'), href: mail.values.link },
        paragraph(t('mail.activate-until', { until: moment(mail.values.until, words) })),
      ]);

    case 'recovery':
      return recoveryBody(letter, mail.values, words);

    case 'reminder':
      return reminder(letter, mail.values, words);
  }
}

function reminder(letter: MailLetter, values: (Mail & { template: 'reminder' })['values'], words: Words): Body {
  const { t } = words;
  const organisation = headerLine(letter.organisation);
  const lastDay = Temporal.PlainDate.from(values.lastDay);
  const today = Temporal.PlainDate.from(values.today);
  const date = words.date(lastDay);
  const isLast = Temporal.PlainDate.compare(today, lastDay) >= 0;
  const blocks: Block[] = [
    greeting(letter, words),
    paragraph(t(isLast ? 'mail.reminder-body-last' : 'mail.reminder-body', { organisation, date })),
    paragraph(t('mail.reminder-need')),
    { block: 'button', label: t('mail.reminder-button'), href: values.link },
  ];
  const subject = isLast ? t('mail.reminder-subject-last') : t('mail.reminder-subject', { date });
  if (isLast) return body(subject, blocks);
  const content = calendarFile({
    id: values.calendarId,
    day: lastDay,
    stamp: today,
    summary: t('mail.calendar-summary', { organisation }),
    link: values.link,
  });
  const attachments = [
    { name: `${values.lastDay}.ics`, type: 'text/calendar; charset=utf-8; method=PUBLISH', content },
  ];
  return { ...body(subject, [...blocks, paragraph(t('mail.reminder-calendar'))]), attachments };
}

function footer(letter: MailLetter, mail: Mail, { t }: Words): string[] {
  const organisation = headerLine(letter.organisation);
  const contact = headerLine(letter.helpContact);
  return [
    t(mail.template === 'reminder' ? 'mail.reminder-footer' : 'mail.footer-why', { organisation }),
    t('mail.footer-honest'),
    ...(contact ? [t('mail.footer-help', { contact })] : []),
  ];
}

function body(subject: string, blocks: Block[]): Body {
  return { subject, blocks, attachments: [] };
}
