// P-21: no clock tells who is here. A name that nobody has takes the same road as one that somebody has: the same hash at the
// same cost, the same questions to the database; and where the roads cannot be the same, the answers come at one moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '#store/store.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn } from '#test/support/roads.ts';
import { memoryStore, testKeys } from '#test/support/store.ts';
import { pendingOf, PHONE } from './support/in-process.ts';

const WRONG = 'a guess of nobody in particular';
const EVEN_MS = 50;

test('sign-in asks the database the same, and hashes once, for everybody and for nobody', async () => {
  const { r, trace } = await traced();
  const hashes: string[] = [];
  const { password } = r.deps.types;
  const { verify, verifyNobody } = password;
  password.verify = (...given) => {
    hashes.push('one');
    return verify(...given);
  };
  password.verifyNobody = (...given) => {
    hashes.push('one');
    return verifyNobody(...given);
  };

  const roads = new Map<string, string>();
  for (const [kind, address] of Object.entries(await everyKind(r))) {
    trace.length = hashes.length = 0;
    await r.browser().post('/sign-in', { address, password: WRONG });
    roads.set(kind, `${trace.join(' ')} ${hashes.join(' ')}`);
  }
  const unknown = roads.get('unknown') ?? '';
  assert.match(unknown, /accounts\.byAddress.*budgets\.save.*audit\.append.* one$/);
  for (const [kind, road] of roads) assert.equal(road, unknown, kind);
});

test('a wrong backup code takes the same road, whoever’s it is', async () => {
  const { r, trace } = await traced();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const own = ann.backupCode ?? '';
  const codes = {
    'of another person': bob.backupCode ?? '',
    'with the right first group': `${own.slice(0, 20)}${own.endsWith('0000') ? '1111' : '0000'}`,
    'of nobody': 'AAAA-AAAA-AAAA-AAAA-AAAA',
  };
  const roads = new Map<string, string>();
  for (const [kind, code] of Object.entries(codes)) {
    r.advance('PT1H');
    const jar = await pendingOf(r, ann);
    trace.length = 0;
    const answer = await jar.post('/sign-in/verify', { method: 'backup-code', code });
    assert.equal(answer.status, 422, kind);
    roads.set(kind, trace.join(' '));
  }
  assert.equal(new Set(roads.values()).size, 1, [...roads.values()].join('\n'));
});

test('a name that nobody has costs a hash like one that somebody has', async () => {
  // Some ten milliseconds a hash: far more than all else that a sign-in does.
  const r = await rig({ hashing: { memoryKiB: 8 * 1024, passes: 3, lanes: 1 } });
  const kinds = await everyKind(r);
  const took = await interleaved(r, kinds, 15, (jar, address) => jar.post('/sign-in', { address, password: WRONG }));
  const unknown = median(took.get('unknown'));
  for (const [kind, times] of took) {
    const ratio = median(times) / unknown;
    assert.ok(ratio > 0.5 && ratio < 2, `${kind}: ${ratio.toFixed(2)} times as long as for nobody`);
  }
});

for (const door of ['/forgot', '/help/request'])
  test(`${door} does more for some, and answers nobody sooner`, async () => {
    const r = await rig({ evenMs: EVEN_MS });
    const house = await r.organisation();
    const known = await r.person({ organisations: [house], enrolled: true });
    r.advance('P14D'); // an address that is known long enough is one to write to
    const kinds = { ...(await everyKind(r)), 'known long enough': known.email };
    const took = await interleaved(r, kinds, 2, (jar, address) => jar.post(door, { address }));
    // A timer may ring a millisecond early.
    for (const [kind, times] of took) assert.ok(Math.min(...times) >= EVEN_MS - 2, `${kind}: ${times.join(' ')}`);
    assert.ok((await r.messages(known.email)).length > 0, 'control: more was done for some');
  });

/** A program whose questions to its database are written down, one word each. */
async function traced() {
  const trace: string[] = [];
  let r: Rig | null = null;
  const start = await rig();
  const store = await memoryStore({ now: () => r?.now() ?? start.now(), keys: testKeys });
  r = await rig({ store: listened(store, trace) });
  return { r, trace };
}

function listened(store: Store, trace: string[]): Store {
  const transaction: Store['transaction'] = (work, ...more) =>
    store.transaction(
      (tx) => {
        trace.push('(');
        return work(noting(tx, trace, ''));
      },
      ...more,
    );
  return { ...store, read: noting(store.read, trace, ''), transaction };
}

/** The same object, whose functions say their names before they work. */
function noting<T extends object>(target: T, trace: string[], path: string): T {
  return new Proxy(target, {
    get(from, name) {
      const value: unknown = Reflect.get(from, name);
      const here = path ? `${path}.${String(name)}` : String(name);
      if (typeof value === 'function')
        return (...given: unknown[]): unknown => {
          trace.push(here);
          return Reflect.apply(value, from, given);
        };
      return typeof value === 'object' && value !== null ? noting(value, trace, here) : value;
    },
  });
}

async function everyKind(r: Rig): Promise<Record<string, string>> {
  const house = await r.organisation();
  const person = (wish: Parameters<Rig['person']>[0]): Promise<Person> => r.person({ organisations: [house], ...wish });
  const waiting = await person({});
  for (const { id } of await r.store.read.authenticators.of(waiting.id))
    await r.store.transaction((tx) => tx.authenticators.unbind(id, r.now(), 'removed'));
  return {
    unknown: 'nob0dy00@harbour.example',
    'with nothing but a password': (await person({})).email,
    'with an app and a number': (await person({ enrolled: true, phone: PHONE })).email,
    'not activated yet': waiting.email,
    closed: (await person({ enrolled: true, status: 'disabled' })).email,
    'without an organisation': (await person({ organisations: [] })).email,
  };
}

/** Milliseconds by kind; the kinds in turn, so that whatever else the machine does meets all of them. */
async function interleaved(
  r: Rig,
  kinds: Record<string, string>,
  rounds: number,
  send: (jar: Jar, address: string) => Promise<Answered>,
): Promise<Map<string, number[]>> {
  const took = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round += 1) {
    r.advance('P2D'); // no budget is spent
    for (const [kind, address] of Object.entries(kinds)) {
      const began = performance.now();
      const { status } = await send(r.browser(), address);
      assert.ok(status === 200 || status === 422, `${kind}: ${status}`);
      // The first round warms up.
      if (round > 0) took.set(kind, [...(took.get(kind) ?? []), performance.now() - began]);
    }
  }
  return took;
}

function median(times: readonly number[] = []): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}
