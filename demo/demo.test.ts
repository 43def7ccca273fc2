import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { PEOPLE } from './people.ts';
import { browserOf, codeOf, demoForTests, signIn } from './testing.ts';

let running: Awaited<ReturnType<typeof demoForTests>>;
before(async () => {
  running = await demoForTests();
});
after(() => running.end());

const peopleForm = z.array(
  z.strictObject({
    name: z.string().min(1),
    email: z.email(),
    password: z.string().min(15).nullable(),
    organisation: z.enum(['Quillwharf Freight', 'Bakkerij Duizendkorrel', '']),
    organisations: z.array(z.string()),
    role: z.enum(['member', 'agent', 'administrator']),
    language: z.enum(['en', 'nl']),
    story: z.string(),
    enrolled: z.boolean(),
    totpSecret: z
      .string()
      .regex(/^[A-Z2-7]{32}$/)
      .optional(),
    phoneClockOffBy: z.string().optional(),
    backupCode: z
      .string()
      .regex(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
      .optional(),
    phone: z
      .string()
      .regex(/^\+447700900\d{3}$/)
      .optional(),
    cardCode: z
      .strictObject({ number: z.number().int(), code: z.string().regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) })
      .optional(),
    deviceCookie: z.string().optional(),
  }),
);
const messagesForm = z.array(
  z.strictObject({
    channel: z.enum(['mail', 'sms']),
    to: z.string(),
    at: z.iso.datetime({ precision: undefined }),
    subject: z.string(),
    text: z.string(),
    links: z.array(z.url()),
  }),
);
const clockForm = z.strictObject({ now: z.string(), wall: z.string(), offset: z.string() });

describe('for scripts', () => {
  test('people.json names everybody, with what they sign in with', async () => {
    const people = peopleForm.parse((await browserOf(running.demo).get('/demo/people.json')).json());
    assert.equal(people.length, PEOPLE.length);
    const priya = people.find(({ name }) => name === 'Priya Raman');
    assert.ok(priya?.totpSecret && priya.backupCode && priya.enrolled);
    const martin = people.find(({ name }) => name === 'Martin Slow');
    assert.equal(martin?.phoneClockOffBy, '-PT120S');
    const zoe = people.find(({ name }) => name === 'Zoë Harbour');
    const geert = people.find(({ name }) => name === 'Geert Zonneveld');
    assert.ok(geert?.enrolled && geert.totpSecret === undefined);
    assert.equal(geert.cardCode?.number, 7);
    assert.ok(zoe?.enrolled && zoe.backupCode && zoe.totpSecret === undefined);
  });

  test('what is set up in the demonstration is known a moment later', async () => {
    const browser = browserOf(running.demo);
    const grace = PEOPLE[0];
    assert.ok(grace);
    await signIn(browser, grace);
    await browser.post('/sign-in/prompt', { answer: 'enable' });
    await browser.post('/enrol/choice', { choice: 'totp' });
    const scan = await browser.get('/enrol');
    const secret = /Long code ([A-Z2-7 ]{39}) /.exec(scan.text)?.[1]?.replaceAll(' ', '');
    assert.ok(secret);
    await browser.post('/enrol/scanned');
    await browser.post('/enrol/code', { code: codeOf(secret, running.demo.clock.wall()) });
    const people = peopleForm.parse((await browser.get('/demo/people.json')).json());
    assert.equal(people[0]?.totpSecret, secret);
    assert.equal(people[0]?.enrolled, true);
  });

  test('messages.json: a forgotten password, newest first, with its link', async () => {
    const browser = browserOf(running.demo);
    const address = 'tom.ashby@quillwharf.example';
    await browser.post('/forgot', { address });
    await browser.post('/forgot', { address: 'imke.postma@duizendkorrel.example' });
    await running.demo.nachtslot.outbox.deliverDue();
    const own = messagesForm.parse((await browser.get(`/demo/messages.json?to=${address}`)).json());
    assert.equal(own.length, 1);
    assert.match(own[0]?.links[0] ?? '', /^http:\/\/localhost:3000\/reset\//);
    const all = messagesForm.parse((await browser.get('/demo/messages.json')).json());
    assert.ok(all.length >= 2);
    const instants = all.map(({ at }) => Temporal.Instant.from(at));
    assert.deepEqual(instants, [...instants].sort(Temporal.Instant.compare).reverse());
  });
});

describe('the clock', () => {
  const post = (body: string, headers: Record<string, string> = {}, peer = '127.0.0.1') =>
    running.demo.app.fetch(new Request('http://localhost:3000/demo/clock', { method: 'POST', body, headers }), peer);

  test('a script moves it without saying where it comes from', async () => {
    const before = clockForm.parse((await browserOf(running.demo).get('/demo/clock')).json());
    assert.equal(before.offset, 'PT0S');
    for (const headers of [
      { 'content-type': 'application/json' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]) {
      const response = await post('{"advance":"P1D"}', headers);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    }
    const after = clockForm.parse((await browserOf(running.demo).get('/demo/clock')).json());
    assert.equal(after.offset, 'P2D');
    assert.equal((await post('{"real":true}')).status, 200);
  });

  test('bad input is refused with a sentence, and nothing moves', async () => {
    for (const body of [
      '',
      '{',
      '{"advance":"soon"}',
      '{"at":"2001-01-01T00:00:00Z"}',
      '[]',
      'null',
      `{"advance":"${'9'.repeat(9000)}"}`,
    ]) {
      const response = await post(body, { 'content-type': 'application/json' });
      assert.equal(response.status, 422, body.slice(0, 30));
      assert.match(z.object({ error: z.string() }).parse(await response.json()).error, /\.$/);
    }
    assert.equal(running.demo.clock.offset().blank, true);
  });

  test('a page of another site cannot move it, nor a script on another machine', async () => {
    const body = '{"advance":"P1D"}';
    assert.equal((await post(body, { origin: 'http://other.example' })).status, 403);
    assert.equal((await post(body, { origin: 'null' })).status, 403);
    assert.equal((await post(body, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await post(body, { 'sec-fetch-site': 'same-site' })).status, 403);
    assert.equal((await post(body, {}, '192.0.2.7')).status, 403);
    assert.equal(running.demo.clock.offset().blank, true);
  });

  test('no other address takes what does not say where it comes from', async () => {
    const request = new Request('http://localhost:3000/demo/be', {
      method: 'POST',
      body: new URLSearchParams({ person: 'priya.raman' }),
    });
    assert.equal((await running.demo.app.fetch(request, '127.0.0.1')).status, 403);
  });

  test('the page’s buttons move it and come back; what is wrong is said there', async () => {
    const browser = browserOf(running.demo);
    const moved = await browser.post('/demo/clock', { advance: 'P1W' });
    assert.deepEqual([moved.status, moved.path], [200, '/demo#clock']);
    assert.match(moved.text, /That is 7 days ahead of the real time/);
    const wrong = await browser.post('/demo/clock', { at: 'then' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /That is no moment/);
    await browser.post('/demo/clock', { real: 'yes' });
    assert.equal(running.demo.clock.offset().blank, true);
  });
});

describe('the page', () => {
  test('shows everybody, what they know, and the code on their phone', async () => {
    const { text } = await browserOf(running.demo).get('/demo');
    for (const { address, password, name } of PEOPLE)
      for (const one of [address, password, name]) assert.ok(text.includes(one), one);
    assert.match(text, /Code on the phone \(Quillwharf Freight\) \d{3} \d{3}/);
    assert.match(text, /This phone is 120 seconds slow/);
  });

  test('finds people by their story, and says when there is nobody', async () => {
    const browser = browserOf(running.demo);
    const { text } = await browser.get('/demo?find=overdue+mailed');
    assert.match(text, /Willem Kuiper/);
    assert.doesNotMatch(text, /Priya Raman/);
    assert.match((await browser.get('/demo?find=unicorn')).text, /Nobody has that story/);
    const bakery = (await browser.get('/demo?employer=duizendkorrel')).text;
    assert.ok(bakery.includes('Sanne de Boer') && !bakery.includes('Becky Lowe'));
  });

  test('speaks Dutch, the stories too', async () => {
    const browser = browserOf(running.demo);
    browser.cookies.set('language', 'nl');
    const { text, html } = await browser.get('/demo');
    assert.match(html, /<html lang="nl">/);
    assert.match(text, /Te laat, in het Nederlands/);
    assert.doesNotMatch(text, /Enrolled with an app/);
  });

  test('shows what a stranger typed as text', async () => {
    const { html } = await browserOf(running.demo).get(
      `/demo?find=${encodeURIComponent('"><script>x</script>')}&to=<b>`,
    );
    assert.doesNotMatch(html, /<script>x|<b>/);
  });

  test('begins as somebody in a browser that nobody was in', async () => {
    const browser = browserOf(running.demo);
    const thijs = PEOPLE.find(({ id }) => id === 'jonah.vale');
    assert.ok(thijs);
    assert.equal((await signIn(browser, thijs)).path, '/');
    assert.ok(browser.cookies.has('session'));
    const seen = await browser.post('/demo/be', { person: 'priya.raman', on: 'new-browser' });
    assert.equal(seen.path, '/sign-in');
    assert.deepEqual([browser.cookies.has('session'), browser.cookies.has('device')], [false, false]);
    assert.equal((await browser.post('/demo/be', { person: 'nobody' })).status, 404);
  });
});
