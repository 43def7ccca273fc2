/**
 * The checks of the OpenID Foundation's conformance suite that concern us, by the names they have there, with what each
 * demands. `plans.ts` is the list; what a check does is below `checks/`, and the compiler wants one for every row. The
 * table in `docs/reference/openid-conformance.md` is made of this list.
 */
export type Row = {
  demands: string;
  /** Empty where we do just that; otherwise what we do, and why. The check then asserts ours. */
  differs: string;
};

export const BASIC = {
  'oidcc-server': row('A code, and for it an ID token and an access token that are right in every field.'),
  'oidcc-response-type-missing': row('Without `response_type`: an error, to the application or on a page.'),
  'oidcc-idtoken-signature': row('The ID token is signed with a published key, which its header names.'),
  'oidcc-idtoken-unsigned': row(
    'An application that registers for it gets an unsigned ID token.',
    'No algorithm but ES256 and RS256 is announced or can be registered. The suite leaves the check out for applications that are registered by hand.',
  ),
  'oidcc-userinfo-get': row('Claims by GET, for the same person as in the ID token.'),
  'oidcc-userinfo-post-header': row('The same by POST, the token in the header.'),
  'oidcc-userinfo-post-body': row('The same by POST, the token in the form.'),
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': row('A request without `nonce` is answered.'),
  'oidcc-scope-profile': row(
    '`profile` is granted, and claims of it are given.',
    'Given are `name`, `locale` and `zoneinfo`. More of a person is not known here; the standard leaves the rest to the server.',
  ),
  'oidcc-scope-email': row('`email` is granted; `email` and `email_verified` are given.'),
  'oidcc-scope-address': row(
    '`address` is granted where it is announced.',
    'Not announced: postal addresses are not kept. The suite skips the check; a request that names the scope is answered without it.',
  ),
  'oidcc-scope-phone': row(
    '`phone` is granted where it is announced.',
    'Not announced: a number that guards an account is not shown to applications. The suite skips the check; a request that names the scope is answered without it.',
  ),
  'oidcc-scope-all': row(
    'All standard scopes in one request.',
    'The suite skips the check where one of the four is not announced. A request with all four is answered with the two we know.',
  ),
  'oidcc-alternate-happy-flow': row('Scopes and parameters in another order are the same request.'),
  'oidcc-display-page': row('`display=page` is answered.'),
  'oidcc-display-popup': row('`display=popup` is answered.'),
  'oidcc-prompt-login': row('`prompt=login` asks again, and `auth_time` is later than before.'),
  'oidcc-prompt-none-not-logged-in': row('`prompt=none` with nobody signed in is an error that says so.'),
  'oidcc-prompt-none-logged-in': row('`prompt=none` in a session is answered, with the same `sub` and `auth_time`.'),
  'oidcc-max-age-1': row('`max_age=1` asks again after two seconds, and `auth_time` is later than before.'),
  'oidcc-max-age-10000': row('`max_age=10000` does not ask again; `auth_time` is told, and is the same.'),
  'oidcc-ensure-request-with-unknown-parameter-succeeds': row('An unknown parameter changes nothing.'),
  'oidcc-id-token-hint': row('`id_token_hint` with `prompt=none` is answered for the same person.'),
  'oidcc-login-hint': row('`login_hint` is answered.'),
  'oidcc-ui-locales': row('`ui_locales` is answered, whether or not the language is spoken here.'),
  'oidcc-claims-locales': row('`claims_locales` is answered.'),
  'oidcc-ensure-request-with-acr-values-succeeds': row(
    '`acr_values` is answered, and `acr` is one of those asked for.',
  ),
  'oidcc-codereuse': row('A code that comes a second time is refused with `invalid_grant`.'),
  'oidcc-codereuse-30seconds': row('The same after thirty seconds; what the first use gave ends.'),
  'oidcc-ensure-registered-redirect-uri': row('A redirect address that is not registered: a page, and no redirect.'),
  'oidcc-ensure-post-request-succeeds': row('A request by POST is answered.'),
  'oidcc-server-client-secret-post': row('As `oidcc-server`, the secret in the form.'),
  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': row(
    '`request_uri` is obeyed, or refused with `request_uri_not_supported`. We refuse: nothing is fetched on behalf of a request.',
  ),
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': row(
    'An unsigned `request` is obeyed, or refused with `request_not_supported`. We refuse.',
  ),
  'oidcc-claims-essential': row('`name` as an essential claim of userinfo is given.'),
  'oidcc-ensure-request-object-with-redirect-uri': row(
    'The `redirect_uri` in a `request` is obeyed, or the bad one beside it ends on a page. We do the latter.',
  ),
  'oidcc-refresh-token': row(
    'A refresh token is good for its own application, with the same claims, and for no other application.',
  ),
  'oidcc-ensure-request-with-valid-pkce-succeeds': row('A request with PKCE is answered, and its verifier is wanted.'),
};

export const CONFIG = {
  'oidcc-discovery-endpoint-verification': row(
    'The discovery document names this issuer, answers over https alone, and the keys it points to are public.',
  ),
};

export const RP_INITIATED_LOGOUT = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': row('`end_session_endpoint` is announced.'),
  'oidcc-rp-initiated-logout': row('Signed out, and back at the application with `state` and nothing else.'),
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': row('An unregistered address: no redirect, and a page.'),
  'oidcc-rp-initiated-logout-modified-id-token-hint': row('A hint changed to `alg: none`: no redirect, and a page.'),
  'oidcc-rp-initiated-logout-no-id-token-hint': row('No hint: no redirect, but a question or an error.'),
  'oidcc-rp-initiated-logout-no-params': row('No parameters: signed out, perhaps after a question.'),
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': row('No address: signed out, and a page that says so.'),
  'oidcc-rp-initiated-logout-no-state': row('No `state`: back at the application without one.'),
  'oidcc-rp-initiated-logout-only-state': row('Only `state`: signed out, and no redirect to the application.'),
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': row(
    'A registered address with a query added: no redirect, and a page.',
  ),
  'oidcc-rp-initiated-logout-bad-id-token-hint': row('A hint signed by somebody else: no redirect, and a page.'),
};

export const BACK_CHANNEL_LOGOUT = {
  'oidcc-backchannel-logout-discovery-endpoint-verification': row(
    'Back-channel sign-out is announced, with the name of the session.',
  ),
  'oidcc-backchannel-rp-initiated-logout': row(
    'The application is sent a logout token that is right in every field, and the person is signed out.',
  ),
};

export type Plan = { name: string; title: string; rows: Record<string, Row> };

export const PLANS: readonly Plan[] = [
  { name: 'oidcc-basic-certification-test-plan', title: 'Basic OP', rows: BASIC },
  { name: 'oidcc-config-certification-test-plan', title: 'Config OP', rows: CONFIG },
  { name: 'oidcc-formpost-basic-certification-test-plan', title: 'Form Post OP', rows: BASIC },
  {
    name: 'oidcc-rp-initiated-logout-certification-test-plan',
    title: 'RP-Initiated OP',
    rows: RP_INITIATED_LOGOUT,
  },
  {
    name: 'oidcc-backchannel-rp-initiated-logout-certification-test-plan',
    title: 'Back-Channel OP',
    rows: BACK_CHANNEL_LOGOUT,
  },
];

function row(demands: string, differs = ''): Row {
  return { demands, differs };
}
