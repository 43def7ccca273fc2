import { createServer } from 'node:http';
import { crowding } from '#http/crowding.ts';
import { getRequestListener } from '@hono/node-server';
import { createApi } from '#api/index.ts';
import { createAuthenticatorTypes } from '#authenticators/index.ts';
import type { Clock, Deps } from '#flows/deps.ts';
import { forwardAuthDoor } from '#forward-auth/door.ts';
import { clientAddress, trustedProxies } from '#http/client-address.ts';
import { cookiesFor } from '#http/cookies.ts';
import { EVEN_MS, evenly } from '#http/evenly.ts';
import { statusOfFault } from '#http/fault.ts';
import { createOidc, type Oidc } from '#oidc/index.ts';
import type { SignOuts } from '#oidc/sign-outs.ts';
import { createOutbox } from '#outbox/run.ts';
import type { Transports } from '#outbox/transport.ts';
import type { Keys } from '#store/keys.ts';
import type { Store } from '#store/store.ts';
import { type Assets, buildAssets } from '#ui/assets.ts';
import { type App, createApp, type DrawingApp } from '#web/app.ts';
import { applicationProblem } from '#web/applications/problem.ts';
import type { Route } from '#web/route.ts';
import type { Site } from '#web/visit.ts';

/** What the outside world decides: the command line, the demonstration and the tests each bring their own. */
export type Surroundings = {
  store: Store;
  keys: Keys;
  publicUrl: URL;
  clock: Clock;
  transports: Transports;
  /** Addresses of reverse proxies whose forwarded headers count. */
  trustedProxies: readonly string[];
  log: Site['log'];
  /** Cheaper password hashes, for tests alone. */
  hashing?: Parameters<typeof createAuthenticatorTypes>[0]['hashing'];
  /** Before this nobody is answered who names an address; tests alone do not wait. */
  evenMs?: number;
  /** Built once and shared, where many programs run in one process (tests). */
  assets?: Assets;
  /** Pages that the demonstration adds. */
  more?: (site: Site) => readonly Route[];
};

export type Nachtslot = {
  app: App;
  deps: Deps;
  outbox: ReturnType<typeof createOutbox>;
  /** Tells applications of sessions that are gone. */
  signOuts: SignOuts;
  /**
   * Listens until the answer's `close` is called, which lets requests under way finish. `through`: pages as the
   * demonstration wraps them.
   */
  listen(at: { host: string; port: number }, through?: App): Promise<{ port: number; close(): Promise<void> }>;
};

/** The time as this machine has it. For commands: they live for a moment, and nobody's waiting ends in it. */
export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  wall: () => Temporal.Now.instant(),
  livedMs: () => 0,
};

/** Wires everything. Nothing else makes a flow, a page or an outbox. */
export async function assemble(around: Surroundings): Promise<Nachtslot> {
  const { store, keys, publicUrl, clock, transports, log } = around;
  const outbox = createOutbox({ store, transports, now: clock.now, log });
  const deps: Deps = {
    store,
    clock,
    types: createAuthenticatorTypes({ pepper: keys.pepper, ...(around.hashing && { hashing: around.hashing }) }),
    publicUrl,
    smsAvailable: transports.sms !== null,
    push: transports.push,
    wake: () => {
      outbox.wake();
      oidc.signOuts.wake();
    },
  };
  const cookies = cookiesFor(publicUrl);
  const proxies = trustedProxies(around.trustedProxies);
  const oidc: Oidc = createOidc({
    deps,
    keys,
    cookies,
    log,
    pages: {
      problem: (request, what, status) => app.draw(request, (visit) => applicationProblem(visit, what, status)),
    },
  });
  const door = forwardAuthDoor(deps, proxies);
  const site: Site = {
    deps,
    read: store.read,
    assets: around.assets ?? (await buildAssets()),
    cookies,
    publicUrl,
    trustedProxies: proxies,
    evenly: evenly(around.evenMs ?? EVEN_MS),
    log,
    errands: oidc,
    door,
    tryOuts: oidc.tryOuts,
  };
  const app: DrawingApp = createApp(site, around.more?.(site));
  const api = createApi({ deps, publicUrl, trustedProxies: proxies, log });
  const all: DrawingApp = {
    ...app,
    fetch: (request, peer) => (api.isMine(request) ? api.fetch(request, peer) : app.fetch(request, peer)),
  };
  return {
    app: all,
    deps,
    outbox,
    signOuts: oidc.signOuts,
    listen: (at, through = all) => listen({ app: through, atDoor: app.atDoor, oidc, proxies, log }, at),
  };
}

type Doors = {
  app: App;
  atDoor: DrawingApp['atDoor'];
  oidc: Oidc;
  proxies: ReturnType<typeof trustedProxies>;
  log: Site['log'];
};

/** Limits of one request, against slow and oversized ones (OWASP ASVS 5.0 §13.1.3). */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // How often the first two are looked after: twice as late as they say would be Node's own.
  connectionsCheckingInterval: 5_000,
};

/** A line on which nothing moves for so long, in either direction, is cut: somebody asks and never reads the answer. */
const STILL_MS = 35_000;

async function listen({ app, atDoor, oidc, proxies, log }: Doors, { host, port }: { host: string; port: number }) {
  const answer = getRequestListener((request, { incoming }) =>
    app.fetch(request, ('socket' in incoming && incoming.socket?.remoteAddress) || ''),
  );
  const isCrowded = crowding();
  const server = createServer(LIMITS, (incoming, outgoing) => {
    // Answers at the door are small and at hand: only what takes a page is counted.
    if (atDoor(incoming, outgoing)) return;
    if (isCrowded(incoming, outgoing)) return void incoming.socket.destroy();
    if (!oidc.handles(incoming)) return void answer(incoming, outgoing);
    const forwarded = new Headers({ 'x-forwarded-for': String(incoming.headers['x-forwarded-for'] ?? '') });
    const address = clientAddress(incoming.socket.remoteAddress ?? '', forwarded, proxies);
    oidc.answer(incoming, outgoing, address).catch((error: unknown) => {
      log.error({ error, path: incoming.url?.split('?')[0] }, 'a request failed');
      if (!outgoing.headersSent) outgoing.writeHead(statusOfFault(error));
      outgoing.end();
    });
  });
  server.timeout = STILL_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
