import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const br = promisify(brotliCompress);
const gz = promisify(gzip);

export type Encoding = 'br' | 'gzip';

/** The best encoding that the browser takes (RFC 9110 §12.5.3), or null. */
export function acceptedEncoding(header: string | null): Encoding | null {
  const accepts = (encoding: string) =>
    (header ?? '').split(',').some((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      return name === encoding && !parameters.some((one) => /^\s*q=0(?:\.0*)?$/.test(one));
    });
  return accepts('br') ? 'br' : accepts('gzip') ? 'gzip' : null;
}

/**
 * Compresses a page. BREACH, an attack on the compressed length, needs a secret that stays the same and the attacker's
 * own text in one answer. Our pages carry no CSRF token, and the pages that show a secret (the wizard, the backup
 * code) put nothing of the request's address into the answer. Keep it so: a page shows a secret, or echoes, never both.
 */
export async function compressed(
  html: string,
  acceptEncoding: string | null,
): Promise<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  const plain = Buffer.from(html);
  const encoding = plain.byteLength < 1024 ? null : acceptedEncoding(acceptEncoding);
  const headers: Record<string, string> = { vary: 'accept-encoding' };
  if (!encoding) return { body: plain, headers };
  // Quality 4: as quick as gzip and smaller; 11 is for files that are compressed once.
  const body =
    encoding === 'br'
      ? await br(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await gz(plain, { level: 6 });
  return { body: new Uint8Array(body), headers: { ...headers, 'content-encoding': encoding } };
}
