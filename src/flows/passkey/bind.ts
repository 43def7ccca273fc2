import { randomUUID } from 'node:crypto';
import { makeOptions } from '#authenticators/passkey/index.ts';
import type { Made } from '#core/authenticator.ts';
import { refuse } from '#core/refusal.ts';
import type { Attempt } from '#store/rows.ts';
import { type Changed, inChange, no } from '../account.ts';
import { type Advanced, advanceEnrolment, type Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import { continueSession } from '../perform.ts';
import { applyChange } from '../security-change.ts';
import type { Who } from '../session.ts';
import { type Facts, loadFacts } from '../world.ts';
import { ceremonyFor, challengeFor, type Holder, passkeysOf, rpIdOf } from './ceremony.ts';

/** What a browser is asked in the wizard. Null where the wizard is not at a passkey. */
export async function askForFirstPasskey(deps: Deps, attempt: Attempt) {
  const row = await deps.store.read.enrolments.byHolder(attempt.id);
  if (row?.state.at !== 'proving' || row.state.type !== 'passkey') return null;
  return askForNew(deps, attempt.account, { holder: attempt.id, purpose: 'bind' }, null);
}

/** Step 2 of the wizard, and the last one about the passkey: the browser has made one. */
export async function bindPasskey(deps: Deps, browser: Browser, attempt: Attempt, answer: string): Promise<Advanced> {
  const { store, clock } = deps;
  const before = await store.read.enrolments.byHolder(attempt.id);
  const facts = await loadFacts(store.read, attempt.account, clock.now());
  const pending = before?.sealed.pending;
  const isHere = before?.state.at === 'proving' && before.state.type === 'passkey';
  const finding =
    facts && isHere && pending
      ? await prove(deps, facts, { holder: attempt.id, purpose: 'bind' }, answer)
      : ({ ok: false, ...refuse('out-of-order') } as const);
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    if (!finding.ok) return finding;
    if (row.state.at !== 'proving' || row.state.type !== 'passkey' || !row.sealed.pending)
      return refuse('out-of-order');
    const { made } = finding;
    if (!(await scene.tx.authenticators.isFree(made.handle))) return refuse('passkey-refused');
    const id = randomUUID();
    row.sealed.pending = { ...row.sealed.pending, secret: made.secret, label: made.label };
    return {
      event: { type: 'proved', evidence: { ...finding.evidence, authenticator: id } },
      prepared: { authenticator: id, counter: made.counter, handle: made.handle, hint: made.hint },
    };
  });
}

/** What a browser is asked on the account page; `instead` is the one that is set up again. */
export function askForAnotherPasskey(deps: Deps, who: Who, instead: string | null) {
  return askForNew(deps, who.session.account, { holder: who.session.id, purpose: 'bind' }, instead);
}

/** One more passkey for somebody who has two steps already, or the same one anew: then the old key ends with it. */
export async function addPasskey(
  deps: Deps,
  browser: Browser,
  who: Who,
  input: { answer: string; instead: string | null },
): Promise<Changed> {
  if (!who.isFresh) return no(refuse('fresh-proof-required'));
  const facts = await loadFacts(deps.store.read, who.session.account, deps.clock.now());
  if (!facts || facts.enrolment === 'none') return no(refuse('out-of-order'));
  const finding = await prove(deps, facts, { holder: who.session.id, purpose: 'bind' }, input.answer);
  if (!finding.ok) return no(finding);
  const { made, evidence } = finding;
  return inChange(deps, browser, who, async (scene) => {
    const { tx, now } = scene;
    const former = passkeysOf(scene.facts.authenticators).find((one) => one.id === input.instead);
    if (input.instead && !former) return no(refuse('not-found'));
    // Some devices give the new key the identifier of the old one: that one is about to be free.
    if (!(await tx.authenticators.isFree(made.handle)) && former?.handle !== made.handle)
      return no(refuse('passkey-refused'));
    if (former) await tx.authenticators.unbind(former.id, now, 'replaced');
    const label = former?.label || made.label;
    await tx.authenticators.bind({
      ...made,
      id: randomUUID(),
      account: who.session.account,
      type: evidence.type,
      label,
      boundAt: now,
      lastUsedAt: null,
      failures: 0,
      disabledAt: null,
      boundBy: who.session.evidence.map((one) => one.type).join('+'),
    });
    await applyChange(
      scene,
      former ? 'authenticator-removed' : 'authenticator-added',
      { kind: former ? 'authenticator-replaced' : 'authenticator-bound', values: { type: evidence.type, label } },
      who.session.id,
    );
    return { refused: null, keep: { session: await continueSession(scene, who.session), device: null } };
  });
}

async function askForNew(deps: Deps, account: string, holder: Holder, instead: string | null) {
  const facts = await loadFacts(deps.store.read, account, deps.clock.now());
  if (!facts?.policy.passkeysOffered) return null;
  const addresses = await deps.store.read.accounts.addresses(account);
  return makeOptions({
    challenge: await challengeFor(deps, holder),
    rpId: rpIdOf(deps.publicUrl),
    rpName: facts.memberships[0]?.organisation.name ?? 'Nachtslot',
    account,
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? facts.account.name,
    name: facts.account.name,
    existing: passkeysOf(facts.authenticators).filter((one) => one.id !== instead),
  });
}

type Proved = Awaited<ReturnType<Deps['types']['passkey']['prove']>>;

async function prove(deps: Deps, facts: Facts, holder: Holder, answer: string): Promise<ProvedOrNot> {
  const { clock, types } = deps;
  const ceremony = await ceremonyFor(deps, holder, {
    account: facts.account.id,
    mustNameOwner: false,
    mustVerifyUser: false,
    policy: facts.policy,
  });
  const now = clock.now();
  const pending = types.passkey.begin({ label: '', now, codesOnCard: 0 });
  const context = { now, wall: clock.wall(), challenge: null, others: [], superseded: [], ceremony };
  const finding = await types.passkey.prove(pending, answer, context);
  if (!finding.ok) return finding;
  const { made } = finding;
  if (!made?.handle) throw new Error('a new passkey without a key');
  return { ...finding, made: { ...made, handle: made.handle } };
}

type ProvedOrNot = (Proved & { ok: false }) | (Proved & { ok: true } & { made: Made & { handle: string } });
