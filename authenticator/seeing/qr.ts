/** Pixels, red green blue alpha, as a canvas gives them. */
export type Pixels = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

/** Reads QR codes; answers the text of the first one that is found. */
export type Reader = (picture: Pixels) => Promise<string | null>;

/** The part of the Shape Detection API that is used; not every browser has it, and no type library. */
type Detector = { detect(picture: ImageData): Promise<readonly { rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/**
 * The system's own reader where there is one that knows QR codes, else jsQR, which is fetched only then. The system's
 * may be there and broken (a phone without its services), so what it cannot read jsQR looks at too.
 */
export async function qrReader(around: object = globalThis): Promise<Reader> {
  const detector = await systemDetector(around);
  if (!detector) return byJsqr;
  return async (picture) => (await seenBy(detector, picture)) ?? byJsqr(picture);
}

async function systemDetector(around: object): Promise<Detector | null> {
  const Detector: DetectorClass | undefined = Reflect.get(around, 'BarcodeDetector');
  if (!Detector) return null;
  try {
    const formats = await Detector.getSupportedFormats();
    return formats.includes('qr_code') ? new Detector({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

async function seenBy(detector: Detector, { data, width, height }: Pixels): Promise<string | null> {
  try {
    const [found] = await detector.detect(new ImageData(data, width, height));
    return found?.rawValue || null;
  } catch {
    return null;
  }
}

export async function byJsqr({ data, width, height }: Pixels): Promise<string | null> {
  // A CommonJS module that is its own default, and says so only to the compiler.
  const { default: module } = await import('jsqr');
  return module.default(data, width, height)?.data || null;
}
