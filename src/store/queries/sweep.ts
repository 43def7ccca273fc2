import { millis } from '../columns.ts';
import { statement } from '../statement.ts';
import type { Writer } from '../store.ts';
import type { Context } from './context.ts';

/** The longest window a guess budget looks back on (30 days); until then a charge still counts. */
const LONGEST_WINDOW = Temporal.Duration.from({ hours: 30 * 24 });

type Before = { before: number };

const attempts = statement<Before>()((db, its) =>
  db.deleteFrom('attempts').where((e) => e.or([e('expires_at', '<', its.before), e('ended_at', '<', its.before)])),
);
const sessions = statement<Before>()((db, its) => db.deleteFrom('sessions').where('expires_at', '<', its.before));
const devices = statement<Before>()((db, its) =>
  db.deleteFrom('remembered_devices').where('expires_at', '<', its.before),
);
const enrolments = statement<Before>()((db, its) => db.deleteFrom('enrolments').where('expires_at', '<', its.before));
const challenges = statement<Before>()((db, its) => db.deleteFrom('challenges').where('expires_at', '<', its.before));
const passkeyChallenges = statement<Before>()((db, its) =>
  db.deleteFrom('passkey_challenges').where('expires_at', '<', its.before),
);
// One that was paired stays: its token is how the phone asks.
const pairings = statement<Before>()((db, its) =>
  db.deleteFrom('pairings').where('expires_at', '<', its.before).where('paired_at', 'is', null),
);
// A denial stays: it counts until another authenticator is used, however long that takes.
const approvals = statement<Before>()((db, its) =>
  db
    .deleteFrom('approvals')
    .where('expires_at', '<', its.before)
    .where((e) => e.or([e('answer', 'is', null), e('answer', '!=', 'denied')])),
);
const links = statement<Before>()((db, its) => db.deleteFrom('links').where('expires_at', '<', its.before));
const oidc = statement<Before>()((db, its) => db.deleteFrom('oidc_objects').where('expires_at', '<', its.before));
const forwardSessions = statement<Before>()((db, its) =>
  db.deleteFrom('forward_sessions').where('expires_at', '<', its.before),
);
const forwardTickets = statement<Before>()((db, its) =>
  db.deleteFrom('forward_tickets').where('expires_at', '<', its.before),
);
const signingKeys = statement<Before>()((db, its) =>
  db.deleteFrom('signing_keys').where('retires_at', '<', its.before),
);
const apiTokens = statement<Before>()((db, its) => db.deleteFrom('api_tokens').where('expires_at', '<', its.before));
const outbox = statement<Before>()((db, its) => db.deleteFrom('outbox').where('finished_at', '<', its.before));
const budgets = statement<Before>()((db, its) => db.deleteFrom('budgets').where('last_at', '<', its.before));

/** Authenticators, facts of a campaign and the audit stay: they are history, not leftovers. */
export function sweepWriter({ on }: Context): Writer['sweep'] {
  return async (at: Temporal.Instant) => {
    const before = millis(at);
    for (const table of [
      attempts,
      sessions,
      devices,
      enrolments,
      challenges,
      passkeyChallenges,
      pairings,
      approvals,
      links,
      outbox,
      oidc,
      signingKeys,
      forwardSessions,
      forwardTickets,
      apiTokens,
    ])
      await table.run(on, { before });
    await budgets.run(on, { before: millis(at.subtract(LONGEST_WINDOW)) });
  };
}
