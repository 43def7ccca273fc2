import { DEFAULT_POLICY, readPolicy } from '#core/policy/policy.ts';
import type { Visit } from '#web/visit.ts';
import { codeShown, knownOf } from './known.ts';
import type { DemoView } from './demo.page.tsx';
import type { DemoClock } from './clock.ts';
import type { Mailbox, Message } from './mailbox.ts';
import { HOUSE_IDS, HOUSES, type House, lastDayOf } from './organisations.ts';
import type { ClockView } from './parts/clock.tsx';
import type { MailboxView, MessageView } from './parts/mailbox.tsx';
import type { PersonView } from './parts/person.tsx';
import { byId, CHAPTERS, type Chapter, FIRST, PEOPLE } from './people.ts';
import type { Person } from './person.ts';
import { demoWords, storyOf } from './words/index.ts';

/** What the page is drawn from. */
export type Stage = { clock: DemoClock; mailbox: Mailbox; start: Temporal.Instant; payrollUrl: URL | null };

const MESSAGES_SHOWN = 50;

export async function demoView(visit: Visit, stage: Stage, error: string | null = null): Promise<DemoView> {
  const query = visit.url.searchParams;
  const [text, employer, open] = ['find', 'employer', 'who'].map((name) =>
    (query.get(name) ?? '').slice(0, 100).trim(),
  );
  const isSearch = Boolean(text || employer);
  const say = demoWords(visit.words.lang);
  const wanted = PEOPLE.filter((person) => isFound(person, text ?? '', employer ?? '', visit));
  const shown = new Map<Person, PersonView>();
  for (const person of PEOPLE) shown.set(person, await personView(visit, stage, person, person.id === open));
  const viewOf = (people: readonly Person[]) => people.flatMap((person) => shown.get(person) ?? []);
  return {
    people: PEOPLE.length,
    payroll: stage.payrollUrl?.href ?? null,
    first: isSearch ? [] : viewOf(FIRST.flatMap((id) => byId(id) ?? [])),
    finder: {
      text: text ?? '',
      employer: employer ?? '',
      employers: HOUSE_IDS.map((id) => ({ id, name: HOUSES[id].name })),
      found: isSearch ? wanted.length : null,
    },
    chapters: chaptersOf(wanted).map(([chapter, people]) => ({
      heading: say.chapters[chapter],
      people: viewOf(people),
    })),
    clock: clockView(visit, stage, error),
    mailbox: mailboxView(visit, stage),
  };
}

function isFound(person: Person, text: string, employer: string, { words }: Visit): boolean {
  if (employer && !person.houses.some((house) => house === employer)) return false;
  const all = `${person.name} ${person.address} ${person.story} ${storyOf(person, words.lang)}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function chaptersOf(people: readonly Person[]): [Chapter, Person[]][] {
  const chapters: [Chapter, readonly Person[]][] = (Object.keys(CHAPTERS) as Chapter[]).map((one) => [
    one,
    CHAPTERS[one],
  ]);
  return chapters
    .map(([chapter, all]): [Chapter, Person[]] => [chapter, all.filter((person) => people.includes(person))])
    .filter(([, found]) => found.length > 0);
}

async function personView(visit: Visit, { clock }: Stage, person: Person, isOpen: boolean): Promise<PersonView> {
  const { apps, password, phone, backupCode, card } = await knownOf(visit.read, person);
  const say = demoWords(visit.words.lang);
  const wall = clock.wall();
  return {
    id: person.id,
    name: person.name,
    address: person.address,
    password,
    employers: person.houses.map((house) => HOUSES[house].name).join(', ') || say.noEmployer,
    story: storyOf(person, visit.words.lang),
    codes: apps.map((app) => ({ label: app.label, secondsOff: app.secondsOff, ...codeShown(app, wall) })),
    phone,
    backupCode,
    card,
    hasLaptop: person.devices.length > 0,
    isOpen,
  };
}

function clockView({ words }: Visit, { clock, start }: Stage, error: string | null): ClockView {
  const now = clock.now();
  const say = demoWords(words.lang);
  const ahead = clock.offset();
  return {
    now,
    moment: `${words.date(now)}, ${words.time(now)} (${words.timeZone})`,
    ahead: ahead.blank ? null : words.wait(ahead),
    houses: HOUSE_IDS.map((house) => houseView(house, start, now, words, say)),
    error,
  };
}

function houseView(
  house: House,
  start: Temporal.Instant,
  now: Temporal.Instant,
  words: Visit['words'],
  say: ReturnType<typeof demoWords>,
): ClockView['houses'][number] {
  const { name, timeZone, policy: overrides } = HOUSES[house];
  const lastDay = lastDayOf(house, start);
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const left = today.until(lastDay, { largestUnit: 'days' }).days;
  const policy = { ...DEFAULT_POLICY, ...readPolicy(overrides).policy };
  const morningAfter = lastDay.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: '09:00' });
  return {
    name,
    lastDay: words.date(lastDay),
    left: left < 0 ? say.isOver : say.daysLeft(left),
    rules: say.rules(
      policy.deferralsAllowed,
      policy.deferralReturnsAfter.total('days'),
      policy.deferralReturnsAfterSignIns,
    ),
    dayAfter: left < 0 ? null : morningAfter.toInstant().toString(),
  };
}

function mailboxView({ words, url }: Visit, { mailbox }: Stage): MailboxView {
  const to = url.searchParams.get('to');
  const messages = mailbox.messages(to).slice(0, MESSAGES_SHOWN);
  return { to, messages: messages.map((one) => ({ ...one, moment: words.instant(one.at), parts: partsOf(one) })) };
}

function partsOf({ text, links }: Message): MessageView['parts'] {
  const parts: { text: string; isLink: boolean }[] = [];
  let rest = text.trimEnd();
  for (const link of links) {
    const at = rest.indexOf(link);
    if (at < 0) continue;
    parts.push({ text: rest.slice(0, at), isLink: false }, { text: link, isLink: true });
    rest = rest.slice(at + link.length);
  }
  return [...parts, { text: rest, isLink: false }];
}
