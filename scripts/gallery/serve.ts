import { createServer } from 'node:http';
import { securityHeaders } from '#http/headers.ts';
import type { Assets } from '#ui/assets.ts';
import type { Rendering } from './render.ts';

/** Their names hold the hash of what is in them. */
const KEPT = { 'cache-control': 'max-age=31536000, immutable' };

/** Serves the renderings on loopback under the product's own headers: what the policy forbids is not seen here either. */
export async function serve(all: readonly Rendering[], assets: Assets) {
  const byPath = new Map(all.map((one) => [`/${one.id}`, one.html]));
  const headers = securityHeaders({ publicUrl: new URL('http://localhost') });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = assets.files.get(path);
    const html = byPath.get(path);
    if (file) response.writeHead(200, { 'content-type': file.contentType, ...KEPT }).end(file.body);
    else if (html) response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(html);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    at: (one: Rendering) => `http://127.0.0.1:${port}/${one.id}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
