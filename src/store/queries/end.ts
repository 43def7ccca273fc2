import { millis } from '../columns.ts';
import { statement } from '../statement.ts';
import type { Ending, Writer } from '../store.ts';
import type { Context } from './context.ts';

const EMPTY = new Uint8Array(0);
/** No row has this id: "except nothing". */
const NOBODY = '';

const sessions = statement<{ account: string; except: string }>()((db, its) =>
  db.deleteFrom('sessions').where('account', '=', its.account).where('id', '!=', its.except),
);
const attempts = statement<{ account: string; except: string; at: number }>()((db, its) =>
  db
    .updateTable('attempts')
    .set({ ended_at: its.at })
    .where('account', '=', its.account)
    .where('id', '!=', its.except)
    .where('ended_at', 'is', null),
);
const devices = statement<{ account: string }>()((db, its) =>
  db.deleteFrom('remembered_devices').where('account', '=', its.account),
);
const links = statement<{ account: string; at: number }>()((db, its) =>
  db
    .updateTable('links')
    .set({ consumed_at: its.at })
    .where('account', '=', its.account)
    .where('consumed_at', 'is', null)
    // "This wasn't me" is the owner's answer to the very change that ends the others.
    .where('kind', '!=', 'not-me')
    // A request has its own ends, in `core/policy/ends.ts` and on its page.
    .where('kind', 'not like', 'recovery-%'),
);
const grants = statement<{ account: string }>()((db, its) =>
  db.deleteFrom('oidc_objects').where('account', '=', its.account),
);
// Also those that ended before: their secrets are kept for a while, and now there is a reason to have none.
const enrolments = statement<{ account: string; except: string; at: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('enrolments')
    .set((e) => ({ ended_at: e.fn.coalesce('ended_at', e.val(its.at)), sealed_secrets: its.empty }))
    .where('account', '=', its.account)
    .where('holder', '!=', its.except),
);

export function endWriter({ on }: Context): Writer['end'] {
  return async (account: string, what: Ending, at: Temporal.Instant) => {
    const except = what.except ?? {};
    if (what.sessions) await sessions.run(on, { account, except: except.session ?? NOBODY });
    if (what.attempts) await attempts.run(on, { account, except: except.attempt ?? NOBODY, at: millis(at) });
    if (what.rememberedDevices) await devices.run(on, { account });
    if (what.grants) await grants.run(on, { account });
    if (what.links) await links.run(on, { account, at: millis(at) });
    if (what.enrolments)
      await enrolments.run(on, { account, except: except.enrolment ?? NOBODY, at: millis(at), empty: EMPTY });
  };
}
