// P-45: text that means something to a browser, a database, a template or a spreadsheet, in every field that keeps one, and
// then on every page that shows one; and passwords of every kind, each of them good exactly as it was typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { ATTEMPT, onBoth, signedInWithCode } from './support/in-process.ts';
import { type Asker, ASKERS, type Target, world } from './support/targets.ts';

/** `zq` finds it again; where it stands as it is, a browser would take it for an element. */
const TEXTS = {
  'an element': `"'><zq onpointerover=alert(1)>`,
  'the end of a script': '</script><zq></title><zq>',
  'a formula': `=HYPERLINK("//evil.test","<zq>")`,
  'SQL and a template': `'); DROP TABLE accounts;--<zq>{{7*7}}\${7*7}<%=7*7%>`,
  'the other way round': '\u202e<zq>\u2066\u200f',
};

for (const [what, text] of Object.entries(TEXTS))
  test(`${what}, in every field that keeps a text, is text on every page that shows it`, async () => {
    const r = await rig();
    const s = await world(r);
    const kept = await typedEverywhere(s, text);
    assert.ok(kept > 3, `control: ${kept} forms took it`);
    await namedSo(s, text);
    let shown = 0;
    for (const asker of ASKERS)
      for (const path of s.targets.filter(({ method }) => method === 'GET').map((one) => one.path)) {
        if (/^\/(?:oidc|api|forward-auth|\.nachtslot|health|enrol\/app)/.test(path)) continue;
        const jar = await s.jarOf(asker);
        const answer = await jar.get(path, { 'user-agent': `Mozilla/5.0 ${ascii(text)}` });
        isText(answer, `${path} for ${asker}`);
        if (/&lt;zq|&lt;\/script>/.test(answer.text)) shown += 1;
      }
    assert.ok(shown > 8, `control: it stands on ${shown} pages`);
    for (const asker of ['agent', 'administrator'] as const) {
      const page = await (await s.jarOf(asker)).get(`/help?q=${encodeURIComponent(text)}`);
      isText(page, `searched by ${asker}`);
    }
    const administrator = await s.jarOf('administrator');
    isText(await administrator.get(`/admin/people?search=${encodeURIComponent(text)}`), 'people');
    await sheet(administrator);
    assert.equal((await signIn(r.browser(), await enrolledIn(r))).status, 200, 'control: the honest road is there');
  });

/** Nothing that a reader of markup would take for markup, and nothing that a script could be. */
function isText({ text, status, headers }: Answered, where: string): void {
  assert.ok(status < 500, `${where}: ${status}`);
  assert.doesNotMatch(text.replaceAll(/<!--.*?-->/gs, ''), /<zq/, where);
  for (const [tag = ''] of text.matchAll(/<[a-z][^>]*>/g)) assert.doesNotMatch(tag, /\sonpointerover=/, where);
  if (headers.get('content-type')?.startsWith('text/html'))
    assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/, where);
}

/** Every form that the pages have, with this text in each of its fields in turn; how many were taken. */
async function typedEverywhere(s: World, text: string): Promise<number> {
  let taken = 0;
  for (const target of s.targets.filter(isWritten))
    for (const field of Object.keys(target.fields)) {
      if (/password|code|seen|^id$|^kind$/.test(field)) continue;
      const jar = await s.jarOf(target.asker);
      const typed = field === 'markdown' ? `# ${text}\n\n${text}\n\n- ${text}\n` : text;
      const answer = await jar.copy().post(addressOf(target), { ...target.fields, [field]: typed });
      isText(answer, `${target.path} ${field}`);
      if (answer.status < 400 && !/sign-in/.test(answer.location ?? '')) taken += 1;
    }
  return taken;
}

function isWritten({ method, path, fields }: Target): boolean {
  const ends = /sign-out|remove|revoke|cancel|freeze|status|leave|skip|stop|end$|forget|reject|language|passkey|prompt/;
  return method === 'POST' && Object.keys(fields).length > 0 && !ends.test(path) && !path.startsWith('/oidc');
}

function addressOf({ path, query }: Target): string {
  const search = new URLSearchParams(query).toString();
  return search ? `${path}?${search}` : path;
}

/** What no form of a page takes, but another door may have brought in: names of people, houses and groups. */
async function namedSo({ r, people, targets, jarOf }: World, text: string): Promise<void> {
  const { house, victor, grace } = people;
  const request = targets.map(({ path }) => /^\/desk\/cases\/[^/]+$/.exec(path)?.[0]).find(Boolean) ?? '';
  assert.ok(request, 'control: a request at the desk');
  const agent = await jarOf('agent');
  await agent.post(`${request}/claim`);
  await agent.post(`${request}/checks`, { kind: 'called-back', outcome: 'passed', seen: text });
  await r.store.transaction(async (tx) => {
    await tx.accounts.setGroups(victor.id, house.id, [`Group ${text}`]);
    await tx.organisations.setHelpContact(house.id, text);
    for (const { id } of [victor, grace])
      for (const bound of await tx.authenticators.of(id)) await tx.authenticators.rename(bound.id, `Phone ${text}`);
  });
  await r.person({ name: `Name ${text}`, organisations: [house] });
  const reader = await r.person({ organisations: [house], enrolled: true });
  const jar = await signedInWithCode(r, reader);
  const article = { lang: 'en', article: 'wrong-code', at: '/help', from: '', about: '' };
  await jar.post('/help/answer', { answer: 'stuck', ...article });
}

/** The table for a spreadsheet: no cell that it would compute. */
async function sheet(jar: Jar): Promise<void> {
  const answer = await jar.get('/admin/help/report.csv');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  for (const cell of answer.text.split(/[\r\n,]+/)) assert.doesNotMatch(cell, /^"?[=+\-@]/, cell);
}

function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '');
}

type World = Awaited<ReturnType<typeof world>> & { targets: (Target & { asker: Asker })[] };

/** As it is typed, as another keyboard types it, and what is not the same. */
const PASSWORDS: Record<string, { typed: string; same?: string; others?: string[] }> = {
  'fifteen letters': { typed: 'qjvzkxwpmyfgbhd' },
  'sixty-four': { typed: 'velvet ladder eleven moons over the seventeen quiet harbour lamps', others: [] },
  'seventy-two and one more': {
    typed: `${'orbit lantern '.repeat(5)}xy9!`,
    others: [`${'orbit lantern '.repeat(5)}xy`],
  },
  'two hundred': { typed: `saffron ${'gravel Thimble 7 '.repeat(11)}end`, others: [] },
  faces: { typed: '🦊🪁🧊🥨🪗🦉🧵🛶🥝🪀🦔🧭🪴🛷🥁🦑' },
  'families and flags': { typed: '👩‍👩‍👧‍👦🏳️‍🌈🧑🏽‍🚀🇳🇱 kites over the dyke' },
  'Arabic, Hebrew and Hindi': { typed: 'قمر فوق الميناء שלום נמל चाँद नाव' },
  'accents in one piece': {
    typed: 'crème brûlée über die Brücke'.normalize('NFC'),
    same: 'crème brûlée über die Brücke'.normalize('NFD'),
  },
  'accents in two pieces': {
    typed: 'naïve façade señor ångström'.normalize('NFD'),
    same: 'naïve façade señor ångström'.normalize('NFC'),
  },
  'wide letters': { typed: 'ｖｅｌｖｅｔ harbour ladder', same: 'velvet harbour ladder' },
  'blanks at both ends': {
    typed: '  velvet harbour ladder  ',
    others: ['velvet harbour ladder', ' velvet harbour ladder '],
  },
  'marks of other languages': { typed: `"'><zq>'); DROP--%00&a=b+c;\\`, others: [`"'><zq>'); DROP--%00&a=b c;\\`] },
  capitals: { typed: 'Velvet HARBOUR ladder 9', others: ['velvet harbour ladder 9', 'VELVET HARBOUR LADDER 9'] },
};

onBoth('a password is good exactly as it was typed, whatever it is made of', async (r) => {
  for (const [what, { typed, same = typed, others = [] }] of Object.entries(PASSWORDS)) {
    const ann = await enrolledIn(r);
    const set = await setTo(r, ann, typed);
    assert.equal(set.location, '/account?done=password', `${what}: ${set.text.slice(0, 2_000)}`);
    for (const right of new Set([typed, same])) assert.ok(await opens(r, ann, right), `${what}: ${right}`);
    const cut = [...typed].slice(0, -1).join('');
    for (const wrong of [cut, `${typed}x`, typed.slice(0, 8), ...others])
      assert.ok(!(await opens(r, ann, wrong)), `${what}: ${JSON.stringify(wrong)} opens it too`);
  }
});

onBoth('one that is too long is refused in so many words, and never cut', async (r) => {
  const ann = await enrolledIn(r);
  for (const length of [257, 4_096, 30_000]) {
    const answer = await setTo(r, ann, 'x9 Lamp'.repeat(length).slice(0, length));
    assert.equal(answer.status, 422);
    assert.match(answer.text, /256 characters/);
    assert.ok(await opens(r, ann, ann.password), 'and the old one stays');
  }
});

async function setTo(r: Rig, person: Person, password: string): Promise<Answered> {
  return (await signedInWithCode(r, person)).post('/account/password', { password, repeated: password });
}

async function opens(r: Rig, person: Person, password: string): Promise<boolean> {
  const jar = r.browser();
  await jar.post('/sign-in', { address: person.email, password });
  return jar.cookies.has(ATTEMPT);
}
