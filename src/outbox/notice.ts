import { isIP } from 'node:net';
import { deviceInWords } from '#words/device.ts';
import type { Words } from '#words/index.ts';
import { type Block, type Body, greeting, moment, paragraph } from './content.ts';
import { isSuspicion, type MailLetter, type Notice, type NoticeEvent } from './messages.ts';
import { headerLine, plain } from './plain.ts';

/** What happened, when, from where, on what; what to do; and the way to say "This wasn't me" (NIST SP 800-63B-4 §4.6). */
export function noticeContent(letter: MailLetter, notice: Notice, words: Words): Body {
  const { t } = words;
  const suspicion = isSuspicion(notice.event.kind);
  const notMe = t(suspicion ? 'mail.somebody-knows' : 'mail.was-not-me');
  return {
    subject: subjectOf(notice.event, words),
    blocks: [
      greeting(letter, words),
      paragraph(sentenceOf(notice.event, headerLine(letter.organisation), words)),
      { block: 'facts', title: null, facts: factsOf(notice, words) },
      ...whatToDo(notice, notMe, words),
    ],
    attachments: [],
  };
}

/** The ones that came too fast after the first. One button: the newest link answers for all of them. */
export function mergedContent(letter: MailLetter, notices: readonly Notice[], words: Words): Body {
  const { t } = words;
  const organisation = headerLine(letter.organisation);
  const { told, untold } = withoutFlood(notices);
  // One that came later and has no link does not take away the link of the others.
  const newest = notices.findLast(({ wasntMeLink }) => wasntMeLink) ?? notices.at(-1);
  return {
    subject: t('mail.merged-heading', { count: notices.length }),
    blocks: [
      greeting(letter, words),
      paragraph(t('mail.merged-intro', { organisation })),
      ...told.flatMap((notice): Block[] => [
        { block: 'facts', title: subjectOf(notice.event, words), facts: factsOf(notice, words) },
        paragraph(sentenceOf(notice.event, organisation, words)),
      ]),
      ...(untold > 0 ? [paragraph(t('mail.groups-untold', { count: untold }))] : []),
      ...(newest ? whatToDo(newest, t('mail.was-not-me'), words) : []),
    ],
    attachments: [],
  };
}

/** Changes of groups in one mail, the newest. A program can make any number of them; whatever else happened is told. */
const GROUP_CHANGES_TOLD = 5;

function withoutFlood(notices: readonly Notice[]): { told: Notice[]; untold: number } {
  const changes = notices.filter(({ event }) => event.kind === 'groups-changed');
  const late = new Set(changes.slice(0, -GROUP_CHANGES_TOLD));
  return { told: notices.filter((one) => !late.has(one)), untold: late.size };
}

function subjectOf(event: NoticeEvent, { t }: Words): string {
  return t(`mail.${event.kind}-subject`);
}

function sentenceOf(event: NoticeEvent, organisation: string, words: Words): string {
  const { t } = words;
  switch (event.kind) {
    case 'authenticator-bound':
    case 'authenticator-replaced':
    case 'authenticator-unbound':
    case 'authenticator-disabled':
    case 'passkey-copied':
    case 'account-recovered':
    case 'phone-lost':
      return t(`mail.${event.kind}-body`, { organisation, authenticator: authenticator(event.values, words) });
    case 'sms-bound':
      return t('mail.sms-bound-body', { organisation, lastDigits: plain(event.values.lastDigits, 4) });
    case 'api-token-created': {
      const { name, by, organisation: house } = event.values;
      return t('mail.api-token-created-body', {
        name: plain(name, 60),
        by: plain(by, 60),
        organisation: headerLine(house),
      });
    }
    case 'groups-changed': {
      const { by, token, organisation: house } = event.values;
      const values = {
        by: plain(by, 60) || t('mail.groups-changed-somebody'),
        token: plain(token ?? '', 60),
        organisation: headerLine(house),
      };
      return t(token === null ? 'mail.groups-changed-body' : 'mail.groups-changed-by-token', values);
    }
    case 'code-card-low':
      return t('mail.code-card-low-body', { organisation, count: event.values.count });
    case 'wrong-second-steps':
      return t('mail.wrong-second-steps-body', { organisation, count: event.values.count });
    case 'guess-budget-reached':
      return t('mail.guess-budget-reached-body', { organisation, until: moment(event.values.until, words) });
    default:
      return t(`mail.${event.kind}-body`, { organisation });
  }
}

function authenticator({ type, label }: { type: string; label: string }, { t }: Words): string {
  const known = TYPES.find((one) => one === type);
  const name = t(known ? `mail.type-${known}` : 'mail.type-other');
  const shown = plain(label, 40);
  return shown ? t('mail.type-with-label', { type: name, label: shown }) : name;
}

/** Of those that were added or removed; the rest is a number. */
const GROUPS_SHOWN = 10;

const TYPES = ['totp', 'app', 'passkey', 'code-card', 'sms', 'backup-code'] as const;

function factsOf({ event, at, address, userAgent }: Notice, words: Words): [string, string][] {
  const { t } = words;
  // Where an administrator sits and on what is nobody else's business; who it was is said.
  if (event.kind === 'groups-changed')
    return [
      ...groups(t('mail.fact-added'), event.values.added, words),
      ...groups(t('mail.fact-removed'), event.values.removed, words),
      [t('mail.fact-when'), moment(at, words)],
    ];
  return [
    [t('mail.fact-when'), moment(at, words)],
    [t('mail.fact-where'), isIP(address) ? address : t('mail.unknown-address')],
    [t('mail.fact-device'), deviceInWords(userAgent, words)],
  ];
}

function groups(term: string, names: readonly string[], { lang, t }: Words): [string, string][] {
  if (names.length === 0) return [];
  const shown = names.slice(0, GROUPS_SHOWN).map((name) => plain(name, 60));
  const more = names.length - shown.length;
  return [
    [term, new Intl.ListFormat(lang).format([...shown, ...(more > 0 ? [t('mail.and-more', { count: more })] : [])])],
  ];
}

function whatToDo({ event, wasntMeLink }: Notice, notMe: string, { t }: Words): Block[] {
  // Done by somebody whose task it is: there is nothing that its reader could end.
  if (event.kind === 'groups-changed' && !wasntMeLink) return [paragraph(t('mail.groups-what'))];
  if (!wasntMeLink) return [paragraph(t('mail.was-me')), paragraph(t('mail.was-not-me-no-link'))];
  return [
    paragraph(t('mail.was-me')),
    paragraph(notMe),
    { block: 'button', label: t('mail.wasnt-me'), href: wasntMeLink },
  ];
}
