import { connect, createServer, type Socket } from 'node:net';

/** Between a program and PostgreSQL: passes everything on, and loses the answer to a commit when it is told to. */
export type Line = {
  /** The address of the database, by way of here. */
  url: string;
  /** Loses the answer to the n-th commit from now on, with the line it came on. The database has committed. */
  loseAnswerTo(commit: number): void;
  close(): Promise<void>;
};

/** What the driver sends for it: a simple query (PostgreSQL, Frontend/Backend Protocol). */
const COMMIT = Buffer.from('commit\0');

export async function lineTo(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let commits = 0;
  let lost = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let isLosing = false;
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.on('data', (bytes: Buffer) => {
      if (bytes.includes(COMMIT)) isLosing = ++commits === lost;
      far.write(bytes);
    });
    far.on('data', (bytes) => (isLosing ? near.destroy() : near.write(bytes)));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' ? address?.port : 0);
  return {
    url: url.href,
    loseAnswerTo: (commit) => {
      commits = 0;
      lost = commit;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
