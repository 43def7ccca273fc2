import type { Rendering } from './render.ts';

export const VIEWS = [
  { name: 'phone', width: 390, height: 844, dark: false },
  { name: 'phone-dark', width: 390, height: 844, dark: true },
  { name: 'desktop', width: 1280, height: 800, dark: false },
  { name: 'desktop-dark', width: 1280, height: 800, dark: true },
] as const;

export type ViewName = (typeof VIEWS)[number]['name'];

export function pictureOf(one: Rendering, view: ViewName): string {
  return `${one.id}-${view}.png`;
}

/** All pictures on one page, a row for each page and example, to be looked at with `file://`. */
export function indexPage(all: readonly Rendering[]): string {
  const rows = all.map(
    (
      one,
    ) => `<section><h2>${escape(one.page)} · ${escape(one.example)} · ${one.lang}</h2><p>${escape(one.title)}</p><div>
${VIEWS.map(({ name }) => `<a href="${pictureOf(one, name)}"><img loading="lazy" alt="${name}" src="${pictureOf(one, name)}"></a>`).join('\n')}
</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Nachtslot: gallery</title>
<style>body{font:16px system-ui;margin:2rem;background:#eee}section{margin-bottom:2rem}div{display:flex;gap:1rem;align-items:start}img{max-height:24rem;max-width:30vw;border:1px solid #999}h2{margin:0;font-size:1rem}p{margin:.2rem 0 .5rem}</style>
<h1>Every page, in every interesting view</h1>${rows.join('\n')}</html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
