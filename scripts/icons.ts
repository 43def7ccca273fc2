import { writeFileSync } from 'node:fs';
import { drawIcon, ICONS } from './icons/draw.ts';
import { encodePng } from './icons/png.ts';

/** Draws the icons of the authenticator app from the mark. They are kept: phones ask for them, and they change rarely. */
for (const icon of ICONS) {
  const path = `authenticator/icons/${icon.name}`;
  writeFileSync(path, encodePng(drawIcon(icon), icon.size));
  console.log(path);
}
