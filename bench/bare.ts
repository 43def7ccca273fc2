import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';

/** Rows in its table: more than one page of the file, so that finding one is a walk down an index. */
const ROWS = 10_000;

export type Bare = { port: number; key: string; close(): Promise<void> };

/**
 * The yardstick of everything that answers requests: `node:http` and nothing else, one prepared statement, one row found
 * by its key, a few of its columns in the answer. It checks nothing and knows nobody.
 */
export async function bareServer(path: string): Promise<Bare> {
  const db = new DatabaseSync(path);
  db.exec('pragma journal_mode = wal; create table sessions (key text primary key, account text, name text)');
  const insert = db.prepare('insert into sessions values (?, ?, ?)');
  const keys = Array.from({ length: ROWS }, () => crypto.randomUUID());
  db.exec('begin');
  for (const [index, key] of keys.entries()) insert.run(key, `account-${index}`, 'Grace');
  db.exec('commit');
  const reading = new DatabaseSync(path, { readOnly: true });
  const find = reading.prepare('select account, name from sessions where key = ?');
  const server = createServer((request, response) => {
    const row = find.get(request.headers.cookie ?? '');
    const headers = {
      'remote-user': String(row?.['account']),
      'remote-name': String(row?.['name']),
      'content-length': 0,
    };
    response.writeHead(row ? 200 : 401, headers).end();
  });
  const port = await listening(server);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    reading.close();
    db.close();
  };
  return { port, key: keys[ROWS / 2] ?? '', close };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
