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
 * Compresses a page. BREACH, an attack that measures the compressed length, needs a secret that stays the same and the
 * attacker's own text in one answer, again and again. Our pages have no CSRF token; a page that shows a secret puts
 * nothing of a request into the answer; and cookies are SameSite, so another site cannot fetch it as somebody.
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
