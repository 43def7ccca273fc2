import { createHash } from 'node:crypto';
import { PAGE_OF_STEP } from '#src/help/about.ts';
import type { Assets } from '#ui/assets.ts';
import { wordsOf } from '#web/help/testing.ts';
import type { Lang } from '#words/index.ts';
import { type Rendering, renderings } from '../gallery/render.ts';

/** Points: a small phone of today. */
export const WIDTH = 360;
/** Dots to a point. An article shows the picture smaller than the phone is, so that there are more than two in the end. */
export const SCALE = 1.5;

export type Pictured = { lang: Lang; name: string; rendering: Rendering };

/** The pages that articles show: every numbered step of the wizard, in its first and ordinary view, in every language. */
export function picturedIn(assets: Assets): Pictured[] {
  const names: string[] = Object.values(PAGE_OF_STEP);
  const seen = new Set<string>();
  return renderings(assets).flatMap((rendering) => {
    const { page, lang } = rendering;
    if (!names.includes(page) || seen.has(`${lang}/${page}`)) return [];
    seen.add(`${lang}/${page}`);
    return { lang, name: page, rendering };
  });
}

/**
 * Of what the page says, not of how it is styled: a new shade is no reason to draw anew, another sentence is. The links
 * below the task are not in the picture.
 */
export function digestOf({ html }: Rendering): string {
  const task = html.replace(/<div class="aside">.*?(?=<\/main>)/s, '');
  return createHash('sha256').update(wordsOf(task)).digest('hex').slice(0, 16);
}
