import { refuse } from '../refusal.ts';
import { backchannelRefusal, homeRefusal, redirectRefusal, resourceRefusal, type Surroundings } from './address.ts';
import { readGroups } from './groups.ts';
import { readKeys } from './keys.ts';
import type { ApplicationPolicy } from './policy.ts';
import { readRules, type Wrong } from './rules.ts';
import { type ForwardAuthRule, type ForwardAuthSettings, type OidcSettings, SCOPES } from './settings.ts';

export type { Wrong } from './rules.ts';

/** What an administrator or a program may say about an application: everything else is ours to say. */
export type ApplicationInput = {
  name: string;
  homeUrl: string;
  /** Organisations by id. */
  audience: string[];
  policy: ApplicationPolicy;
} & (
  | { kind: 'oidc'; settings: Omit<OidcSettings, 'jwks'> & { jwks: unknown } }
  | { kind: 'forward-auth'; settings: { rules: ForwardAuthRule[] } }
);

/** The same, checked and in one spelling. */
export type ApplicationDraft = Omit<ApplicationInput, 'kind' | 'settings'> &
  ({ kind: 'oidc'; settings: OidcSettings } | { kind: 'forward-auth'; settings: ForwardAuthSettings });

export type InputWorld = Surroundings & {
  /** Organisations that whoever changes this may let in, and those that are in already. */
  mayAdmit: readonly string[];
};

export const NAME_MOST_CHARACTERS = 60;
export const REDIRECTS_MOST = 20;
/** A day: as old as a session can be. */
export const FRESH_MOST_SECONDS = 24 * 3600;

/** The one place where a description of an application is judged, for the page and for programs alike. */
export function readApplication(
  input: ApplicationInput,
  world: InputWorld,
): { draft: ApplicationDraft } | { wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  const name = input.name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name === '' || [...name].length > NAME_MOST_CHARACTERS || /\p{C}/u.test(name))
    wrong.push({ field: 'name', refused: refuse('application-name-invalid', { limit: NAME_MOST_CHARACTERS }) });
  const homeUrl = input.homeUrl.trim();
  const home = homeUrl === '' ? null : homeRefusal(homeUrl);
  if (home) wrong.push({ field: 'homeUrl', refused: home });
  const audience = [...new Set(input.audience)];
  if (audience.length === 0) wrong.push({ field: 'audience', refused: refuse('audience-missing') });
  else if (!audience.every((one) => world.mayAdmit.includes(one)))
    wrong.push({ field: 'audience', refused: refuse('audience-not-yours') });
  const policy = readPolicy(input.policy, wrong);
  const about = { name, homeUrl, audience, policy };
  if (input.kind === 'oidc') {
    const settings = readOidc(input.settings, world, wrong);
    return wrong.length > 0 ? { wrong } : { draft: { ...about, kind: 'oidc', settings } };
  }
  const rules = readRules(input.settings.rules, world.publicUrl.host);
  wrong.push(...rules.filter((one) => 'refused' in one));
  const settings = { rules: rules.filter((one) => 'host' in one) };
  return wrong.length > 0 ? { wrong } : { draft: { ...about, kind: 'forward-auth', settings } };
}

function readPolicy(policy: ApplicationPolicy, wrong: Wrong[]): ApplicationPolicy {
  const named = (field: 'groups' | 'strengthFor') => {
    const groups = readGroups(policy[field]);
    if (Array.isArray(groups)) return groups;
    wrong.push({ field, refused: groups });
    return [];
  };
  const seconds = policy.freshWithinSeconds;
  if (seconds !== null && !(Number.isInteger(seconds) && seconds >= 60 && seconds <= FRESH_MOST_SECONDS))
    wrong.push({ field: 'freshWithinSeconds', refused: refuse('freshness-invalid') });
  const strengthFor = named('strengthFor');
  return {
    groups: named('groups'),
    strength: policy.strength,
    // Of nobody in particular where nothing is demanded: a list that means nothing would be read as one that does.
    strengthFor: policy.strength === 'organisation' ? [] : strengthFor,
    freshWithinSeconds: seconds,
  };
}

type OidcInput = (ApplicationInput & { kind: 'oidc' })['settings'];

function readOidc(input: OidcInput, world: InputWorld, wrong: Wrong[]): OidcSettings {
  const { type, authMethod, profile, dpop, idTokenAlg, consent } = input;
  const addresses = (field: 'redirectUris' | 'postLogoutRedirectUris') => {
    const list = [...new Set(input[field].map((one) => one.trim()))].filter((one) => one !== '');
    const refused =
      list.length > REDIRECTS_MOST
        ? refuse('redirect-too-many', { limit: REDIRECTS_MOST })
        : list.map((one) => redirectRefusal(one, type, world)).find((one) => one !== null);
    if (refused) wrong.push({ field, refused });
    return list;
  };
  const redirectUris = addresses('redirectUris');
  if (redirectUris.length === 0) wrong.push({ field: 'redirectUris', refused: refuse('redirect-missing') });
  const postLogoutRedirectUris = addresses('postLogoutRedirectUris');
  const resources = [...new Set(input.resources.map((one) => one.trim()))].filter((one) => one !== '');
  const noResource = resources.map(resourceRefusal).find((one) => one !== null);
  if (noResource) wrong.push({ field: 'resources', refused: noResource });
  else if (resources.length > REDIRECTS_MOST)
    wrong.push({ field: 'resources', refused: refuse('redirect-too-many', { limit: REDIRECTS_MOST }) });
  const backchannelLogoutUri = input.backchannelLogoutUri.trim();
  const backchannel = backchannelLogoutUri === '' ? null : backchannelRefusal(backchannelLogoutUri, world);
  if (backchannel) wrong.push({ field: 'backchannelLogoutUri', refused: backchannel });
  if (type === 'native' && authMethod.startsWith('client_secret'))
    wrong.push({ field: 'authMethod', refused: refuse('native-has-no-secret') });
  const isFapi = authMethod === 'private_key_jwt' && dpop && idTokenAlg === 'ES256';
  if (profile === 'fapi2' && !isFapi) wrong.push({ field: 'profile', refused: refuse('fapi-asks-more') });
  const scopes = SCOPES.filter((one) => one === 'openid' || input.scopes.includes(one));
  if (!input.scopes.every((one) => scopes.some((known) => known === one)))
    wrong.push({ field: 'scopes', refused: refuse('scope-unknown') });
  return {
    type,
    redirectUris,
    postLogoutRedirectUris,
    backchannelLogoutUri,
    authMethod,
    jwks: keysOf(input, wrong),
    profile,
    dpop,
    idTokenAlg,
    scopes,
    consent,
    resources,
  };
}

function keysOf({ jwks, authMethod }: OidcInput, wrong: Wrong[]): OidcSettings['jwks'] {
  // Kept for nobody who does not prove themselves with them.
  if (authMethod !== 'private_key_jwt') return null;
  const keys = jwks === null ? refuse('keys-missing') : readKeys(jwks);
  if (!('refusal' in keys)) return keys;
  wrong.push({ field: 'jwks', refused: keys });
  return null;
}
