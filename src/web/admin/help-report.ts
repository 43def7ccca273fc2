import { helpReport, REPORT_DAYS } from '#flows/help-report.ts';
import { isOrigin } from '#src/help/about.ts';
import { fill } from '#src/help/fill.ts';
import { isLang } from '#words/index.ts';
import { csv } from '../csv.ts';
import { placeName, refusalInGeneral } from '../help/places.ts';
import { isRefusal } from '../help/reading.ts';
import { findArticle, ownArticles } from '../help/shelf.ts';
import type { AdminVisit } from './door.ts';
import { helpReportPage, type HelpReportView, type ReportLine } from './help-report.page.tsx';
import { factsHere } from './help.ts';
import { roomOf } from './room.ts';

export async function showReport(visit: AdminVisit): Promise<Response> {
  return visit.page(helpReportPage, await viewOf(visit));
}

export async function downloadReport(visit: AdminVisit): Promise<Response> {
  const { t } = visit.words;
  const { lines, since, until } = await viewOf(visit);
  const names = ['article', 'language', 'place', 'refusal', 'stuck', 'no', 'yes'] as const;
  const rows = lines.map((line) => [
    line.title ?? line.article,
    line.language,
    line.place ?? '',
    line.refused ?? '',
    line.stuck,
    line.no,
    line.yes,
  ]);
  const table = csv([names.map((name) => t(`admin.help-col-${name}`)), ...rows]);
  return visit.file(`nachtslot-help-${since.toString()}-${until.toString()}.csv`, table, 'text/csv');
}

async function viewOf(visit: AdminVisit): Promise<HelpReportView> {
  const { searchParams } = visit.url;
  const days = REPORT_DAYS.find((one) => String(one) === searchParams.get('days')) ?? 30;
  const lang = searchParams.get('lang') ?? '';
  const language = isLang(lang) ? lang : null;
  const { since, until, lines, total } = await helpReport(visit.deps, visit.organisation.id, { days, language });
  const memberships = visit.memberships.filter((one) => one.organisation.id === visit.organisation.id);
  const reader = { ...visit, memberships };
  const own = await ownArticles(reader);
  const shown = lines.map((line): ReportLine => {
    const found = findArticle(reader, own, line.language, line.article);
    return {
      ...line,
      title: found && fill(found.document.title, factsHere(visit, line.language)),
      place: isOrigin(line.page) ? placeName(line.page, visit.words) : null,
      refused: isRefusal(line.refusal) ? refusalInGeneral(line.refusal, visit.words) : null,
    };
  });
  return { room: roomOf(visit), days, language, since, until, lines: shown, total };
}
