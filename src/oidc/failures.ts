import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type Around, originNow } from './around.ts';
import { errors } from './library.ts';

/**
 * What is written down when an application fails, and what it costs. A code that its own application presents with a
 * wrong verifier or address is spent: whoever put it there has had their guess (RFC 9700 §2.1.1).
 */
export function watchFailures(provider: Provider, around: Around): void {
  const note = (ctx: KoaContextWithOIDC, error: Error) => {
    const work = error instanceof errors.InvalidClient ? noteClient(around, ctx) : spendCode(provider, ctx, error);
    work.catch((fault: unknown) => around.log.error({ error: fault }, 'a failure of an application was not noted'));
  };
  provider.on('grant.error', note);
  provider.on('introspection.error', note);
  provider.on('revocation.error', note);
  provider.on('pushed_authorization_request.error', note);
}

async function noteClient({ deps }: Around, { oidc }: KoaContextWithOIDC): Promise<void> {
  const named = oidc.client?.clientId ?? oidc.params?.['client_id'] ?? oidc.body?.['client_id'];
  const application = typeof named === 'string' ? named.slice(0, 100) : null;
  const line = { event: 'application.authentication-failed', actor: null, account: null, detail: { application } };
  await deps.store.transaction((tx) => tx.audit.append({ at: deps.clock.now(), ...line, ...originNow() }));
}

async function spendCode(provider: Provider, { oidc }: KoaContextWithOIDC, error: Error): Promise<void> {
  const { grant_type: type, code } = oidc.params ?? {};
  // What has not even the form of a verifier was a guess too.
  const isGuess = error instanceof errors.InvalidGrant || error instanceof errors.InvalidRequest;
  if (!isGuess || type !== 'authorization_code' || typeof code !== 'string') return;
  const found = await provider.AuthorizationCode.find(code);
  if (found && Reflect.get(found, 'consumed') === undefined && found.clientId === oidc.client?.clientId)
    await found.consume().catch((fault: unknown) => {
      // Spent by somebody else in the meantime: so it is spent.
      if (!(fault instanceof errors.InvalidGrant)) throw fault;
    });
}
