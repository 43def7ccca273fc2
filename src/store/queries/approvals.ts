import { Secret } from '#core/secret.ts';
import { instant, instantOrNull, millis, oneOf } from '../columns.ts';
import type { Tables } from '../schema.ts';
import type { Place, Seal } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import { type Approval, APPROVAL_ANSWERS } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byId = statement<{ id: string }>()((db, its) => db.selectFrom('approvals').selectAll().where('id', '=', its.id));
const latest = statement<{ holder: string }>()((db, its) =>
  db
    .selectFrom('approvals')
    .selectAll()
    .where('holder', '=', its.holder)
    .orderBy('created_at', 'desc')
    // Two in one millisecond: the one that still waits is the newer.
    .orderBy((e) => e.case().when('answer', 'is', null).then(0).else(1).end())
    .limit(1),
);
const live = statement<{ account: string; at: number }>()((db, its) =>
  db
    .selectFrom('approvals')
    .selectAll()
    .where('account', '=', its.account)
    .where('answer', 'is', null)
    .where('expires_at', '>', its.at),
);
const denials = statement<{ account: string; since: number }>()((db, its) =>
  db
    .selectFrom('approvals')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('account', '=', its.account)
    .where('answer', '=', 'denied')
    .where('answered_at', '>', its.since),
);
const deniedIn = statement<{ organisation: string; since: number }>()((db, its) =>
  db
    .selectFrom('approvals')
    .innerJoin('memberships', 'memberships.account', 'approvals.account')
    .selectAll('approvals')
    .where('memberships.organisation', '=', its.organisation)
    .where('approvals.answer', '=', 'denied')
    .where('approvals.answered_at', '>', its.since)
    .orderBy('approvals.answered_at', 'desc'),
);
const supersede = statement<{ account: string; at: number }>()((db, its) =>
  db
    .updateTable('approvals')
    .set({ answer: 'superseded', answered_at: its.at })
    .where('account', '=', its.account)
    .where('answer', 'is', null),
);
const answer = statement<{ id: string; answer: string; by: string; at: number }>()((db, its) =>
  db
    .updateTable('approvals')
    .set({ answer: its.answer, answered_by: its.by, answered_at: its.at })
    .where('id', '=', its.id)
    .where('answer', 'is', null)
    .where('expires_at', '>', its.at),
);
const claim = statement<{ id: string; since: number; at: number }>()((db, its) =>
  db
    .updateTable('approvals')
    .set({ claimed_at: its.at })
    .where('id', '=', its.id)
    .where('answer', '=', 'approved')
    .where('answered_at', '>', its.since)
    .where('claimed_at', 'is', null),
);

const notePush = {
  queued: statement<{ id: string; at: number }>()((db, its) =>
    db.updateTable('approvals').set({ push_queued_at: its.at }).where('id', '=', its.id),
  ),
  sent: statement<{ id: string; at: number }>()((db, its) =>
    db
      .updateTable('approvals')
      .set({ push_sent_at: its.at })
      .where('id', '=', its.id)
      .where('push_sent_at', 'is', null),
  ),
  arrived: statement<{ id: string; at: number }>()((db, its) =>
    db
      .updateTable('approvals')
      .set({ push_arrived_at: its.at })
      .where('id', '=', its.id)
      .where('push_arrived_at', 'is', null),
  ),
};

export function approvalsReader({ on, seal }: Context): ReaderOf<'approvals'> {
  return {
    byId: async (id) => orNull(await byId.first(on, { id }), seal),
    latest: async (holder) => orNull(await latest.first(on, { holder }), seal),
    live: async (account, now) => orNull(await live.first(on, { account, at: millis(now) }), seal),
    denials: async (account, since) => (await denials.first(on, { account, since: millis(since) }))?.count ?? 0,
    deniedIn: async (organisation, since) =>
      (await deniedIn.all(on, { organisation, since: millis(since) })).map((row) => toApproval(row, seal)),
  };
}

export function approvalsWriter({ on, seal }: Context): WriterOf<'approvals'> {
  return {
    async create(row) {
      await supersede.run(on, { account: row.account, at: millis(row.createdAt) });
      await insert(on, 'approvals', {
        id: row.id,
        account: row.account,
        holder: row.holder,
        purpose: row.purpose,
        device: row.device,
        sealed_number: seal.seal(new TextEncoder().encode(row.number.reveal()), placeOf(row.id)),
        organisation: row.organisation,
        application: row.application,
        user_agent: row.userAgent,
        address: row.address,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        answer: null,
        answered_at: null,
        answered_by: null,
        claimed_at: null,
        push_queued_at: null,
        push_sent_at: null,
        push_arrived_at: null,
      });
    },
    answer: async (id, what, by, at) => (await answer.run(on, { id, answer: what, by, at: millis(at) })) === 1,
    claim: async (id, since, at) => (await claim.run(on, { id, since: millis(since), at: millis(at) })) === 1,
    notePush: async (id, what, at) => void (await notePush[what].run(on, { id, at: millis(at) })),
  };
}

function placeOf(row: string): Place {
  return { table: 'approvals', column: 'sealed_number', row };
}

function orNull(row: Tables['approvals'] | null, seal: Seal): Approval | null {
  return row && toApproval(row, seal);
}

function toApproval(row: Tables['approvals'], seal: Seal): Approval {
  return {
    id: row.id,
    account: row.account,
    holder: row.holder,
    purpose: oneOf(['verify', 'bind'], row.purpose, 'approvals.purpose'),
    device: row.device,
    number: new Secret(new TextDecoder().decode(seal.open(row.sealed_number, placeOf(row.id)))),
    organisation: row.organisation,
    application: row.application,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
    answer: row.answer === null ? null : oneOf(APPROVAL_ANSWERS, row.answer, 'approvals.answer'),
    answeredAt: instantOrNull(row.answered_at),
    answeredBy: row.answered_by,
    claimedAt: instantOrNull(row.claimed_at),
    pushQueuedAt: instantOrNull(row.push_queued_at),
    pushSentAt: instantOrNull(row.push_sent_at),
    pushArrivedAt: instantOrNull(row.push_arrived_at),
  };
}
