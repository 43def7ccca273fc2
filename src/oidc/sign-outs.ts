import type { Client, Provider } from 'oidc-provider';
import { postTo } from '#http/outgoing.ts';
import type { ApplicationSession, Application, OidcSettings } from '#store/rows.ts';
import type { Around } from './around.ts';
import { oidcSettings } from './clients.ts';
import { reachable } from './reachable.ts';

/** Sessions that end in another process, or by themselves, are found this soon; one's own are announced by `wake`. */
const LOOK_EVERY_MS = 5000;
/** An application has this long to take the word. */
const PATIENCE_MS = 5000;
const AT_ONCE = 20;
const LEASE = Temporal.Duration.from({ seconds: 30 });
/** After each of these it is tried again; then it is given up. */
const PAUSES_SECONDS = [5, 30, 120, 600, 3600];

export type SignOuts = {
  /** Tells every application whose session is gone and whose turn it is. Answers how many took it. */
  tellDue(): Promise<number>;
  start(): () => Promise<void>;
  wake(): void;
};

/**
 * Tells applications that a session is gone (OpenID Connect Back-Channel Logout 1.0). Ended sessions are found by their
 * absence: no door that ends one can forget to say so.
 */
export function createSignOuts(around: Around, provider: () => Promise<Provider>): SignOuts {
  const { deps, log } = around;
  let wakeUp = () => {};

  async function tellDue(): Promise<number> {
    const lease = () =>
      deps.store.transaction((tx) => tx.applicationSessions.leaseOrphans(AT_ONCE, deps.clock.now(), LEASE));
    let told = 0;
    for (let due = await lease(); due.length > 0; due = await lease()) {
      const held = await provider();
      const outcomes = await Promise.all(due.map((one) => tell(around, held, one)));
      told += outcomes.filter(Boolean).length;
    }
    return told;
  }

  return {
    tellDue,
    wake: () => wakeUp(),
    start() {
      const stopping = new AbortController();
      const isStopped = () => stopping.signal.aborted;
      const run = async () => {
        while (!isStopped()) {
          // Asleep before looking, so that what is announced meanwhile is not slept through.
          const { promise: rested, resolve } = Promise.withResolvers<void>();
          const timer = setTimeout(resolve, LOOK_EVERY_MS);
          wakeUp = () => (clearTimeout(timer), resolve());
          await tellDue().catch((error: unknown) => log.error({ error }, 'applications cannot be told of sign-outs'));
          if (!isStopped()) await rested;
          clearTimeout(timer);
        }
      };
      const running = run();
      return async () => {
        stopping.abort();
        wakeUp();
        await running;
      };
    },
  };
}

async function tell(around: Around, provider: Provider, one: ApplicationSession): Promise<boolean> {
  const { store } = around.deps;
  const application = await store.read.applications.byId(one.application);
  const settings = application && oidcSettings(application);
  if (!application || !settings || settings.backchannelLogoutUri === '') {
    await store.transaction((tx) => tx.applicationSessions.forget(one.sid, one.application));
    return false;
  }
  const failure = await send(around, provider, one, application, settings).catch((error: unknown) => reasonOf(error));
  await note(around, one, failure);
  return failure === null;
}

/** Null when it was taken; otherwise why not, in a word. */
async function send(
  around: Around,
  provider: Provider,
  { account, clientSid }: ApplicationSession,
  application: Application,
  settings: OidcSettings,
): Promise<string | null> {
  const target = new URL(settings.backchannelLogoutUri);
  const address = await reachable(target, settings, around.deps.publicUrl);
  if (!address) return 'address-not-allowed';
  const client = await provider.Client.find(application.id);
  if (!client) return 'application-disabled';
  const token = await logoutToken(provider, client, account, clientSid);
  const status = await postTo(target, address, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
    patienceMs: PATIENCE_MS,
  });
  return status === 200 || status === 204 ? null : `status-${status}`;
}

function logoutToken(provider: Provider, client: Client, account: string, clientSid: string): Promise<string> {
  const token = new provider.IdToken({ sub: account }, { client });
  Object.assign(token, { mask: { sub: null } });
  token.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} });
  token.set('jti', crypto.randomUUID());
  token.set('sid', clientSid);
  return token.issue({ use: 'logout' });
}

async function note({ deps }: Around, one: ApplicationSession, failure: string | null): Promise<void> {
  const at = deps.clock.now();
  const pause = failure === 'address-not-allowed' ? undefined : PAUSES_SECONDS[one.attempts - 1];
  const isOver = failure === null || pause === undefined;
  await deps.store.transaction(async (tx) => {
    if (isOver) await tx.applicationSessions.forget(one.sid, one.application);
    else await tx.applicationSessions.retry(one.sid, one.application, at.add({ seconds: pause }));
    await tx.audit.append({
      at,
      event: failure === null ? 'application.sign-out-told' : 'application.sign-out-not-told',
      actor: null,
      account: one.account,
      address: '',
      userAgent: '',
      request: '',
      detail: { application: one.application, attempt: one.attempts, ...(failure && { failure }), givenUp: isOver },
    });
  });
}

function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
