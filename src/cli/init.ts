import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '#src/config.ts';
import { type Keys, readKeys, writeKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import { type Question, answersTo, isLanguage, wrongAddress, wrongName } from './answers.ts';
import { type Around, type Call, type Command, Refused } from './command.ts';
import { ORGANISATION, ORGANISATION_FLAGS, found } from './found.ts';
import { appliedTo, configOf, sqliteFile } from './house.ts';
import { invite } from './invite.ts';

const QUESTIONS = [
  ...ORGANISATION,
  { flag: 'admin-name', ask: 'Name of the first administrator?', wrong: wrongName },
  { flag: 'admin-email', ask: 'Their mail address?', wrong: wrongAddress },
] as const satisfies readonly Question[];

export const command: Command = {
  summary: 'Sets up a server: keys, database, one organisation and its first administrator.',
  about:
    'The keys are made once and never written over. Where it was interrupted it may be started again. The administrator ' +
    'gets a link by which to choose a password; it is printed, and mailed once there is a mail server.',
  flags: {
    ...ORGANISATION_FLAGS,
    'admin-name': { value: 'NAME', sentence: 'Name of the first administrator.' },
    'admin-email': { value: 'ADDRESS', sentence: 'Mail address of the first administrator.' },
  },
  run: setUp,
};

async function setUp(call: Call, around: Around) {
  const config = configOf(around);
  await refuseSecondTime(config, around);
  // Everything is asked before anything is made.
  const answer = await answersTo(QUESTIONS, call, around);
  const { keys, made } = keysFor(config);
  const store = await openStore({ url: config.databaseUrl.reveal(), keys, now: around.now });
  try {
    const now = around.now();
    const { link, expiresAt } = await store.transaction(async (tx) => {
      if ((await tx.organisations.all()).length > 0) throw new Refused(ALREADY);
      const language = answer('language');
      const organisation = await found(tx, {
        name: answer('organisation'),
        language,
        timeZone: answer('time-zone'),
        helpContact: call.flag('help-contact') ?? '',
        slug: '',
        now,
      });
      return invite(tx, {
        name: answer('admin-name'),
        address: answer('admin-email'),
        language: isLanguage(language) ? language : 'en',
        role: 'administrator',
        organisation,
        publicUrl: config.publicUrl,
        now,
      });
    });
    return {
      lines: [
        `Keys:     ${config.keyFile} ${made ? '(new; keep a copy where the database is not)' : '(they were there)'}`,
        `Database: ${sqliteFile(config) ?? 'PostgreSQL'}`,
        `Start it: npm start`,
        `Then ${answer('admin-name')} chooses a password here, once, within 24 hours:`,
        link,
      ],
      json: { keyFile: config.keyFile, keysMade: made, link, linkExpiresAt: expiresAt.toString() },
    };
  } finally {
    await store.close();
  }
}

const ALREADY =
  'This server is set up already; nothing was changed. More people and organisations: "user add", "org add".';

/** A set-up that was interrupted may go on; one that is complete, or whose keys are elsewhere, may not be touched. */
async function refuseSecondTime(config: Config, { now }: Around): Promise<void> {
  const file = sqliteFile(config);
  const hasTables = (file === null || existsSync(file)) && (await appliedTo(config)).length > 0;
  if (hasTables && !existsSync(config.keyFile))
    throw new Refused(
      `The database is in use, and there is no key file at ${config.keyFile}. New keys would not open it: put the old ` +
        'key file back, or point NACHTSLOT_KEY_FILE at it.',
    );
  if (!hasTables || !existsSync(config.keyFile)) return;
  const store = await openStore({ url: config.databaseUrl.reveal(), keys: readKeys(config.keyFile), now });
  try {
    if ((await store.read.organisations.all()).length > 0) throw new Refused(ALREADY);
  } finally {
    await store.close();
  }
}

function keysFor({ keyFile }: Config): { keys: Keys; made: boolean } {
  const made = !existsSync(keyFile);
  if (made) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    writeKeys(keyFile);
  }
  return { keys: readKeys(keyFile), made };
}
