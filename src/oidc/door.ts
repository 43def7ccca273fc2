import type { interactionPolicy as Policy, KoaContextWithOIDC } from 'oidc-provider';
import type { Standing } from '#core/application/standing.ts';
import { attainableFor, standingAt } from '#flows/applications.ts';
import type { Who } from '#flows/session.ts';
import { loadFacts } from '#flows/world.ts';
import type { Application } from '#store/rows.ts';
import { type Around, current } from './around.ts';
import { askedFor, type Wish, wishOf } from './asked.ts';
import { errors, interactionPolicy } from './library.ts';

const { Check, Prompt, base } = interactionPolicy;

/** What the person at this door has to do before the application may have an answer; null when nothing. */
export type AtDoor = Standing | { kind: 'unmet' } | null;

/** Kept with an interaction: what was asked, and when it began. */
export type Reason = { wish: Wish; began: string };

/**
 * When a page of ours has to come between request and answer. The library's own checks of `login` are replaced: it takes
 * `acr_values` for a wish, and any login result for a fresh one. Its checks of consent stay.
 */
export function doorChecks(around: Around): Policy.Prompt[] {
  const policy = base();
  policy.remove('login');
  const began = (ctx: KoaContextWithOIDC): Reason => ({
    wish: wishOf(ctx),
    began: around.deps.clock.now().toString(),
  });
  const login = new Prompt(
    { name: 'login', requestable: true },
    began,
    new Check('no_session', 'End-User authentication is required', ({ oidc }) => !oidc.session?.accountId),
    new Check('other_account', 'another account is signed in', isOther),
    new Check('refused', 'this person may not use the application', 'access_denied', async (ctx) => {
      return (await atDoor(around, ctx))?.kind === 'refused';
    }),
    new Check('unmet', 'the requested ACR cannot be reached', 'unmet_authentication_requirements', async (ctx) => {
      const isUnmet = (await atDoor(around, ctx))?.kind === 'unmet';
      // Nobody can do anything about it on a page.
      if (isUnmet) throw new errors.UnmetAuthenticationRequirements('the requested ACR cannot be reached');
      return false;
    }),
    new Check('proof', 'a stronger or fresher authentication is required', async (ctx) => {
      if ((await atDoor(around, ctx))?.kind !== 'prove') return false;
      const { essential } = wishOf(ctx).acr;
      if (essential && ctx.oidc.promptPending('none'))
        throw new errors.UnmetAuthenticationRequirements('the requested ACR was not reached in this session');
      return true;
    }),
  );
  policy.add(login, 0);
  policy.add(new Prompt({ name: 'select_account', requestable: true }, began), 0);
  return policy;
}

/** Asked once a request, by the checks and by whoever makes the grant: both must see the same. */
export async function atDoor(around: Around, ctx: KoaContextWithOIDC): Promise<AtDoor> {
  const who = current.getStore()?.who;
  const { client, session } = ctx.oidc;
  if (!client) return null;
  if (!who || !session?.accountId) return isBeyondAnybody(wishOf(ctx)) ? { kind: 'unmet' } : null;
  const application = await around.deps.store.read.applications.byId(client.clientId);
  return application && doorFor(around, who, application, wishOf(ctx), null);
}

/** The same question for a page of ours that stands between. */
export async function doorFor(
  { deps }: Pick<Around, 'deps'>,
  who: Who,
  application: Application,
  wish: Wish,
  since: Temporal.Instant | null,
): Promise<Exclude<AtDoor, null>> {
  const facts = await loadFacts(deps.store.read, who.session.account, deps.clock.now());
  const asked = facts && askedFor(wish, attainableFor(deps, facts));
  return asked ? standingAt(deps, who, application, asked, since) : { kind: 'unmet' };
}

/** An essential name that nobody here can ever be told. */
function isBeyondAnybody(wish: Wish): boolean {
  return askedFor(wish, 'aal2-phr') === null;
}

function isOther({ oidc }: KoaContextWithOIDC): boolean {
  const { sub } = wishOf({ oidc });
  return sub !== null && oidc.session?.accountId !== undefined && oidc.session.accountId !== sub;
}
