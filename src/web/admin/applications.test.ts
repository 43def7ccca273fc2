import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashToken } from '#flows/token.ts';
import { addApplication, administratorIn, oidcForm, secretOn } from '#test/support/administration.ts';
import { rig } from '#test/support/rig.ts';
import { textOf } from '../account/testing.ts';

const r = await rig();
const harbour = await r.organisation({ name: 'Harbour Freight', slug: 'harbour' });
const quay = await r.organisation({ name: 'Quay & Sons', slug: 'quay' });
const { jar, person } = await administratorIn(r, [harbour, quay]);
const { read } = r.store;
const events = async () => (await read.audit.page(0, 10_000)).map(({ event }) => event);

/** What a form of ours sends for what is there. */
const formFor = async (id: string, typed: Record<string, string> = {}) => {
  const application = await read.applications.byId(id);
  assert.ok(application);
  return oidcForm(application.owner, { seen: String(application.changedAt.epochMilliseconds), ...typed });
};

describe('applications, on the page', () => {
  it('are added; the secret is shown once, and only its hash is kept', async () => {
    const { application, secret, page } = await addApplication(r, jar, harbour);
    assert.equal(page.status, 200);
    assert.match(secret, /^[\w-]{43}$/);
    assert.deepEqual(application.secretHash, Uint8Array.from(hashToken(secret)));
    assert.equal(application.owner, harbour.id);
    assert.deepEqual(application.audience, [harbour.id]);
    for (const path of [`/admin/applications/${application.id}`, `/admin/applications/${application.id}/change`])
      assert.ok(!(await jar.get(path)).text.includes(secret), path);
    const shown = textOf(await jar.get(`/admin/applications/${application.id}`));
    assert.match(shown, new RegExp(application.id));
    assert.match(shown, /https:\/\/id\.example\.test\/\.well-known\/openid-configuration/);
    assert.ok((await events()).includes('application.created'));
  });

  it('keep what was typed, with a sentence beside each field that is wrong', async () => {
    const before = (await read.applications.all()).length;
    const typed = { name: ' ', homeUrl: 'payroll', redirectUris: 'https://ok.example/cb\nhttps://*.example/cb' };
    const page = await jar.post('/admin/applications/add?organisation=harbour', oidcForm(harbour.id, typed));
    assert.equal(page.status, 422);
    for (const field of ['name', 'homeUrl', 'redirectUris'])
      assert.match(page.text, new RegExp(`id="${field}-error"`), field);
    assert.match(page.text, /“https:\/\/\*\.example\/cb” holds a \*/);
    assert.match(page.text, /https:\/\/ok\.example\/cb\nhttps:\/\/\*\.example\/cb/);
    assert.equal((await read.applications.all()).length, before);
  });

  it('change, but not over the head of somebody who changed them meanwhile', async () => {
    const { application } = await addApplication(r, jar, harbour, { name: 'Hours' });
    const path = `/admin/applications/${application.id}/change`;
    const form = await formFor(application.id, { name: 'Hours and days', strength: 'two-steps' });
    const page = await jar.submit(path, form);
    assert.match(textOf(page), /The changes are saved/);
    const changed = await read.applications.byId(application.id);
    assert.equal(changed?.name, 'Hours and days');
    assert.equal(changed?.policy.strength, 'two-steps');
    const late = await jar.post(path, { ...form, name: 'Weeks' });
    assert.equal(late.status, 409);
    assert.match(textOf(late), /Somebody else has changed this/);
    assert.match(late.text, /value="Weeks"/);
    assert.equal((await read.applications.byId(application.id))?.name, 'Hours and days');
  });

  it('get a secret when they need one and forget it when they do not; renewing ends the old one', async () => {
    const { application, secret } = await addApplication(r, jar, harbour, { name: 'Stock' });
    const page = `/admin/applications/${application.id}`;
    const renewed = secretOn(await jar.submit(`${page}/secret`));
    assert.match(renewed, /^[\w-]{43}$/);
    assert.notEqual(renewed, secret);
    const hash = async () => (await read.applications.byId(application.id))?.secretHash;
    assert.deepEqual(await hash(), Uint8Array.from(hashToken(renewed)));
    await jar.submit(`${page}/change`, await formFor(application.id, { authMethod: 'none' }));
    assert.equal(await hash(), null);
    assert.equal((await jar.post(`${page}/secret`)).status, 404);
    const again = await jar.submit(`${page}/change`, await formFor(application.id));
    assert.deepEqual(await hash(), Uint8Array.from(hashToken(secretOn(again))));
  });

  it('are switched off and on, and removed only by their name', async () => {
    const { application } = await addApplication(r, jar, harbour, { name: 'Old rota' });
    const page = `/admin/applications/${application.id}`;
    assert.match(textOf(await jar.submit(`${page}/status`, { status: 'disabled' })), /The application is switched off/);
    assert.equal((await read.applications.byId(application.id))?.status, 'disabled');
    await jar.submit(`${page}/status`, { status: 'active' });
    assert.equal((await read.applications.byId(application.id))?.status, 'active');
    const wrong = await jar.post(`${page}/remove`, { name: 'old rota' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="old rota"/);
    const done = await jar.submit(`${page}/remove`, { name: ' Old  rota ' });
    assert.match(textOf(done), /The application was removed/);
    assert.equal(await read.applications.byId(application.id), null);
    const told = await events();
    for (const event of ['disabled', 'enabled', 'removed']) assert.ok(told.includes(`application.${event}`), event);
  });

  it('may be for several organisations of one administrator, and for no others', async () => {
    const stranger = await r.organisation();
    const both = { [`audience.${quay.id}`]: 'yes', [`audience.${stranger.id}`]: 'yes' };
    const { application } = await addApplication(r, jar, harbour, { name: 'Both', ...both });
    assert.deepEqual(application.audience.toSorted(), [harbour.id, quay.id].toSorted());
    const nobody = oidcForm('none', { name: 'Nobody' });
    const page = await jar.post('/admin/applications/add', nobody);
    assert.match(textOf(page), /Choose at least one organisation/);
  });

  it('behind a web server have rules; a host of another organisation is taken', async () => {
    const rules = (host: string) => ({
      kind: 'forward-auth',
      'rules.0.host': host,
      'rules.0.path': '/reports',
      'rules.0.access': 'two-steps',
      'rules.0.groups': 'Finance, Board',
      'rules.1.host': '',
      'rules.1.path': '',
      'rules.1.access': 'signed-in',
      'rules.1.groups': '',
    });
    const { application } = await addApplication(r, jar, harbour, { name: 'Wiki', ...rules('wiki.example') });
    assert.deepEqual(application.settings, {
      rules: [{ host: 'wiki.example', path: '/reports', access: 'two-steps', groups: ['Finance', 'Board'] }],
    });
    const { jar: others } = await administratorIn(r, [quay]);
    const taken = oidcForm(quay.id, { name: 'Mine', ...rules('WIKI.example') });
    const page = await others.post('/admin/applications/add', taken);
    assert.equal(page.status, 422);
    assert.match(textOf(page), /Another organisation has an application on this host name/);
    const ours = await jar.post('/admin/applications/add', oidcForm(harbour.id, rules('id.example.test')));
    assert.match(textOf(ours), /It cannot stand in front of itself/);
  });

  it('keep what was typed when the proof got too old, and take it after a new one in another tab', async () => {
    const { jar: slow, person: ada } = await administratorIn(r, [harbour]);
    r.advance('PT6M');
    const page = await slow.post('/admin/applications/add', oidcForm(harbour.id, { name: 'Slowly typed' }));
    assert.equal(page.status, 403);
    assert.match(page.text, /value="Slowly typed"/);
    assert.match(textOf(page), /Nothing was saved yet/);
    await slow.submit('/account/confirm', { 'return-to': '/admin/confirmed' });
    const confirmed = await slow.submit('/sign-in/verify', { method: 'totp', code: ada.code() });
    assert.match(textOf(confirmed), /You can close this tab/);
    const { application } = await addApplication(r, slow, harbour, { name: 'Slowly typed' });
    assert.equal(application.name, 'Slowly typed');
  });
});

describe('the rooms of administration', () => {
  it('close after fifteen idle minutes, and twelve hours after signing in', async () => {
    const { jar: busy } = await administratorIn(r, [harbour]);
    for (let minutes = 14; minutes < 12 * 60; minutes += 14) {
      r.advance('PT14M');
      assert.equal((await busy.get('/admin')).status, 200, `${minutes} minutes`);
    }
    r.advance('PT14M');
    assert.equal((await busy.get('/admin')).status, 303, 'twelve hours');
    const { jar: idle } = await administratorIn(r, [harbour]);
    r.advance('PT15M1S');
    for (const _ of [1, 2]) assert.equal((await idle.get('/admin')).status, 303, 'and asking twice does not open them');
  });

  it('are not there for members, and ask an administrator without a second step to set one up', async () => {
    const member = await r.person({ organisations: [harbour], enrolled: true });
    const theirs = r.browser();
    await theirs.submit('/sign-in', { address: member.email, password: member.password });
    r.advance('PT30S');
    await theirs.submit('/sign-in/verify', { method: 'totp', code: member.code() });
    assert.equal((await theirs.get('/admin')).status, 404);
    const bare = await r.person({ organisations: [harbour], role: 'administrator' });
    const bares = r.browser();
    await bares.submit('/sign-in', { address: bare.email, password: bare.password });
    const page = await bares.get('/admin');
    assert.equal(page.status, 403);
    assert.match(textOf(page), /First set up two-step verification/);
    assert.match(page.text, /action="\/account\/enable"/);
  });

  it('are in the menu of administrators', async () => {
    const { jar: ada } = await administratorIn(r, [harbour]);
    assert.match((await ada.get('/')).text, /href="\/admin"/);
    assert.ok(person.id);
  });
});
