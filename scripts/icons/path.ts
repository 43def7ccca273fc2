export type Point = readonly [x: number, y: number];

const COMMAND = /([MmHhVvLlAaZz])([^MmHhVvLlAaZz]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;
const STEPS_PER_ARC = 32;

/** The outlines of an SVG path (SVG 2 §9.3), as far as the mark uses it: lines and circular arcs. */
export function outlinesOf(path: string): Point[][] {
  const outlines: Point[][] = [];
  let outline: Point[] = [];
  let [x, y] = [0, 0];
  const to = (nextX: number, nextY: number) => {
    [x, y] = [nextX, nextY];
    outline.push([x, y]);
  };
  for (const [, command = '', text = ''] of path.matchAll(COMMAND)) {
    const numbers = (text.match(NUMBER) ?? []).map(Number);
    const [a = 0, b = 0] = numbers;
    const isRelative = command === command.toLowerCase();
    const [fromX, fromY] = isRelative ? [x, y] : [0, 0];
    switch (command.toUpperCase()) {
      case 'M':
        outlines.push((outline = []));
        to(fromX + a, fromY + b);
        break;
      case 'H':
        to(fromX + a, y);
        break;
      case 'V':
        to(x, fromY + a);
        break;
      case 'L':
        to(fromX + a, fromY + b);
        break;
      case 'A': {
        const [, , , large = 0, sweep = 0, endX = 0, endY = 0] = numbers;
        const points = arc([x, y], [fromX + endX, fromY + endY], a, large === 1, sweep === 1);
        for (const [px, py] of points) to(px, py);
        break;
      }
      default:
        to(...(outline[0] ?? [0, 0]));
    }
  }
  return outlines;
}

/** A circular arc between two points (SVG 2 appendix B.2.4, with both radii the same). */
function arc([x1, y1]: Point, [x2, y2]: Point, radius: number, isLarge: boolean, isSweep: boolean): Point[] {
  const [halfX, halfY] = [(x2 - x1) / 2, (y2 - y1) / 2];
  const half = Math.hypot(halfX, halfY);
  const r = Math.max(radius, half);
  const away = Math.sqrt(r * r - half * half) * (isLarge === isSweep ? 1 : -1);
  const [centreX, centreY] = [x1 + halfX + (away * halfY) / half, y1 + halfY - (away * halfX) / half];
  const start = Math.atan2(y1 - centreY, x1 - centreX);
  let turn = Math.atan2(y2 - centreY, x2 - centreX) - start;
  if (isSweep && turn < 0) turn += 2 * Math.PI;
  if (!isSweep && turn > 0) turn -= 2 * Math.PI;
  return Array.from({ length: STEPS_PER_ARC }, (_, at) => {
    const angle = start + (turn * (at + 1)) / STEPS_PER_ARC;
    return [centreX + r * Math.cos(angle), centreY + r * Math.sin(angle)];
  });
}
