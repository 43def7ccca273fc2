import assert from 'node:assert/strict';
import { administratorIn, stewardOf } from '#test/support/administration.ts';
import { caller, tokenFor } from '#test/support/program.ts';
import type { Rig } from '#test/support/rig.ts';
import { onBoth } from './support/in-process.ts';

/** An organisation with an administrator, a token of hers and a person with a mailbox. */
async function scene(r: Rig) {
  const house = await r.organisation({
    name: 'Harbour Freight',
    slug: 'harbour',
    helpContact: 'people@harbour.example',
  });
  const ada = await administratorIn(r, [house], { name: 'Ada Quay' });
  const ann = await r.person({ name: 'Ann Pier', organisations: [house], enrolled: true });
  const program = caller(r, await tokenFor(r, await stewardOf(r, ada), house, { name: 'Import from HR' }));
  const byProgram = (groups: string[], who = ann) => program('PUT', `/people/${who.id}/groups`, { groups });
  const byAda = (groups: string[], who = ann) =>
    ada.jar.post(`/admin/people/${who.id}/groups`, { groups: groups.join('\n') });
  const mails = async (who = ann) =>
    (await r.messages(who.email)).filter(({ text }) => /groups that you are in|changes? of your groups/.test(text));
  return { house, ada, ann, byProgram, byAda, mails };
}

onBoth(
  'what an administrator or a program does to somebody’s groups is told to that person, once a request',
  async (r) => {
    const { house, ann, byProgram, byAda, mails } = await scene(r);
    const before = (await r.messages()).length;
    assert.equal((await byAda(['Finance', 'Night shift'])).status, 303);
    const [mail, ...more] = await mails();
    assert.deepEqual(more, [], 'two groups are one mail');
    assert.equal(mail?.subject, 'Your groups were changed');
    assert.match(mail.text, /Ada Quay changed the groups that you are in at Harbour Freight/);
    assert.match(mail.text, /Added: Finance and Night shift/);
    assert.match(mail.text, /people@harbour\.example/);
    assert.deepEqual(mail.links, [], 'nothing could be ended by it');
    assert.equal((await r.messages()).length, before + 1, 'nobody else is told');

    r.advance('PT16M');
    assert.equal((await byProgram(['Finance', 'Bakers'])).status, 200);
    const second = (await mails())[0]?.text ?? '';
    assert.match(second, /access token “Import from HR”/);
    assert.match(second, /Added: Bakers\s+Removed: Night shift/);
    assert.doesNotMatch(second, /Ada Quay/);

    r.advance('PT16M');
    for (const same of [
      ['Finance', 'Bakers'],
      ['Bakers', ' Finance '],
      ['Bakers', 'Finance', 'Finance'],
    ])
      assert.equal((await byProgram(same)).status, 200);
    assert.equal((await byProgram(['a,b'])).status, 422);
    assert.equal((await mails()).length, 2, 'nothing changed, nothing told');

    // Her own, from her own session: whoever stole it is found out, and ended.
    const stale = await administratorIn(r, [house], { name: 'Eve Self' });
    await stale.jar.post(`/admin/people/${stale.person.id}/groups`, { groups: 'Finance' });
    const [own] = await mails(stale.person);
    assert.match(own?.links[0] ?? '', /\/not-me\//);
    assert.equal((await mails(ann)).length, 2);
  },
);

onBoth('a program that changes groups without end fills no mailbox, and hides nothing else', async (r) => {
  const { byProgram, mails, ann, house } = await scene(r);
  for (let turn = 0; turn < 30; turn += 1) {
    assert.equal((await byProgram([`Group ${turn}`])).status, 200);
    r.advance('PT10S');
  }
  assert.equal((await mails()).length, 1, 'the first at once');
  r.advance('PT20M');
  const all = await mails();
  assert.equal(all.length, 2, 'the others together');
  assert.match(all[0]?.text ?? '', /Added: Group 29/);
  assert.match(all[0]?.text ?? '', /24 earlier changes of your groups\. My account shows everything/);
  assert.ok((all[0]?.text.length ?? 0) < 5000);
  const outbox = async () => (await r.messages()).length;
  const before = await outbox();
  for (let turn = 30; turn < 90; turn += 1) assert.equal((await byProgram([`Group ${turn}`])).status, 200);
  r.advance('PT20M');
  assert.equal(await outbox(), before, 'and after thirty in an hour none');
  const written = (await r.store.read.audit.page(0, 10_000)).filter(({ event }) => event === 'person.groups-changed');
  assert.equal(written.length, 90, 'while all of it stands in the audit, and in My account');
  r.advance('PT1H');
  await byProgram(['Group 90']);
  assert.match((await mails())[0]?.text ?? '', /Added: Group 90/, 'a quiet hour later it is told again');

  const crowd = await Promise.all(
    Array.from({ length: 12 }, (_, n) => r.person({ email: `crowd-${n}@harbour.example`, organisations: [house] })),
  );
  for (const one of crowd) for (const groups of [['A'], ['A', 'B'], ['B']]) await byProgram(groups, one);
  for (const one of crowd) assert.equal((await mails(one)).length, 1);
  r.advance('PT16M');
  for (const one of crowd) assert.equal((await mails(one)).length, 2);
  assert.equal((await mails(ann)).length, 3);
});

onBoth('a change that does not happen is not told, and one that is not told does not happen', async (r, { meddle }) => {
  const { byAda, mails, ann, house } = await scene(r);
  const groupsOf = async () => (await r.store.read.people.member(house.id, ann.id))?.groups;
  await meddle('alter table outbox rename to outbox_away');
  const quiet = console.error;
  console.error = () => undefined;
  assert.equal((await byAda(['Finance'])).status, 500);
  console.error = quiet;
  assert.deepEqual(await groupsOf(), []);
  await meddle('alter table outbox_away rename to outbox');
  assert.equal((await byAda(['Finance'])).status, 303);
  assert.equal((await mails()).length, 1);

  await r.store.transaction((tx) => tx.accounts.setStatus(ann.id, 'disabled'));
  r.advance('PT16M');
  const second = await administratorIn(r, [house], { name: 'Bea Late' });
  await second.jar.post(`/admin/people/${ann.id}/groups`, { groups: 'Leavers' });
  assert.deepEqual(await groupsOf(), ['Leavers']);
  assert.equal((await mails()).length, 1, 'whoever left learns nothing more');
});
