// A program of its own, for tests that need several at once or one that dies: URL, key file, what to do, more words.
import { once } from 'node:events';
import { readKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import { NOON } from '#test/support/store.ts';
import { session } from './people.ts';

const [url = '', keyFile = '', job = '', ...words] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const store = await openStore({ url, keys: readKeys(keyFile), now: () => NOON });
say('ready');

switch (job) {
  case 'open':
    break;
  // Many at once on the word: how many win?
  case 'claim': {
    await once(process.stdin, 'data');
    const tries = Array.from({ length: Number(words[0]) }, () =>
      store.transaction((tx) => tx.claims.take({ kind: 'counter', authenticator: 'app-1', value: 57_000_000 }, NOON)),
    );
    say(String((await Promise.all(tries)).filter(Boolean).length));
    break;
  }
  // Charges a budget of five as often as it may.
  case 'charge': {
    await once(process.stdin, 'data');
    const tries = Array.from({ length: Number(words[0]) }, () =>
      store.transaction(async (tx) => {
        const history = await tx.budgets.lock('guess:grace');
        if (history.length >= 5) return false;
        await tx.budgets.save('guess:grace', [...history, NOON]);
        return true;
      }),
    );
    say(String((await Promise.all(tries)).filter(Boolean).length));
    break;
  }
  // Writes until it is killed, and tells what was acknowledged.
  case 'write':
    for (let turn = 0; ; turn++) {
      const some = Array.from({ length: 4 }, (_, lane) => `${words[0]}-${turn}-${lane}`);
      await Promise.all(
        some.map(async (id) => {
          await store.transaction(async (tx) => {
            await tx.sessions.create(session({ id }));
            await tx.audit.append({
              at: NOON,
              event: 'sign-in.complete',
              actor: 'grace',
              account: 'grace',
              address: '192.0.2.7',
              userAgent: 'Firefox',
              request: id,
              detail: {},
            });
          });
          say(id);
        }),
      );
    }
  default:
    throw new Error(`No such job: ${job}`);
}
await store.close();
process.stdin.destroy();
