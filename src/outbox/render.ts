import { speak } from '#words/index.ts';
import type { Attachment, Content } from './content.ts';
import { htmlOf } from './html.tsx';
import { contentOf, mergedContentOf } from './mails.ts';
import type { MailLetter, SmsLetter } from './messages.ts';
import { headerLine } from './plain.ts';
import { textOf } from './text.ts';

export type RenderedMail = {
  channel: 'mail';
  /** Shown as the sender's name; the address comes from the configuration. */
  fromName: string;
  subject: string;
  text: string;
  html: string;
  attachments: readonly Attachment[];
  /** Every address that can be clicked, in order. */
  links: readonly string[];
};

export type RenderedSms = { channel: 'sms'; text: string };

/** Makes the mail of one letter, or of several notices to one address. */
export function renderMail(letters: readonly [MailLetter, ...MailLetter[]]): RenderedMail {
  const [letter] = letters;
  const content = letters.length === 1 ? contentOf(letter) : mergedContentOf(letters);
  const organisation = headerLine(letter.organisation, 60);
  const linkInstead = speak(letter.language).t('mail.link-instead');
  return {
    channel: 'mail',
    fromName: organisation,
    subject: headerLine(content.subject),
    text: textOf(content),
    html: htmlOf(content, { lang: letter.language, organisation, linkInstead }),
    attachments: content.attachments,
    links: linksOf(content),
  };
}

/**
 * The last line binds the code to our host: a phone that knows the format fills it in there and nowhere else
 * (*Origin-bound one-time codes delivered via SMS*, WICG). It must be the very last, so nothing may follow it.
 */
export function renderSms({ language, organisation, sms }: SmsLetter): RenderedSms {
  const sentence = speak(language).t('mail.sms-code', { organisation: headerLine(organisation, 30), code: sms.code });
  return { channel: 'sms', text: `${sentence}\n\n@${sms.host} #${sms.code}` };
}

function linksOf({ blocks }: Content): string[] {
  return blocks.flatMap((block) => (block.block === 'button' ? [block.href] : []));
}
