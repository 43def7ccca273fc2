// P-45: every address of the program, asked by everybody, with something wrong: never a fault, never a hang, one shape of
// error, nothing reflected, and nothing changed by what was refused. `NACHTSLOT_FUZZ=50000` asks more, with a new seed.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import { type Rig, rig, START } from '#test/support/rig.ts';
import { pendingOf, secondStep, signedInWithCode } from './support/in-process.ts';
import { mutated, type Mutation, mutation } from './support/mutations.ts';
import { ask, type Asking, type Said } from './support/raw-socket.ts';
import { type Asker, ASKERS, type FuzzWorld, type Target, world } from './support/targets.ts';

/** How many requests on SQLite; PostgreSQL gets a third. The seed is fixed unless more are wished for. */
const WISHED = Number(process.env['NACHTSLOT_FUZZ'] ?? 0);
const CASES = WISHED || 900;
const SEED = process.env['NACHTSLOT_SEED'] ?? (WISHED ? Date.now() : 20_261_127);
/** Requests that are taken change things; after so many the house is built anew. */
const PER_WORLD = 450;

onBothDatabases('every address, by everybody, with something wrong', async (database) => {
  const cases = database.dialect === 'sqlite' ? CASES : Math.ceil(CASES / 3);
  for (let done = 0; done < cases; done += PER_WORLD) {
    const seed = Number(SEED) + done;
    await inWorld(database, (s) => fuzz(s, seed, Math.min(PER_WORLD, cases - done)));
  }
});

type Case = { target: number; asker: Asker | null; mutations: Mutation[] };

const anyCase: fc.Arbitrary<Case> = fc.record({
  target: fc.nat(99_999),
  // Mostly whoever the address is for.
  asker: fc.option(fc.constantFrom(...ASKERS), { freq: 4 }),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
});

async function fuzz(s: Scene, seed: number, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ target: index, asker, mutations }) => {
      const target = s.targets[index % s.targets.length];
      assert.ok(target);
      const { cookies } = await s.jarOf(asker ?? target.asker);
      const asking = mutated(target, cookies, mutations);
      const before = await s.state();
      const cpu = process.cpuUsage();
      const said = await ask(s.port, asking);
      const { user, system } = process.cpuUsage(cpu);
      assert.ok(
        user + system < 1_000_000,
        `it took ${user + system} µs: ${asking.method} ${asking.target.slice(0, 300)}`,
      );
      await demands(s, target, asking, said, before);
    }),
    { seed, numRuns, endOnFailure: false, interruptAfterTimeLimit: 3_600_000 },
  );
}

async function demands(s: Scene, target: Target, asking: Asking, said: Said, before: string): Promise<void> {
  const where = `${asking.method} ${asking.target.slice(0, 300)} (${target.path})\n${asking.headers
    .map((header) => header.join(': ').slice(0, 200))
    .join('\n')}\n\n${(asking.body ?? '').toString().slice(0, 1_000)}\n→ ${said.status} ${said.text.slice(0, 400)}`;
  assert.ok(said.status > 0 && said.status < 500, `a fault: ${where}`);
  assert.ok(!said.text.includes('<zq'), `reflected: ${where}`);
  assert.ok(!said.headers.has('x-injected'), `a header injected: ${where}`);
  // What Node itself refuses is no request yet, and has no page.
  const isRequest = said.headers.size > 2;
  if (isRequest) assert.equal(said.headers.get('x-content-type-options'), 'nosniff', where);
  if (said.status < 400) return;
  if (isRequest && asking.method !== 'HEAD')
    assert.ok(hasOneShape(said, asking.target), `the shape of an error: ${where}`);
  const after = await s.state();
  assert.ok(after === before, `refused, and something changed: ${where}\n${difference(before, after)}`);
}

/** A page with a heading, a problem for programs (RFC 9457), an error of OAuth (RFC 6749), a word for our app, or a line. */
function hasOneShape({ status, headers, text }: Said, target: string): boolean {
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/html')) return /<h1[ >]/.test(text) && headers.has('content-security-policy');
  if (type.startsWith('text/plain')) return text.length < 300;
  // A reverse proxy has no use for a page.
  if (text === '') return /^\/(?:forward-auth|\.nachtslot\/)/.test(target);
  const body = JSON.parse(text) as Record<string, unknown>;
  if (type.startsWith('application/problem+json')) return body['status'] === status && typeof body['code'] === 'string';
  if (!type.startsWith('application/json')) return false;
  return target.startsWith('/oidc') ? typeof body['error'] === 'string' : status === 409 || 'refusal' in body;
}

type Scene = FuzzWorld & { port: number; state(): Promise<string> };

async function inWorld(database: TestDatabase, body: (scene: Scene) => Promise<void>): Promise<void> {
  let r: Rig | null = null;
  const store = await database.open({ now: () => r?.now() ?? START });
  r = await rig({ store });
  const built = await world(r);
  const server = await r.listen({ host: '127.0.0.1', port: 0 });
  try {
    await body({ ...built, port: server.port, state: () => stateOf(database) });
    // The honest road, after all of that.
    r.advance('PT25H');
    const fresh = await r.person({ organisations: [built.people.house], enrolled: true });
    await secondStep(r, await pendingOf(r, fresh), fresh);
    await signedInWithCode(r, await r.person({ organisations: [built.people.house], enrolled: true }));
  } finally {
    await server.close();
  }
}

/** What people have, as it is stored; without counters of guesses, moments of use, the audit and mail. */
const STATE: Record<string, string> = {
  organisations: '*',
  accounts: '*',
  addresses: '*',
  memberships: '*',
  authenticators: 'id, account, type, label, hint, bound_at, handle',
  campaigns: '*',
  deferrals: '*',
  extensions: '*',
  exemptions: '*',
  sessions: 'id, account, expires_at',
  remembered_devices: 'id, account, expires_at',
  enrolments: 'id, state, ended_at',
  pairings: 'id, account',
  // A wrong answer is written down with the right ones.
  check_ups: "* from check_ups where outcome != 'failed'",
  // Whoever is told of wrong codes gets a way to say that it was not them.
  links: "* from links where kind != 'not-me'",
  recovery_cases: '*',
  freezes: '*',
  vouchers: '*',
  applications: '*',
  consents: '*',
  forward_sessions: '*',
  forward_tickets: '*',
  help_articles: '*',
  help_links: '*',
  api_tokens: 'id, organisation, name, expires_at',
};

/** Only what changed since it was read last is read again. */
const known = new WeakMap<TestDatabase, { version: string; state: string }>();

async function stateOf(database: TestDatabase): Promise<string> {
  const asked = database.dialect === 'sqlite' ? 'pragma data_version' : 'select pg_current_wal_insert_lsn()::text as v';
  const version = JSON.stringify(await database.meddle(asked));
  const last = known.get(database);
  if (last?.version === version) return last.state;
  const tables: string[] = [];
  for (const [table, columns] of Object.entries(STATE)) {
    const rows = (
      await database.meddle(`select ${columns.includes(' from ') ? columns : `${columns} from ${table}`}`)
    ).map((row) => JSON.stringify(row));
    tables.push(table, ...rows.sort());
  }
  const state = tables.join('\n');
  known.set(database, { version, state });
  return state;
}

function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((row) => !now.includes(row)).map((row) => `- ${row}`);
  return [...gone, ...now.filter((row) => !old.includes(row)).map((row) => `+ ${row}`)].join('\n').slice(0, 1_500);
}
