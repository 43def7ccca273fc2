import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type Assertion, assertionOf } from '#core/application/assertion.ts';
import { toldAs } from '#core/application/asked.ts';
import type { Who } from '#flows/session.ts';
import { policyOf } from '#flows/world.ts';
import { clientSid } from './adapter.ts';
import { type Around, current, onTheWall } from './around.ts';
import { acrRequestOf } from './asked.ts';

type Session = InstanceType<Provider['Session']>;

/**
 * The library's session is a view of ours and never a second truth: made anew for each request from whoever our own
 * cookie speaks for, never stored, with no cookie of its own. Who signs out with us is signed out there; `prompt=none`,
 * `max_age` and the rest are checked against what really happened.
 */
export function showOurSessions(provider: Provider, around: Around): void {
  provider.Session.get = async (plain) => {
    const ctx = plain as KoaContextWithOIDC;
    const who = current.getStore()?.who ?? null;
    const assertion = who && (await assertionFor(around, who));
    const session = new provider.Session();
    if (who && assertion) Object.assign(session, viewOf(around, who, assertion));
    hold(session, around, who);
    // The level is told under the name that was asked for, and what is asked for is read later than this.
    if (assertion) Object.defineProperty(session, 'acr', { get: () => toldAs(assertion.acr, acrRequestOf(ctx)) });
    ctx.oidc.entity('Session', session);
    if (ctx.oidc.route === 'resume') await reconcile(provider, ctx, session);
    return session;
  };
}

/** What may be told of this session: the honesty table under the rules of the person's organisations. */
export async function assertionFor({ deps }: Pick<Around, 'deps'>, who: Who): Promise<Assertion | null> {
  return assertionOf(who.session, policyOf(await deps.store.read.accounts.memberships(who.session.account)));
}

function viewOf({ deps }: Around, { session }: Who, { amr, authTime }: Assertion) {
  const { sid, account } = session;
  return { uid: sid, jti: sid, accountId: account, amr, loginTs: onTheWall(deps, authTime) };
}

/** Holds the view still: the library neither saves it, nor signs anybody in or out with it. */
function hold(session: Session, around: Around, who: Who | null): void {
  const nothing = { value: () => undefined };
  const nothingLater = { value: async () => undefined };
  const sids: Record<string, string> = {};
  Object.defineProperties(session, {
    // A destroyed session gets no cookie and no row.
    destroyed: { value: true, configurable: true, writable: true },
    save: nothingLater,
    persist: nothingLater,
    destroy: nothingLater,
    resetIdentifier: nothing,
    loginAccount: nothing,
    sidFor: {
      value: (application: string) =>
        who ? (sids[application] ??= clientSid(around, who.session.sid, application)) : '',
    },
  });
}

/**
 * Between a page of ours and its resumption somebody else may have signed in, or nobody be left: what was answered then
 * is worth nothing now, and everything is asked again of whoever is here.
 */
async function reconcile(provider: Provider, ctx: KoaContextWithOIDC, session: Session): Promise<void> {
  const uid = ctx.cookies.get(provider.cookieName('resume'), { signed: true });
  const interaction = uid ? await provider.Interaction.find(uid) : undefined;
  if (!interaction) return;
  // The library compares identifiers of sessions; with us that is nothing to compare.
  delete interaction.session;
  const { result } = interaction;
  if (result && !('error' in result) && result['answeredBy'] !== session.accountId) delete interaction.result;
  await interaction.persist();
}
