import { type Pixels, qrReader } from './qr.ts';

/** Screenshots of big screens have small QR codes, photographs are large and blurred: each size finds others. */
const LONGEST_SIDES = [1600, 800, 400];

export type PictureSeen = { text: string } | { failed: 'picture-unreadable' | 'no-qr-in-picture' };

/** The text of the QR code in a picture that was chosen. */
export async function readPicture(file: Blob): Promise<PictureSeen> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { failed: 'picture-unreadable' };
  }
  const read = await qrReader();
  for (const side of LONGEST_SIDES) {
    const text = await read(pixelsOf(bitmap, bitmap.width, bitmap.height, side));
    if (text) return { text };
  }
  return { failed: 'no-qr-in-picture' };
}

let canvas: HTMLCanvasElement | undefined;

/** Drawn on white: a QR code in a picture with holes would stand on black else. */
export function pixelsOf(source: CanvasImageSource, width: number, height: number, longestSide: number): Pixels {
  canvas ??= document.createElement('canvas');
  const scale = Math.min(1, longestSide / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser draws nothing');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
