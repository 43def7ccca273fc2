import type { App } from '#web/app.ts';

/**
 * Lets scripts on this machine move the clock. A script sends no `Origin`; a page cannot leave it out (Fetch §3.1), so
 * what a page of another site sends still says so, and is refused as everywhere.
 */
export function acceptingScripts(app: App, publicUrl: URL): App {
  return {
    ...app,
    fetch: (request, peer) => app.fetch(isScript(request, peer) ? asOwn(request, publicUrl) : request, peer),
  };
}

function isScript(request: Request, peer: string): boolean {
  const isBrowser = request.headers.has('origin') || request.headers.has('sec-fetch-site');
  return request.method === 'POST' && !isBrowser && isLoopback(peer) && new URL(request.url).pathname === '/demo/clock';
}

function isLoopback(peer: string): boolean {
  return peer === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(peer);
}

function asOwn(request: Request, publicUrl: URL): Request {
  const headers = new Headers(request.headers);
  headers.set('origin', publicUrl.origin);
  return new Request(request, { headers });
}
