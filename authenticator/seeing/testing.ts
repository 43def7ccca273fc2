import { spawnSync } from 'node:child_process';
import type { Pixels } from './qr.ts';

/** The modules of a QR code that `qrencode` writes, true where it is dark, without its quiet zone. */
export function modulesOf(text: string, level: 'L' | 'M' | 'Q' | 'H' = 'M'): boolean[][] {
  const { error, status, stdout, stderr } = spawnSync('qrencode', ['-t', 'ASCII', '-m', '0', '-l', level, text], {
    encoding: 'utf8',
  });
  if (error) throw new Error('qrencode is missing. Install it with: apt-get install -y qrencode');
  if (status !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Array.from({ length: line.length / 2 }, (_, at) => line[at * 2] === '#'));
}

type Placing = { width: number; height: number; modulePixels: number; degrees?: number; dark?: number; light?: number };

/** As a camera sees it: in the middle, turned, with soft edges and not quite black on white. */
export function photograph(modules: boolean[][], placing: Placing): Pixels {
  const { width, height, modulePixels, degrees = 0, dark = 40, light = 215 } = placing;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const SAMPLES = [0.25, 0.75];
  const isDark = (x: number, y: number) => {
    const [fromX, fromY] = [x - width / 2, y - height / 2];
    const column = Math.floor((fromX * cos + fromY * sin) / modulePixels + modules.length / 2);
    const row = Math.floor((fromY * cos - fromX * sin) / modulePixels + modules.length / 2);
    return modules[row]?.[column] ?? false;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const hits = SAMPLES.flatMap((dy) => SAMPLES.filter((dx) => isDark(x + dx, y + dy))).length;
      data.fill(light + ((dark - light) * hits) / 4, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  return { data, width, height };
}
