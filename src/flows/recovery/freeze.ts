import { randomUUID } from 'node:crypto';
import { type Refused, refuse } from '#core/refusal.ts';
import { normaliseAddress, type Writer } from '#store/store.ts';
import type { Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import { tellOwner } from '../notice.ts';
import { applyChange, type ChangeScene } from '../security-change.ts';
import type { Who } from '../session.ts';
import { type Facts, loadFacts } from '../world.ts';
import { lineOf } from './case.ts';
import { desksOf, refusesHelper, refusesSamePerson } from './standing.ts';

type AtDesk = { deps: Deps; browser: Browser; who: Who };

/** The account of somebody of one's own organisations, by any of their addresses; all others are nobody. */
export async function ownMember(
  read: Pick<Writer, 'accounts'>,
  helper: string,
  address: string,
): Promise<{ account: string; organisation: string } | null> {
  const found = await read.accounts.byAddress(normaliseAddress(address));
  if (!found) return null;
  const theirs = await read.accounts.memberships(found.id);
  const own = await desksOf(read, helper);
  const shared = own.find((desk) => theirs.some((one) => one.organisation.id === desk.organisation.id));
  return shared ? { account: found.id, organisation: shared.organisation.id } : null;
}

/** One person is enough to close an account: everything in it ends, and the owner is told. Two open it again. */
export function freezeAccount(at: AtDesk, address: string, reason: string): Promise<Refused | null> {
  const why = reason.normalize('NFC').trim().slice(0, 400);
  if (why === '') return Promise.resolve(refuse('reason-missing'));
  return atDesk(at, address, async (scene, facts, helper, organisation) => {
    const { tx, now } = scene;
    if (facts.account.status !== 'active') return refuse('account-disabled');
    const row = { id: randomUUID(), account: facts.account.id, organisation, reason: why, frozenBy: helper };
    await tx.recovery.freeze({ ...row, frozenAt: now, firstThawBy: null, thawedAt: null });
    // The change ends whatever is open; the notice has no link, for there is nothing left that the owner could end.
    await applyChange(scene, 'account-disabled', null, null);
    await tx.accounts.setStatus(facts.account.id, 'disabled');
    await tellOwner(scene, { kind: 'account-frozen', values: {} });
    scene.audit.push(lineOf({ ...scene, actor: helper }, 'account.frozen', { reason: why }));
    return null;
  });
}

/** The first of two says that it may be opened; the second, who is somebody else, opens it. */
export function thawAccount(at: AtDesk, address: string): Promise<Refused | null> {
  return atDesk(at, address, async (scene, facts, helper) => {
    const { tx, now } = scene;
    const frozen = await tx.recovery.freezeOf(facts.account.id);
    if (!frozen) return refuse('not-found');
    if (frozen.firstThawBy === helper) return refuse('second-person-needed');
    if (frozen.firstThawBy === null) {
      if (!(await tx.recovery.proposeThaw(frozen.id, helper))) return refuse('out-of-order');
      scene.audit.push(lineOf({ ...scene, actor: helper }, 'account.thaw-proposed', {}));
      return null;
    }
    const same = await refusesSamePerson(tx, helper, [frozen.firstThawBy]);
    if (same) return same;
    if (!(await tx.recovery.thaw(frozen.id, now))) return refuse('out-of-order');
    await tx.accounts.setStatus(facts.account.id, 'active');
    await tellOwner(scene, { kind: 'account-thawed', values: {} });
    scene.audit.push(lineOf({ ...scene, actor: helper }, 'account.thawed', { first: frozen.firstThawBy }));
    return null;
  });
}

function atDesk(
  { deps, browser, who }: AtDesk,
  address: string,
  work: (scene: ChangeScene, facts: Facts, helper: string, organisation: string) => Promise<Refused | null>,
): Promise<Refused | null> {
  const helper = who.session.account;
  if (!who.isFresh) return Promise.resolve(refuse('fresh-proof-required'));
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const member = await ownMember(tx, helper, address);
    if (!member || !(await tx.accounts.lock(member.account))) return refuse('nobody-here');
    const facts = await loadFacts(tx, member.account, now);
    if (!facts) return refuse('nobody-here');
    const refused = await refusesHelper(tx, helper, facts, member.organisation, now);
    if (refused) return refused;
    const scene: ChangeScene = { deps, tx, facts, attempt: null, origin: browser.origin, now, audit: [] };
    const why = await work(scene, facts, helper, member.organisation);
    // Whatever happens to the account here was done by the desk and not by its owner.
    for (const entry of scene.audit) await tx.audit.append({ ...entry, actor: helper });
    return why;
  });
}
