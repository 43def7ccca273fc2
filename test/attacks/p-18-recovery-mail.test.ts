import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, houseWithDesk } from '#test/support/desk.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';

// What somebody who is not signed in can cause: 3 mails in an hour and 10 in a day to one address, and the answer is the
// same whether one was sent or held. (P-18)

async function sentTo(r: Rig, { email }: Person): Promise<number> {
  return (await r.messages(email)).length;
}

test('the help centre’s request, two hundred times: three in an hour, ten in a day', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  const answers = new Set<string>();
  const ask = async () => {
    const answer = await r.browser().post('/help/request', { address: grace.email });
    answers.add(`${answer.status} ${answer.text.replaceAll(/nonce(?:="|-)[^"' ;]+/g, 'nonce')}`);
  };
  for (let burst = 0; burst < 5; burst += 1) await Promise.all(Array.from({ length: 10 }, ask));
  assert.equal(await sentTo(r, grace), 3);
  for (let hour = 0; hour < 23; hour += 1) {
    r.advance('PT1H');
    for (let each = 0; each < 6; each += 1) await ask();
  }
  assert.ok((await sentTo(r, grace)) <= 10, String(await sentTo(r, grace)));
  assert.equal(answers.size, 1, 'sent or held, the page says the same');
});

test('one address, however it is written: one budget, and no way round it', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  const [local = '', host = ''] = grace.email.split('@');
  const written = [
    grace.email,
    grace.email.toUpperCase(),
    `  ${grace.email}  `,
    `${local}@${host.toUpperCase()}`,
    `${local}+x@${host}`,
    `"${local}"@${host}`,
    `${local}@${host}.`,
    `${local}@${host}\r\nBcc: all@evil.example`,
    `${local}@${host},all@evil.example`,
    grace.email.replace('@', '＠'),
  ];
  const before = (await r.messages()).length;
  for (let round = 0; round < 6; round += 1)
    for (const address of written) {
      const answer = await r.browser().post('/help/request', { address });
      assert.ok(answer.status === 200 || answer.status === 422, `${answer.status} ${address}`);
    }
  const sent = (await r.messages()).slice(0, (await r.messages()).length - before);
  assert.ok(sent.length <= 3 && sent.length >= 1, String(sent.length));
  for (const { to, text } of sent) {
    assert.equal(to, grace.email);
    assert.doesNotMatch(text, /evil\.example/);
  }
});

test('the second address is not bombed either', async () => {
  const r = await rig();
  const second = 'grace.at.home@post.example';
  const { grace } = await houseWithDesk(r, [{ address: second, confirmedAt: r.now() }]);
  for (let each = 0; each < 50; each += 1) await r.browser().post('/help/request', { address: grace.email });
  assert.ok((await r.messages(second)).length <= 4);
});

test('whoever has the password and asks again and again: the owner is told, and not bombed', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  for (let each = 0; each < 30; each += 1) await asks(r.browser(), grace);
  assert.ok((await sentTo(r, grace)) <= 4, String(await sentTo(r, grace)));
  assert.ok((await sentTo(r, grace)) >= 1, 'control');
});

test('a budget that a stranger has spent does not silence a request: then none is opened', async () => {
  const r = await rig();
  const { grace } = await houseWithDesk(r);
  for (let each = 0; each < 3; each += 1) await r.browser().submit('/forgot', { address: grace.email });
  await r.browser().submit('/help/request', { address: grace.email });
  assert.equal(await r.store.read.recovery.openOf(grace.id), null);
  // With the password it is opened and told all the same: that is no stranger.
  await asks(r.browser(), grace);
  const told = (await r.messages(grace.email)).filter(({ subject }) => /asks to get back/.test(subject));
  assert.equal(told.length, 1);
});
