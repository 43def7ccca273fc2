import { randomUUID } from 'node:crypto';
import type { Organisation } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import { type Question, isLanguage, slugOf, wrongLanguage, wrongName, wrongTimeZone } from './answers.ts';
import { writeDown } from './invite.ts';

/** What an organisation cannot do without. */
export const ORGANISATION = [
  { flag: 'organisation', ask: 'Name of the organisation?', wrong: wrongName },
  { flag: 'language', ask: 'Its language, en or nl?', fallback: 'en', wrong: wrongLanguage },
  { flag: 'time-zone', ask: 'Its time zone?', fallback: 'Europe/Amsterdam', wrong: wrongTimeZone },
] as const satisfies readonly Question[];

export const ORGANISATION_FLAGS = {
  organisation: { value: 'NAME', sentence: 'Its name, as people read it.' },
  language: { value: 'en|nl', sentence: 'Its language (default: en).' },
  'time-zone': { value: 'ZONE', sentence: 'Its time zone; a deadline is a date there (default: Europe/Amsterdam).' },
  'help-contact': { value: 'TEXT', sentence: 'Whom people may ask, and where; shown on prompts.' },
};

/** Writes a new organisation with the default policy. Answers it as stored. */
export async function found(
  tx: Writer,
  {
    name,
    language,
    timeZone,
    helpContact,
    slug,
    now,
  }: Omit<Organisation, 'id' | 'policy' | 'colour' | 'createdAt' | 'language'> & {
    language: string;
    now: Temporal.Instant;
  },
): Promise<Organisation> {
  const organisation: Organisation = {
    id: randomUUID(),
    slug: slug || slugOf(name),
    name,
    language: isLanguage(language) ? language : 'en',
    timeZone,
    policy: {},
    helpContact,
    colour: '',
    createdAt: now,
  };
  await tx.organisations.create(organisation);
  const detail = { organisation: organisation.slug };
  await writeDown(tx, {
    at: now,
    event: 'organisation.created',
    detail,
  });
  return organisation;
}
