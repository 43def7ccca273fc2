import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeKeys } from '#store/keys.ts';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import { type Answered, Jar } from '#test/support/jar.ts';
import { type Rig, rig, START } from '#test/support/rig.ts';
import { testKeys } from '#test/support/store.ts';
import { writeClock } from './clock.ts';
import { type Orders, type Server, startServerProcess } from './servers.ts';
import { gateFor, type Wire, wireTo } from './wire.ts';

const PUBLIC_URL = 'https://id.example.test';

/** Real server processes on one database, their clock in our hand, and a store of our own to look behind the scenes. */
export type Stage = TestDatabase & {
  /** Makes people and reads what is stored; its own pages are never asked. */
  rig: Rig;
  servers: Server[];
  wire: Wire;
  orders: Orders;
  /** A browser; its requests go to the servers in turn. */
  browser(): Jar;
  /** A browser that only talks to this server. */
  browserAt(server: number): Jar;
  /** Moves both clocks, or with `only` what policies see while the codes of the app stay. */
  advance(duration: Temporal.DurationLike | string, only?: 'policy'): void;
  /** Sends all requests but their last bytes, then the last bytes together. Each shot sends one POST. */
  volley(shots: readonly (() => Promise<Answered>)[]): Promise<PromiseSettledResult<Answered>[]>;
  /** Ends this server with `kill -9` and starts another in its place. */
  restart(server: number): Promise<void>;
  /** Loads a stand-by, so that a server that dies is replaced in no time. */
  prepare(): Promise<void>;
  /** Puts the stand-by where a server died, and loads the next. */
  replace(server: number): Promise<void>;
};

export type StageOptions = { hashing?: Orders['hashing']; sends?: boolean };

type Cases = Record<string, (stage: Stage) => Promise<void>>;

/** The same cases, one after the other, on SQLite with one server process and on PostgreSQL with two. */
export function onBothStages(
  name: string,
  cases: Cases | ((dialect: Stage['dialect']) => Cases),
  options: StageOptions = {},
): void {
  const all = async (stage: Stage) => {
    for (const [each, body] of Object.entries(typeof cases === 'function' ? cases(stage.dialect) : cases))
      await test(each, () => body(stage));
    // What a server complained of says more than the 500 that a browser saw.
    for (const server of stage.servers) if (server.complaint()) console.error(server.complaint().slice(0, 3_000));
  };
  onBothDatabases(name, (database) => withStage(database, all, options));
}

export async function withStage(
  database: TestDatabase,
  body: (stage: Stage) => Promise<void>,
  { hashing = 'cheap', sends = false }: StageOptions = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-attack-'));
  const file = (name: string) => join(folder, name);
  const orders: Orders = {
    url: database.url,
    publicUrl: PUBLIC_URL,
    keyFile: file('keys.json'),
    clockFile: file('clock'),
    sentFile: sends ? file('sent') : null,
    hashing,
  };
  writeKeys(orders.keyFile, testKeys);
  writeFileSync(orders.clockFile, '');
  writeClock(orders.clockFile, { now: START, wall: START });

  const clock: { rig: Rig | null } = { rig: null };
  const store = await database.open({ now: () => clock.rig?.now() ?? START });
  const r = (clock.rig = await rig({ store, keys: testKeys, publicUrl: PUBLIC_URL }));
  const servers = Array.from({ length: database.dialect === 'sqlite' ? 1 : 2 }, () => startServerProcess(orders));
  const standBys: Server[] = [];
  try {
    const wire = wireTo(await Promise.all(servers.map((server) => server.port)));
    await body({
      ...database,
      rig: r,
      servers,
      wire,
      orders,
      ...handles(r, servers, wire, orders),
      ...spares(servers, standBys, wire, orders),
    });
  } finally {
    await Promise.all([...servers, ...standBys].map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function handles(r: Rig, servers: Server[], wire: Wire, orders: Orders) {
  const publicUrl = new URL(PUBLIC_URL);
  return {
    browser: () => new Jar(wire, publicUrl),
    browserAt: (server: number) =>
      new Jar({ routes: [], fetch: (...given) => wireTo([wire.ports[server] ?? 0]).fetch(...given) }, publicUrl),
    advance: (duration: Temporal.DurationLike | string, only?: 'policy') => {
      const wall = r.wall();
      r.advance(duration);
      r.setWall(only ? wall : wall.add(r.now().since(r.now().subtract(Temporal.Duration.from(duration)))));
      writeClock(orders.clockFile, { now: r.now(), wall: r.wall() });
    },
    volley: async (shots: readonly (() => Promise<Answered>)[]) => {
      wire.gate = gateFor(shots.length);
      try {
        return await Promise.allSettled(shots.map((shot) => shot()));
      } finally {
        wire.gate = null;
      }
    },
    restart: async (server: number) => {
      await servers[server]?.kill();
      const next = startServerProcess(orders);
      servers[server] = next;
      wire.ports[server] = await next.port;
    },
  };
}

function spares(servers: Server[], standBys: Server[], wire: Wire, orders: Orders) {
  const load = () => void standBys.push(startServerProcess({ ...orders, waits: true }));
  return {
    prepare: async () => {
      if (standBys.length === 0) load();
      await standBys[0]?.loaded;
    },
    replace: async (server: number) => {
      const next = standBys.shift();
      if (!next) throw new Error('prepare() comes first');
      servers[server] = next;
      next.go();
      wire.ports[server] = await next.port;
      load();
    },
  };
}
