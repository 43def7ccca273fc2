import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Four bits a dot. Our pages have paper, ink, one light and the edges of letters between them: nobody sees the rest. */
const COLOURS = 16;
/** The commonest are kept however near they are: paper and sheet are nearly one colour, and the difference is the page. */
const KEPT = 5;

/** The same picture with sixteen colours, a fifth of its size: a help page is read on the way, on a bad connection. */
export function fewColours(shot: Buffer): { png: Buffer; width: number; height: number } {
  const { pixels, width, height } = read(shot);
  const palette = paletteOf(pixels);
  const nearest = new Map<number, number>();
  const bytesPerLine = Math.ceil(width / 2);
  const lines = Buffer.alloc(height * (1 + bytesPerLine));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x] ?? 0;
      let index = nearest.get(colour);
      if (index === undefined) nearest.set(colour, (index = nearestIn(palette, colour)));
      const at = y * (1 + bytesPerLine) + 1 + (x >> 1);
      lines[at] = (lines[at] ?? 0) | (index << (x % 2 === 0 ? 4 : 0));
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([4, 3, 0, 0, 0], 8); // four bits a dot, from a palette (ISO/IEC 15948 §11.2.1)
  const plte = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', plte),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { png, width, height };
}

/** The commonest colours, each far enough from those before it that it earns its place. */
function paletteOf(pixels: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const common = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  for (const apart of [40, 24, 12, 0]) {
    const palette: number[] = [];
    for (const colour of common) {
      if (palette.length === COLOURS) return palette;
      if (palette.length < KEPT || palette.every((one) => distance(one, colour) > apart)) palette.push(colour);
    }
    if (apart === 0) return palette;
  }
  return common.slice(0, COLOURS);
}

function nearestIn(palette: readonly number[], colour: number): number {
  let best = 0;
  for (let at = 1; at < palette.length; at += 1)
    if (distance(palette[at] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = at;
  return best;
}

function distance(one: number, other: number): number {
  const part = (shift: number) => ((one >> shift) & 255) - ((other >> shift) & 255);
  return Math.hypot(part(16), part(8), part(0));
}

/** The dots of a picture that the browser took: eight bits a channel, with or without alpha, not interlaced. */
function read(png: Buffer): { pixels: number[]; width: number; height: number } {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  let above = Buffer.alloc(stride);
  const pixels: number[] = [];
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const line = Buffer.from(raw.subarray(start + 1, start + 1 + stride));
    unfilter(raw[start] ?? 0, line, above, channels);
    for (let x = 0; x < stride; x += channels)
      pixels.push(((line[x] ?? 0) << 16) | ((line[x + 1] ?? 0) << 8) | (line[x + 2] ?? 0));
    above = line;
  }
  return { pixels, width, height };
}

/** ISO/IEC 15948 §9.2. */
function unfilter(filter: number, line: Buffer, above: Buffer, channels: number): void {
  for (let x = 0; x < line.length; x += 1) {
    const left = x < channels ? 0 : (line[x - channels] ?? 0);
    const up = above[x] ?? 0;
    const corner = x < channels ? 0 : (above[x - channels] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    line[x] = (line[x] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
