import { Hono } from 'hono';
import { type AtDoor, atDoor } from '#http/at-door.ts';
import { isOwnRequest } from '#http/csrf.ts';
import { RETRY_AFTER_SECONDS, statusOfFault } from '#http/fault.ts';
import { securityHeaders } from '#http/headers.ts';
import { isLoopbackHttp } from '#http/public-url.ts';
import { serveStatic } from '#http/static.ts';
import { SCOPE } from './authenticator-app/manifest.ts';
import { problemPage } from './problem.page.tsx';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { type Site, type Visit, visitOf } from './visit.ts';

/** A request handler: tests call it with a `Request`, no port needed. `peer` is the address of the connection. */
export type App = {
  fetch(request: Request, peer: string): Promise<Response>;
  routes: readonly Route[];
};

/** The same, and a page in answer to a request that did not come by a route. */
export type DrawingApp = App & {
  draw(request: Request, answer: Route['answer']): Promise<Response>;
  /** On a socket this is asked first: see `http/door.ts`. */
  atDoor: AtDoor;
};

/** All the pages of the product; `more` are pages that the demonstration adds. */
export function createApp(site: Site, more: readonly Route[] = []): DrawingApp {
  const all = [...routes, ...more];
  const hono = new Hono<{ Bindings: { peer: string } }>();
  for (const { method, path, level, answer } of all) {
    hono.on(method, path, (c) => guarded(site, c.req.raw, c.env.peer, c.req.param(), { level, answer }));
  }
  for (const path of new Set(all.map((route) => route.path))) {
    const allow = all.filter((route) => route.path === path).map((route) => route.method);
    hono.all(path, () => methodNotAllowed(site, allow));
  }
  const nowhere = { level: 'public', answer: (visit: Visit) => visit.problem({ refusal: 'not-found' }) } as const;
  hono.notFound((c) => guarded(site, c.req.raw, c.env.peer, {}, nowhere));
  return {
    routes: all,
    draw: (request, answer) => guarded(site, request, '', {}, { level: 'public', answer }),
    atDoor: atDoor(site.door, site.log, site.publicUrl),
    fetch: async (request, peer) =>
      serveStatic(request, site.assets.files) ?? otherName(site, request) ?? hono.fetch(canonical(request), { peer }),
  };
}

/** The one place where a request becomes a visit and a fault becomes a page. */
async function guarded(
  site: Site,
  request: Request,
  peer: string,
  params: Record<string, string>,
  { level, answer }: Pick<Route, 'level' | 'answer'>,
): Promise<Response> {
  let visit: Visit | null = null;
  try {
    visit = await visitOf(site, request, peer, params, level);
    if (!isOwnRequest(request.method, request.headers, site.publicUrl.origin))
      return await visit.problem({ refusal: 'cross-origin' });
    const response = await answer(visit);
    return request.method === 'HEAD' ? new Response(null, response) : response;
  } catch (fault) {
    return faulty(site, request, visit, fault);
  }
}

/** A fault is logged once, under a number that the person can tell whoever runs the server. */
async function faulty(site: Site, request: Request, visit: Visit | null, fault: unknown): Promise<Response> {
  const reference = crypto.randomUUID();
  const { pathname } = new URL(request.url);
  const status = statusOfFault(fault);
  const more: Record<string, string> = status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {};
  site.log.error({ reference, method: request.method, path: pathname, error: fault }, 'a request failed');
  try {
    const page = await visit?.page(problemPage, { sentence: visit.words.t('errors.fault-lead'), reference });
    if (page) return new Response(page.body, { status, headers: [...page.headers, ...Object.entries(more)] });
  } catch {
    // What broke may be what a page needs, the database for one: then in plain words.
  }
  const headers = { ...securityHeaders({ publicUrl: site.publicUrl }), 'content-type': 'text/plain; charset=utf-8' };
  const sentence = `Something went wrong on our side. Reference: ${reference}\n`;
  return new Response(sentence, { status, headers: { ...headers, ...more } });
}

function methodNotAllowed(site: Site, methods: string[]): Response {
  const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  const type = { 'content-type': 'text/plain; charset=utf-8' };
  const headers = { ...securityHeaders({ publicUrl: site.publicUrl }), ...type, allow: allow.join(', ') };
  return new Response('Method not allowed\n', { status: 405, headers });
}

/** Tried out on this machine under its other name (127.0.0.1 for localhost): there no form would be from our origin. */
function otherName({ publicUrl }: Site, request: Request): Response | null {
  const url = new URL(request.url);
  const isTryout = isLoopbackHttp(publicUrl) && isLoopbackHttp(url) && url.host !== publicUrl.host;
  if (!isTryout || request.method !== 'GET' || url.pathname.startsWith('/health')) return null;
  return new Response(null, { status: 302, headers: { location: publicUrl.origin + url.pathname + url.search } });
}

/** A slash at the end is the same page, save where a service worker's scope must end in one. */
function canonical(request: Request): Request {
  const url = new URL(request.url);
  if (url.pathname === '/' || url.pathname === SCOPE || !url.pathname.endsWith('/') || request.method !== 'GET')
    return request;
  url.pathname = url.pathname.replace(/\/+$/, '') || '/';
  return new Request(url, request);
}
