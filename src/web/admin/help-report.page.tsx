import { type HelpLine, REPORT_DAYS } from '#flows/help-report.ts';
import { Sheet } from '#ui/sheet.tsx';
import { type Lang, LANGUAGES, type Words } from '#words/index.ts';
import { placeName, refusalInGeneral } from '../help/places.ts';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type ReportLine = Pick<HelpLine, 'language' | 'article' | 'stuck' | 'no' | 'yes'> & {
  /** Null where the article is not there any more. */
  title: string | null;
  /** The page that help was read from, and what it had said no to. */
  place: string | null;
  refused: string | null;
};

export type HelpReportView = {
  room: Room;
  days: (typeof REPORT_DAYS)[number];
  language: Lang | null;
  since: Temporal.PlainDate;
  until: Temporal.PlainDate;
  lines: ReportLine[];
  total: Pick<HelpLine, 'stuck' | 'no' | 'yes'>;
};

const ANSWERS = ['stuck', 'no', 'yes'] as const;

/** Where people get stuck, most stuck first: numbers, and nobody. */
export const helpReportPage: Page<HelpReportView> = {
  name: 'admin-help-report',
  title: (_view, { t }) => `${t('admin.help-stuck')} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, lines } = view;
    const csv = lines.length > 0 && <a href={linkTo(view, '/admin/help/report.csv', {})}>{t('admin.help-csv')}</a>;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="help"
        heading={t('admin.help-stuck')}
        lead={t('admin.help-since', { day: words.date(view.since) })}
      >
        <Sheet intro={<p>{t('admin.help-report-intro')}</p>} action={csv}>
          <Choices view={view} words={words} />
          {lines.length === 0 ? (
            <div class="section-intro">
              <p>{t('admin.help-report-none')}</p>
              <p>{t('admin.help-report-none-what', { question: t('help.answer-question'), stuck: t('help.stuck') })}</p>
            </div>
          ) : (
            <Table view={view} words={words} />
          )}
        </Sheet>
      </AdminPage>
    );
  },
  examples: (words) => ({ several: example(words), empty: { ...example(words), lines: [], days: 7, language: 'nl' } }),
  person: true,
};

function linkTo(
  { room, days, language }: HelpReportView,
  path: `/${string}`,
  wish: { days?: number; language?: Lang | null },
): string {
  const lang = wish.language === undefined ? language : wish.language;
  return addressOf(path, room, { days: String(wish.days ?? days), ...(lang && { lang }) });
}

function Choices({ view, words: { t } }: { view: HelpReportView; words: Words }) {
  const link = (wish: { days?: number; language?: Lang | null }) => linkTo(view, '/admin/help/report', wish);
  const languages = [{ code: null, label: t('admin.help-all-languages') }, ...LANGUAGES];
  return (
    <nav aria-label={t('admin.help-period')}>
      <div class="filters">
        {REPORT_DAYS.map((days) => (
          <a key={days} href={link({ days })} aria-current={days === view.days ? 'true' : undefined}>
            {t('admin.help-days', { count: days })}
          </a>
        ))}
      </div>
      <div class="filters">
        {languages.map(({ code, label }) => (
          <a
            key={label}
            href={link({ language: code })}
            lang={code ?? undefined}
            aria-current={code === view.language ? 'true' : undefined}
          >
            {label}
          </a>
        ))}
      </div>
    </nav>
  );
}

function Table({ view: { lines, total }, words }: { view: HelpReportView; words: Words }) {
  const { t, number } = words;
  return (
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">{t('admin.help-col-article')}</th>
          {ANSWERS.map((answer) => (
            <th key={answer} scope="col">
              {t(`admin.help-col-${answer}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <tr key={at}>
            <th scope="row">
              <Where line={line} words={words} />
            </th>
            {ANSWERS.map((answer) => (
              <td key={answer}>{number(line[answer])}</td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            <b>{t('admin.help-total')}</b>
          </th>
          {ANSWERS.map((answer) => (
            <td key={answer}>
              <b>{number(total[answer])}</b>
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

function Where({ line, words: { t } }: { line: ReportLine; words: Words }) {
  const { language, article, title, place, refused } = line;
  const label = LANGUAGES.find(({ code }) => code === language)?.label ?? language;
  return (
    <>
      {title === null ? (
        <code class="plain">{article}</code>
      ) : (
        <a href={`/help/${language}/${article}`} lang={language}>
          {title}
        </a>
      )}
      <span class="row-detail">{[label, place ?? t('admin.help-from-nowhere')].join(' · ')}</span>
      {title === null && <span class="row-meta">{t('admin.help-gone')}</span>}
      {refused && <span class="row-meta">{refused}</span>}
    </>
  );
}

function example(words: Words): HelpReportView {
  const { lang } = words;
  const nl = lang === 'nl';
  return {
    room: EXAMPLE_ROOM,
    days: 30,
    language: null,
    since: Temporal.PlainDate.from('2026-05-18'),
    until: Temporal.PlainDate.from('2026-06-16'),
    lines: [
      {
        language: lang,
        article: 'wrong-code',
        title: nl ? 'Mijn code wordt niet geaccepteerd' : 'My code is not accepted',
        place: placeName('enrol-prove', words),
        refused: refusalInGeneral('code-wrong', words),
        stuck: 9,
        no: 4,
        yes: 31,
      },
      {
        language: lang,
        article: 'set-up',
        title: nl ? 'Tweestapsverificatie instellen' : 'Set up two-step verification',
        place: placeName('enrol-scan', words),
        refused: null,
        stuck: 5,
        no: 0,
        yes: 112,
      },
      { language: 'nl', article: 'kamer-12', title: null, place: null, refused: null, stuck: 0, no: 2, yes: 1 },
    ],
    total: { stuck: 14, no: 6, yes: 144 },
  };
}
