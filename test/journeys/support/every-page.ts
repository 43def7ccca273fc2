import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { buildAssets } from '#ui/assets.ts';
import type { Lang } from '#words/index.ts';
import { launchBrowser } from '../../../scripts/gallery/browser.ts';
import { type Rendering, renderings } from '../../../scripts/gallery/render.ts';
import { serve } from '../../../scripts/gallery/serve.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDTHS = [320, 1280];

/** Dark differs from light in its colours alone: there the rules about colours are asked again. */
const SCHEMES = [
  { colorScheme: 'light', options: { resultTypes: ['violations'] } },
  {
    colorScheme: 'dark',
    options: { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['cat.color'] } },
  },
] as const;

/**
 * Every page of the gallery: axe-core finds nothing, on a phone and on a desktop, light and dark, and nothing makes the
 * page scroll sideways (WCAG 2.2, 1.4.10 Reflow). A file for each language, so that each has a process of its own.
 */
export async function testEveryPage(lang: Lang): Promise<void> {
  const assets = await buildAssets();
  const all = renderings(assets).filter((one) => one.lang === lang);
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    browser = await launchBrowser();
    server = await serve(all, assets);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  test(`axe-core finds nothing on ${all.length} views, wide and narrow, light and dark, and none scrolls sideways`, async () => {
    const tab = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    const found: string[] = [];
    for (const one of all) {
      await tab.goto(server.at(one));
      await tab.evaluate(axe);
      for (const width of WIDTHS) {
        await tab.setViewportSize({ width, height: 800 });
        found.push(...(await sideways(tab, one)));
        for (const { colorScheme, options } of SCHEMES) {
          await tab.emulateMedia({ colorScheme });
          const results = await tab.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
          found.push(...violations(results, `${one.id}, ${width} px, ${colorScheme}`));
        }
      }
    }
    assert.deepEqual(found, []);
  });
}

function violations({ violations: found }: AxeResults, where: string): string[] {
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${where}: ${id} (${help}) at ${String(target)}`),
  );
}

async function sideways(tab: Page, { id }: Rendering): Promise<string[]> {
  const extra = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return extra > 0 ? [`${id}: ${extra} px wider than a window of ${tab.viewportSize()?.width}`] : [];
}
