/** The one origin under which people see us, checked. Paths, queries and user names have no business in it. */
export function publicUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Error(`Not an http(s) address: ${text}`);
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new Error(`The public URL must be an origin, without path, query or user: ${text}`);
  return url;
}

/**
 * True for plain http on a name that never leaves this machine; the only place where cookies may go without `Secure`.
 */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && isLoopbackName(url.hostname);
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
