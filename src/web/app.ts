import { Hono } from 'hono';
import { isOwnRequest } from '#http/csrf.ts';
import { securityHeaders } from '#http/headers.ts';
import { serveStatic } from '#http/static.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { type Site, type Visit, visitOf } from './visit.ts';

/** A request handler: tests call it with a `Request`, no port needed. `peer` is the address of the connection. */
export type App = { fetch(request: Request, peer: string): Promise<Response>; routes: readonly Route[] };

/** All the pages of the product; `more` are pages that the demonstration adds. */
export function createApp(site: Site, more: readonly Route[] = []): App {
  const all = [...routes, ...more];
  const hono = new Hono<{ Bindings: { peer: string } }>();
  for (const { method, path, answer } of all) {
    hono.on(method, path, (c) => guarded(site, c.req.raw, c.env.peer, c.req.param(), answer));
  }
  for (const path of new Set(all.map((route) => route.path))) {
    const allow = all.filter((route) => route.path === path).map((route) => route.method);
    hono.all(path, () => methodNotAllowed(site, allow));
  }
  hono.notFound((c) => guarded(site, c.req.raw, c.env.peer, {}, (visit) => visit.problem({ refusal: 'not-found' })));
  return {
    routes: all,
    fetch: async (request, peer) => serveStatic(request, site.assets.files) ?? hono.fetch(canonical(request), { peer }),
  };
}

/** The one place where a request becomes a visit and a fault becomes a page. */
async function guarded(
  site: Site,
  request: Request,
  peer: string,
  params: Record<string, string>,
  answer: (visit: Visit) => Promise<Response> | Response,
): Promise<Response> {
  const reference = crypto.randomUUID();
  try {
    const visit = await visitOf(site, request, peer, params);
    if (!isOwnRequest(request.method, request.headers, site.publicUrl.origin))
      return await visit.problem({ refusal: 'cross-origin' });
    const response = await answer(visit);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  } catch (fault) {
    const { pathname } = new URL(request.url);
    site.log.error({ reference, method: request.method, path: pathname, error: fault }, 'a request failed');
    const headers = { ...securityHeaders({ publicUrl: site.publicUrl }), 'content-type': 'text/plain; charset=utf-8' };
    return new Response(`Something went wrong on our side. Reference: ${reference}\n`, { status: 500, headers });
  }
}

function methodNotAllowed(site: Site, methods: string[]): Response {
  const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  const headers = { ...securityHeaders({ publicUrl: site.publicUrl }), allow: allow.join(', ') };
  return new Response('Method not allowed\n', { status: 405, headers });
}

/** A slash at the end is the same page. */
function canonical(request: Request): Request {
  const url = new URL(request.url);
  if (url.pathname === '/' || !url.pathname.endsWith('/') || request.method !== 'GET') return request;
  url.pathname = url.pathname.replace(/\/+$/, '') || '/';
  return new Request(url, request);
}
