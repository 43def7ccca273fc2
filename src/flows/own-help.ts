import type { OwnLink } from '#src/help/own-link.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { OwnText } from '#src/help/own-article.ts';
import type { OwnArticle } from '#store/help.ts';
import type { Writer } from '#store/store.ts';
import { administeredBy, type Steward, viaOf } from './administration.ts';
import type { Deps } from './deps.ts';

/** In all languages together. */
export const ARTICLES_MOST = 200;
const CONTACT_MOST_CHARACTERS = 120;

type Wish = { organisation: string; text: OwnText };

/** Adds an article of the organisation; with the name of one of ours it stands in place of that. */
export function addOwnArticle(deps: Deps, steward: Steward, { organisation, text }: Wish): Promise<Refused | null> {
  return inHelp(deps, steward, organisation, async ({ tx, now, audit }) => {
    if ((await tx.help.articles([organisation])).length >= ARTICLES_MOST)
      return refuse('articles-too-many', { limit: ARTICLES_MOST });
    // Two administrators, one name: the row has one winner, and the other is told.
    const isNew = await tx.help.addArticle({ ...text, organisation, changedAt: now });
    if (!isNew) return refuse('article-name-taken');
    await audit('help.article-added', nameOf(text));
    return null;
  });
}

/** `seen`: when the one was changed last that is being changed, so that nobody writes over somebody else's change. */
export function changeOwnArticle(
  deps: Deps,
  steward: Steward,
  { organisation, text, seen }: Wish & { seen: string },
): Promise<Refused | null> {
  return inHelp(deps, steward, organisation, async ({ tx, now, audit }) => {
    const present = await articleOf(tx, organisation, text);
    if (!present || versionOf(present) !== seen) return refuse('changed-meanwhile');
    if (present.markdown === text.markdown) return null;
    const changedAt = versionAfter(present, now);
    const isChanged = await tx.help.changeArticle({ ...text, organisation, changedAt }, present.changedAt);
    if (!isChanged) return refuse('changed-meanwhile');
    await audit('help.article-changed', nameOf(text));
    return null;
  });
}

export function removeOwnArticle(
  deps: Deps,
  steward: Steward,
  which: Pick<OwnArticle, 'organisation' | 'language' | 'slug'>,
): Promise<Refused | null> {
  return inHelp(deps, steward, which.organisation, async ({ tx, audit }) => {
    if (!(await tx.help.removeArticle(which))) return refuse('not-found');
    await audit('help.article-removed', nameOf(which));
    return null;
  });
}

/** Whom people may ask: it stands on prompts, in the help centre and in mails. Empty for nobody. */
export function setHelpContact(
  deps: Deps,
  steward: Steward,
  { organisation, contact: typed }: { organisation: string; contact: string },
): Promise<Refused | null> {
  return inHelp(deps, steward, organisation, async ({ tx, audit }) => {
    const contact = typed.normalize('NFC').trim();
    // One line: it stands in the middle of a sentence, and in a mail.
    if ([...contact].length > CONTACT_MOST_CHARACTERS || /[\p{C}\p{Zl}\p{Zp}]/u.test(contact))
      return refuse('contact-invalid', { limit: CONTACT_MOST_CHARACTERS });
    const before = (await tx.organisations.all()).find(({ id }) => id === organisation)?.helpContact;
    if (before === contact) return null;
    await tx.organisations.setHelpContact(organisation, contact);
    await audit('help.contact-changed', { before: before ?? '', after: contact });
    return null;
  });
}

/** `seen`: which list is being changed, see {@link versionOf}. */
export function setHelpLinks(
  deps: Deps,
  steward: Steward,
  { organisation, links, seen }: { organisation: string; links: OwnLink[]; seen: string },
): Promise<Refused | null> {
  return inHelp(deps, steward, organisation, async ({ tx, now, audit }) => {
    const [present = null] = await tx.help.links([organisation]);
    if (versionOf(present) !== seen) return refuse('changed-meanwhile');
    const before = present?.links ?? [];
    if (inWords(before) === inWords(links)) return null;
    const changedAt = versionAfter(present, now);
    // Two administrators, one list: the row has one winner, and the other is told.
    const isChanged = await tx.help.changeLinks({ organisation, links, changedAt }, present?.changedAt ?? null);
    if (!isChanged) return refuse('changed-meanwhile');
    await audit('help.links-changed', { before: inWords(before), after: inWords(links) });
    return null;
  });
}

/** What a form remembers of what it changes. */
export function versionOf(present: { changedAt: Temporal.Instant } | null): string {
  return present ? String(present.changedAt.epochMilliseconds) : '';
}

function inWords(links: readonly OwnLink[]): string {
  return links.map(({ title, address }) => `${title}: ${address}`).join(', ');
}

/** A version of its own, also within one millisecond. */
export function versionAfter(before: { changedAt: Temporal.Instant } | null, now: Temporal.Instant): Temporal.Instant {
  const next = before?.changedAt.add({ milliseconds: 1 }) ?? now;
  return Temporal.Instant.compare(now, next) >= 0 ? now : next;
}

type Scene = {
  tx: Writer;
  now: Temporal.Instant;
  audit(event: string, detail: Record<string, string>): Promise<unknown>;
};

/** An organisation that the steward does not look after is not there. */
function inHelp(
  deps: Deps,
  steward: Steward,
  organisation: string,
  work: (scene: Scene) => Promise<Refused | null>,
): Promise<Refused | null> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    await tx.accounts.lock(steward.account);
    if (!(await administeredBy(tx, steward)).includes(organisation)) return refuse('not-found');
    const entry = { at: now, actor: steward.account, account: null, ...steward.origin };
    const audit: Scene['audit'] = (event, detail) =>
      tx.audit.append({ ...entry, event, detail: { organisation, ...detail, ...viaOf(steward) } });
    return work({ tx, now, audit });
  });
}

async function articleOf(tx: Writer, organisation: string, { language, slug }: OwnText): Promise<OwnArticle | null> {
  const all = await tx.help.articles([organisation]);
  return all.find((one) => one.language === language && one.slug === slug) ?? null;
}

function nameOf({ language, slug }: Pick<OwnArticle, 'language' | 'slug'>): { article: string } {
  return { article: `${language}/${slug}` };
}
