// P-44: mail server and text-message provider are slow, silent or broken; the database goes away; the server is told to stop.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { onBothDatabases, onPostgres, onSqlite, type TestDatabase } from '#test/support/databases.ts';
import type { Answered } from '#test/support/jar.ts';
import { codeAt, type Person, type Rig } from '#test/support/rig.ts';
import { SESSION } from '#test/support/roads.ts';
import { CREDENTIALS, type SmsMode, smsDouble } from '#test/support/sms-double.ts';
import { type SmtpMode, smtpSink } from '#test/support/smtp-sink.ts';
import { lineTo } from './support/cut-line.ts';
import { signInForm } from './support/requests.ts';
import { type House, inHouse, type Shipped, until } from './support/shipped.ts';

/** No request waits for a provider. The hash of a password is the longest thing in it. */
const SOON_MS = 2_000;

onSqlite('providers that are down', (database) =>
  inHouse(database, async (house) => {
    const smtp = await smtpSink();
    const sms = await smsDouble();
    const server = await house.serve({
      NACHTSLOT_SMTP_URL: smtp.url,
      NACHTSLOT_MAIL_FROM: 'login@harbour.example',
      NACHTSLOT_SMS: `${sms.endpoint}/hook?tenant=1#secret=${CREDENTIALS.webhook.secret}`,
    });
    try {
      const modes: [SmtpMode, SmsMode][] = [
        ['slam', { status: 500 }],
        ['later', { status: 503 }],
        ['drop', 'drop'],
        ['mute', 'hang'],
      ];
      for (const [mail, text] of modes) {
        [smtp.mode, sms.mode] = [mail, text];
        await othersWork(house, server, `${mail}, ${JSON.stringify(text)}`);
      }
      const times = Object.values(Object.groupBy(sms.received, ({ reference }) => reference));
      assert.ok(times.length > 0 && times.every((one) => one?.length === 1), 'a code that may have arrived goes once');
      await stopsSoon(server);
    } finally {
      await Promise.all([smtp.close(), sms.close()]);
    }
  }),
);

/** Whoever asks for a text message that does not come goes on with something else, and with nothing less. */
async function othersWork({ rig }: House, server: Shipped, said: string): Promise<void> {
  const ann = await personIn(rig, `+447700900${String(Math.floor(Math.random() * 1_000)).padStart(3, '0')}`);
  const jar = server.browser();
  await quickly(said, jar.post('/sign-in', { address: ann.email, password: ann.password }));
  const asked = await quickly(said, jar.post('/sign-in/verify/text'));
  assert.deepEqual([asked.status, asked.location], [303, '/sign-in/verify?with=sms'], said);
  const page = await jar.get('/sign-in/verify?with=sms');
  assert.match(page.text, /\/sign-in\/verify\?with=other/, `${said}: another way is offered`);
  assert.ok(!jar.cookies.has(SESSION));
  await quickly(said, server.browser().post('/forgot', { address: ann.email }));
  const answer = await quickly(said, jar.post('/sign-in/verify', { method: 'totp', code: codeNow(ann) }));
  assert.deepEqual([answer.status, jar.cookies.has(SESSION)], [303, true], said);
}

/** Also while a provider holds on to what it was given. */
async function stopsSoon(server: Shipped): Promise<void> {
  const began = performance.now();
  server.signal('SIGTERM');
  assert.equal(await server.ended, 0);
  assert.ok(performance.now() - began < 11_000, `${Math.round(performance.now() - began)} ms`);
}

onBothDatabases('a stop with requests under way', (database) =>
  inHouse(database, async (house) => {
    const ann = await personIn(house.rig);
    const server = await house.serve(database.dialect === 'postgres' ? { NACHTSLOT_WORKERS: '2' } : {});
    const held = Array.from({ length: 4 }, () => slowSignIn(server, ann));
    await Promise.all(held.map(({ begun }) => begun));
    const began = performance.now();
    server.signal('SIGTERM');
    await until(() => server.log().includes('"stopping"'));
    for (const one of held) one.finish();
    assert.deepEqual(await Promise.all(held.map(({ status }) => status)), [303, 303, 303, 303]);
    assert.equal(await server.ended, 0);
    assert.ok(performance.now() - began < 5_000, 'and it ends when they have ended, not when time is up');
  }),
);

/** Its last bytes come when they are asked for. */
function slowSignIn({ port }: Shipped, person: Person) {
  const { body, ...form } = signInForm(person);
  const sent = request({ port, host: '127.0.0.1', agent: false, ...form });
  const status = new Promise<number>((resolve, reject) => {
    sent.on('error', reject).on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
  });
  const begun = new Promise<void>((resolve) => sent.write(body.slice(0, -5), () => setTimeout(resolve, 50)));
  return { status, begun, finish: () => void sent.end(body.slice(-5)) };
}

onPostgres('a database that goes away', (database) =>
  inHouse(database, async (house) => {
    const line = await lineTo(database.url);
    const server = await house.serve({ NACHTSLOT_DATABASE_URL: line.url, NACHTSLOT_WORKERS: '1' });
    try {
      // Others commit too, whoever keeps the time and whoever looks for messages: not every loss is this person's.
      let lost = 0;
      for (let turn = 0; lost < 2 && turn < 30; turn += 1)
        if (await losesAnswer(house, server, line.loseAnswerTo, (turn % 4) + 1)) lost += 1;
      assert.equal(lost, 2, 'commits were lost');
      await underLoad(database, house, server);
    } finally {
      await line.close();
    }
  }),
);

/** Answers whether it was. Whatever the browser was told, trying again is safe. */
async function losesAnswer(
  { rig }: House,
  server: Shipped,
  loseAnswerTo: (commit: number) => void,
  commit: number,
): Promise<boolean> {
  const ann = await personIn(rig);
  const jar = server.browser();
  await jar.post('/sign-in', { address: ann.email, password: ann.password });
  const code = codeNow(ann);
  loseAnswerTo(commit);
  const answer = await jar.post('/sign-in/verify', { method: 'totp', code });
  loseAnswerTo(0);
  if (answer.status === 303) return false;
  assert.deepEqual([answer.status, jar.cookies.has(SESSION)], [503, false], `commit ${commit}`);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);

  const again = await jar.post('/sign-in/verify', { method: 'totp', code });
  assert.ok(again.status < 500, `commit ${commit}: ${again.status}`);
  const lines = await rig.store.read.audit.of(ann.id, 100);
  const proved = lines.filter(({ event, detail }) => event === 'sign-in.proved' && detail['type'] === 'totp');
  assert.equal(proved.length, 1, `commit ${commit}: the code counted once`);
  assert.equal((await rig.store.read.sessions.of(ann.id)).length, 1, `commit ${commit}: one session`);
  assert.ok((await rig.store.read.budgets.history(`guess:${ann.id}`)).length <= 2, 'and was paid for twice at most');
  return true;
}

/** Every line to the database breaks in the middle of two dozen sign-ins. Nobody restarts anything. */
async function underLoad(database: TestDatabase, { rig }: House, server: Shipped): Promise<void> {
  const people = await Promise.all(Array.from({ length: 24 }, () => personIn(rig)));
  const browsers = people.map((person) => ({ ...person, jar: server.browser() }));
  const tries = browsers.map(({ jar, email, password }) => jar.post('/sign-in', { address: email, password }));
  await new Promise((resolve) => setTimeout(resolve, 150));
  await database.meddle(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const answers = await Promise.all(tries);
  const statuses = answers.map(({ status }) => status);
  assert.ok(
    statuses.every((status) => status === 303 || status === 503),
    statuses.join(' '),
  );
  assert.ok(
    browsers.every(({ jar }) => !jar.cookies.has(SESSION)),
    'nobody is let in for lack of a second step to ask for',
  );
  for (const ann of people.slice(0, 4)) {
    const jar = server.browser();
    await jar.post('/sign-in', { address: ann.email, password: ann.password });
    const answer = await jar.post('/sign-in/verify', { method: 'totp', code: codeNow(ann) });
    assert.deepEqual([answer.status, jar.cookies.has(SESSION)], [303, true], 'afterwards');
  }
}

async function quickly(said: string, answer: Promise<Answered>): Promise<Answered> {
  const began = performance.now();
  const answered = await answer;
  const took = Math.round(performance.now() - began);
  assert.ok(took < SOON_MS, `${said}: ${answered.path} took ${took} ms`);
  return answered;
}

async function personIn(rig: Rig, phone?: string): Promise<Person> {
  return rig.person({ organisations: [await rig.organisation()], enrolled: true, ...(phone && { phone }) });
}

function codeNow({ totp }: Person): string {
  return codeAt(totp ?? new Uint8Array(), Temporal.Now.instant());
}
