import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keptIn } from './folder.ts';
import { BROUGHT_ALONG, hashAll } from './hashes.ts';
import { PEOPLE } from './people.ts';
import { welcome } from './welcome.ts';

const port = portOf('PORT', 3000);
const payrollPort = portOf('PAYROLL_PORT', port === 65_535 ? 3001 : port + 1);

const ownFolder = process.env['DEMO_DATA'];
const folder = ownFolder ? resolve(ownFolder) : mkdtempSync(join(tmpdir(), 'nachtslot-demo-'));
const publicUrl = new URL(`http://localhost:${port}`);
const payrollUrl = new URL(`http://localhost:${payrollPort}`);

const kept = keptIn(folder);
const hashes = kept.isNew ? hashAll(PEOPLE, kept.keys, BROUGHT_ALONG) : null;
// Loaded while the hashes are being made: each of the two would be half of the start.
const [{ startDemo }, { startPayroll }] = await Promise.all([import('./start.ts'), import('./payroll.ts')]);
const demo = await startDemo({ publicUrl, payrollUrl, kept, hashes, log: quietLog() });
const server = await demo.nachtslot.listen({ host: '127.0.0.1', port }, demo.app).catch(explain('PORT', port));
const payroll = await startPayroll(demo, { issuer: publicUrl, url: payrollUrl }).catch(
  explain('PAYROLL_PORT', payrollPort),
);
console.log(
  welcome(publicUrl, {
    payrollUrl,
    folder: ownFolder ? folder : null,
    colours: process.stdout.isTTY && !process.env['NO_COLOR'],
  }),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await Promise.all([server.close(), payroll.close()]);
  await demo.stop();
  cleanUp();
  process.exit(0);
}

function cleanUp(): void {
  if (!ownFolder) rmSync(folder, { recursive: true, force: true });
}

function portOf(name: string, otherwise: number): number {
  const port = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  return leave(`${name} must be a number from 1 to 65535, not "${process.env[name]}".`);
}

/** A port that somebody else has is no fault of ours. */
function explain(name: string, port: number) {
  return (fault: unknown): never => {
    const isTaken = fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE';
    cleanUp();
    if (isTaken) leave(`Port ${port} is taken. Choose another: ${name}=${port + 2} npm run demo`);
    throw fault;
  };
}

function leave(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** Only what somebody has to look at; nobody reads a line for each mail of a demonstration. */
function quietLog() {
  return { info: () => {}, warn: console.warn, error: console.error };
}
