import { secretOf, unpairedIn } from '#authenticators/app/index.ts';
import { refuse } from '#core/refusal.ts';
import type { Attempt } from '#store/rows.ts';
import { type Advanced, advanceEnrolment, type Browser } from '../advance.ts';
import { budgetKey } from '../budget.ts';
import type { Deps } from '../deps.ts';
import { notYet, spend } from './claim.ts';
import { codesIn, TEST_DIGITS } from './pair.ts';
import { ask, isWaiting } from './request.ts';

/** *Send the test again*, to the phone that was just paired. */
export function testAgain(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    const { pending } = row.sealed;
    if (row.state.at !== 'proving' || pending?.type !== 'app') return refuse('out-of-order');
    const last = await scene.tx.approvals.latest(attempt.id);
    if (last && isWaiting(last, scene.now)) return { event: null };
    const { device } = unpairedIn(pending.secret);
    const budget = budgetKey.approvalTests(attempt.account);
    const refused = await ask(scene, { purpose: 'bind', device, digits: TEST_DIGITS, application: '', budget });
    return refused ?? { event: null };
  });
}

/** The last step about the phone: its first approval binds it, and its codes with it, in one commit. */
export function bindDevice(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    const { pending } = row.sealed;
    if (row.state.at !== 'proving' || pending?.type !== 'app') return refuse('out-of-order');
    const approval = await scene.tx.approvals.latest(attempt.id);
    const refused = notYet(approval, scene.now);
    if (refused) return refused;
    const unpaired = unpairedIn(pending.secret);
    const { device, publicKey, name } = unpaired;
    const isItsOwn = approval?.purpose === 'bind' && approval.answeredBy === device && publicKey !== null;
    const evidence = isItsOwn ? await spend(scene, approval, device) : null;
    if (!evidence || publicKey === null) return refuse('approval-over');
    row.sealed.pending = { ...pending, secret: secretOf({ publicKey }), label: name || pending.label };
    const codes = { type: 'totp', label: pending.label, secret: codesIn(unpaired) };
    return { event: { type: 'proved', evidence }, prepared: { authenticator: device, parts: [codes] } };
  });
}
