import { LIGHT_PATH, MARK_PATH } from '#ui/mark.tsx';
import { outlinesOf, type Point } from './path.ts';

type Icon = {
  name: string;
  size: number;
  /** How much of the width the mark takes; on maskable ones the phone may cut off all but the middle four fifths. */
  mark: number;
  /** Round corners, as a share of the width. */
  corner: number;
};

export const ICONS: readonly Icon[] = [
  { name: 'icon-192.png', size: 192, mark: 0.62, corner: 0.18 },
  { name: 'icon-512.png', size: 512, mark: 0.62, corner: 0.18 },
  { name: 'icon-maskable-512.png', size: 512, mark: 0.48, corner: 0 },
  { name: 'apple-touch-icon.png', size: 180, mark: 0.6, corner: 0 },
];

/** `--night`, `--on-night` and `--light` of the tokens. */
const COLOURS = { night: [0x14, 0x23, 0x3b], ink: [0xf4, 0xec, 0xdd], light: [0xf0, 0xa9, 0x3b] };
const MARK_UNITS = 32;
const SAMPLES = 4;

/** The mark on the night, four bytes a pixel. */
export function drawIcon({ size, mark, corner }: Icon): Uint8Array {
  const rgba = new Uint8Array(size * size * 4);
  const scale = (size * mark) / MARK_UNITS;
  const offset = (size * (1 - mark)) / 2;
  const placed = (path: string) =>
    outlinesOf(path).map((outline) => outline.map(([x, y]): Point => [offset + x * scale, offset + y * scale]));
  const r = corner * size;
  const plate = `M${r} 0H${size - r}A${r} ${r} 0 0 1 ${size} ${r}V${size - r}A${r} ${r} 0 0 1 ${size - r} ${size}H${r}A${r} ${r} 0 0 1 0 ${size - r}V${r}A${r} ${r} 0 0 1 ${r} 0z`;
  const square = `M0 0H${size}V${size}H0z`;
  paint(rgba, size, outlinesOf(r > 0 ? plate : square), COLOURS.night);
  paint(rgba, size, placed(LIGHT_PATH), COLOURS.light);
  paint(rgba, size, placed(MARK_PATH), COLOURS.ink);
  return rgba;
}

/** Fills by the even-odd rule, with sixteen samples a pixel. */
function paint(rgba: Uint8Array, size: number, outlines: Point[][], colour: readonly number[]): void {
  for (let y = 0; y < size; y += 1) {
    const covered = new Float64Array(size);
    for (let sample = 0; sample < SAMPLES; sample += 1)
      for (const [from, to] of spansAt(outlines, y + (sample + 0.5) / SAMPLES)) cover(covered, from, to);
    for (let x = 0; x < size; x += 1) blend(rgba, (y * size + x) * 4, colour, (covered[x] ?? 0) / SAMPLES);
  }
}

/** Where a horizontal line is inside. */
function spansAt(outlines: Point[][], y: number): [number, number][] {
  const crossings: number[] = [];
  for (const outline of outlines)
    outline.forEach(([x1, y1], at) => {
      const [x2, y2] = outline[(at + 1) % outline.length] ?? [x1, y1];
      if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    });
  crossings.sort((a, b) => a - b);
  return Array.from({ length: crossings.length / 2 }, (_, at) => [crossings[at * 2] ?? 0, crossings[at * 2 + 1] ?? 0]);
}

function cover(covered: Float64Array, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(covered.length, to); x += 1)
    covered[x] = (covered[x] ?? 0) + Math.max(0, Math.min(to, x + 1) - Math.max(from, x));
}

function blend(rgba: Uint8Array, at: number, colour: readonly number[], share: number): void {
  if (share <= 0) return;
  const before = (rgba[at + 3] ?? 0) / 255;
  const after = share + before * (1 - share);
  colour.forEach((value, channel) => {
    const under = rgba[at + channel] ?? 0;
    rgba[at + channel] = Math.round((value * share + under * before * (1 - share)) / after);
  });
  rgba[at + 3] = Math.round(after * 255);
}
