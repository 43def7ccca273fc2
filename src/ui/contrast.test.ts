import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const TEXT = 4.5; // WCAG 2.2, 1.4.3
const EDGE = 3; // WCAG 2.2, 1.4.11

const PAIRS: [foreground: string, background: string, least: number][] = [
  ['ink', 'paper', TEXT],
  ['ink', 'sheet', TEXT],
  ['ink', 'note-bg', TEXT],
  ['soft', 'paper', TEXT],
  ['soft', 'sheet', TEXT],
  ['link', 'paper', TEXT],
  ['link', 'sheet', TEXT],
  ['on-night', 'night', TEXT],
  ['on-night', 'night-2', TEXT],
  ['on-act', 'act', TEXT],
  ['bad', 'paper', TEXT],
  ['bad', 'sheet', TEXT],
  ['bad', 'bad-bg', TEXT],
  ['bad', 'note-bg', TEXT],
  ['good', 'good-bg', TEXT],
  ['warn', 'warn-bg', TEXT],
  ['edge', 'paper', EDGE],
  ['edge', 'sheet', EDGE],
  ['focus', 'paper', EDGE],
  ['focus', 'sheet', EDGE],
  ['light', 'night', EDGE],
  ['light', 'act', EDGE],
];

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const [lightBlock = '', darkBlock = ''] = css.split('prefers-color-scheme: dark');
const light = tokens(lightBlock);
const dark = { ...light, ...tokens(darkBlock) };

for (const [mode, palette] of Object.entries({ light, dark })) {
  test(`every pair of colours can be told apart in ${mode} mode`, () => {
    for (const [foreground, background, least] of PAIRS) {
      const ratio = contrast(palette[foreground], palette[background]);
      assert.ok(ratio >= least, `${foreground} on ${background}: ${ratio.toFixed(2)} : 1, wants ${least}`);
    }
  });
}

function tokens(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

function contrast(a: string | undefined, b: string | undefined): number {
  assert.ok(a && b);
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
