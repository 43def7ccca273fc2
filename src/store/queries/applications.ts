import type { ApplicationPolicy } from '#core/application/policy.ts';
import { bytes, instant, millis, oneOf } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Application } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

type Row = Omit<Tables['applications'], 'logo'>;
// Everything but the picture, which is large and asked for on its own.
const COLUMNS = [
  'id',
  'owner',
  'name',
  'kind',
  'audience',
  'status',
  'home_url',
  'policy',
  'settings',
  'secret_hash',
  'logo_type',
  'created_at',
  'changed_at',
] as const satisfies (keyof Row)[];

const byId = statement<{ id: string }>()((db, its) =>
  db.selectFrom('applications').select(COLUMNS).where('id', '=', its.id),
);
const all = statement()((db) => db.selectFrom('applications').select(COLUMNS).orderBy('name').orderBy('id'));
const ownedBy = statement<{ owner: string }>()((db, its) =>
  db.selectFrom('applications').select(COLUMNS).where('owner', '=', its.owner).orderBy('name').orderBy('id'),
);
const logo = statement<{ id: string }>()((db, its) =>
  db.selectFrom('applications').select(['logo_type', 'logo']).where('id', '=', its.id),
);

const lock = statement<{ id: string }>()((db, its, dialect) =>
  db
    .selectFrom('applications')
    .select(COLUMNS)
    .where('id', '=', its.id)
    .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate()),
);

type Change = Pick<Row, 'id' | 'name' | 'audience' | 'status' | 'home_url' | 'policy' | 'settings' | 'changed_at'>;
const save = statement<Change>()((db, its) =>
  db
    .updateTable('applications')
    .set({
      name: its.name,
      audience: its.audience,
      status: its.status,
      home_url: its.home_url,
      policy: its.policy,
      settings: its.settings,
      changed_at: its.changed_at,
    })
    .where('id', '=', its.id),
);
const setSecret = statement<{ id: string; hash: Uint8Array | null; at: number }>()((db, its) =>
  db.updateTable('applications').set({ secret_hash: its.hash, changed_at: its.at }).where('id', '=', its.id),
);
const setLogo = statement<{ id: string; type: string | null; picture: Uint8Array | null; at: number }>()((db, its) =>
  db
    .updateTable('applications')
    .set({ logo_type: its.type, logo: its.picture, changed_at: its.at })
    .where('id', '=', its.id),
);
const remove = statement<{ id: string }>()((db, its) => db.deleteFrom('applications').where('id', '=', its.id));

export function applicationsReader({ on }: Context): ReaderOf<'applications'> {
  return {
    byId: async (id) => {
      const row = await byId.first(on, { id });
      return row && toApplication(row);
    },
    all: async () => (await all.all(on, {})).map(toApplication),
    ownedBy: async (owner) => (await ownedBy.all(on, { owner })).map(toApplication),
    logo: async (id) => {
      const row = await logo.first(on, { id });
      return row?.logo_type && row.logo ? { type: row.logo_type, bytes: bytes(row.logo) } : null;
    },
  };
}

export function applicationsWriter({ on }: Context): WriterOf<'applications'> {
  return {
    create: (row) =>
      insert(on, 'applications', {
        id: row.id,
        owner: row.owner,
        name: row.name,
        kind: row.kind,
        audience: encode(row.audience),
        status: row.status,
        home_url: row.homeUrl,
        policy: encode(row.policy),
        settings: encode(row.settings),
        secret_hash: row.secretHash,
        logo_type: null,
        logo: null,
        created_at: millis(row.createdAt),
        changed_at: millis(row.changedAt),
      }),
    lock: async (id) => {
      const row = await lock.first(on, { id });
      return row && toApplication(row);
    },
    save: async (id, change) =>
      void (await save.run(on, {
        id,
        name: change.name,
        audience: encode(change.audience),
        status: change.status,
        home_url: change.homeUrl,
        policy: encode(change.policy),
        settings: encode(change.settings),
        changed_at: millis(change.changedAt),
      })),
    setSecret: async (id, hash, at) => void (await setSecret.run(on, { id, hash, at: millis(at) })),
    setLogo: async (id, picture, at) =>
      void (await setLogo.run(on, {
        id,
        type: picture?.type ?? null,
        picture: picture?.bytes ?? null,
        at: millis(at),
      })),
    remove: async (id) => (await remove.run(on, { id })) === 1,
  };
}

function toApplication(row: Row): Application {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    kind: oneOf(['oidc', 'forward-auth'], row.kind, 'applications.kind'),
    audience: decode(row.audience) as string[],
    status: oneOf(['active', 'disabled'], row.status, 'applications.status'),
    homeUrl: row.home_url,
    policy: decode(row.policy) as ApplicationPolicy,
    settings: decode(row.settings) as Application['settings'],
    secretHash: row.secret_hash && bytes(row.secret_hash),
    hasLogo: row.logo_type !== null,
    createdAt: instant(row.created_at),
    changedAt: instant(row.changed_at),
  };
}
