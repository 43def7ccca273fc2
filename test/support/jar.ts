import type { App } from '#web/app.ts';

/** One answer, with its page as text. */
export type Answered = {
  status: number;
  headers: Headers;
  location: string | null;
  text: string;
  path: string;
  /** Size of the body as it was sent, compressed or not. */
  bytes: number;
};

/** A browser without a screen: cookies, forms and redirects. It sends what a real one sends for a form of our own. */
export class Jar {
  readonly cookies = new Map<string, string>();
  readonly #app: App;
  readonly #origin: URL;
  readonly #userAgent: string;
  readonly #language: string;

  constructor(app: App, origin: URL, wish: { userAgent?: string; language?: string } = {}) {
    this.#app = app;
    this.#origin = origin;
    this.#userAgent = wish.userAgent ?? 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36';
    this.#language = wish.language ?? 'en';
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send(new Request(new URL(path, this.#origin), { headers }));
  }

  post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send(
      new Request(new URL(path, this.#origin), {
        method: 'POST',
        body: new URLSearchParams(form).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: this.#origin.origin,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
    );
  }

  /** A POST, and the page it leads to. */
  async submit(path: string, form: Record<string, string> = {}): Promise<Answered> {
    return this.follow(await this.post(path, form));
  }

  async open(path: string): Promise<Answered> {
    return this.follow(await this.get(path));
  }

  get origin(): URL {
    return this.#origin;
  }

  /** The same cookies, in a second tab or in a thief's hands. */
  copy(): Jar {
    const other = new Jar(this.#app, this.#origin, { userAgent: this.#userAgent, language: this.#language });
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  async follow(answer: Answered): Promise<Answered> {
    let last = answer;
    for (let hops = 0; last.location !== null; hops += 1) {
      if (hops > 8) throw new Error(`redirects in a circle at ${last.path}`);
      last = await this.get(last.location);
    }
    return last;
  }

  async send(request: Request, peer = '127.0.0.1'): Promise<Answered> {
    if (this.cookies.size > 0 && !request.headers.has('cookie'))
      request.headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (!request.headers.has('user-agent')) request.headers.set('user-agent', this.#userAgent);
    if (!request.headers.has('accept-language')) request.headers.set('accept-language', this.#language);
    const response = await this.#app.fetch(request, peer);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const url = new URL(request.url);
    const body = await response.arrayBuffer();
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location'),
      text: new TextDecoder().decode(body),
      bytes: body.byteLength,
      path: url.pathname + url.search,
    };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const cut = pair.indexOf('=');
    if (/max-age=0\b|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(pair.slice(0, cut));
    else this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
}
