import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAssets } from '#ui/assets.ts';
import { launchBrowser } from './gallery/browser.ts';
import { indexPage, pictureOf, VIEWS } from './gallery/index-page.ts';
import { renderings } from './gallery/render.ts';
import { serve } from './gallery/serve.ts';

// `npm run gallery [PAGE …]`: draws every page in every interesting view (phone and desktop, light and dark, English and
// Dutch, errors) into the folder `gallery/`, with an index page. The picture of the README is one of them.
const folder = 'gallery';
const wanted = process.argv.slice(2);
const README_PICTURE = { id: 'enrol-scan-computer-en', view: 'desktop', file: 'docs/images/scan.png' };

mkdirSync(folder, { recursive: true });
const assets = await buildAssets();
const all = renderings(assets).filter((one) => wanted.length === 0 || wanted.includes(one.page));
const server = await serve(all, assets);
const browser = await launchBrowser();
for (const view of VIEWS) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const tab = await context.newPage();
  for (const one of all) {
    await tab.setViewportSize({ width: view.width, height: view.height });
    await tab.goto(server.at(one));
    // As tall a window as the page: what stands still while one scrolls would end in the middle of a long picture.
    const tall = await tab.evaluate(() => document.documentElement.scrollHeight);
    await tab.setViewportSize({ width: view.width, height: Math.max(view.height, tall) });
    const picture = await tab.screenshot();
    writeFileSync(join(folder, pictureOf(one, view.name)), picture);
    if (one.id === README_PICTURE.id && view.name === README_PICTURE.view) {
      mkdirSync('docs/images', { recursive: true });
      writeFileSync(README_PICTURE.file, picture);
    }
  }
  await context.close();
}
await browser.close();
await server.close();
writeFileSync(join(folder, 'index.html'), indexPage(all));
console.log(`${all.length * VIEWS.length} pictures of ${all.length} views in ${folder}/, with ${folder}/index.html`);
