import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export type DemoPerson = {
  name: string;
  email: string;
  password: string;
  story: string;
  enrolled: boolean;
  language: 'en' | 'nl';
  totpSecret?: string;
  backupCode?: string;
  cardCode?: { number: number; code: string };
};
export type DemoMessage = { channel: 'mail' | 'sms'; to: string; subject: string; text: string; links: string[] };

/** The demonstration as a newcomer starts it, in a process of its own. */
export type Demo = {
  origin: string;
  /** Where the payroll portal is. */
  payroll: string;
  people: DemoPerson[];
  person(email: string): DemoPerson;
  messages(to: string): Promise<DemoMessage[]>;
  /** ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  setClock(at: Temporal.Instant): Promise<void>;
  now(): Promise<Temporal.Instant>;
  stop(): Promise<void>;
};

export async function startDemo(): Promise<Demo> {
  const [port, payrollPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs', 'demo/main.ts'],
    {
      env: { ...process.env, PORT: String(port), PAYROLL_PORT: String(payrollPort) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const origin = `http://localhost:${port}`;
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('ready')) break;
  }
  const json = async <T>(path: string): Promise<T> => (await fetch(origin + path)).json() as Promise<T>;
  const people = await json<DemoPerson[]>('/demo/people.json');
  const clock = async (body: object) => {
    const answer = await fetch(`${origin}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  return {
    origin,
    payroll: `http://localhost:${payrollPort}`,
    people,
    person: (email) => {
      const found = people.find((one) => one.email === email);
      if (!found) throw new Error(`nobody in the demonstration is called ${email}`);
      return found;
    },
    messages: (to) => json(`/demo/messages.json?to=${encodeURIComponent(to)}`),
    advance: (duration) => clock({ advance: duration }),
    setClock: (at) => clock({ at: at.toString() }),
    now: async () => Temporal.Instant.from((await json<{ now: string }>('/demo/clock')).now),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
