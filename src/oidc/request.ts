import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackHttp } from '#http/public-url.ts';

/**
 * A request as if it had come to the configured origin, whatever it says of itself: addresses the library builds (issuer,
 * redirects, audiences) come from the configuration alone.
 */
export function comeToOrigin(incoming: IncomingMessage, publicUrl: URL): void {
  const { headers } = incoming;
  for (const name of Object.keys(headers)) if (SAYS_OTHERWISE.test(name)) delete headers[name];
  headers.host = publicUrl.host;
  headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
}

const SAYS_OTHERWISE =
  /^(?:x-forwarded-.*|forwarded|x-original-.*|x-rewrite-.*|x-http-method.*|x-real-ip|ssl-client-.*)$/;

/** Tried out on this machine under its other name: there no cookie would be ours. Null where nothing is to be done. */
export function otherName(
  { method, url = '', headers: { host = '' } }: IncomingMessage,
  publicUrl: URL,
): string | null {
  const asked = URL.parse(`http://${host}`);
  const isTryout =
    isLoopbackHttp(publicUrl) && asked !== null && isLoopbackHttp(asked) && asked.host !== publicUrl.host;
  return isTryout && method === 'GET' && url.startsWith('/oidc/auth') ? publicUrl.origin + url : null;
}

/** For pages and for what reads cookies: the same request in the form of the platform. No body. */
export function toRequest({ req, href }: { req: IncomingMessage; href: string }): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) if (typeof value === 'string') headers.set(name, value);
  return new Request(href, { headers });
}

/**
 * Requests that may come by POST and whose answer is a page or a redirect: on with GET. A form of another site carries
 * no cookie of ours (`SameSite=Lax`); the navigation after it does.
 */
export async function onWithGet(incoming: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed with what is left of it: it is the line that the answer goes out on.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > LONGEST_QUERY) break;
      chunks.push(bytes);
    }
  } catch {
    return; // the sender went away in the middle
  }
  if (size > LONGEST_QUERY) {
    const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
    return void outgoing.writeHead(413, headers).end('This request is too large.\n');
  }
  const isForm = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const query = new URLSearchParams(isForm ? Buffer.concat(chunks).toString() : '').toString();
  outgoing.writeHead(303, { location: `${path}?${query}` }).end();
}

/** With the rest of the head it has to fit into what is read of one (16 KiB). */
const LONGEST_QUERY = 8 * 1024;
