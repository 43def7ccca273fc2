import type { ForwardAuthRule } from '#store/rows.ts';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import type { Application, Organisation } from '#store/rows.ts';
import type { Jar } from './jar.ts';
import type { Rig } from './rig.ts';

export const APP = 'app.example.org';
export const PAY = 'pay.example.org';

/** Two hosts of one application, with every kind of rule. */
export const RULES: ForwardAuthRule[] = [
  { host: APP, path: '/', access: 'signed-in', groups: [] },
  { host: APP, path: '/public', access: 'public', groups: [] },
  { host: APP, path: '/admin', access: 'two-steps', groups: [] },
  { host: APP, path: '/finance', access: 'signed-in', groups: ['finance'] },
  { host: PAY, path: '/', access: 'two-steps', groups: [] },
];

export async function protectHosts(
  r: Rig,
  house: Organisation,
  change: Partial<Application> = {},
): Promise<Application> {
  const application: Application = {
    id: 'roster',
    owner: house.id,
    name: 'Night shift roster',
    kind: 'forward-auth',
    audience: [house.id],
    status: 'active',
    homeUrl: `https://${APP}/`,
    policy: OPEN_TO_MEMBERS,
    settings: { rules: RULES },
    secretHash: null,
    hasLogo: false,
    createdAt: r.now(),
    changedAt: r.now(),
    ...change,
  };
  await r.store.transaction((tx) => tx.applications.create(application));
  return application;
}

export type Verdict = {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
};

/** A browser at the hosts of applications: a jar for us and one for each of them, and a proxy in between. */
export class HostBrowser {
  readonly us: Jar;
  readonly #r: Rig;
  readonly cookies = new Map<string, Map<string, string>>();
  peer = '127.0.0.1';

  constructor(r: Rig, us: Jar = r.browser()) {
    this.#r = r;
    this.us = us;
  }

  /** What a proxy asks before it hands a request on. */
  ask(host: string, path: string, headers: Record<string, string> = {}): Promise<Verdict> {
    const forwarded = { 'x-forwarded-method': 'GET', 'x-forwarded-proto': 'https', 'x-forwarded-host': host };
    const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
    return this.#send(host, '/forward-auth', { ...forwarded, 'x-forwarded-uri': path, ...page, ...headers });
  }

  /** One of our own paths at a host, handed on by its proxy. */
  corner(host: string, target: string, headers: Record<string, string> = {}): Promise<Verdict> {
    return this.#send(host, target, { 'x-forwarded-proto': 'https', 'x-forwarded-host': host, ...headers });
  }

  /** From a page to our own origin: what the browser is sent to there. */
  async toUs(host: string, path: string): Promise<string> {
    const asked = await this.ask(host, path);
    // Let in already: as if another tab had begun before.
    const first = pathOf(asked.location) || `/.nachtslot/begin?${new URLSearchParams({ to: path }).toString()}`;
    const began = await this.corner(host, first);
    return pathOf(began.location);
  }

  /** The whole ceremony, with a session of ours at hand; where the browser is in the end. */
  async enter(host: string, path: string): Promise<string> {
    return this.finish(host, await this.ticketFor(host, path));
  }

  /** The address with the ticket. */
  async ticketFor(host: string, path: string): Promise<string> {
    const page = await this.us.get(await this.toUs(host, path), { 'sec-fetch-site': 'cross-site' });
    if (page.status !== 303 || !page.location) throw new Error(`no way on: ${page.status} ${page.text.slice(0, 200)}`);
    return page.location;
  }

  async finish(host: string, address: string): Promise<string> {
    return (await this.corner(host, pathOf(address))).location ?? '';
  }

  async #send(host: string, target: string, headers: Record<string, string>): Promise<Verdict> {
    const own = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(`https://id.example.test${target}`, {
      headers: { ...(cookie && { cookie }), ...headers },
    });
    const response = await this.#r.app.fetch(request, this.peer);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      if (/max-age=0\b/i.test(line)) own.delete(pair.slice(0, cut));
      else own.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    const text = await response.text();
    return { status: response.status, location: response.headers.get('location'), headers: response.headers, text };
  }
}

/** Path and query of an address, whatever host it is at. */
export function pathOf(address: string | null): string {
  const url = URL.parse(address ?? '');
  return url ? url.pathname + url.search : '';
}
