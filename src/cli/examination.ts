import { connect } from 'node:net';
import { type Config, VARIABLES, isSqlite } from '#src/config.ts';
import { openDatabase } from '#store/database.ts';
import { type Keys, readKeys } from '#store/keys.ts';
import { schemaVersion } from '#store/migrate.ts';
import { openStore } from '#store/open.ts';
import type { Store } from '#store/store.ts';
import { alarms } from './alarms.ts';
import type { Around } from './command.ts';
import { appliedTo, configOf, requireDatabase } from './house.ts';
import { sentencesOf } from './sentences.ts';
import { sendsPush, transportsFrom } from './transports.ts';

export type Finding = { about: string; state: 'good' | 'note' | 'wrong'; sentence: string };

const good = (about: string, sentence: string): Finding => ({ about, state: 'good', sentence });
const note = (about: string, sentence: string): Finding => ({ about, state: 'note', sentence });
const wrong = (about: string, fault: unknown): Finding => ({
  about,
  state: 'wrong',
  sentence: sentencesOf(fault).join(' '),
});

/** One look at everything; what depends on something that is wrong is left out. */
export async function examine(around: Around): Promise<Finding[]> {
  let config: Config;
  try {
    config = configOf(around);
  } catch (fault) {
    return [wrong('configuration', fault), ...unknownVariables(around)];
  }
  const found = [...aboutConfiguration(config), ...unknownVariables(around)];
  const keys = aboutKeys(config, found);
  found.push(...(keys ? await aboutDatabase(config, keys, around) : []), ...(await aboutWaysOut(config, around)));
  return found;
}

function aboutConfiguration({ publicUrl, trustedProxies, host }: Config): Finding[] {
  const found = [good('configuration', `People see us at ${publicUrl.origin}.`)];
  if (publicUrl.protocol === 'http:')
    found.push(
      note('configuration', 'The address is on this machine only. For other people set NACHTSLOT_PUBLIC_URL.'),
    );
  else if (trustedProxies.length === 0)
    found.push(
      note(
        'configuration',
        'No trusted proxies: behind one, everybody seems to come from it. Set NACHTSLOT_TRUSTED_PROXIES.',
      ),
    );
  if (['0.0.0.0', '::'].includes(host))
    found.push(note('configuration', 'It listens on every address: only the proxy should be able to reach the port.'));
  return found;
}

/** A mistyped name is simply not read; nobody else would say so. */
function unknownVariables({ env }: Around): Finding[] {
  const known = new Set(Object.values(VARIABLES).map(({ name }) => name));
  const strange = Object.keys(env).filter((name) => name.startsWith('NACHTSLOT_') && !known.has(name));
  return strange.map((name) => note('configuration', `${name} is no setting of this program and is not read.`));
}

function aboutKeys({ keyFile }: Config, found: Finding[]): Keys | null {
  try {
    const keys = readKeys(keyFile);
    found.push(good('keys', `${keyFile} holds ${keys.sealing.length} sealing key(s). Is there a copy elsewhere?`));
    return keys;
  } catch (fault) {
    found.push(wrong('keys', fault));
    return null;
  }
}

async function aboutDatabase(config: Config, keys: Keys, around: Around): Promise<Finding[]> {
  const url = config.databaseUrl.reveal();
  try {
    await requireDatabase(config);
    const applied = await appliedTo(config);
    if (!applied.includes(schemaVersion))
      return [note('database', `It is at ${applied.at(-1)}; the next start brings it up to ${schemaVersion}.`)];
    const store = await openStore({ url, keys, now: around.now });
    try {
      const health = await store.health();
      const writable =
        health === 'ok' ? good('database', `It can be written; ${applied.at(-1)}.`) : wrong('database', health);
      return [
        writable,
        ...(await aboutClock(config, store, around)),
        ...(await aboutPeople(store)),
        await aboutOutbox(store, around),
        ...(await alarms(store.read, around.now())),
      ];
    } finally {
      await store.close();
    }
  } catch (fault) {
    return [wrong('database', fault)];
  }
}

/** Codes of an app are right for half a minute: a clock that is wrong locks everybody out. */
const CLOCKS_MAY_DIFFER_S = 5;

async function aboutClock({ databaseUrl }: Config, store: Store, { now }: Around): Promise<Finding[]> {
  const { sequence } = await store.read.audit.head();
  const [newest] = await store.read.audit.page(sequence - 1, 1);
  if (newest && Temporal.Instant.compare(newest.at, now()) > 0)
    return [wrong('clock', `It is behind: the newest line of the audit is of ${newest.at.toString()}.`)];
  if (isSqlite(databaseUrl.reveal()))
    return [good('clock', `It is ${now().round('second').toString()}. Is time synchronised?`)];
  const seconds = await clockOfServer(databaseUrl.reveal());
  const difference = Math.abs(seconds - now().epochMilliseconds / 1000);
  return difference > CLOCKS_MAY_DIFFER_S
    ? [wrong('clock', `It differs from the database server's by ${Math.round(difference)} s. Synchronise both.`)]
    : [good('clock', "It agrees with the database server's.")];
}

async function clockOfServer(url: string): Promise<number> {
  const database = openDatabase(url);
  try {
    const { rows } = await database.read.execute(
      'clock',
      'select extract(epoch from clock_timestamp())::float8 as now',
      [],
    );
    const [row] = rows;
    return typeof row === 'object' && row !== null ? Number(Reflect.get(row, 'now')) : Number.NaN;
  } finally {
    await database.close();
  }
}

async function aboutPeople({ read }: Store): Promise<Finding[]> {
  const active = (await read.accounts.administrators()).filter((one) => one.status === 'active');
  if (active.length === 0)
    return [wrong('people', 'There is no administrator who can sign in. Add one: nachtslot user add')];
  const withPassword = await Promise.all(active.map(async ({ id }) => (await read.authenticators.of(id)).length > 0));
  const waiting = withPassword.filter((has) => !has).length;
  return waiting > 0
    ? [note('people', `${waiting} administrator(s) have not used their first link yet.`)]
    : [good('people', `${await read.accounts.count()} accounts, ${active.length} administrator(s).`)];
}

const LATE = Temporal.Duration.from({ minutes: 10 });

async function aboutOutbox({ read }: Store, { now }: Around): Promise<Finding> {
  const [waiting, oldest] = await Promise.all([read.outbox.waiting(), read.outbox.oldestWaiting()]);
  if (waiting === 0) return good('outbox', 'Nothing waits.');
  const isLate = oldest !== null && Temporal.Instant.compare(oldest.add(LATE), now()) < 0;
  const since = oldest ? ` The oldest since ${oldest.round('second').toString()}.` : '';
  return (isLate ? note : good)('outbox', `${waiting} message(s) wait.${since}`);
}

async function aboutWaysOut(config: Config, { now }: Around): Promise<Finding[]> {
  try {
    const { mail, sms } = transportsFrom(config, now);
    mail?.close?.();
    sms?.close?.();
  } catch (fault) {
    return [wrong('mail, text messages and notifications', fault)];
  }
  return [await aboutMail(config), aboutTextMessages(config), aboutPush(config)];
}

const ANSWERS_WITHIN_MS = 5_000;

async function aboutMail({ smtpUrl }: Config): Promise<Finding> {
  if (!smtpUrl) return note('mail', 'No mail server is configured: notices and links wait. Set NACHTSLOT_SMTP_URL.');
  const { hostname, port, protocol } = new URL(smtpUrl.reveal());
  const at = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'smtps:' ? 465 : 587) };
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ ...at, timeout: ANSWERS_WITHIN_MS });
    const done = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket
      .once('connect', () => done(true))
      .once('error', () => done(false))
      .once('timeout', () => done(false));
  });
  return answers
    ? good('mail', `${at.host}:${at.port} answers.`)
    : wrong('mail', `${at.host}:${at.port} does not answer. Is NACHTSLOT_SMTP_URL right?`);
}

function aboutTextMessages({ sms }: Config): Finding {
  return sms
    ? good('text messages', 'A provider is configured.')
    : note('text messages', 'No provider: they are not offered.');
}

function aboutPush(config: Config): Finding {
  return sendsPush(config)
    ? good(
        'notifications',
        'They go to the push services of the phones’ browsers. May this machine reach them by https?',
      )
    : note('notifications', 'Switched off: the app on the phone has to be opened by hand.');
}
