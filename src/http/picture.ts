import { BODY_LIMIT_BYTES, upTo } from './body.ts';

/** The largest picture that is kept (32 KiB): a square of 128 points is a tenth of it. */
export const PICTURE_LIMIT_BYTES = 32 * 1024;

export type PictureResult =
  | { ok: true; picture: { type: string; bytes: Uint8Array } }
  | { ok: false; status: 400 | 413 | 415; refusal: 'input-malformed' | 'too-large' }
  | { ok: false; status: 422; refusal: 'logo-missing' | 'logo-too-large' | 'logo-not-a-picture' };

/** Reads one picture out of a form (`multipart/form-data`, RFC 7578). What it is, its own bytes say, not its sender. */
export async function readPicture(request: Request, field: string): Promise<PictureResult> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return { ok: false, status: 415, refusal: 'input-malformed' };
  const body = await upTo(BODY_LIMIT_BYTES, request.body);
  if (body === 'too-large') return { ok: false, status: 422, refusal: 'logo-too-large' };
  const file = body === 'broken' ? null : await fileOf(body, contentType, field);
  if (file === null) return { ok: false, status: 400, refusal: 'input-malformed' };
  if (file.byteLength === 0) return { ok: false, status: 422, refusal: 'logo-missing' };
  if (file.byteLength > PICTURE_LIMIT_BYTES) return { ok: false, status: 422, refusal: 'logo-too-large' };
  const type = typeOf(file);
  return type
    ? { ok: true, picture: { type, bytes: file } }
    : { ok: false, status: 422, refusal: 'logo-not-a-picture' };
}

async function fileOf(body: Uint8Array, contentType: string, field: string): Promise<Uint8Array | null> {
  try {
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': contentType } }).formData();
    const [file, more] = form.getAll(field);
    return file instanceof File && more === undefined ? new Uint8Array(await file.arrayBuffer()) : null;
  } catch {
    return null; // not what its header says
  }
}

/** By the first bytes. An SVG is text, and can hold a program: it is not on the list. */
function typeOf(bytes: Uint8Array): string | null {
  const starts = (at: number, ...wanted: number[]) => wanted.every((one, index) => bytes[at + index] === one);
  const riff = starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return riff ? 'image/webp' : null;
}
