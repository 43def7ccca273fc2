import { isOpen } from '#core/recovery/decide.ts';
import { vouchers } from '#core/recovery/proofs.ts';
import type { Recovery } from '#core/recovery/state.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { Reader } from '#store/store.ts';
import type { Deps, Origin } from '../deps.ts';
import type { Browser } from '../advance.ts';
import type { Who } from '../session.ts';
import { type Facts, isByTextAlone, loadFacts } from '../world.ts';
import { hasDesk, put, type Steady, stateOf, stepCase } from './case.ts';
import { linkOf, type RecoveryLink, usable } from './links.ts';

/** What the page of a request shows its holder: nothing that the holder could not know. */
export type RequestFacts = {
  number: string;
  started: RecoveryCase['started'];
  state: Recovery;
  vouchers: number;
  /** Two people have to see this person, whatever else is proved. */
  inPersonOnly: boolean;
  organisation: string;
  contact: string;
};

export async function requestFacts(
  read: Pick<Reader, 'recovery'> & Reader,
  row: RecoveryCase,
  clock: Steady,
): Promise<RequestFacts | null> {
  const facts = await loadFacts(read, row.account, clock.now());
  const desk = facts?.memberships.find(({ organisation }) => organisation.id === row.organisation)?.organisation;
  if (!facts) return null;
  return {
    number: row.number,
    started: row.started,
    state: stateOf(row, facts, clock),
    vouchers: vouchers(row.state.facts.proofs),
    inPersonOnly: hasDesk(facts),
    organisation: desk?.name ?? '',
    contact: desk?.helpContact ?? '',
  };
}

/**
 * The link in the mailbox was used. From here on the page of the request is where the mailbox is: whoever began
 * elsewhere and does not hold it has lost the page.
 */
export async function confirmMailbox(deps: Deps, origin: Origin, token: string): Promise<{ page: string } | Refused> {
  const found = await usable(deps, token, 'recovery-mailbox');
  if (!found) return refuse('link-invalid');
  let page = '';
  const refused = await stepCase(deps, { id: found.row.id, origin, actor: null }, async (scene) => {
    const { tx, now, facts } = scene;
    if (!(await tx.links.consume(found.link.id, now))) return refuse('link-invalid');
    const why = await put(scene, { type: 'mailbox-confirmed' });
    if (why) return why;
    await tx.links.void(facts.account.id, 'recovery-page', now);
    page = await linkOf(scene, 'recovery-page');
    return null;
  });
  return refused ?? { page };
}

/** From the page, or from any of the notices. */
export async function cancelRequest(
  deps: Deps,
  origin: Origin,
  token: string,
  kind: Extract<RecoveryLink, 'recovery-page' | 'recovery-cancel'>,
): Promise<Refused | null> {
  const found = await usable(deps, token, kind);
  if (!found) return refuse('link-invalid');
  const by = kind === 'recovery-page' ? 'page' : 'link';
  return stepCase(deps, { id: found.row.id, origin, actor: null }, (scene) => put(scene, { type: 'cancelled', by }));
}

/** Whether somebody asks to get back into this account at this moment: every device on which it is open says so. */
export async function isAskedFor(
  read: Pick<Reader, 'recovery'>,
  { account, policy }: Pick<Facts, 'account' | 'policy'>,
  clock: Steady,
): Promise<boolean> {
  const row = await read.recovery.openOf(account.id);
  return row !== null && isOpen(stateOf(row, { policy }, clock));
}

/**
 * *This wasn't me*, on a device on which the account is open. It takes only access away: no fresh proof is asked for,
 * but of whoever came in with a text message, which comes to a stolen phone too.
 */
export async function stopFromInside(deps: Deps, { origin }: Browser, { session }: Who): Promise<Refused | null> {
  const row = await deps.store.read.recovery.openOf(session.account);
  if (!row) return refuse('recovery-over');
  const facts = await loadFacts(deps.store.read, session.account, deps.clock.now());
  if (facts && isByTextAlone(session.evidence, facts)) return refuse('fresh-proof-required');
  const around = { id: row.id, origin, actor: session.account };
  return stepCase(deps, around, (scene) => put(scene, { type: 'cancelled', by: 'page' }));
}
