import type { Words } from '#words/index.ts';
import type { MailLetter } from './messages.ts';
import { plain } from './plain.ts';

/** A part of a mail, in an order; text and HTML are two ways to write the same list. */
export type Block =
  | { block: 'paragraph'; text: string }
  | { block: 'facts'; title: string | null; facts: readonly (readonly [term: string, detail: string])[] }
  | { block: 'code'; code: string }
  | { block: 'button'; label: string; href: string };

export type Attachment = { name: string; type: string; content: string };

/** What a mail says, before it is text or HTML. */
export type Content = {
  subject: string;
  blocks: Block[];
  footer: string[];
  attachments: Attachment[];
};

/** A mail without the lines that every mail ends with. */
export type Body = Omit<Content, 'footer'>;

export function greeting(letter: MailLetter, { t }: Words): Block {
  const name = plain(letter.name);
  return paragraph(name ? t('mail.greeting', { name }) : t('mail.greeting-nameless'));
}

export function paragraph(text: string): Block {
  return { block: 'paragraph', text };
}

/** With the zone's name: people read mail in another zone than their organisation's. */
export function moment(at: string, words: Words): string {
  return `${words.instant(Temporal.Instant.from(at))} (${words.timeZone})`;
}
