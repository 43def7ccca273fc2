import { randomUUID } from 'node:crypto';
import { refuse } from '#core/refusal.ts';
import type { Deps } from '#flows/deps.ts';
import { BODY_LIMIT_BYTES, upTo } from '#http/body.ts';
import { clientAddress } from '#http/client-address.ts';
import { statusOfFault } from '#http/fault.ts';
import { securityHeaders } from '#http/headers.ts';
import type { Log } from '#http/log.ts';
import { answering } from './answers.ts';
import { problem } from './problem.ts';
import { authenticate } from './program.ts';
import { apiRoutes, DOCUMENT } from './routes.ts';

export type ApiSite = {
  deps: Deps;
  publicUrl: URL;
  trustedProxies: Parameters<typeof clientAddress>[2];
  log: Log;
};

export type Api = {
  /** Whether an address is one of the interface's. */
  isMine(request: Request): boolean;
  fetch(request: Request, peer: string): Promise<Response>;
};

/** The interface for programs, at `/api/v1`. Its one border: nothing is thrown past it. */
export function createApi(site: ApiSite): Api {
  const { deps, publicUrl, log } = site;
  const answers = answering(deps, publicUrl);
  const headers = securityHeaders({ publicUrl });

  async function answer(request: Request, peer: string): Promise<Response> {
    const { pathname } = new URL(request.url);
    const now = deps.clock.now();
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const here = apiRoutes.filter(({ path }) => matches(path, pathname));
    if (here.length === 0) return problem(404, refuse('not-found'), now);
    const route = here.find((one) => one.method === method);
    if (!route) {
      const allow = here.map((one) => one.method).join(', ');
      return problem(405, refuse('not-found'), now, { code: 'method-not-allowed', headers: { allow } });
    }
    if (pathname === DOCUMENT) return answers.document();
    const origin = {
      address: clientAddress(peer, request.headers, site.trustedProxies),
      userAgent: (request.headers.get('user-agent') ?? '').slice(0, 300),
      request: randomUUID(),
    };
    const program = await authenticate(deps, request, route.level, origin);
    if (program instanceof Response) return program;
    const read = await bodyOf(request, now);
    return read instanceof Response ? read : answers.fetch(read, { program });
  }

  return {
    isMine: (request) => /^\/api(\/|$)/.test(new URL(request.url).pathname),
    fetch: async (request, peer) => {
      try {
        return dressed(await answer(request, peer), headers, request.method === 'HEAD');
      } catch (fault) {
        const reference = randomUUID();
        const { pathname } = new URL(request.url);
        log.error({ reference, method: request.method, path: pathname, error: fault }, 'a request failed');
        const detail = `Something went wrong on our side. Reference: ${reference}`;
        const failed = problem(statusOfFault(fault), refuse('busy'), deps.clock.now(), { code: 'fault', detail });
        return dressed(failed, headers, request.method === 'HEAD');
      }
    },
  };
}

function matches(path: string, pathname: string): boolean {
  const [wanted, given] = [path.split('/'), pathname.split('/')];
  const isSame = (part: string, index: number) => part === given[index] || (part === ':id' && Boolean(given[index]));
  return wanted.length === given.length && wanted.every(isSame);
}

/** The request with a body that is bounded, and JSON in UTF-8 where there is one. */
async function bodyOf(request: Request, now: Temporal.Instant): Promise<Request | Response> {
  const headers = new Headers(request.headers);
  if (request.method === 'GET' || request.method === 'HEAD') return new Request(request.url, { headers });
  const bytes = await upTo(BODY_LIMIT_BYTES, request.body);
  if (bytes === 'too-large') return problem(413, refuse('too-large'), now);
  if (bytes === 'broken') return problem(400, refuse('input-malformed'), now);
  const { method } = request;
  if (bytes.byteLength === 0) return new Request(request.url, { method, headers });
  if (!/^application\/json\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(headers.get('content-type') ?? ''))
    return problem(415, refuse('input-malformed'), now, { code: 'json-expected', detail: 'Send JSON in UTF-8.' });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    JSON.parse(text);
    headers.set('content-type', 'application/json');
    return new Request(request.url, { method, headers, body: text });
  } catch {
    return problem(400, refuse('input-malformed'), now, { detail: 'This is not JSON in UTF-8.' });
  }
}

function dressed(response: Response, headers: Record<string, string>, isHead: boolean): Response {
  const all = new Headers({ ...headers, ...Object.fromEntries(response.headers) });
  return new Response(isHead ? null : response.body, { status: response.status, headers: all });
}
