import { z } from '@hono/zod-openapi';
import { FRESH_MOST_SECONDS } from '#core/application/input.ts';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import { SCOPES } from '#core/application/settings.ts';

/** Shapes of the interface. Strict: what is not named here is refused, so that nobody sets what is ours to say. */

const names = (about: string) => z.array(z.string().max(200)).max(200).describe(about);
const address = z.string().max(2000);
const moment = z.iso.datetime().describe('ISO 8601, UTC');

const policy = z
  .strictObject({
    groups: names(
      'Who may use it: people of the audience who are in one of these groups; everybody where it is empty.',
    ),
    strength: z
      .enum(['organisation', 'two-steps', 'phishing-resistant'])
      .describe('`organisation`: what the organisation asks of everybody. The others beat “Remind me later”.'),
    strengthFor: names('The groups that `strength` is asked of; everybody where it is empty.'),
    freshWithinSeconds: z
      .int()
      .min(60)
      .max(FRESH_MOST_SECONDS)
      .nullable()
      .describe('How old the deciding proof may be; null: as old as the session.'),
  })
  .openapi('Policy');

const oidcSettings = z
  .strictObject({
    type: z.enum(['web', 'native']).default('web'),
    redirectUris: z.array(address).max(50).describe('Compared exactly.'),
    postLogoutRedirectUris: z.array(address).max(50).default([]),
    backchannelLogoutUri: address.default('').describe('OpenID Connect Back-Channel Logout 1.0; empty for none.'),
    authMethod: z
      .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
      .default('client_secret_basic'),
    jwks: z
      .record(z.string(), z.unknown())
      .nullable()
      .default(null)
      .describe('Public keys as a JWK Set, for `private_key_jwt`. A private key is refused.'),
    profile: z.enum(['standard', 'fapi2']).default('standard'),
    dpop: z.boolean().default(false),
    idTokenAlg: z.enum(['ES256', 'RS256']).default('ES256'),
    scopes: z.array(z.enum(SCOPES)).default(['openid', 'profile', 'email']),
    consent: z.enum(['ask', 'skip']).default('ask'),
    resources: z.array(address).max(50).default([]).describe('Addresses of its APIs (RFC 8707).'),
  })
  .openapi('OidcSettings');

const forwardAuthSettings = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          host: z.string().max(300),
          path: z.string().max(300).default('/').describe('Holds for everything below it as well.'),
          access: z.enum(['public', 'signed-in', 'two-steps']),
          groups: names('Only for these; for everybody of the audience where it is empty.').default([]),
        }),
      )
      .max(100)
      .describe('Of the rules for a host the one with the longest path that fits decides; no rule, no way in.'),
  })
  .openapi('ForwardAuthSettings');

const about = {
  name: z.string().max(200),
  homeUrl: address.default('').describe('Where its tile leads; empty for none.'),
  audience: z
    .array(z.string().max(100))
    .max(200)
    .optional()
    .describe('Short names of organisations whose people may use it; left out: the own one.'),
  policy: policy.default({ ...OPEN_TO_MEMBERS, groups: [], strengthFor: [] }),
};

export const applicationInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('oidc'), ...about, settings: oidcSettings }),
    z.strictObject({ kind: z.literal('forward-auth'), ...about, settings: forwardAuthSettings }),
  ])
  .openapi('ApplicationInput');

export const application = z
  .object({
    id: z.string().describe('The client identifier.'),
    kind: z.enum(['oidc', 'forward-auth']),
    name: z.string(),
    status: z.enum(['active', 'disabled']),
    homeUrl: z.string(),
    audience: z.array(z.string()),
    policy,
    settings: z.union([oidcSettings, forwardAuthSettings]),
    hasSecret: z.boolean(),
    createdAt: moment,
    changedAt: moment,
  })
  .openapi('Application');

export const withSecret = application
  .extend({
    secret: z
      .string()
      .nullable()
      .describe('The client secret, where this request has made one. It is shown this once.'),
  })
  .openapi('ApplicationWithSecret');

export const statusInput = z.strictObject({ status: z.enum(['active', 'disabled']) }).openapi('StatusInput');

export const person = z
  .object({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    status: z.enum(['active', 'disabled']),
    role: z.enum(['member', 'agent', 'administrator']),
    groups: z.array(z.string()),
    enrolment: z
      .enum(['none', 'enrolled', 'without-backup-code', 'without-authenticator'])
      .describe('`none`: a password is all there is.'),
  })
  .openapi('Person');

export const groupsInput = z
  .strictObject({ groups: names('All groups of the person in this organisation, each by its name.') })
  .openapi('GroupsInput');

/** One page of a list; `next` goes into `cursor` for the one after it. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const paging = z.object({
  cursor: z.string().max(1000).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('One word for programs; it stays the same when the sentence changes.'),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string().describe('JSON Pointer'), code: z.string(), detail: z.string() }))
      .optional(),
  })
  .openapi('Problem');

export const helpReportQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30).describe('Of how many days, today (UTC) included.'),
  language: z.enum(['en', 'nl']).optional().describe('Of the articles in this language alone.'),
});

const times = z.int().min(0);

export const helpReport = z
  .object({
    since: z.iso.date(),
    until: z.iso.date(),
    items: z.array(
      z.object({
        article: z.string().describe('Its name in the address.'),
        language: z.enum(['en', 'nl']),
        page: z.string().nullable().describe('The page that it was read from; null: the help centre itself.'),
        refusal: z.string().nullable().describe('What that page had said no to.'),
        stuck: times,
        notHelpful: times,
        helpful: times,
      }),
    ),
  })
  .openapi('HelpReport');
