import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { buildAssets } from '#ui/assets.ts';
import { launchBrowser } from '../../../scripts/gallery/browser.ts';
import { type Rendering, renderings } from '../../../scripts/gallery/render.ts';
import { serve } from '../../../scripts/gallery/serve.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Every page of the gallery, in both languages: axe-core finds nothing, and nothing makes the page scroll sideways
 * (WCAG 2.2, 1.4.10 Reflow). A file for each window, so that each has a process of its own.
 */
export async function testEveryPage(width: number, colorScheme: 'light' | 'dark'): Promise<void> {
  const assets = await buildAssets();
  const all = renderings(assets);
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

  test(`axe-core finds nothing at ${width} px, ${colorScheme}, on ${all.length} views`, async () => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const tab = await context.newPage();
    const found: string[] = [];
    for (const one of all) {
      await tab.goto(server.at(one));
      found.push(...(await violations(one)), ...(await sideways(one)));
    }
    await context.close();
    assert.deepEqual(found, []);

    async function violations(one: Rendering): Promise<string[]> {
      await tab.evaluate(axe);
      const results = await tab.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
      return results.violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${one.id}: ${id} (${help}) at ${String(target)}`),
      );
    }

    async function sideways(one: Rendering): Promise<string[]> {
      const extra = await tab.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      return extra > 0 ? [`${one.id}: ${extra} px wider than the window`] : [];
    }
  });
}
