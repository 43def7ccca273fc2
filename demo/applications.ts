import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import type { Application, OidcSettings } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { HOUSE_IDS } from './organisations.ts';

export const PAYROLL = 'payroll';

/** In which groups somebody is at their main employer; applications ask for them. */
export const GROUPS: Record<string, readonly string[]> = {
  'helen.marlowe': ['management'],
  'pieter.zonneveld': ['management'],
  'priya.raman': ['payroll team'],
  'thijs.peeters': ['payroll team'],
  'arthur.bell': ['help desk'],
  'saskia.timmer': ['help desk'],
};

/**
 * Tells Nachtslot of the payroll portal, as an administrator would. The portal makes its keys anew at each start, so
 * over kept data the row is brought up to date.
 */
export async function registerPayroll(
  store: Store,
  { url, jwks, now }: { url: URL; jwks: OidcSettings['jwks']; now: Temporal.Instant },
): Promise<void> {
  const application = payroll(url, jwks, now);
  await store.transaction(async (tx) => {
    if (await tx.applications.byId(PAYROLL)) await tx.applications.save(PAYROLL, application);
    else await tx.applications.create(application);
  });
}

function payroll(url: URL, jwks: OidcSettings['jwks'], now: Temporal.Instant): Application {
  const at = (path: string) => new URL(path, url).href;
  return {
    id: PAYROLL,
    owner: 'tallybridge',
    name: 'Tallybridge Payslips',
    kind: 'oidc',
    audience: [...HOUSE_IDS],
    status: 'active',
    homeUrl: url.href,
    policy: OPEN_TO_MEMBERS,
    settings: {
      type: 'web',
      redirectUris: [at('/callback')],
      postLogoutRedirectUris: [at('/signed-out')],
      backchannelLogoutUri: at('/backchannel-logout'),
      authMethod: 'private_key_jwt',
      jwks,
      profile: 'standard',
      dpop: false,
      idTokenAlg: 'ES256',
      scopes: ['openid', 'profile', 'email', 'organisation', 'assurance'],
      resources: [],
      consent: 'skip',
    },
    secretHash: null,
    hasLogo: false,
    createdAt: now,
    changedAt: now,
  };
}
