import { type RawBuilder, sql } from 'kysely';
import { millis } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import type { Writer } from '../store.ts';
import type { Context } from './context.ts';

/** The longest window a guess budget looks back on (30 days); until then a charge still counts. */
const LONGEST_WINDOW = Temporal.Duration.from({ hours: 30 * 24 });

/** Rows of one kind in one go: some milliseconds in which nobody else writes. */
const AT_ONCE = 2_000;

type Its = { before: number };

/** Those rows of a table that are over, found by their key; the condition is written over `before`. */
function over(table: keyof Tables, isOver: (before: number) => RawBuilder<unknown>, key: readonly string[] = ['id']) {
  return statement<Its>()((db, its) => {
    const columns = sql.join(key.map((column) => sql.ref(column)));
    const from = sql.table(table);
    const some = sql`select ${columns} from ${from} where ${isOver(its.before)} limit ${sql.lit(AT_ONCE)}`;
    return { compile: () => sql<never>`delete from ${from} where (${columns}) in (${some})`.compile(db) };
  });
}

const expired = (before: number) => sql`expires_at < ${before}`;

const OBJECT = ['model', 'key'];
const BY_ANYBODY = sql`model in ('Interaction', 'PushedAuthorizationRequest')`;

/** Begun before anybody is known. */
const OF_STRANGERS = [
  over('oidc_objects', (before) => sql`${expired(before)} and ${BY_ANYBODY}`, OBJECT),
  over('passkey_challenges', expired),
];

const OF_PEOPLE = [
  over('attempts', (before) => sql`(expires_at < ${before} or ended_at < ${before})`),
  over('sessions', expired),
  over('remembered_devices', expired),
  over('enrolments', expired),
  over('challenges', expired),
  // One that was paired stays: its token is how the phone asks.
  over('pairings', (before) => sql`${expired(before)} and paired_at is null`),
  // A denial stays: it counts until another authenticator is used, however long that takes.
  over('approvals', (before) => sql`${expired(before)} and (answer is null or answer != 'denied')`),
  over('links', expired),
  over('outbox', (before) => sql`finished_at < ${before}`),
  over('oidc_objects', expired, OBJECT),
  over('signing_keys', (before) => sql`retires_at < ${before}`),
  over('forward_sessions', expired, ['token_hash']),
  over('forward_tickets', expired, ['token_hash']),
  over('api_tokens', expired),
];

/** Guesses at a password count for a day; anybody can make a row of these, with a name that nobody has. */
const PASSWORD_WINDOW = Temporal.Duration.from({ hours: 48 });
const PASSWORDS = over('budgets', (before) => sql`last_at < ${before} and key like 'password:%'`, ['key']);
const BUDGETS = over('budgets', (before) => sql`last_at < ${before}`, ['key']);

/** Authenticators, facts of a campaign and the audit stay: they are history, not leftovers. */
export function sweepWriter({ on }: Context): Writer['sweep'] {
  return async (at, strangers = at) => {
    const windows = at.subtract(LONGEST_WINDOW);
    const all = [
      ...OF_STRANGERS.map((some) => [some, strangers] as const),
      ...OF_PEOPLE.map((some) => [some, at] as const),
      [PASSWORDS, strangers.subtract(PASSWORD_WINDOW)] as const,
      [BUDGETS, windows] as const,
    ];
    let isMore = false;
    for (const [some, before] of all) isMore = (await some.run(on, { before: millis(before) })) >= AT_ONCE || isMore;
    return isMore;
  };
}
