import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A square picture, four bytes a pixel (RGBA), as PNG (RFC 2083; ISO/IEC 15948). */
export function encodePng(rgba: Uint8Array, size: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGB with alpha
  const lines = Buffer.alloc(size * (1 + size * 4));
  // Each line is written as its difference from the one above (filter 2): flat art nearly vanishes.
  for (let y = 0; y < size; y += 1) {
    const at = y * (1 + size * 4);
    lines[at] = 2;
    for (let x = 0; x < size * 4; x += 1) {
      const above = y === 0 ? 0 : (rgba[(y - 1) * size * 4 + x] ?? 0);
      lines[at + 1 + x] = (rgba[y * size * 4 + x] ?? 0) - above;
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The pixels of a picture that `encodePng` wrote: how well it was packed differs between versions of zlib. */
export function decodePng(png: Buffer): { rgba: Uint8Array; size: number } {
  const size = png.readUInt32BE(16);
  const length = png.readUInt32BE(33);
  const lines = inflateSync(png.subarray(41, 41 + length));
  const rgba = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size * 4; x += 1) {
      const above = y === 0 ? 0 : (rgba[(y - 1) * size * 4 + x] ?? 0);
      rgba[y * size * 4 + x] = (lines[y * (1 + size * 4) + 1 + x] ?? 0) + above;
    }
  return { rgba, size };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
