// P-40: what is secret stands in the one answer where it is due, and nowhere else: no log, no address, no error, no later page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { onBothDatabases, type TestDatabase } from '#test/support/databases.ts';
import { Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { base32, SESSION, shownCode } from '#test/support/roads.ts';
import { CREDENTIALS, smsDouble } from '#test/support/sms-double.ts';
import { smtpSink } from '#test/support/smtp-sink.ts';
import { testKeys } from '#test/support/store.ts';
import { type Recorded, recorded } from './support/recorder.ts';
import { makeScanner } from './support/scanner.ts';
import { type House, inHouse, type Shipped, until } from './support/shipped.ts';
import { wireTo } from './support/wire.ts';

/** A secret, and the answers in which it may stand. */
type Known = { name: string; secret: string | Uint8Array; dueIn: (answer: Recorded) => boolean };
type Script = {
  answers: readonly Recorded[];
  house: House;
  server: Shipped;
  browser: () => Jar;
  known: Known[];
  ann: Person;
  ben: Person;
};

const NOWHERE = () => false;
const PHONE = '+447700900123';

onBothDatabases('secrets, followed through a day', (database) =>
  inHouse(database, async (house) => {
    const smtp = await smtpSink('ok', { user: 'login', password: 'the mail server knows it' });
    const sms = await smsDouble();
    const server = await house.serve({
      NACHTSLOT_SMTP_URL: smtp.url.replace('//', '//login:the%20mail%20server%20knows%20it@'),
      NACHTSLOT_MAIL_FROM: 'login@harbour.example',
      NACHTSLOT_SMS: `${sms.endpoint}/hook?tenant=1#secret=${CREDENTIALS.webhook.secret}`,
      NACHTSLOT_LOG_LEVEL: 'debug',
      NACHTSLOT_WORKERS: '1',
    });
    try {
      const { app, answers } = recorded(wireTo([server.port]));
      const script = await cast(house, server, answers, () => new Jar(app, new URL('https://id.example.test')));
      await honestDay(script, smtp, sms);
      // The provider says back what it was sent, and nothing can be stored.
      sms.mode = { status: 500 };
      smtp.mode = 'data-never';
      await everythingWrong(script, database);
      await until(() => /message not sent/.test(server.log()));
      check(script);
      for (const { mail } of smtp.delivered)
        assert.doesNotMatch(mail.subject ?? '', /[0-9]{6}|https?:|[A-Za-z0-9_-]{40}/);
      const audit = await house.rig.store.read.audit.page(0, 10_000);
      assert.deepEqual(scannerOf(script.known).find(Buffer.from(JSON.stringify(audit))), [], 'the audit');
    } finally {
      await Promise.all([smtp.close(), sms.close()]);
    }
  }),
);

async function cast(house: House, server: Shipped, answers: readonly Recorded[], browser: () => Jar): Promise<Script> {
  const organisations = [await house.rig.organisation()];
  await house.rig.campaign({ organisation: organisations[0]?.id ?? '' });
  const ann = await house.rig.person({ organisations, enrolled: true, phone: PHONE });
  const ben = await house.rig.person({ organisations, password: 'velvet ladder eleven moons' });
  const known: Known[] = [
    { name: 'a password', secret: ann.password, dueIn: NOWHERE },
    { name: 'another password', secret: ben.password, dueIn: NOWHERE },
    { name: 'the secret of an app', secret: ann.totp ?? '', dueIn: NOWHERE },
    { name: 'a backup code', secret: ann.backupCode ?? '', dueIn: NOWHERE },
    { name: 'the pepper', secret: testKeys.pepper.reveal(), dueIn: NOWHERE },
    { name: 'the key of cookies', secret: testKeys.cookie.reveal(), dueIn: NOWHERE },
    ...testKeys.sealing.map(({ key }) => ({ name: 'a sealing key', secret: key.reveal(), dueIn: NOWHERE })),
    { name: 'the password of the mail server', secret: 'the mail server knows it', dueIn: NOWHERE },
    { name: 'the secret of the provider', secret: CREDENTIALS.webhook.secret, dueIn: NOWHERE },
  ];
  return { house, server, answers, browser, known, ann, ben };
}

async function honestDay(
  { answers, browser, known, ann, ben }: Script,
  smtp: Awaited<ReturnType<typeof smtpSink>>,
  sms: Awaited<ReturnType<typeof smsDouble>>,
): Promise<void> {
  const jar = browser();
  await jar.post('/sign-in', { address: ann.email, password: ann.password });
  await jar.post('/sign-in/verify/text');
  await until(() => sms.received.length > 0);
  const texted = /\b\d{6}\b/.exec(sms.received[0]?.text ?? '')?.[0] ?? assert.fail('a code');
  await jar.post('/sign-in/verify', { method: 'sms', code: texted });
  await jar.post('/sign-in/phone', { phone: 'here' });
  assert.ok(jar.cookies.has(SESSION), 'control: in');
  await jar.post('/account/confirm');
  known.push({ name: 'a session', secret: jar.cookies.get(SESSION) ?? '', dueIn: NOWHERE });
  for (const page of ['/', '/account', '/help']) await jar.open(page);

  await browser().post('/forgot', { address: ann.email });
  await until(() => smtp.delivered.some(({ raw }) => raw.includes('/reset/')));
  const text = smtp.delivered.map(({ mail }) => mail.text ?? '').join('\n');
  const token = /\/reset\/([A-Za-z0-9_-]{40,})/.exec(text)?.[1] ?? assert.fail('a link');
  // Its own page has it in the address of its form.
  known.push({ name: 'a link', secret: token, dueIn: ({ path }) => path === `/reset/${token}` });
  const reset = browser();
  await reset.get(`/reset/${token}`);
  await reset.post(`/reset/${token}`, { password: 'short', repeated: 'short' });
  const chosen = 'amber kettle nineteen boats';
  known.push({ name: 'the new password', secret: chosen, dueIn: NOWHERE });
  await reset.post(`/reset/${token}`, { password: chosen, repeated: chosen });
  assert.equal((await reset.get(`/reset/${token}`)).status, 410, 'control: spent');
  ann.password = chosen;

  await enrols(browser(), ben, known, answers);
}

/** From the QR code to the last page, and back again by every road. */
async function enrols(jar: Jar, ben: Person, known: Known[], answers: readonly Recorded[]): Promise<void> {
  /** On the page of the wizard, and not after the answers of now. */
  const untilNow = () => {
    const due = new Set(answers);
    return (answer: Recorded) => answer.path === '/enrol' && due.has(answer);
  };
  await jar.post('/sign-in', { address: ben.email, password: ben.password });
  await jar.post('/sign-in/prompt', { answer: 'enable' });
  const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(scan.text)?.[1] ?? '');
  await jar.submit('/enrol/scanned');
  await jar.post('/enrol/code', { code: '000000' });
  known.push({ name: 'the new secret', secret, dueIn: untilNow() });
  await jar.post('/enrol/code', { code: codeAt(secret, Temporal.Now.instant()) });
  await jar.post('/enrol/sms/skip');
  const code = shownCode(await jar.get('/enrol'));
  known.push({ name: 'the new backup code', secret: code, dueIn: untilNow() });
  known.push({ name: 'the same', secret: code.replaceAll('-', '').slice(4), dueIn: untilNow() });
  await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  for (const page of ['/enrol', '/enrol/backup-code', '/enrol/backup-code.txt', '/enrol/done', '/account', '/'])
    await jar.open(page);
  known.push({ name: 'another session', secret: jar.cookies.get(SESSION) ?? '', dueIn: NOWHERE });
}

/** Every way to be wrong that puts something secret where it does not belong. */
async function everythingWrong({ browser, known, ann }: Script, database: TestDatabase): Promise<void> {
  const jar = browser();
  const secret = ann.password;
  await jar.post('/sign-in', { address: ann.email, password: secret });
  const attempt = jar.cookies.get('__Host-attempt') ?? assert.fail('an attempt');
  known.push({ name: 'an attempt', secret: attempt, dueIn: NOWHERE });
  await jar.post('/sign-in/verify/text');
  await browser().post('/forgot', { address: ann.email });
  await jar.get(`/sign-in?password=${encodeURIComponent(secret)}`);
  await jar.post('/sign-in', { address: ann.email, password: secret }, { 'content-type': 'text/plain' });
  await jar.post('/sign-in', { address: 'x'.repeat(70_000), password: secret });
  await jar.post('/sign-in', { address: ann.email, password: secret }, { origin: 'https://evil.test' });
  await jar.post('/oidc/token', { grant_type: 'password', client_secret: secret, code: attempt });
  await jar.get(`/oidc/auth?client_id=nobody&client_secret=${encodeURIComponent(secret)}`);
  await jar.post('/api/v1/applications', {}, { authorization: `Bearer ${attempt}` });
  for (const table of ['attempts', 'sessions', 'accounts', 'links', 'oidc_objects']) {
    await database.meddle(`alter table ${table} rename to ${table}_away`);
    try {
      const other = jar.copy();
      other.cookies.set(SESSION, attempt);
      await other.get('/account');
      await other.get('/sign-in/verify');
      await other.post('/sign-in', { address: ann.email, password: secret });
      await other.get(`/reset/${attempt}`);
      await other.get(`/oidc/me`, { authorization: `Bearer ${attempt}` });
    } finally {
      await database.meddle(`alter table ${table}_away rename to ${table}`);
    }
  }
}

function check({ server, answers, known, ann, ben }: Script): void {
  const faults = answers.filter(({ status }) => status >= 500);
  assert.ok(answers.length > 60 && faults.length > 3, `control: ${answers.length} answers, ${faults.length} faults`);
  for (const { text, headers } of faults) {
    assert.doesNotMatch(text, /node_modules|\.ts:\d+|\bselect\b .* from|SQLITE|no such table|does not exist/i);
    for (const name of ['server', 'x-powered-by']) assert.equal(headers.get(name), null);
  }
  const everything = scannerOf(known);
  for (const answer of answers) {
    const said = [...answer.headers].map(([header, value]) => `${header}: ${value}`).join('\n');
    const found = everything.find(Buffer.from(`${said}\n${answer.text}`)).filter((name) => !isDue(known, name, answer));
    assert.deepEqual(found, [], `${answer.method} ${answer.path} ${answer.status}`);
  }
  // The one who signs in is told the last digits of a number, and nobody is told all of it.
  for (const { text, path } of answers) assert.doesNotMatch(text, /7700\s?900\s?123/, path);

  const scanner = scannerOf(known);
  scanner.know('a number', PHONE);
  for (const { email } of [ann, ben]) scanner.know('an address', email);
  const log = Buffer.from(server.log());
  assert.ok(log.includes('a request failed') && log.includes('message sent'), 'control: it logs');
  assert.deepEqual(scanner.find(log), [], 'the log');
  const config = ['the password of the mail server', 'the secret of the provider'];
  assert.deepEqual(scanner.find(readFileSync(`/proc/${server.pid}/cmdline`)), [], 'the command line');
  // What the operator put into the environment is there; nothing that the program reads from its key file.
  const inside = scannerOf(known.filter(({ name }) => !config.includes(name)));
  assert.deepEqual(inside.find(readFileSync(`/proc/${server.pid}/environ`)), [], 'the environment');
}

/** `found`: what the scanner calls it. A page may say its own address, whatever its visitor wrote into that. */
function isDue(known: readonly Known[], found: string, answer: Recorded): boolean {
  const one = known.find(({ name }) => found.startsWith(`${name} as `));
  if (!one) return false;
  const isOwnAddress = typeof one.secret === 'string' && answer.path.includes(encodeURIComponent(one.secret));
  return isOwnAddress || one.dueIn(answer);
}

function scannerOf(known: readonly Known[]) {
  const scanner = makeScanner();
  for (const { name, secret } of known) scanner.know(name, secret);
  return scanner;
}
