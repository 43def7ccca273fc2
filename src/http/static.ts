import { acceptedEncoding } from './compress.ts';

/** A file that is served from memory, compressed once. */
export type StaticFile = {
  contentType: string;
  etag: string;
  body: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer> | null;
  gzip: Uint8Array<ArrayBuffer> | null;
  /** The name carries a hash of the content, so the content behind it never changes. */
  immutable: boolean;
};

/** Answers for a file, or null when there is none of that name. Nothing is looked up on a disk. */
export function serveStatic(request: Request, files: ReadonlyMap<string, StaticFile>): Response | null {
  const file = files.get(new URL(request.url).pathname);
  if (!file || !['GET', 'HEAD'].includes(request.method)) return null;
  const headers = new Headers({
    'content-type': file.contentType,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = acceptedEncoding(request.headers.get('accept-encoding'));
  const encoded = encoding && file[encoding];
  if (encoded) headers.set('content-encoding', encoding);
  const body = encoded || file.body;
  headers.set('content-length', String(body.byteLength));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}
