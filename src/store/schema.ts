/**
 * The tables as the queries see them; `migrations/` makes them. Instants are integer milliseconds UTC, flags 0 or 1,
 * identifiers text, days `YYYY-MM-DD`. A column named `sealed_…` holds what `seal.ts` made and is listed in `reseal.ts`.
 */
export type Tables = {
  organisations: {
    id: string;
    slug: string;
    name: string;
    language: string;
    time_zone: string;
    policy: string;
    help_contact: string;
    colour: string;
    created_at: number;
  };
  accounts: {
    id: string;
    name: string;
    language: string;
    status: string;
    security_epoch: number;
    first_sign_in_at: number | null;
    created_at: number;
    recovered_at: number | null;
  };
  addresses: {
    /** What `normaliseAddress` makes of the address: one account per key. */
    key: string;
    account: string;
    address: string;
    is_primary: number;
    confirmed_at: number | null;
  };
  memberships: {
    account: string;
    organisation: string;
    role: string;
    joined_at: number;
    /** A JSON list of names. */
    groups: string;
  };
  authenticators: {
    id: string;
    account: string;
    type: string;
    label: string;
    sealed_secret: Uint8Array;
    hint: string;
    bound_at: number;
    bound_by: string;
    last_used_at: number | null;
    counter: number;
    failures: number;
    disabled_at: number | null;
    ended_at: number | null;
    end_reason: string | null;
    /** What finds it without its account (a passkey's credential id); null where there is none, and once it has ended. */
    handle: string | null;
    flagged_at: number | null;
    part_of: string | null;
  };
  campaigns: {
    id: string;
    organisation: string;
    name: string;
    starts_on: string;
    deadline: string | null;
    status: string;
    created_at: number;
  };
  deferrals: { account: string; organisation: string; campaign: string | null; at: number };
  extensions: { account: string; campaign: string; until: string; reason: string; granted_by: string };
  exemptions: { account: string; organisation: string; until: string; reason: string; owner: string };
  sign_ins: { account: string; at: number };
  attempts: {
    id: string;
    token_hash: Uint8Array;
    account: string;
    state: string;
    security_epoch: number;
    session: string | null;
    return_to: string;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
  };
  sessions: {
    id: string;
    token_hash: Uint8Array;
    account: string;
    evidence: string;
    via_remembered_device: number;
    security_epoch: number;
    user_agent: string;
    address: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    sid: string;
  };
  remembered_devices: {
    id: string;
    token_hash: Uint8Array;
    account: string;
    security_epoch: number;
    user_agent: string;
    address: string;
    created_at: number;
    last_used_at: number;
    expires_at: number;
  };
  enrolments: {
    id: string;
    account: string;
    holder: string;
    state: string;
    sealed_secrets: Uint8Array;
    security_epoch: number;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
  };
  challenges: {
    id: string;
    account: string;
    authenticator: string | null;
    holder: string;
    purpose: string;
    code_hash: Uint8Array;
    sealed_destination: Uint8Array;
    tries: number;
    created_at: number;
    expires_at: number;
    /** Consumed, or void because a newer one was made. */
    ended_at: number | null;
  };
  passkey_challenges: { id: string; holder: string; purpose: string; challenge: Uint8Array; expires_at: number };
  passkey_invitations: { account: string; at: number; declined_at: number | null };
  pairings: {
    id: string;
    account: string;
    holder: string;
    code_hash: Uint8Array;
    token_hash: Uint8Array | null;
    created_at: number;
    expires_at: number;
    paired_at: number | null;
    sealed_push: Uint8Array | null;
  };
  approvals: {
    id: string;
    account: string;
    holder: string;
    purpose: string;
    device: string | null;
    sealed_number: Uint8Array;
    organisation: string;
    application: string;
    user_agent: string;
    address: string;
    created_at: number;
    expires_at: number;
    answer: string | null;
    answered_at: number | null;
    answered_by: string | null;
    claimed_at: number | null;
    push_queued_at: number | null;
    push_sent_at: number | null;
    push_arrived_at: number | null;
  };
  check_ups: { account: string; at: number; outcome: string };
  links: {
    id: string;
    token_hash: Uint8Array;
    kind: string;
    account: string;
    security_epoch: number;
    subject: string;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
  recovery_cases: {
    account: string;
    organisation: string;
    id: string;
    number: string;
    started: string;
    /** Where the state is, for whoever reads the table; `state` is the truth. */
    at: string;
    state: string;
    opened_at: number;
    claimed_at: number | null;
    ended_at: number | null;
  };
  freezes: {
    account: string;
    organisation: string;
    id: string;
    reason: string;
    frozen_by: string;
    frozen_at: number;
    first_thaw_by: string | null;
    thawed_at: number | null;
  };
  vouchers: {
    id: string;
    account: string;
    organisation: string;
    code_hash: Uint8Array;
    made_by: string;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
  };
  budgets: {
    key: string;
    /** Instants charged, as a JSON list of milliseconds, oldest first. */
    history: string;
    last_at: number;
  };
  outbox: {
    id: string;
    channel: string;
    account: string | null;
    sealed_recipient: Uint8Array;
    sealed_payload: Uint8Array;
    idempotency_key: string;
    run_at: number;
    expires_at: number | null;
    attempts: number;
    finished_at: number | null;
    error: string | null;
  };
  applications: {
    id: string;
    owner: string;
    name: string;
    kind: string;
    audience: string;
    status: string;
    home_url: string;
    policy: string;
    settings: string;
    secret_hash: Uint8Array | null;
    logo_type: string | null;
    logo: Uint8Array | null;
    created_at: number;
    changed_at: number;
  };
  consents: { account: string; application: string; scopes: string; given_at: number };
  application_sessions: {
    account: string;
    application: string;
    sid: string;
    client_sid: string;
    created_at: number;
    /** When the log-out may be told (again), once the session is gone. */
    run_at: number;
    attempts: number;
  };
  forward_sessions: {
    token_hash: Uint8Array;
    account: string;
    sid: string;
    host: string;
    created_at: number;
    expires_at: number;
  };
  forward_tickets: {
    token_hash: Uint8Array;
    account: string;
    sid: string;
    host: string;
    created_at: number;
    expires_at: number;
    nonce_hash: Uint8Array;
    path: string;
    consumed_at: number | null;
  };
  /** Written by triggers alone: see `migrations/004-forward-auth.ts`. */
  stamps: { about: string; value: number };
  oidc_objects: {
    model: string;
    key: Uint8Array;
    payload: string;
    grant_id: string | null;
    uid: string | null;
    account: string | null;
    application: string | null;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
  signing_keys: {
    id: string;
    algorithm: string;
    sealed_private: Uint8Array;
    created_at: number;
    signs_from: number;
    retires_at: number | null;
  };
  help_articles: {
    organisation: string;
    language: string;
    slug: string;
    title: string;
    markdown: string;
    changed_at: number;
  };
  help_links: { organisation: string; links: string; changed_at: number };
  help_counts: {
    /** `YYYY-MM-DD`, UTC. */
    day: string;
    /** Empty for a stranger. */
    organisation: string;
    language: string;
    article: string;
    answer: string;
    page: string;
    refusal: string;
    count: number;
  };
  audit: {
    sequence: number;
    at: number;
    event: string;
    actor: string | null;
    account: string | null;
    address: string;
    user_agent: string;
    request: string;
    detail: string;
    previous: string;
    hash: string;
  };
  api_tokens: {
    id: string;
    organisation: string;
    name: string;
    token_hash: Uint8Array;
    scope: string;
    made_by: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
  };
  /** One row: where the chain ends. Its lock orders all writers of the audit. */
  audit_head: { id: number; sequence: number; hash: string };
  /** One row, in milliseconds: see `core/steady-time.ts`. */
  clock: { id: number; now: number; line: number; lived: number };
  meta: { name: string; sealed_value: Uint8Array };
};
