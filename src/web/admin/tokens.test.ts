import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { administratorIn } from '#test/support/administration.ts';
import { caller } from '#test/support/program.ts';
import { rig } from '#test/support/rig.ts';
import { textOf } from '../account/testing.ts';

const r = await rig();
const house = await r.organisation({ name: 'Harbour Freight' });
const { jar, person } = await administratorIn(r, [house]);
const other = await r.person({ organisations: [house], role: 'administrator', enrolled: true });
const member = await r.person({ organisations: [house] });

describe('access tokens, on the page', () => {
  it('are made, shown once, used and revoked; every administrator is told, and nobody else', async () => {
    const page = await jar.post('/admin/tokens/create', { name: 'Import from HR', scope: 'write', days: '30' });
    assert.equal(page.status, 200);
    const token = /data-copy="(nachtslot_[\w-]{43})"/.exec(page.text)?.[1] ?? '';
    const ask = caller(r, token);
    assert.equal((await ask('GET', '/people')).status, 200);
    const list = textOf(await jar.get('/admin/tokens'));
    assert.match(
      list,
      /Import from HR Reads and changes Good until 1 April 2026 · Last used: just now|Last used just now/,
    );
    for (const email of [person.email, other.email]) {
      const [mail] = await r.messages(email);
      assert.match(mail?.subject ?? '', /new access token/);
      assert.match(mail?.text ?? '', /Ada Quay made the access token “Import from HR”/);
      assert.equal(
        mail?.links.some((link) => link.includes('/not-me/')),
        email === person.email,
      );
    }
    assert.deepEqual(await r.messages(member.email), []);
    const [row] = await r.store.read.apiTokens.of(house.id);
    const gone = await jar.submit('/admin/tokens/revoke', { id: row?.id ?? '' });
    assert.match(textOf(gone), /The token was revoked/);
    assert.equal((await ask('GET', '/people')).status, 401);
    const events = (await r.store.read.audit.page(0, 999)).map(({ event }) => event);
    for (const event of ['api-token.created', 'api-token.revoked']) assert.ok(events.includes(event), event);
  });

  it('need a name, and an end within a year', async () => {
    const wrong: [string, string, RegExp][] = [
      ['', '30', /Give the token a name/],
      ['x'.repeat(61), '30', /Give the token a name/],
      ['Import', '0', /good for 1 to 365 days/],
      ['Import', '366', /good for 1 to 365 days/],
      ['Import', '1e2', /good for 1 to 365 days/],
      ['Import', '', /good for 1 to 365 days/],
    ];
    for (const [name, days, sentence] of wrong) {
      const page = await jar.post('/admin/tokens/create', { name, scope: 'read', days });
      assert.equal(page.status, 422, `${name} ${days}`);
      assert.match(textOf(page), sentence);
    }
    assert.deepEqual(await r.store.read.apiTokens.of(house.id), []);
  });

  it('are at most twenty', async () => {
    for (let n = 0; n < 20; n += 1)
      assert.equal((await jar.post('/admin/tokens/create', { name: `T${n}`, scope: 'read', days: '1' })).status, 200);
    const page = await jar.post('/admin/tokens/create', { name: 'One more', scope: 'read', days: '1' });
    assert.equal(page.status, 422);
    assert.match(textOf(page), /There are 20 tokens already/);
  });
});
