import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { place } from './testing.ts';

test('articles of a folder become those of the organisation, all or none, and go again', async () => {
  const here = place();
  await here.init();
  const folder = join(here.folder, 'articles');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  assert.equal((await here.run('help', 'import', folder)).code, 1, 'no such folder');

  write('nl/room-12.md', '# Waar is kamer 12\n\nIn het bakhuis.\n\nKies **{{enrol.scan-heading}}** op {{host}}.\n');
  write('en/lost-phone.md', '# Phone gone? Room 12\n\nAt the bakery.\n');
  write('en/notes.txt', 'not an article');
  const imported = await here.run('help', 'import', folder, '--json');
  assert.deepEqual(JSON.parse(imported.out), {
    ok: true,
    organisation: 'bakkerij-van-dam',
    articles: ['en/lost-phone', 'nl/room-12'],
  });
  const titles = () =>
    here.withStore(async ({ read }) => {
      const house = await read.organisations.bySlug('bakkerij-van-dam');
      return (await read.help.articles([house?.id ?? ''])).map(({ title }) => title);
    });
  assert.deepEqual(await titles(), ['Phone gone? Room 12', 'Waar is kamer 12']);

  for (const [name, text, expected] of [
    ['en/room.md', 'No title', /must begin with its title/],
    ['en/room.md', '# A\n\nB\n\n{{enrol.no-such-thing}}\n', /\{\{enrol\.no-such-thing\}\}.*nothing of that name/],
    ['en/room.md', '# A\n\nB\n\n{{if rich}}\n\nC\n\n{{end}}\n', /\{\{if rich\}\}/],
    ['en/room.md', `# A\n\n${'b'.repeat(20_001)}`, /longer than 20000/],
    ['en/Room 12.md', '# A\n\nB\n', /small letters, digits and hyphens/],
  ] as const) {
    write(name, text);
    const refused = await here.run('help', 'import', folder);
    assert.equal(refused.code, 1, name);
    assert.match(refused.err, expected);
    rmSync(join(folder, name));
    assert.equal((await titles()).length, 2, 'nothing was imported');
  }

  const links = () =>
    here.withStore(async ({ read }) => {
      const house = await read.organisations.bySlug('bakkerij-van-dam');
      return (await read.help.links([house?.id ?? ''])).flatMap((one) => one.links);
    });
  write('links.txt', 'https://Wages.example/start  Payslips, and the roster\r\n\ntel:+44-20-7946-0012 Room 12\n');
  const twice = [await here.run('help', 'import', folder), await here.run('help', 'import', folder)];
  for (const { out } of twice) assert.match(out, /Links in its help centre now: 2/);
  const kept = [
    { title: 'Payslips, and the roster', address: 'https://wages.example/start' },
    { title: 'Room 12', address: 'tel:+44-20-7946-0012' },
  ];
  assert.deepEqual(await links(), kept);
  write('links.txt', 'https://fine.example Fine\n\nhttp://wages.example Wages\nhttps://untitled.example\n');
  write('en/room-13.md', '# Room 13\n\nNext door.\n');
  const wrong = await here.run('help', 'import', folder);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /links\.txt, line 3: Write the whole address/);
  assert.match(wrong.err, /links\.txt, line 4: Give the link a title/);
  write('links.txt', Array.from({ length: 9 }, () => 'https://many.example Many\n').join(''));
  assert.match((await here.run('help', 'import', folder)).err, /links\.txt: At most 8 links/);
  assert.deepEqual([await links(), (await titles()).length], [kept, 2], 'nothing was imported');
  rmSync(join(folder, 'links.txt'));
  rmSync(join(folder, 'en/room-13.md'));
  assert.equal((await here.run('help', 'import', folder)).code, 0);
  assert.deepEqual(await links(), kept, 'a folder that says nothing of links leaves them');

  await here.run('org', 'add', '--organisation', 'Kapper Noord', '--language', 'nl');
  assert.equal((await here.run('help', 'import', folder)).code, 1, 'which of the two?');
  assert.equal((await here.run('help', 'import', folder, '--organisation', 'nowhere')).code, 1);

  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const emptied = await here.run('help', 'import', folder, '--organisation', 'bakkerij-van-dam');
  assert.match(emptied.out, /has no articles of its own any more/);
  assert.deepEqual([await titles(), await links()], [[], kept]);
  write('links.txt', '');
  await here.run('help', 'import', folder, '--organisation', 'bakkerij-van-dam');
  assert.deepEqual(await links(), []);
});

test('the report lists what was answered, most first, of the days that were asked for', async () => {
  const here = place();
  await here.init();
  assert.match((await here.run('help', 'report')).out, /Nobody has answered since/);
  const today = Temporal.Now.instant().toZonedDateTimeISO('UTC').toPlainDate();
  await here.withStore(async (store) => {
    const house = await store.read.organisations.bySlug('bakkerij-van-dam');
    const one = { language: 'en', article: 'wrong-code', page: 'verify', refusal: 'code-wrong' } as const;
    await store.transaction(async (tx) => {
      const stuck = { ...one, day: today, organisation: house?.id ?? '', answer: 'stuck' } as const;
      await tx.help.count(stuck);
      await tx.help.count(stuck);
      await tx.help.count({ ...one, day: today, organisation: '', answer: 'yes', page: '', refusal: '' });
      await tx.help.count({ ...one, day: today.subtract({ days: 40 }), organisation: '', answer: 'no' });
    });
  });
  const { out } = await here.run('help', 'report');
  assert.deepEqual(out.trim().split('\n'), [
    `2 × stuck, en/wrong-code, from verify, after code-wrong, at bakkerij-van-dam, ${today.toString()}`,
    `1 × helpful, en/wrong-code, ${today.toString()}`,
  ]);
  const longer = JSON.parse((await here.run('help', 'report', '--days', '60', '--json')).out) as {
    counts: { count: number }[];
  };
  assert.deepEqual(
    longer.counts.map(({ count }) => count),
    [2, 1, 1],
  );
  for (const days of ['0', 'x', '1.5', '9999'])
    assert.equal((await here.run('help', 'report', '--days', days)).code, 2, days);
});
