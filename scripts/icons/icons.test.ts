import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawIcon, ICONS } from './draw.ts';
import { decodePng } from './png.ts';

for (const icon of ICONS) {
  const kept = decodePng(readFileSync(`authenticator/icons/${icon.name}`));

  test(`${icon.name} is what the mark looks like today, in the size it says`, () => {
    assert.equal(kept.size, icon.size);
    assert.ok(Buffer.from(kept.rgba).equals(drawIcon(icon)), 'run: node --import ./scripts/tsx.mjs scripts/icons.ts');
  });

  test(`${icon.name}: the middle four fifths hold the whole mark where a phone may cut`, () => {
    const night = [0x14, 0x23, 0x3b];
    const isMark = (x: number, y: number) =>
      night.some((value, at) => kept.rgba[(y * icon.size + x) * 4 + at] !== value);
    if (icon.corner > 0) return assert.equal(kept.rgba[3], 0, 'the corner is clear');
    let farthest = 0;
    for (let y = 0; y < icon.size; y += 1)
      for (let x = 0; x < icon.size; x += 1)
        if (isMark(x, y)) farthest = Math.max(farthest, Math.hypot(x + 0.5 - icon.size / 2, y + 0.5 - icon.size / 2));
    assert.ok(farthest > icon.size / 4, 'there is a mark');
    if (icon.name.includes('maskable')) assert.ok(farthest < icon.size * 0.4, String(farthest / icon.size));
  });
}
