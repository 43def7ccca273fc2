import type { RiskLevel } from '#core/recovery/risk.ts';
import type { Figures } from '#core/recovery/figures.ts';
import type { Recovery } from '#core/recovery/state.ts';
import { Beside } from '#ui/beside.tsx';
import { List, Row, Unseen } from '#ui/list.tsx';
import { PostLink } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { grouped } from '../recovery/read-out.tsx';
import { DeskNav } from './nav.tsx';
import { FigureList, LoadPlot } from './figures.tsx';

export const FILTERS = ['all', 'to-claim', 'mine', 'to-approve', 'waiting', 'ended'] as const;
export type Filter = (typeof FILTERS)[number];
export type Order = 'age' | 'risk';

export type QueueRow = {
  id: string;
  name: string;
  number: string;
  at: Recovery['at'];
  openedAt: Temporal.Instant;
  level: RiskLevel;
  organisation: string;
};

/** Somebody whose phone refused a sign-in, lately. */
export type DeniedRow = { account: string; name: string; times: number; at: Temporal.Instant; device: string };

export type QueueView = {
  denied: DeniedRow[];
  rows: QueueRow[];
  /** From 1 on. */
  page: number;
  pages: number;
  filter: Filter;
  order: Order;
  counts: Record<Filter, number>;
  figures: Figures;
  now: Temporal.Instant;
};

/** The desk: who is waiting, for how long, how risky; and how well the desk keeps up. */
export const queuePage: Page<QueueView> = {
  name: 'desk',
  title: (_view, { t }) => t('desk.heading'),
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WidePage frame={frame} heading={t('desk.heading')} lead={<DeskNav at="queue" words={words} />}>
        <Beside side={<FigureList figures={view.figures} words={words} />}>
          <Section id="requests" heading={t('desk.requests')} action={<Paging view={view} words={words} />}>
            <Filters view={view} words={words} />
            {view.rows.length === 0 ? (
              <p class="desk-empty">{t('desk.empty')}</p>
            ) : (
              <List label={t('desk.requests')}>
                {view.rows.map((row) => (
                  <CaseRow key={row.id} row={row} now={view.now} words={words} />
                ))}
              </List>
            )}
          </Section>
          {view.denied.length > 0 && <Denied view={view} words={words} />}
          <Section id="load" heading={t('desk.load')} intro={<p>{t('desk.load-lead')}</p>}>
            <LoadPlot figures={view.figures} words={words} />
          </Section>
        </Beside>
      </WidePage>
    );
  },
  examples: {
    busy: busy(),
    paged: { ...busy(), page: 2, pages: 3 },
    empty: { ...busy(), denied: [], rows: [], filter: 'to-approve' },
  },
  person: true,
};

function Paging({ view: { page, pages, filter, order }, words: { t } }: { view: QueueView; words: Words }) {
  if (pages === 1) return null;
  const link = (to: number) => `/desk?show=${filter}&order=${order}&page=${to}`;
  return (
    <nav class="filters" aria-label={t('desk.pages')}>
      {page > 1 && <a href={link(page - 1)}>{t('desk.page-before')}</a>}
      <a href={link(page)} aria-current="page">
        {t('desk.page-of', { page, pages })}
      </a>
      {page < pages && <a href={link(page + 1)}>{t('desk.page-after')}</a>}
    </nav>
  );
}

function Filters({ view, words: { t } }: { view: QueueView; words: Words }) {
  const link = (filter: Filter, order: Order) => `/desk?show=${filter}&order=${order}`;
  return (
    <nav class="filters" aria-label={t('desk.filters')}>
      {FILTERS.map((filter) => (
        <a key={filter} href={link(filter, view.order)} aria-current={filter === view.filter ? 'true' : undefined}>
          {t(`desk.show-${filter}`)} <span class="count">{view.counts[filter]}</span>
        </a>
      ))}
      <a class="order" href={link(view.filter, view.order === 'age' ? 'risk' : 'age')}>
        {t(view.order === 'age' ? 'desk.order-by-risk' : 'desk.order-by-age')}
      </a>
    </nav>
  );
}

function CaseRow({ row, now, words }: { row: QueueRow; now: Temporal.Instant; words: Words }) {
  const { t, ago } = words;
  return (
    <Row
      title={<a href={`/desk/cases/${row.id}`}>{row.name}</a>}
      badge={row.level === 'low' ? undefined : t(`desk.risk-${row.level}`)}
      detail={t(`desk.at-${row.at}`)}
      meta={
        <>
          {grouped(row.number)} · <Time at={row.openedAt}>{ago(row.openedAt, now)}</Time> · {row.organisation}
        </>
      }
      actions={
        row.at === 'second-proof' ? (
          <PostLink action={`/desk/cases/${row.id}/claim`} kind="link">
            {t('desk.claim')}
            <Unseen> {row.name}</Unseen>
          </PostLink>
        ) : undefined
      }
    />
  );
}

/** Whoever asked had the password. Who knows the person calls them; closing the account is one press away. */
function Denied({ view, words }: { view: QueueView; words: Words }) {
  const { t, ago } = words;
  return (
    <Section id="denied" heading={t('desk.denied')} intro={<p>{t('desk.denied-lead')}</p>}>
      <List label={t('desk.denied')}>
        {view.denied.map(({ account, name, times, at, device }) => (
          <Row
            key={account}
            icon="warning"
            title={name}
            badge={t('desk.denied-times', { count: times })}
            meta={
              <>
                <Time at={at}>{ago(at, view.now)}</Time> · {device}
              </>
            }
          />
        ))}
      </List>
      <p>
        <a href="/desk/closed#close">{t('desk.freeze')}</a>
      </p>
    </Section>
  );
}

function busy(): QueueView {
  const row = (id: string, name: string, at: Recovery['at'], hours: number, level: RiskLevel): QueueRow => ({
    id,
    name,
    number: '481516',
    at,
    openedAt: EXAMPLE_NOW.subtract({ hours }),
    level,
    organisation: 'Bakkerij van Dam',
  });
  const rows = [
    row('a', 'Ad Verloren', 'second-proof', 30, 'low'),
    row('b', 'Grace de Boer', 'approved', 26, 'raised'),
    row('c', 'Annemarie van der Westerlaken', 'claimed', 9, 'high'),
    row('d', 'Tom Ashby', 'waiting', 40, 'low'),
  ];
  const loads = [0, 1, 1, 2, 2, 1, 0, 0, 3, 4, 4, 3, 2, 2, 1, 1, 0, 0, 1, 2, 5, 6, 5, 4, 3, 3, 4, 4];
  return {
    denied: [
      {
        account: 'g',
        name: 'Grace de Boer',
        times: 2,
        at: EXAMPLE_NOW.subtract({ hours: 3 }),
        device: 'Chrome on Windows',
      },
      {
        account: 't',
        name: 'Tom Ashby',
        times: 1,
        at: EXAMPLE_NOW.subtract({ hours: 50 }),
        device: 'Safari on iPhone',
      },
    ],
    rows,
    page: 1,
    pages: 1,
    filter: 'all',
    order: 'age',
    counts: { all: 4, 'to-claim': 1, mine: 1, 'to-approve': 1, waiting: 1, ended: 7 },
    figures: {
      open: 4,
      oldest: Temporal.Duration.from({ hours: 40 }),
      timeToHelp: Temporal.Duration.from({ hours: 27 }),
      cancelledByOwner: 2,
      days: loads.map((open, index) => ({
        at: EXAMPLE_NOW.subtract({ hours: 24 * (27 - index) }),
        open,
        oldestHours: open * 9 + (index % 5),
      })),
    },
    now: EXAMPLE_NOW,
  };
}
