import assert from 'node:assert/strict';
import type { HelpCount, HelpLinks, OwnArticle } from '#store/help.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace } from './people.ts';

const TODAY = Temporal.PlainDate.from('2026-03-02');
const STUCK: HelpCount = {
  day: TODAY,
  organisation: '',
  language: 'nl',
  article: 'wrong-code',
  answer: 'stuck',
  page: 'enrol-prove',
  refusal: 'code-wrong',
};

onBothDatabases('forty answers at once are forty, and each kind is a line of its own', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await Promise.all(
    Array.from({ length: 40 }, (_, turn) =>
      (turn % 2 === 0 ? one : other).transaction((tx) =>
        tx.help.count(turn % 4 === 0 ? { ...STUCK, page: '' } : STUCK),
      ),
    ),
  );
  const counts = await one.read.help.counts(TODAY);
  assert.deepEqual(
    counts.map(({ count, page, day }) => [count, page, day.toString()]),
    [
      [30, 'enrol-prove', '2026-03-02'],
      [10, '', '2026-03-02'],
    ],
  );
  assert.deepEqual(await one.read.help.counts(TODAY.add({ days: 1 })), []);
});

onBothDatabases(
  'the articles of an organisation replace each other as a whole, and nobody else has them',
  async ({ open }) => {
    const store = await open();
    await addGrace(store);
    const article = (slug: string, title: string): OwnArticle => ({
      organisation: 'bakery',
      language: 'en',
      slug,
      title,
      markdown: `# ${title}\n\nAt the bakery.\n`,
      changedAt: NOON,
    });
    await store.transaction((tx) =>
      tx.help.replaceArticles('bakery', [article('room-12', 'Room 12'), article('bus', 'The bus')]),
    );
    await store.transaction((tx) =>
      tx.help.replaceArticles('bakery', [article('room-12', 'Room 13'), article('oven', 'Ovens')]),
    );
    const articles = await store.read.help.articles(['bakery', 'elsewhere']);
    assert.deepEqual(
      articles.map(({ title, changedAt }) => [title, changedAt.toString()]),
      [
        ['Ovens', NOON.toString()],
        ['Room 13', NOON.toString()],
      ],
    );
    assert.deepEqual(await store.read.help.articles(['elsewhere']), []);
    assert.deepEqual(await store.read.help.articles([]), []);
  },
);

onBothDatabases('of two who add one article, and of two who change it, one wins', async ({ open }) => {
  const stores = [await open(), await open()] as const;
  await addGrace(stores[0]);
  const article = (title: string, changedAt = NOON): OwnArticle => ({
    organisation: 'bakery',
    language: 'en',
    slug: 'room-12',
    title,
    markdown: `# ${title}\n\nAt the bakery.\n`,
    changedAt,
  });
  const atOnce = async (write: (store: (typeof stores)[number], turn: number) => Promise<boolean>) =>
    (await Promise.all(Array.from({ length: 20 }, (_, turn) => write(stores[turn % 2 ? 1 : 0], turn)))).filter(Boolean);
  const added = await atOnce((store, turn) =>
    store.transaction((tx) => tx.help.addArticle(article(`Added ${turn.toString()}`))),
  );
  assert.equal(added.length, 1);
  const later = NOON.add({ milliseconds: 1 });
  const changed = await atOnce((store, turn) =>
    store.transaction((tx) => tx.help.changeArticle(article(`Changed ${turn.toString()}`, later), NOON)),
  );
  assert.equal(changed.length, 1);
  const [kept] = await stores[0].read.help.articles(['bakery']);
  assert.match(kept?.title ?? '', /^Changed/);
  assert.equal(kept?.changedAt.toString(), later.toString());
  const removed = await atOnce((store) => store.transaction((tx) => tx.help.removeArticle(article(''))));
  assert.equal(removed.length, 1);
  assert.deepEqual(await stores[0].read.help.articles(['bakery']), []);
});

onBothDatabases('of two who write the first list of links, and of two who change it, one wins', async ({ open }) => {
  const stores = [await open(), await open()] as const;
  await addGrace(stores[0]);
  const list = (title: string, changedAt: Temporal.Instant): HelpLinks => ({
    organisation: 'bakery',
    links: [{ title, address: 'https://bakery.example/?a=1&b=2' }],
    changedAt,
  });
  const atOnce = async (what: string, seen: Temporal.Instant | null, changedAt: Temporal.Instant) => {
    const all = Array.from({ length: 20 }, (_, turn) =>
      stores[turn % 2 ? 1 : 0].transaction((tx) =>
        tx.help.changeLinks(list(`${what} ${turn.toString()}`, changedAt), seen),
      ),
    );
    return (await Promise.all(all)).filter(Boolean).length;
  };
  assert.deepEqual(await stores[0].read.help.links(['bakery']), []);
  assert.equal(await atOnce('First', null, NOON), 1);
  const later = NOON.add({ milliseconds: 1 });
  assert.equal(await atOnce('Changed', NOON, later), 1);
  assert.equal(await atOnce('Too late', NOON, later.add({ seconds: 1 })), 0);
  const [kept, ...more] = await stores[0].read.help.links(['bakery', 'elsewhere']);
  assert.deepEqual(more, []);
  assert.match(kept?.links[0]?.title ?? '', /^Changed/);
  assert.equal(kept?.links[0]?.address, 'https://bakery.example/?a=1&b=2');
  assert.equal(kept?.changedAt.toString(), later.toString());
});
