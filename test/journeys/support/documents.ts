import { readFileSync } from 'node:fs';

/** The first block of this language in a document: what people copy is what is run. */
export function snippet(document: string, language: string, folder = 'operations'): string {
  const text = readFileSync(new URL(`../../../docs/${folder}/${document}`, import.meta.url), 'utf8');
  const found = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text)?.[1];
  if (!found) throw new Error(`${document} has no block of ${language}`);
  return found;
}

/** Every `from` has to be there: a document that was changed must not be run as something else. */
export function replaced(text: string, changes: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return changes.reduce((now, [from, to]) => {
    const next = now.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'gm'), to);
    if (next === now) throw new Error(`${String(from)} is not in the document any more`);
    return next;
  }, text);
}
