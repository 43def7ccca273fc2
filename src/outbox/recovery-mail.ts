import { isIP } from 'node:net';
import { deviceInWords } from '#words/device.ts';
import type { Words } from '#words/index.ts';
import { type Block, type Body, greeting, moment, paragraph } from './content.ts';
import type { MailLetter, RecoveryValues } from './messages.ts';
import { headerLine, plain } from './plain.ts';

const REASON_MOST_CHARACTERS = 400;

/** What happens to a request to get back in: what, when, from where, the way on, and in every one the way to stop it. */
export function recoveryBody(letter: MailLetter, values: RecoveryValues, words: Words): Body {
  const { t } = words;
  const { what, number, cancelLink, link, readyAt, reason } = values;
  const until = readyAt ? moment(readyAt, words) : '';
  return {
    subject: t(`mail.recovery-${what}-subject`),
    blocks: [
      greeting(letter, words),
      paragraph(t(`mail.recovery-${what}-body`, { organisation: headerLine(letter.organisation), until })),
      ...(reason ? [paragraph(t('mail.recovery-reason', { reason: plain(reason, REASON_MOST_CHARACTERS) }))] : []),
      { block: 'facts', title: null, facts: factsOf(values, number, words) },
      ...wayOn(what, link, words),
      ...wayOut(cancelLink, words),
    ],
    attachments: [],
  };
}

function factsOf({ at, address, userAgent }: RecoveryValues, number: string, words: Words): [string, string][] {
  const { t } = words;
  const facts: [string, string][] = [
    [t('mail.recovery-number'), grouped(number)],
    [t('mail.fact-when'), moment(at, words)],
  ];
  // What the desk did, or what time did, came from nobody's device.
  if (address === '' && userAgent === '') return facts;
  return [
    ...facts,
    [t('mail.fact-where'), isIP(address) ? address : t('mail.unknown-address')],
    [t('mail.fact-device'), deviceInWords(userAgent, words)],
  ];
}

function wayOn(what: RecoveryValues['what'], link: string | null, { t }: Words): Block[] {
  if (!link) return [];
  if (what === 'signed-in')
    return [paragraph(t('mail.recovery-signed-in-not-me')), { block: 'button', label: t('mail.wasnt-me'), href: link }];
  const key = what === 'opened' ? 'confirm' : 'page';
  return [
    paragraph(t(`mail.recovery-${key}-lead`)),
    { block: 'button', label: t(`mail.recovery-${key}-button`), href: link },
  ];
}

function wayOut(cancelLink: string | null, { t }: Words): Block[] {
  if (!cancelLink) return [];
  return [
    paragraph(t('mail.recovery-not-you')),
    { block: 'button', label: t('mail.recovery-cancel'), href: cancelLink },
  ];
}

/** As it is read out: in two groups of three. */
function grouped(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3)}`;
}
