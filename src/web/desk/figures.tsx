import type { Day, Figures } from '#core/recovery/figures.ts';
import { Disclosure } from '#ui/disclosure.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

/** Four numbers: how much there is to do, and how well it is done. */
export function FigureList({ figures, words }: { figures: Figures; words: Words }) {
  const { t, number } = words;
  const shown = [
    { key: 'open', value: number(figures.open) },
    { key: 'oldest', value: inHours(figures.oldest, words) },
    { key: 'time-to-help', value: inHours(figures.timeToHelp, words) },
    { key: 'cancelled', value: number(figures.cancelledByOwner) },
  ] as const;
  return (
    <Section id="figures" heading={t('desk.figures')}>
      <dl class="figures">
        {shown.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`desk.figure-${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const WIDTH = 560;
const HEIGHT = 140;
const TOP = 14;
const LEFT = 4;

/**
 * Bars: how many were open at the end of each day. Line: how old the oldest was. Both to their own greatest value, which
 * is written beside them; the same as a table below for whoever does not see it.
 */
export function LoadPlot({ figures, words }: { figures: Figures; words: Words }) {
  const { t, shortDate, number } = words;
  const { days } = figures;
  const most = Math.max(1, ...days.map(({ open }) => open));
  const oldest = Math.max(1, ...days.map(({ oldestHours }) => oldestHours));
  const step = (WIDTH - LEFT) / days.length;
  const y = (share: number) => TOP + (HEIGHT - TOP) * (1 - share);
  const points = days.map(
    (day, index) => `${round(LEFT + step * (index + 0.5))},${round(y(day.oldestHours / oldest))}`,
  );
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 2}`} role="img" aria-label={t('desk.plot-label', { count: most })}>
        {days.map((day, index) => (
          <rect
            key={day.at.toString()}
            class="plot-bar"
            x={round(LEFT + step * index + 1.5)}
            y={round(y(day.open / most))}
            width={round(step - 3)}
            height={round((HEIGHT - TOP) * (day.open / most))}
          />
        ))}
        <line class="plot-ground" x1={LEFT} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        <polyline class="plot-line" points={points.join(' ')} />
      </svg>
      <figcaption>
        <span>{first && shortDate(first.at)}</span>
        <span>{last && shortDate(last.at)}</span>
      </figcaption>
      <ul class="plot-key">
        <li class="key-bar">{t('desk.plot-bars', { count: most })}</li>
        <li class="key-line">
          {t('desk.plot-line', { wait: inHours(Temporal.Duration.from({ hours: Math.round(oldest) }), words) })}
        </li>
      </ul>
      <Disclosure summary={t('desk.as-table')}>
        <Table days={days} words={{ t, shortDate, number }} />
      </Disclosure>
    </figure>
  );
}

function Table({
  days,
  words: { t, shortDate, number },
}: {
  days: Day[];
  words: Pick<Words, 't' | 'shortDate' | 'number'>;
}) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('desk.table-day')}</th>
          <th scope="col">{t('desk.figure-open')}</th>
          <th scope="col">{t('desk.table-oldest')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ at, open, oldestHours }) => (
          <tr key={at.toString()}>
            <th scope="row">{shortDate(at)}</th>
            <td>{number(open)}</td>
            <td>{number(Math.round(oldestHours))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The desk counts in hours up to three days: a day more or less is what it is about. */
function inHours(duration: Temporal.Duration | null, { t, wait }: Words): string {
  if (!duration) return '–';
  const hours = Math.round(duration.total('hours'));
  return hours < 72 ? t('common.wait-hours', { count: hours }) : wait(duration);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
