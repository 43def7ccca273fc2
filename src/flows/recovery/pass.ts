import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { recover } from '#core/sign-in/decide.ts';
import { networkOf } from '#core/policy/network.ts';
import type { Attempt } from '#store/rows.ts';
import { type Advanced, beginAt, type Browser } from '../advance.ts';
import { chargeNow, giveBack } from '../budget.ts';
import type { Deps, Origin } from '../deps.ts';
import { passwordKeyOf } from '../sign-in.ts';
import { hashToken, newToken } from '../token.ts';
import { loadFacts } from '../world.ts';
import { lineOf, stateOf, stepCase } from './case.ts';
import { linkOf, usable } from './links.ts';

/** A pass, on the page of a request that is ready: good once, for a day at most, and the newest one only. */
export async function makePass(deps: Deps, origin: Origin, pageToken: string): Promise<{ pass: string } | Refused> {
  const found = await usable(deps, pageToken, 'recovery-page');
  if (!found) return refuse('link-invalid');
  let pass = '';
  const refused = await stepCase(deps, { id: found.row.id, origin, actor: null }, async (scene) => {
    const { tx, row, facts } = scene;
    // The page may have moved to the mailbox while this was on its way.
    const page = await tx.links.byToken(hashToken(pageToken));
    if (!page || page.consumedAt) return refuse('link-invalid');
    if (stateOf(row, facts, deps.clock).at !== 'ready') return refuse('out-of-order');
    pass = await linkOf(scene, 'recovery-pass');
    scene.audit.push(lineOf(scene, 'recovery.pass-made', { case: row.id }));
    return null;
  });
  return refused ?? { pass };
}

/**
 * The pass and the password open the wizard, and nothing else: no session begins here, nor at the wizard's end. Of fifty
 * at once with one pass, one gets a wizard.
 */
export async function redeemPass(deps: Deps, browser: Browser, token: string, password: string): Promise<Advanced> {
  const { store, clock, types } = deps;
  const found = await usable(deps, token, 'recovery-pass');
  const facts = found && (await loadFacts(store.read, found.row.account, clock.now()));
  if (!found || facts?.account.status !== 'active') return no(refuse('link-invalid'));
  if (password === '') return no(refuse('password-missing'));

  const now = clock.now();
  const { account } = facts;
  const key = await passwordKeyOf(deps, account.id);
  const charged = await chargeNow(store, key, facts.policy.passwordBudget, now, true);
  if (!charged.allowed) return no(refuse('password-budget-spent', { retryAt: charged.retryAt }));
  const from = networkOf(browser.origin.address);
  const bound = facts.authenticators.find((one) => one.type === 'password');
  const finding = bound
    ? await types.password.verify(bound, password, { now, wall: clock.wall(), challenge: null, others: [], from })
    : await types.password.verifyNobody(password, from);
  if (!finding.ok && finding.refusal === 'busy') {
    await store.transaction((tx) => giveBack(tx, key, now));
    return no(finding);
  }
  if (!finding.ok || !bound) {
    await noteWrong(deps, browser, account.id);
    return no(refuse('password-not-enough'));
  }

  const { token: attemptToken, tokenHash } = newToken();
  const advanced = await store.transaction(async (tx) => {
    const locked = await tx.accounts.lock(account.id);
    if (!locked || locked.securityEpoch !== account.securityEpoch) return no(refuse('link-invalid'));
    const row = await tx.recovery.lock(found.row.id);
    const present = row && (await loadFacts(tx, account.id, now));
    if (!row || !present || stateOf(row, present, clock).at !== 'ready') return no(refuse('recovery-over'));
    if (!(await tx.links.consume(found.link.id, now))) return no(refuse('link-invalid'));
    await giveBack(tx, key, now);
    const attempt: Attempt = {
      id: randomUUID(),
      tokenHash,
      account: account.id,
      state: { at: 'identifying', demand: { entrance: 'sign-in', level: 'aal1', course: null } },
      securityEpoch: locked.securityEpoch,
      session: null,
      returnTo: '/',
      createdAt: now,
      expiresAt: now.add(DEFAULT_POLICY.attemptLives),
      endedAt: null,
    };
    return beginAt(deps, tx, locked, attempt, browser, (world) => recover(finding.evidence, world));
  });
  return advanced.state?.at === 'enrolling'
    ? { ...advanced, keep: { ...advanced.keep, attempt: attemptToken } }
    : advanced;
}

function noteWrong({ store, clock }: Deps, { origin }: Browser, account: string): Promise<unknown> {
  return store.transaction((tx) =>
    tx.audit.append({ at: clock.now(), event: 'password.wrong', actor: null, account, ...origin, detail: {} }),
  );
}

function no({ refusal, detail }: Refused): Advanced {
  return { state: null, keep: {}, refused: detail ? { refusal, detail } : { refusal } };
}
