// P-38: the audit says everything that happened, once and in a form that nobody obeys; and what was changed in it shows.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiRoutes } from '#api/routes.ts';
import { run as commandLine } from '#cli/run.ts';
import { hashOf, toRow } from '#store/audit-chain.ts';
import { asExported } from '#store/audit-export.ts';
import { verifyAudit } from '#store/audit-verify.ts';
import type { AuditLine } from '#store/rows.ts';
import { routes } from '#web/routes.ts';
import type { Answered } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { base32, SESSION, shownCode } from '#test/support/roads.ts';
import { bound, signsIn, wrongCode } from './support/people.ts';
import { makeScanner, type Scanner } from './support/scanner.ts';
import { onBothStages, type Stage } from './support/stage.ts';

onBothStages('the audit', {
  'has the lines of everything somebody does and is refused, those and no others, and no secret': complete,
  'has a line for each of two hundred, fifty at once, in one chain': crowd,
  'carries what strangers send as text, and as nothing else': inert,
  'changes nothing that it cannot write down': unwritable,
  'has no door for changes': async () => {
    const doors = [...routes, ...apiRoutes].filter(({ path }) => /audit|activity/.test(path));
    assert.deepEqual(
      doors.filter(({ method }) => method.toUpperCase() !== 'GET'),
      [],
    );
  },
  'is checked on another machine, from an export and an anchor': elsewhere,
});

type Does = (what: string, work: () => Promise<Answered>, ...events: string[]) => Promise<Answered>;

async function complete(stage: Stage): Promise<void> {
  const house = await stage.rig.organisation();
  await stage.rig.campaign({ organisation: house.id });
  const ann = await stage.rig.person({ organisations: [house], enrolled: true, phone: '+447700900123' });
  const ben = await stage.rig.person({ organisations: [house] });
  const scanner = makeScanner();
  for (const { password, totp, backupCode } of [ann, ben]) {
    scanner.know('password', password);
    if (totp) scanner.know('app secret', totp);
    if (backupCode) scanner.know('backup code', backupCode);
  }
  const first = await stage.rig.store.read.audit.head();
  await atTheDoor(stage, ann, following(stage, null), following(stage, ann));
  await inside(stage, ann, following(stage, ann), scanner);
  await inTheWizard(stage, ben, following(stage, ben), scanner);

  const lines = await stage.rig.store.read.audit.page(first.sequence, 1_000);
  assert.deepEqual(scanner.find(Buffer.from(lines.map(asExported).join('\n'))), [], 'no secret');
  const found = await verifyAudit(stage.rig.store.read.audit);
  assert.ok(found.ok, JSON.stringify(found));
}

/** What somebody does leaves these lines: who, for whom, when, from where, with what, in which request. */
function following(stage: Stage, who: Person | null): Does {
  return async (what, work, ...events) => {
    const { sequence } = await stage.rig.store.read.audit.head();
    const answer = await work();
    const lines = await stage.rig.store.read.audit.page(sequence, 100);
    const said = lines.map(({ event, detail }) =>
      [event, detail['refusal'] ?? detail['type']].filter(Boolean).join(' '),
    );
    assert.deepEqual(said, events, `${what}: ${answer.status} ${answer.location ?? ''}`);
    for (const line of lines) {
      assert.equal(line.account, who?.id ?? null, what);
      assert.ok(line.actor === null || line.actor === who?.id, what);
      assert.equal(line.at.toString(), stage.rig.now().toString(), what);
      assert.match(line.address, /^127\.0\.0\.\d+$/, what);
      assert.match(line.userAgent, /Chrome/, what);
      assert.match(line.request, /^[0-9a-f-]{36}$/, what);
    }
    assert.equal(new Set(lines.map(({ request }) => request)).size, Math.min(1, lines.length), `${what}: one request`);
    return answer;
  };
}

async function atTheDoor(stage: Stage, ann: Person, nobodyDoes: Does, does: Does): Promise<void> {
  const jar = stage.browser();
  const password = (value: string, address = ann.email) => jar.post('/sign-in', { address, password: value });
  const verify = (method: string, code: string) => jar.post('/sign-in/verify', { method, code });
  await nobodyDoes('an unknown address', () => password(ann.password, 'nobody@harbour.example'), 'password.wrong');
  await does('a wrong password', () => password('a wrong password of hers'), 'password.wrong');
  await does('a right one', () => password(ann.password), 'sign-in.proved password');
  await does('a wrong code', () => verify('totp', wrongCode(ann, 1)), 'sign-in.refused code-wrong');
  const backup = 'AAAA-AAAA-AAAA-AAAA-AAAA';
  await does('a wrong backup code', () => verify('backup-code', backup), 'sign-in.refused backup-code-wrong');
  await does('a text message', () => jar.post('/sign-in/verify/text'), 'sms.sent');
  await does('a wrong code of it', () => verify('sms', '000000'), 'sign-in.refused sms-code-wrong');
  await does('cancel', () => jar.post('/sign-in/cancel'), 'sign-in.cancelled');
  await does('a forgotten password', () => jar.post('/forgot', { address: ann.email }), 'password.forgotten');
  await password(ann.password);
  await does('a lost phone', () => jar.post('/sign-in/recover'), 'recovery.opened');
  const back = ['sign-in.proved totp', 'recovery.cancelled', 'sign-in.complete', 'device.remembered'];
  const again = { method: 'totp', code: ann.code(), remember: 'yes' };
  await does('and there it is', () => jar.post('/sign-in/verify', again), ...back);
}

async function inside(stage: Stage, ann: Person, does: Does, scanner: Scanner): Promise<void> {
  const jar = await signsIn(stage, ann);
  scanner.know('session', jar.cookies.get(SESSION) ?? '');
  const changed = 'velvet ladder eleven moons';
  scanner.know('new password', changed);
  const post =
    (path: string, form: Record<string, string> = {}) =>
    () =>
      jar.post(path, form);
  const [app] = await bound(stage, ann.id, 'totp');
  const [sms] = await bound(stage, ann.id, 'sms');
  const rename = { id: app?.id ?? '', label: 'Kitchen' };
  await does('a name', post('/account/authenticators/rename', rename), 'account.authenticator-renamed');
  const remove = post('/account/authenticators/remove', { id: sms?.id ?? '' });
  await does('one less', remove, 'account.authenticator-removed sms');
  const chosen = { password: changed, repeated: changed };
  await does('a password', post('/account/password', chosen), 'account.password-changed');
  ann.password = changed;
  await does('a code is asked for', post('/account/backup-code'));
  const code = shownCode(await jar.get('/enrol'));
  scanner.know('new backup code', code);
  const kept = ['account.backup-code-renewed', 'enrolment.complete', 'sign-in.complete'];
  await does('and kept', post('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) }), ...kept);

  const other = await signsIn(stage, ann);
  scanner.know('another session', other.cookies.get(SESSION) ?? '');
  const ids = (await stage.rig.store.read.sessions.of(ann.id)).map(({ id }) => id);
  assert.equal(ids.length, 2);
  await does('the other one ends', () => jar.post('/account/sessions/end', { id: ids[0] ?? '' }), 'session.ended');
  await does('out', post('/sign-out'), 'session.signed-out');
  const last = await signsIn(stage, ann);
  const everywhere = 'account.signed-out-everywhere';
  await does('out everywhere', () => last.post('/account/sign-out-everywhere'), everywhere);
}

async function inTheWizard(stage: Stage, ben: Person, does: Does, scanner: Scanner): Promise<void> {
  const jar = stage.browser();
  const post =
    (path: string, form: Record<string, string> = {}) =>
    () =>
      jar.post(path, form);
  const enter = post('/sign-in', { address: ben.email, password: ben.password });
  await does('in', enter, 'sign-in.proved password');
  const later = ['sign-in.deferred', 'sign-in.complete'];
  await does('later', post('/sign-in/prompt', { answer: 'later' }), ...later);
  jar.cookies.clear();
  stage.advance({ hours: 24 * 8 });
  await does('in again', enter, 'sign-in.proved password');
  await does('now', post('/sign-in/prompt', { answer: 'enable' }), 'sign-in.accepted');
  const page = await jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(page.text)?.[1] ?? '');
  scanner.know('secret', secret);
  await does('scanned', post('/enrol/scanned'), 'enrolment.scanned');
  await does('a wrong code', post('/enrol/code', { code: '000000' }), 'enrolment.refused code-wrong');
  const right = codeAt(secret, stage.rig.wall());
  await does(
    'the right one',
    post('/enrol/code', { code: right }),
    'account.authenticator-added totp',
    'enrolment.proved totp',
  );
  await does('no number', post('/enrol/sms/skip'), 'enrolment.sms-skipped');
  const code = shownCode(await jar.get('/enrol'));
  scanner.know('code', code);
  const done = ['account.backup-code-renewed', 'enrolment.complete', 'sign-in.complete'];
  await does('kept', post('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) }), ...done);
}

async function crowd(stage: Stage): Promise<void> {
  const before = await stage.rig.store.read.audit.head();
  for (let turn = 0; turn < 4; turn++) {
    const tries = Array.from({ length: 50 }, (_, at) =>
      stage.browser().post('/sign-in', { address: `stranger-${turn}-${at}@harbour.example`, password: 'whatever' }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    assert.ok(
      statuses.every((status) => status === 422),
      statuses.join(' '),
    );
  }
  const lines = await stage.rig.store.read.audit.page(before.sequence, 1_000);
  assert.equal(lines.filter(({ event }) => event === 'password.wrong').length, 200);
  assert.equal(new Set(lines.map(({ request }) => request)).size, lines.length);
  const found = await verifyAudit(stage.rig.store.read.audit);
  assert.ok(found.ok, JSON.stringify(found));
}

/** A header carries what a terminal of old obeys: U+009B begins a command there. */
const NASTY = '=cmd|\u009b31m <b>"x"</b>, {"sequence":1}';

async function inert(stage: Stage): Promise<void> {
  const ann = await stage.rig.person({ organisations: [await stage.rig.organisation()], enrolled: true });
  const jar = await signsIn(stage, ann);
  await jar.post('/account/backup-code', {}, { 'user-agent': NASTY });
  const code = shownCode(await jar.get('/enrol', { 'user-agent': NASTY }));
  await jar.post('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) }, { 'user-agent': NASTY });
  const [line] = await stage.rig.store.read.audit.of(ann.id, 1);
  assert.equal(line?.userAgent, NASTY, 'control: it is kept as it came');
  const exported = line ? asExported(line) : '';
  assert.ok(
    [...exported].every((one) => /[^\p{Cc}]/u.test(one)),
    'nothing that a terminal obeys',
  );
  assert.deepEqual(JSON.parse(exported).userAgent, NASTY, 'and it is the same text');
  for (const page of ['/account', '/']) assert.doesNotMatch((await jar.open(page)).text, /<b>"x"/);
}

/** Somebody took the table away, or it is full: no change without its line. */
async function unwritable(stage: Stage): Promise<void> {
  const ann = await stage.rig.person({ organisations: [await stage.rig.organisation()], enrolled: true });
  const jar = await signsIn(stage, ann);
  const [app] = await bound(stage, ann.id, 'totp');
  const rename = { id: app?.id ?? '', label: 'Kitchen' };
  const chosen = { password: 'velvet ladder eleven moons', repeated: 'velvet ladder eleven moons' };
  await stage.meddle('alter table audit rename to audit_away');
  try {
    for (const answer of [
      await jar.post('/account/authenticators/rename', rename),
      await jar.post('/account/password', chosen),
      await stage.browser().post('/sign-in', { address: ann.email, password: ann.password }),
    ])
      assert.ok(answer.status >= 500, `${answer.status} ${answer.location}`);
  } finally {
    await stage.meddle('alter table audit_away rename to audit');
  }
  assert.notEqual((await bound(stage, ann.id, 'totp'))[0]?.label, 'Kitchen');
  await signsIn(stage, ann);
}

/** As somebody keeps them who trusts neither the server nor its administrator. */
async function elsewhere(stage: Stage): Promise<void> {
  const { audit } = stage.rig.store.read;
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-elsewhere-'));
  const file = (name: string) => join(folder, name);
  try {
    const anchor = await audit.head();
    writeFileSync(file('anchor'), JSON.stringify(anchor));
    await signsIn(stage, await stage.rig.person({ organisations: [await stage.rig.organisation()], enrolled: true }));
    const lines = await audit.page(0, 10_000);
    assert.ok(anchor.sequence > 20 && lines.length > anchor.sequence);
    const checks = async (some: readonly AuditLine[], ...more: string[]) => {
      writeFileSync(file('lines'), some.map((line) => `${asExported(line)}\n`).join(''));
      let out = '';
      const said = (text: string) => void (out += text);
      const around = { env: {}, folder, out: said, err: said, ask: null, now: () => Temporal.Now.instant() };
      const code = await commandLine(['audit', 'verify', '--export', file('lines'), ...more], around);
      return `${code} ${/from line \d+ on: .*|is whole: \d+ lines/.exec(out)?.[0] ?? out}`;
    };
    const anchored = ['--anchor', file('anchor')];
    const at = (sequence: number) => lines[sequence - 1] ?? assert.fail();
    const edited = { ...at(9), actor: 'somebody else' };
    assert.equal(await checks(lines, ...anchored), `0 is whole: ${lines.length} lines`);
    assert.equal(
      await checks(lines.slice(anchor.sequence), ...anchored),
      `0 is whole: ${lines.length - anchor.sequence} lines`,
    );
    assert.equal(await checks(lines.with(8, edited)), '1 from line 9 on: it was changed.');
    assert.equal(await checks(lines.toSpliced(8, 1)), '1 from line 9 on: a line is missing.');
    assert.equal(await checks(lines.with(8, at(10)).with(9, at(9))), '1 from line 9 on: a line is missing.');
    assert.equal(await checks(lines.toSpliced(9, 0, at(9))), '1 from line 9 on: a line was added.');
    assert.equal(
      await checks(lines.slice(0, anchor.sequence - 1), ...anchored),
      `1 from line ${anchor.sequence} on: the end was cut off.`,
    );
    const forged = writtenAnew(lines.with(8, edited));
    assert.equal(await checks(forged), `0 is whole: ${lines.length} lines`, 'without an anchor this cannot be seen');
    assert.equal(
      await checks(forged, ...anchored),
      `1 from line ${anchor.sequence} on: it is not what the anchor says.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every hash computed again, as whoever owns the database can. */
function writtenAnew(lines: readonly AuditLine[]): AuditLine[] {
  let previous = '0'.repeat(64);
  return lines.map((line) => {
    const hash = hashOf(toRow({ ...line, previous }));
    const written = { ...line, previous, hash };
    previous = hash;
    return written;
  });
}
