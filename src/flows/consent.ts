import { refuse } from '#core/refusal.ts';
import { type Changed, inChange } from './account.ts';
import type { Browser } from './advance.ts';
import type { Deps } from './deps.ts';
import { auditEntry } from './scene.ts';
import type { Who } from './session.ts';

/** The person agrees that an application is told these things; what was agreed before stays so. */
export function giveConsent(
  deps: Deps,
  browser: Browser,
  who: Who,
  given: { application: string; scopes: readonly string[] },
): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    const { application } = given;
    const { account } = who.session;
    const before = await scene.tx.consents.given(account, application);
    const scopes = [...new Set([...(before?.scopes ?? []), ...given.scopes])];
    await scene.tx.consents.give({ account, application, scopes, givenAt: scene.now });
    scene.audit.push(auditEntry(scene, 'application.consent-given', { application, scopes: scopes.join(' ') }));
    return { refused: null, keep: {} };
  });
}

/** The person takes it back: the application is asked about again, and what it holds of this person is worth nothing. */
export function takeBackConsent(deps: Deps, browser: Browser, who: Who, application: string): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    const { account } = who.session;
    if (!(await scene.tx.consents.revoke(account, application))) return { refused: refuse('not-found'), keep: {} };
    await scene.tx.oidc.revokeFor(account, application);
    scene.audit.push(auditEntry(scene, 'application.consent-revoked', { application }));
    return { refused: null, keep: {} };
  });
}
