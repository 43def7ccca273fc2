import { deniedLately, deskOverview, type DeskCase } from '#flows/recovery/view.ts';
import { deviceInWords } from '#words/device.ts';
import type { DeskVisit } from './door.ts';
import { type Filter, FILTERS, type Order, type QueueRow, queuePage } from './queue.page.tsx';

/** So many on one page. */
const PAGE = 50;

/** The queue, a page at a time; only what this agent's desks look after. */
export async function showQueue(visit: DeskVisit): Promise<Response> {
  const { deps, read, desks, now, url, who } = visit;
  const ids = desks.map(({ id }) => id);
  const { open, ended, figures } = await deskOverview(read, ids, deps.clock);
  const filter = FILTERS.find((one) => one === url.searchParams.get('show')) ?? 'all';
  const order = url.searchParams.get('order') === 'risk' ? 'risk' : 'age';
  const of = (one: Filter) => (one === 'ended' ? ended : open.filter((each) => isIn(each, one, who.session.account)));
  const all = of(filter).map((one) => rowOf(one, visit));
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const asked = Number(url.searchParams.get('page') ?? '1');
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  const rows = inOrder(all, filter, order).slice((page - 1) * PAGE, page * PAGE);
  const counts = Object.fromEntries(FILTERS.map((one) => [one, of(one).length])) as Record<Filter, number>;
  const denied = (await deniedLately(read, ids, now)).map(({ userAgent, ...rest }) => ({
    ...rest,
    device: deviceInWords(userAgent, visit.words),
  }));
  return visit.page(queuePage, { denied, rows, page, pages, filter, order, counts, figures, now });
}

/** Open ones: the oldest first, or the riskiest; what nobody has confirmed last, for anybody can make any number of it. */
function inOrder(rows: readonly QueueRow[], filter: Filter, order: Order): QueueRow[] {
  const byRisk = (one: QueueRow, other: QueueRow) => (order === 'risk' ? WEIGHT[other.level] - WEIGHT[one.level] : 0);
  if (filter === 'ended') return rows.toSorted(byRisk);
  const byProof = (one: QueueRow, other: QueueRow) => Number(one.at === 'opened') - Number(other.at === 'opened');
  const byAge = (one: QueueRow, other: QueueRow) => Temporal.Instant.compare(one.openedAt, other.openedAt);
  // At last by id, so that of two of one moment none is on both pages or on neither.
  const byId = (one: QueueRow, other: QueueRow) => (one.id < other.id ? -1 : 1);
  return rows.toSorted((a, b) => byProof(a, b) || byRisk(a, b) || byAge(a, b) || byId(a, b));
}

const WEIGHT = { low: 0, raised: 1, high: 2 } as const;

function isIn({ state }: DeskCase, filter: Filter, self: string): boolean {
  switch (filter) {
    case 'to-claim':
      return state.at === 'second-proof';
    case 'mine':
      return 'agent' in state && state.agent === self;
    case 'to-approve':
      return state.at === 'checked' || (state.at === 'approved' && state.first.by !== self);
    case 'waiting':
      return state.at === 'waiting' || state.at === 'ready';
    case 'all':
    case 'ended':
      return true;
  }
}

function rowOf({ row, state, facts, level }: DeskCase, { desks }: DeskVisit): QueueRow {
  return {
    id: row.id,
    name: facts.account.name,
    number: row.number,
    at: state.at,
    openedAt: row.openedAt,
    level,
    organisation: desks.find(({ id }) => id === row.organisation)?.name ?? '',
  };
}
