// P-39: somebody has a copy of the database, its log and its dump, and not the key file. It opens nothing.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { verify } from '@node-rs/argon2';
import { makeKeys, writeKeys } from '#store/keys.ts';
import type { Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { base32, SESSION, shownCode, signIn } from '#test/support/roads.ts';
import { filesOf, type Value, valuesOf } from './support/loot.ts';
import { bound, pending, signsIn } from './support/people.ts';
import { makeScanner, type Scanner } from './support/scanner.ts';
import { startServerProcess } from './support/servers.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const PEOPLE = 20;
const ATTEMPT = '__Host-attempt';
const DEVICE = '__Host-device';

/** One person with everything that can be alive at a time, and what of it is secret. */
type Victim = {
  ann: Person;
  phone: string;
  session: string;
  attempt: string;
  device: string;
  sms: string;
  links: string[];
};
let victims: Victim[] = [];
let scanner: Scanner = makeScanner();
/** Whose mail waits in the outbox and was not read yet. */
let waiting = '';

onBothStages(
  'a stolen database',
  {
    'twenty people with everything alive': populate,
    'no secret stands in it, in any form, whatever file of it one reads': scan,
    'nothing that stands in it is a cookie or a link': useIt,
    'passwords and codes cannot even be tried without the key file': reproduce,
    'what is stored has the promised forms': forms,
    'what was removed is gone from the file': removed,
    'another key file, an open one or none: the server does not start, and makes none': otherKeys,
  },
  { hashing: 'product' },
);

async function populate(stage: Stage): Promise<void> {
  victims = [];
  scanner = makeScanner();
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id });
  for (let i = 0; i < PEOPLE; i++) {
    const phone = `+4477009002${String(i).padStart(2, '0')}`;
    const password = `harbour lamp ${createHash('sha256').update(String(i)).digest('hex').slice(0, 12)}`;
    const ann = await stage.rig.person({ organisations: [house], enrolled: true, phone, password });
    victims.push(await alive(stage, ann, phone));
  }
  await atTheWizard(stage, await stage.rig.person({ organisations: [house], password: 'velvet ladder eleven moons' }));
}

async function alive(stage: Stage, ann: Person, phone: string): Promise<Victim> {
  stage.advance({ seconds: 30 });
  const jar = await pending(stage.browser(), ann);
  const answer = await jar.post('/sign-in/verify', { method: 'totp', code: ann.code(), remember: 'yes' });
  assert.equal(answer.location, '/');
  const second = await pending(stage.browser(), ann);
  await second.post('/sign-in/verify/text');
  await stage.browser().post('/forgot', { address: ann.email });
  // A wrong code: its notice holds a link, "this wasn't me".
  await second.post('/sign-in/verify', { method: 'backup-code', code: 'AAAA-AAAA-AAAA-AAAA-AAAA' });

  const [text] = await stage.rig.messages(phone);
  const mails = await stage.rig.messages(ann.email);
  const links = mails.flatMap((mail) => mail.links.map((link) => /\/(?:reset|not-me)\/([\w-]+)/.exec(link)?.[1] ?? ''));
  const victim = {
    ann,
    phone,
    session: jar.cookies.get(SESSION) ?? '',
    device: jar.cookies.get(DEVICE) ?? '',
    attempt: second.cookies.get(ATTEMPT) ?? '',
    sms: /\b\d{6}\b/.exec(text?.text ?? '')?.[0] ?? '',
    links: links.filter(Boolean),
  };
  assert.ok(victim.links.length >= 2 && victim.sms, 'control: links and a code are on their way');
  const { session, device, attempt } = victim;
  for (const [name, secret] of Object.entries({ password: ann.password, phone, session, device, attempt }))
    scanner.know(name, secret);
  for (const link of victim.links) scanner.know('link', link);
  scanner.know('app secret', ann.totp ?? '');
  scanner.know('backup code', ann.backupCode ?? '');
  scanner.know('backup code', (ann.backupCode ?? '').replaceAll('-', ''));
  scanner.know('text message', `"${victim.sms}"`);
  return victim;
}

/** In the middle of the wizard: a secret on the screen, and a backup code that is not confirmed yet. */
async function atTheWizard(stage: Stage, cas: Person): Promise<void> {
  waiting = cas.email;
  const jar = stage.browser();
  await signIn(jar, cas);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const page = await jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(page.text)?.[1] ?? '');
  scanner.know('pending app secret', secret);
  await jar.submit('/enrol/scanned');
  await jar.submit('/enrol/code', { code: codeAt(secret, stage.rig.wall()) });
  const code = shownCode(await jar.submit('/enrol/sms/skip'));
  scanner.know('pending backup code', code);
  scanner.know('pending backup code', code.replaceAll('-', ''));
}

async function scan(stage: Stage): Promise<void> {
  const files = await filesOf(stage, stage.orders.keyFile);
  assert.ok(files.length >= 2 && scanner.known() > PEOPLE * 10);
  // What waited in the outbox when the copy was taken is learnt only now.
  const links = (await stage.rig.messages(waiting)).flatMap((mail) => mail.links.map((link) => link.split('/').at(-1)));
  assert.ok(links.length > 0);
  for (const link of links) scanner.know('waiting link', link ?? '');
  for (const { name, bytes } of files) assert.deepEqual(scanner.find(bytes), [], name);
  // Control: what is no secret is found.
  const plain = makeScanner();
  plain.know('address', victims[0]?.ann.email ?? '');
  assert.ok(files.some(({ bytes }) => plain.find(bytes).length > 0));
}

async function useIt(stage: Stage): Promise<void> {
  const few = new Set(victims.slice(0, 3).map(({ ann }) => ann.id));
  const rows = await thiefsRows(stage, few);
  const tokens = new Set(
    rows.flatMap(({ bytes }) => [bytes.toString(), bytes.toString('base64url'), bytes.toString('hex')]),
  );
  const usable = [...tokens].filter((token) => /^[\w-]{16,100}$/.test(token));
  assert.ok(usable.length > 50, `${usable.length}`);
  for (const token of usable) {
    const jar = stage.browser();
    for (const name of [SESSION, ATTEMPT, DEVICE]) jar.cookies.set(name, token);
    assert.match((await jar.copy().get('/account')).location ?? '', /^\/sign-in/, token);
    assert.match((await jar.copy().get('/sign-in/verify')).location ?? '', /^\/sign-in\?/, token);
    for (const kind of ['reset', 'not-me'])
      assert.equal((await jar.copy().get(`/${kind}/${token}`)).status, 410, token);
  }
  // Control: the real ones do.
  const [first] = victims;
  assert.ok(first);
  assert.equal((await withCookie(stage, SESSION, first.session).get('/account')).status, 200);
  assert.equal((await withCookie(stage, ATTEMPT, first.attempt).get('/sign-in/verify')).status, 200);
  const remembered = await withCookie(stage, DEVICE, first.device).post('/sign-in', {
    address: first.ann.email,
    password: first.ann.password,
  });
  assert.equal(remembered.location, '/');
}

/** Values of the rows that tokens live in. */
async function thiefsRows(stage: Stage, accounts: Set<string>): Promise<Value[]> {
  const values: Value[] = [];
  for (const table of ['sessions', 'attempts', 'remembered_devices', 'links', 'challenges', 'authenticators'])
    for (const row of await stage.meddle(`select * from ${table}`))
      if (accounts.has(String(row['account'])))
        for (const column of ['id', 'token_hash', 'code_hash', 'sealed_secret', 'sealed_destination'])
          if (row[column] !== undefined) values.push({ table, column, bytes: Buffer.from(row[column] as string) });
  return values;
}

async function reproduce(stage: Stage): Promise<void> {
  const values = await valuesOf(stage);
  const stored = new Set(values.flatMap(({ bytes }) => [bytes.toString('hex'), bytes.toString()]));
  const keys = [...new Map(values.map(({ bytes }) => [bytes.toString('hex'), bytes])).values()];
  const [first] = victims;
  assert.ok(first);
  const { ann, sms, phone } = first;
  const challenges = await stage.meddle(`select * from challenges where account = '${ann.id}'`);
  const full = challenges.map(({ id, account, holder, purpose }) =>
    JSON.stringify([id, account, holder, purpose, phone, sms]),
  );
  const known = [ann.password, ann.backupCode ?? '', (ann.backupCode ?? '').replaceAll('-', '').slice(4), sms, ...full];
  for (const secret of known) assert.deepEqual(triedWith(secret, keys, stored), []);
  // Control: a link is kept as a plain hash, for its 256 bits cannot be guessed; the machine finds it.
  assert.ok(triedWith(first.links[0] ?? '', [], stored).length > 0);

  for (const type of ['password', 'backup-code']) {
    const [one] = await bound(stage, ann.id, type);
    const opened = Buffer.from(one?.secret.reveal() ?? []).toString();
    assert.ok(!values.some(({ bytes }) => bytes.includes('$argon2')), 'salt and cost are sealed');
    // Even who could open the seal could not try: the hash is over what only the pepper makes of a password.
    const phc = opened.slice(opened.indexOf('$'));
    for (const secret of known) assert.equal(await verify(phc, secret), false);
  }
}

/** The ways in which a thief would make a stored value of a known secret and every string there is. */
function triedWith(secret: string, keys: readonly Buffer[], stored: ReadonlySet<string>): string[] {
  const hit = (how: string, digest: Buffer) =>
    ['hex', 'base64', 'base64url'].some((form) => stored.has(digest.toString(form as 'hex'))) ? [how] : [];
  const plain = ['sha1', 'sha256', 'sha512'].flatMap((name) => hit(name, createHash(name).update(secret).digest()));
  const keyed = keys.flatMap((key) => [
    ...hit('hmac', createHmac('sha256', key).update(secret).digest()),
    ...hit('reverse hmac', createHmac('sha256', secret).update(key).digest()),
    ...hit('salted', createHash('sha256').update(key).update(secret).digest()),
    ...hit('salted behind', createHash('sha256').update(secret).update(key).digest()),
  ]);
  return [...plain, ...keyed];
}

async function forms(stage: Stage): Promise<void> {
  const values = await valuesOf(stage);
  const sealed = values.filter(({ column, bytes }) => column.startsWith('sealed_') && bytes.length > 0);
  assert.ok(sealed.length > PEOPLE * 4, `${sealed.length} sealed values`);
  for (const { bytes, table } of sealed) {
    assert.deepEqual([bytes[0], bytes.readUInt32BE(1)], [1, 1], `${table}: form and version of the key`);
    assert.ok(bytes.length > 5 + 12 + 16);
  }
  const nonces = new Set(sealed.map(({ bytes }) => bytes.subarray(5, 17).toString('hex')));
  assert.equal(nonces.size, sealed.length, 'no nonce twice');
  const hashes = values.filter(({ column }) => column === 'token_hash' || column === 'code_hash');
  for (const { bytes, table } of hashes) assert.equal(bytes.length, 32, table);
  for (const { ann } of victims) {
    const [password] = await bound(stage, ann.id, 'password');
    const made = /^[0-9a-f]{8}:\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(
      Buffer.from(password?.secret.reveal() ?? []).toString(),
    );
    const [memory = 0, passes = 0, lanes = 0] = (made ?? []).slice(1).map(Number);
    assert.ok(memory >= 65_536 && passes >= 3 && lanes >= 1, 'raised at sign-in to what is promised');
  }
}

async function removed(stage: Stage): Promise<void> {
  const house = await stage.rig.organisation();
  const ann = await stage.rig.person({ organisations: [house], enrolled: true });
  const jar = await signsIn(stage, ann);
  const [app] = await bound(stage, ann.id, 'totp');
  const secrets = () =>
    stage.meddle(`select sealed_secret from authenticators where account = '${ann.id}' and type <> 'password'`);
  const sealed = (await secrets()).map((row) => Buffer.from(row['sealed_secret'] as Uint8Array));
  assert.ok(sealed.length === 2 && sealed.every(({ length }) => length > 33));
  const answer = await jar.post('/account/authenticators/remove', { id: app?.id ?? '' });
  assert.equal(answer.location, '/account?done=removed');
  for (const row of await secrets()) assert.equal((row['sealed_secret'] as Uint8Array).length, 0, 'emptied');

  const traces = makeScanner();
  traces.know('app secret', ann.totp ?? '');
  traces.know('backup code', ann.backupCode ?? '');
  for (const { name, bytes } of await filesOf(stage, stage.orders.keyFile))
    assert.deepEqual(traces.find(bytes), [], name);
  if (stage.dialect === 'postgres') return; // keeps dead rows until it tidies up; they are sealed
  // Nor in its sealed form, once the log is written back: free pages are overwritten.
  const path = stage.url.replace('sqlite:', '');
  const db = new DatabaseSync(path);
  db.exec('pragma wal_checkpoint(truncate)');
  db.close();
  for (const { name, bytes } of await filesOf(stage, stage.orders.keyFile))
    for (const one of sealed) assert.equal(bytes.indexOf(one), -1, name);
}

async function otherKeys(stage: Stage): Promise<void> {
  const other = `${stage.orders.keyFile}.other`;
  writeKeys(other, makeKeys());
  await refuses(stage, other, /does not belong to this database/);
  const open = `${stage.orders.keyFile}.open`;
  writeKeys(open, stage.rig.keys);
  chmodSync(open, 0o644);
  await refuses(stage, open, /can be read by others/);
  const damaged = `${stage.orders.keyFile}.damaged`;
  writeFileSync(damaged, '{"format":"nachtslot-keys-1"}', { mode: 0o600 });
  await refuses(stage, damaged, /not a key file/);
  const missing = `${stage.orders.keyFile}.missing`;
  await refuses(stage, missing, /There is no key file/);
  assert.ok(!existsSync(missing), 'no new key is made in silence');
  await stage.restart(0);
  const [first] = victims;
  assert.ok(first);
  await signsIn(stage, first.ann);
}

async function refuses(stage: Stage, keyFile: string, why: RegExp): Promise<void> {
  const server = startServerProcess({ ...stage.orders, keyFile });
  await assert.rejects(server.port, why);
  assert.notEqual(await server.ended, 0);
}

function withCookie(stage: Stage, name: string, value: string): Jar {
  const jar = stage.browser();
  jar.cookies.set(name, value);
  return jar;
}
