import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { budgetKey } from '#flows/budget.ts';
import type { AuditLine } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { Finding } from './examination.ts';

type Read = Pick<Reader, 'accounts' | 'audit' | 'budgets'>;

const HOUR = Temporal.Duration.from({ hours: 1 });
const DAY = Temporal.Duration.from({ hours: 24 });
/** On a Monday morning some mistype. Fewer than this are ordinary, whatever the size of the house … */
const ORDINARY_ACCOUNTS = 50;
/** … and fewer than one in so many, where it is large. */
const ORDINARY_SHARE = 50;
const PAGE = 1_000;
/** A flood must not keep whoever looks at it waiting: this many lines say enough. */
const LINES_MOST = 50_000;

/**
 * What no limit of one account sees: one password at many accounts; wrong second steps at many,
 * whose passwords somebody must have; and text messages that run out.
 */
export async function alarms(read: Read, now: Temporal.Instant): Promise<Finding[]> {
  const lines = await since(read, now.subtract(HOUR));
  const limit = Math.max(ORDINARY_ACCOUNTS, (await read.accounts.count()) / ORDINARY_SHARE);
  return [
    many(lines, 'password.wrong', limit, 'wrong passwords', 'Somebody may be trying one password on many accounts.'),
    many(lines, 'sign-in.refused', limit, 'wrong second steps', 'Somebody may have the passwords of all of these.'),
    await aboutTexts(read, now),
  ];
}

function many(lines: readonly AuditLine[], event: string, limit: number, about: string, suspicion: string): Finding {
  const accounts = new Set(lines.filter((one) => one.event === event && one.account).map((one) => one.account));
  const sentence = `At ${accounts.size} account(s) within the hour.`;
  return accounts.size >= limit
    ? { about, state: 'wrong', sentence: `${sentence} ${suspicion} The audit has the addresses they came from.` }
    : { about, state: 'good', sentence };
}

async function aboutTexts({ budgets }: Read, now: Temporal.Instant): Promise<Finding> {
  const about = 'text messages of a day';
  const most = DEFAULT_POLICY.smsPerDay;
  const history = await budgets.history(budgetKey.textsInAll());
  const sent = history.filter((at) => Temporal.Instant.compare(at.add(DAY), now) > 0).length;
  const sentence = `${sent} of ${most} are used.`;
  if (sent >= most)
    return { about, state: 'wrong', sentence: `${sentence} No more are sent; the other second steps go on as before.` };
  return sent * 2 >= most
    ? { about, state: 'note', sentence: `${sentence} Is that usual? The audit has a line for each (sms.sent).` }
    : { about, state: 'good', sentence };
}

/** The end of the audit, from its last line back to this moment. */
async function since({ audit }: Read, from: Temporal.Instant): Promise<AuditLine[]> {
  const found: AuditLine[] = [];
  let { sequence: end } = await audit.head();
  while (end > 0 && found.length < LINES_MOST) {
    const begin = Math.max(0, end - PAGE);
    const page = await audit.page(begin, end - begin);
    const young = page.filter(({ at }) => Temporal.Instant.compare(at, from) >= 0);
    found.push(...young);
    if (young.length < page.length) break;
    end = begin;
  }
  return found;
}
