import { instant, millis, oneOf } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Organisation } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const all = statement()((db) => db.selectFrom('organisations').selectAll().orderBy('slug'));
const bySlug = statement<{ slug: string }>()((db, its) =>
  db.selectFrom('organisations').selectAll().where('slug', '=', its.slug),
);
const setContact = statement<{ id: string; contact: string }>()((db, its) =>
  db.updateTable('organisations').set({ help_contact: its.contact }).where('id', '=', its.id),
);
const setPolicy = statement<{ id: string; policy: string }>()((db, its) =>
  db.updateTable('organisations').set({ policy: its.policy }).where('id', '=', its.id),
);

export function organisationsReader({ on }: Context): ReaderOf<'organisations'> {
  return {
    all: async () => (await all.all(on, {})).map(toOrganisation),
    bySlug: async (slug) => {
      const row = await bySlug.first(on, { slug });
      return row && toOrganisation(row);
    },
  };
}

export function organisationsWriter({ on }: Context): WriterOf<'organisations'> {
  return {
    create: (row) =>
      insert(on, 'organisations', {
        id: row.id,
        slug: row.slug,
        name: row.name,
        language: row.language,
        time_zone: row.timeZone,
        policy: encode(row.policy),
        help_contact: row.helpContact,
        colour: row.colour,
        created_at: millis(row.createdAt),
      }),
    setPolicy: async (id, overrides) => void (await setPolicy.run(on, { id, policy: encode(overrides) })),
    setHelpContact: async (id, contact) => void (await setContact.run(on, { id, contact })),
  };
}

export function toOrganisation(row: Tables['organisations']): Organisation {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    language: oneOf(['en', 'nl'], row.language, 'organisations.language'),
    timeZone: row.time_zone,
    policy: decode(row.policy) as Record<string, unknown>,
    helpContact: row.help_contact,
    colour: row.colour,
    createdAt: instant(row.created_at),
  };
}
