import type { ApplicationInput } from '#core/application/input.ts';
import type { ApplicationPolicy } from '#core/application/policy.ts';
import type { ForwardAuthRule, OidcSettings } from '#core/application/settings.ts';
import type { Form } from '#http/body.ts';
import type { Application } from '#store/rows.ts';

/** An application as the fields of a form hold it: what was typed, or what is. */
export type FormValues = {
  name: string;
  homeUrl: string;
  audience: string[];
  groups: string;
  strength: ApplicationPolicy['strength'];
  strengthFor: string;
  freshMinutes: string;
  oidc: OidcValues;
  rules: RuleValues[];
};

export type OidcValues = Pick<
  OidcSettings,
  'type' | 'authMethod' | 'idTokenAlg' | 'profile' | 'dpop' | 'consent' | 'scopes' | 'backchannelLogoutUri'
> & { redirectUris: string; postLogoutRedirectUris: string; jwks: string; resources: string };

export type RuleValues = Omit<ForwardAuthRule, 'groups'> & { groups: string };

export const NO_RULE: RuleValues = { host: '', path: '', access: 'signed-in', groups: '' };

/** What a new application begins with: the safe choices. */
export function emptyValues(organisation: string): FormValues {
  return {
    name: '',
    homeUrl: '',
    audience: [organisation],
    groups: '',
    strength: 'organisation',
    strengthFor: '',
    freshMinutes: '',
    oidc: {
      type: 'web',
      redirectUris: '',
      postLogoutRedirectUris: '',
      backchannelLogoutUri: '',
      authMethod: 'client_secret_basic',
      jwks: '',
      profile: 'standard',
      dpop: false,
      idTokenAlg: 'ES256',
      scopes: ['openid', 'profile', 'email'],
      consent: 'ask',
      resources: '',
    },
    rules: [],
  };
}

export function valuesOf(application: Application): FormValues {
  const { name, homeUrl, audience, policy, settings } = application;
  const values = emptyValues('');
  const fresh = policy.freshWithinSeconds;
  return {
    name,
    homeUrl,
    audience,
    groups: policy.groups.join('\n'),
    strength: policy.strength,
    strengthFor: policy.strengthFor.join('\n'),
    // One that a program set to the second is shown as it is, in minutes.
    freshMinutes: fresh === null ? '' : String(Math.round((fresh / 60) * 100) / 100),
    oidc: 'rules' in settings ? values.oidc : oidcOf(settings),
    rules: 'rules' in settings ? settings.rules.map((one) => ({ ...one, groups: one.groups.join(', ') })) : [],
  };
}

function oidcOf(settings: OidcSettings): OidcValues {
  return {
    ...settings,
    redirectUris: settings.redirectUris.join('\n'),
    postLogoutRedirectUris: settings.postLogoutRedirectUris.join('\n'),
    resources: settings.resources.join('\n'),
    jwks: settings.jwks ? JSON.stringify(settings.jwks, null, 2) : '',
  };
}

/**
 * The fields of our form and no others: who owns it, its secret, its status are not to be said here. Null where a
 * choice is none of ours, which no person can cause.
 */
export function readValues(form: Form, organisations: readonly string[]): FormValues | null {
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === form.get(name));
  const strength = one('strength', ['organisation', 'two-steps', 'phishing-resistant']);
  const oidc = readOidcValues(form, one);
  const rules = readRuleValues(form);
  if (!strength || !oidc || !rules) return null;
  return {
    name: form.get('name'),
    homeUrl: form.get('homeUrl'),
    audience: organisations.filter((id) => form.has(`audience.${id}`)),
    groups: form.get('groups'),
    strength,
    strengthFor: form.get('strengthFor'),
    freshMinutes: form.get('freshWithinSeconds'),
    oidc,
    rules,
  };
}

type One = <T extends string>(name: string, of: readonly T[]) => T | undefined;

function readOidcValues(form: Form, one: One): OidcValues | null {
  if (form.get('kind') !== 'oidc') return emptyValues('').oidc;
  const type = one('type', ['web', 'native']);
  const authMethod = one('authMethod', ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']);
  const idTokenAlg = one('idTokenAlg', ['ES256', 'RS256']);
  const profile = one('profile', ['standard', 'fapi2']);
  if (!type || !authMethod || !idTokenAlg || !profile) return null;
  const scopes = form
    .names()
    .filter((name) => name.startsWith('scope.'))
    .map((name) => name.slice('scope.'.length));
  return {
    type,
    authMethod,
    idTokenAlg,
    profile,
    dpop: form.has('dpop'),
    consent: form.has('consent') ? 'ask' : 'skip',
    scopes: ['openid', ...scopes],
    redirectUris: form.get('redirectUris'),
    postLogoutRedirectUris: form.get('postLogoutRedirectUris'),
    backchannelLogoutUri: form.get('backchannelLogoutUri'),
    jwks: form.get('jwks'),
    resources: form.get('resources'),
  };
}

function readRuleValues(form: Form): RuleValues[] | null {
  const rules: RuleValues[] = [];
  for (let n = 0; form.has(`rules.${n}.host`); n += 1) {
    const access = (['public', 'signed-in', 'two-steps'] as const).find((a) => a === form.get(`rules.${n}.access`));
    if (!access) return null;
    const text = (field: string) => form.get(`rules.${n}.${field}`).trim();
    // A line without a host is one that was taken out, or never filled in.
    if (text('host') !== '') rules.push({ host: text('host'), path: text('path'), access, groups: text('groups') });
  }
  return rules;
}

/** What the fields mean; whether it may be is for the flow to say. */
export function inputOf(values: FormValues, kind: Application['kind']): ApplicationInput {
  const { oidc } = values;
  const about = {
    name: values.name,
    homeUrl: values.homeUrl,
    audience: values.audience,
    policy: {
      groups: lines(values.groups),
      strength: values.strength,
      strengthFor: lines(values.strengthFor),
      freshWithinSeconds: secondsOf(values.freshMinutes),
    },
  };
  if (kind === 'forward-auth') {
    const rules = values.rules.map((one) => ({ ...one, groups: one.groups.split(',') }));
    return { ...about, kind, settings: { rules } };
  }
  const settings = {
    ...oidc,
    redirectUris: lines(oidc.redirectUris),
    postLogoutRedirectUris: lines(oidc.postLogoutRedirectUris),
    resources: lines(oidc.resources),
    jwks: oidc.jwks.trim() === '' ? null : parsed(oidc.jwks),
  };
  return { ...about, kind, settings };
}

export function lines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Minutes as typed; what is no number becomes one that no policy allows, and is told so beside the field. */
function secondsOf(minutes: string): number | null {
  const text = minutes.trim().replace(',', '.');
  if (text === '') return null;
  return /^\d{1,6}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 60) : -1;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return 'not JSON'; // and so no set of keys
  }
}
