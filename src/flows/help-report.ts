import type { HelpCount } from '#store/help.ts';
import type { Deps } from './deps.ts';

export const REPORT_DAYS = [7, 30, 90] as const;

/** Of one article, where it was read from and what had been refused there: how it helped. */
export type HelpLine = Pick<HelpCount, 'language' | 'article' | 'page' | 'refusal'> &
  Record<HelpCount['answer'], number>;

export type HelpReport = {
  since: Temporal.PlainDate;
  until: Temporal.PlainDate;
  lines: HelpLine[];
  total: Record<HelpCount['answer'], number>;
};

/**
 * Where people get stuck, most stuck first: those of the organisation, and whoever was not signed in, which is most of
 * those who are stuck. Sums over days: the smaller the number, the less it may say about one person.
 */
export async function helpReport(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  organisation: string,
  wish: { days: number; language: HelpCount['language'] | null },
): Promise<HelpReport> {
  const until = clock.now().toZonedDateTimeISO('UTC').toPlainDate();
  const since = until.subtract({ days: wish.days - 1 });
  const counts = (await store.read.help.counts(since)).filter(
    (one) =>
      (one.organisation === organisation || one.organisation === '') &&
      (wish.language === null || one.language === wish.language),
  );
  const lines = new Map<string, HelpLine>();
  const total = { yes: 0, no: 0, stuck: 0 };
  for (const { language, article, page, refusal, answer, count } of counts) {
    const key = [language, article, page, refusal].join(' ');
    const line = lines.get(key) ?? { language, article, page, refusal, yes: 0, no: 0, stuck: 0 };
    line[answer] += count;
    total[answer] += count;
    lines.set(key, line);
  }
  return { since, until, total, lines: [...lines.values()].sort(mostStuckFirst) };
}

function mostStuckFirst(a: HelpLine, b: HelpLine): number {
  return b.stuck - a.stuck || b.no - a.no || b.yes - a.yes || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function keyOf({ article, language, page, refusal }: HelpLine): string {
  return [article, language, page, refusal].join(' ');
}
