/** The parts of `scheme://user:password@host/path?options`, decoded. */
export type ProviderAddress = {
  scheme: string;
  user: string;
  password: string;
  host: string;
  path: string[];
  /** Empty when it is not there. A leading plus may be written as it is. */
  option(name: string): string;
  /** The provider's own address, or `?endpoint=` in its place (a regional one, a proxy, a test). */
  endpoint(own: string): URL;
};

/** Throws with a sentence for the operator, which repeats nothing of the address: it holds the provider's password. */
export function readProviderAddress(raw: string): ProviderAddress {
  // A provider has one host, so people leave it out; the URL standard wants one after "@".
  const url = URL.parse(raw.replace(/@(?=[/?#]|$)/, '@default'));
  if (!url) throw new Error('NACHTSLOT_SMS is not an address like twilio://SID:TOKEN@?from=+44…');
  const option = (name: string) => (url.searchParams.get(name) ?? '').replace(/^ /, '+');
  return {
    scheme: url.protocol.slice(0, -1),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    host: url.host,
    path: url.pathname.split('/').filter(Boolean).map(decodeURIComponent),
    option,
    endpoint: (own) => safeEndpoint(option('endpoint') || own),
  };
}

/** Codes travel encrypted; plain http is for this machine only. */
export function safeEndpoint(address: string): URL {
  const url = URL.parse(address);
  const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost' || url?.hostname === '[::1]';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw new Error('the endpoint in NACHTSLOT_SMS must be an https address');
}

/** Throws where a part is missing that the provider cannot do without. */
export function need(value: string, what: string): string {
  if (!value) throw new Error(`NACHTSLOT_SMS lacks ${what}`);
  return value;
}
