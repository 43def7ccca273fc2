import { type Document, readTop } from './markdown.ts';

/** Of how many articles of organisations what was read of them is kept; the one that was read first goes first. */
const MOST_KEPT = 1_000;
const kept = new Map<string, { markdown: string; document: Document }>();

/**
 * An article of an organisation, the same object as long as it says the same: whoever lists or searches two hundred of
 * them reads none twice.
 */
export function ownDocument({
  organisation,
  language,
  slug,
  markdown,
}: Record<'organisation' | 'language' | 'slug' | 'markdown', string>): Document {
  const name = `${organisation}/${language}/${slug}`;
  const known = kept.get(name);
  if (known?.markdown === markdown) return known.document;
  kept.delete(name);
  const [oldest] = kept.size >= MOST_KEPT ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  const document = readTop(markdown);
  kept.set(name, { markdown, document });
  return document;
}
