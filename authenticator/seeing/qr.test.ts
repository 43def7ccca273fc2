import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byJsqr, qrReader } from './qr.ts';
import { modulesOf, photograph } from './testing.ts';

const ADDRESS =
  'otpauth://totp/Harbour%20Freight:noor%40harbour.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harbour%20Freight';
const LEVELS = ['L', 'M', 'Q', 'H'] as const;

describe('what qrencode writes is read, at twenty sizes and rotations', () => {
  for (let turn = 0; turn < 20; turn += 1) {
    const level = LEVELS[turn % LEVELS.length] ?? 'M';
    const modulePixels = 3 + turn * 0.35;
    const degrees = turn * 18;
    test(`${modulePixels.toFixed(2)} pixels a module, ${degrees}°, level ${level}`, async () => {
      const modules = modulesOf(ADDRESS, level);
      const side = Math.ceil(modules.length * modulePixels * 1.5) + 40;
      const picture = photograph(modules, { width: side, height: side, modulePixels, degrees });
      assert.equal(await byJsqr(picture), ADDRESS);
    });
  }
});

test('light on dark is read too: a website in its dark mode', async () => {
  const modules = modulesOf(ADDRESS);
  const picture = photograph(modules, { width: 420, height: 420, modulePixels: 6, dark: 230, light: 20 });
  picture.data.forEach((value, at) => {
    if (value === 255 && at % 4 !== 3) picture.data[at] = 20;
  });
  assert.equal(await byJsqr(picture), ADDRESS);
});

test('a picture without a QR code has no text', async () => {
  const picture = photograph([[true]], { width: 200, height: 200, modulePixels: 30 });
  assert.equal(await byJsqr(picture), null);
});

describe("the system's own reader", () => {
  const picture = photograph(modulesOf(ADDRESS), { width: 420, height: 420, modulePixels: 6 });
  const around = (formats: string[], detect: () => Promise<{ rawValue: string }[]>) => ({
    BarcodeDetector: class {
      static getSupportedFormats = async () => formats;
      detect = detect;
    },
  });
  // Node has no ImageData; the reader under test makes one of the pixels.
  Reflect.set(globalThis, 'ImageData', Object);

  test('is asked where there is one that knows QR codes', async () => {
    const read = await qrReader(around(['qr_code'], async () => [{ rawValue: 'by the system' }]));
    assert.equal(await read(picture), 'by the system');
  });

  test('is not asked where it knows other codes only', async () => {
    const read = await qrReader(around(['ean_13'], async () => [{ rawValue: 'by the system' }]));
    assert.equal(await read(picture), ADDRESS);
  });

  test('where it finds nothing or fails, ours looks too', async () => {
    for (const detect of [async () => [], () => Promise.reject(new Error('Barcode detection service unavailable.'))]) {
      const read = await qrReader(around(['qr_code'], detect));
      assert.equal(await read(picture), ADDRESS);
    }
  });
});
