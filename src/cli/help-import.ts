import type { OwnLink } from '#src/help/own-link.ts';
import { COMMAND_LINE } from './invite.ts';
import { type Command, Refused } from './command.ts';
import { articlesIn, linksIn } from './help-folder.ts';
import { withHouse } from './house.ts';
import { versionAfter } from '#flows/own-help.ts';
import type { Writer } from '#store/store.ts';

export const command: Command = {
  summary: 'Puts the articles and links of an organisation into its help centre.',
  about:
    'FOLDER has en/NAME.md and nl/NAME.md. An article with the name of one of ours stands in its place for the people of ' +
    'the organisation; any other is added. They replace whatever the organisation had before; an empty folder takes all articles away. ' +
    'links.txt, where there is one, replaces its links: one a line, the address first and then the title.',
  words: ['FOLDER'],
  flags: { organisation: { value: 'SLUG', sentence: 'Which organisation; not needed where there is only one.' } },
  run: async (call, around) => {
    const [folder = ''] = call.words;
    const slug = call.flag('organisation');
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        const all = await tx.organisations.all();
        const organisation = slug === undefined && all.length === 1 ? all[0] : all.find((one) => one.slug === slug);
        if (!organisation)
          throw new Refused(
            slug === undefined
              ? 'Say for which organisation: --organisation. See: nachtslot org list'
              : `There is no organisation called ${slug}. See: nachtslot org list`,
          );
        const articles = articlesIn(folder, organisation.id, around.now());
        const links = linksIn(folder, around.now());
        await tx.help.replaceArticles(organisation.id, articles);
        if (links) await replaceLinks(tx, organisation.id, links, around.now());
        const names = articles.map((one) => `${one.language}/${one.slug}`);
        await tx.audit.append({
          at: around.now(),
          event: 'help.imported',
          actor: null,
          account: null,
          ...COMMAND_LINE,
          detail: { organisation: organisation.slug, articles: articles.length, ...(links && { links: links.length }) },
        });
        return {
          lines: [
            articles.length === 0
              ? `${organisation.name} has no articles of its own any more.`
              : `${organisation.name} has these articles of its own now: ${names.join(', ')}`,
            ...(links ? [`Links in its help centre now: ${links.length}`] : []),
          ],
          json: { organisation: organisation.slug, articles: names, ...(links && { links: links.length }) },
        };
      }),
    );
  },
};

async function replaceLinks(tx: Writer, organisation: string, links: OwnLink[], now: Temporal.Instant): Promise<void> {
  const [present = null] = await tx.help.links([organisation]);
  const list = { organisation, links, changedAt: versionAfter(present, now) };
  if (!(await tx.help.changeLinks(list, present?.changedAt ?? null)))
    throw new Refused('Somebody changed the links meanwhile. Nothing was imported; run this again.');
}
