import { mkdirSync, writeFileSync } from 'node:fs';
import { buildAssets } from '#ui/assets.ts';
import { launchBrowser } from './gallery/browser.ts';
import { serve } from './gallery/serve.ts';
import { digestOf, picturedIn, SCALE, WIDTH } from './help-pictures/pictured.ts';
import { fewColours } from './help-pictures/few-colours.ts';

// `node --import ./scripts/tsx.mjs scripts/help-pictures.ts`: draws the pages of the wizard as a phone shows them, for the
// articles of the help centre, into `help/pictures/`. `scripts/help-pictures/pictures.test.ts` says when it is time to.
/** Points of paper below the button. */
const BELOW = 24;

const assets = await buildAssets();
const all = picturedIn(assets);
const server = await serve(
  all.map(({ rendering }) => rendering),
  assets,
);
const browser = await launchBrowser();
const context = await browser.newContext({
  viewport: { width: WIDTH, height: 640 },
  deviceScaleFactor: SCALE,
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
const tab = await context.newPage();
const drawn: Record<string, { width: number; height: number; of: string }> = {};
for (const { lang, name, rendering } of all) {
  await tab.goto(server.at(rendering));
  await tab.evaluate(() => document.fonts.ready);
  // The bolt of the wizard slides once: at its end, and not on its way.
  await tab.waitForTimeout(400);
  // From the top of the task down to the button that goes on: what is above and below would only take room.
  const main = await tab.locator('main').boundingBox();
  const button = await tab.locator('main .primary').first().boundingBox();
  if (!main || !button) throw new Error(`${name} has no button that goes on`);
  const clip = { ...main, height: button.y + button.height + BELOW - main.y };
  const shot = await tab.screenshot({ clip, fullPage: true });
  const { png, width, height } = fewColours(shot);
  mkdirSync(`help/pictures/${lang}`, { recursive: true });
  writeFileSync(`help/pictures/${lang}/${name}.png`, png);
  drawn[`${lang}/${name}`] = { width, height, of: digestOf(rendering) };
  console.log(
    `${lang}/${name}: ${width} × ${height}, ${(png.length / 1024).toFixed(1)} kB (was ${(shot.length / 1024).toFixed(1)})`,
  );
}
await browser.close();
await server.close();
writeFileSync('help/pictures/pictures.json', `${JSON.stringify(drawn, null, 2)}\n`);
