import { timingSafeEqual } from 'node:crypto';
import { answerStatement, isSigned, keptIn, unpairedIn } from '#authenticators/app/index.ts';
import { compact } from '#authenticators/shapes.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Approval, ApprovalAnswer, Pairing } from '#store/rows.ts';
import { type Advanced, inScene } from '../advance.ts';
import type { Deps, Origin } from '../deps.ts';
import { tellOwner } from '../notice.ts';
import { auditEntry, type Scene } from '../scene.ts';
import { hashToken } from '../token.ts';
import { onBehalf } from './behalf.ts';
import { isAlive, isWaiting } from './request.ts';

/** What waits for this phone, or null; `push`: it has said where to be told. Asked every few seconds while the app is open; nothing is written. */
export async function requestFor(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { device, token }: { device: string; token: string },
): Promise<{ request: Approval | null; push: boolean } | Refused> {
  const { read } = store;
  const pairing = await read.pairings.byId(device);
  if (!pairing || !isTokenOf(pairing, token)) return refuse('device-unknown');
  const bound = await read.authenticators.byId(device);
  const live = await read.approvals.live(pairing.account, clock.now());
  const push = pairing.push !== null;
  if (bound) return { push, request: live?.purpose === 'verify' || live?.device === device ? live : null };
  if (live?.device === device) return { push, request: live };
  // Not bound: perhaps not yet. Once its wizard is gone it never will be.
  const wizard = await read.enrolments.byHolder(pairing.holder);
  const isUnderWay =
    wizard?.sealed.pending?.type === 'app' && unpairedIn(wizard.sealed.pending.secret).device === device;
  return isUnderWay ? { push, request: null } : refuse('device-unknown');
}

/** Whether this is the token that the phone took home. */
export function isTokenOf({ tokenHash }: Pairing, token: string): boolean {
  return tokenHash !== null && timingSafeEqual(tokenHash, hashToken(token));
}

export type PhoneAnswer = {
  device: string;
  request: string;
  number: string;
  decision: 'approve' | 'deny';
  signature: string;
};

/**
 * The answer of a phone. Only the right number counts, signed by the key of a phone of this account, over this very
 * request while it waits: one conditional write, and the first answer is the only one. A wrong number ends the request.
 */
export async function answerApproval(deps: Deps, origin: Origin, given: PhoneAnswer): Promise<Refused | null> {
  const { read } = deps.store;
  const request = await read.approvals.byId(given.request);
  const attempt = request && (await read.attempts.byId(request.holder));
  if (!request || !attempt) return refuse('approval-over');
  const number = given.decision === 'deny' ? '' : compact(given.number);
  let result: Refused | null = refuse('approval-over');
  await inScene(deps, attempt, onBehalf(attempt, origin), async (scene) => {
    result = await judge(scene, request, { ...given, number });
    return { state: scene.attempt.state, keep: {}, refused: null } satisfies Advanced;
  });
  return result;
}

async function judge(scene: Scene, request: Approval, given: PhoneAnswer): Promise<Refused | null> {
  const { tx, now } = scene;
  const { device, number, decision, signature } = given;
  const publicKey = await keyOf(scene, request, device);
  const { account, holder, id } = request;
  const statement = answerStatement({ account, attempt: holder, request: id, number, decision });
  // A stranger's answer changes nothing: it must not end what the owner is about to answer.
  if (!publicKey || !isSigned(publicKey, statement, signature)) return refuse('device-unknown');
  if (!isWaiting(request, now)) return refuse('approval-over');
  if (decision === 'approve' && number === '') return refuse('code-missing');
  const answer: ApprovalAnswer = decision === 'deny' ? 'denied' : isSame(number, request) ? 'approved' : 'wrong';
  if (!(await tx.approvals.answer(id, answer, device, now))) return refuse('approval-over');
  scene.audit.push(auditEntry(scene, `approval.${answer}`, { device }));
  if (answer === 'denied') await tellOwner({ ...scene, origin: asked(scene, request) }, DENIED);
  return answer === 'wrong' ? refuse('approval-number-wrong') : null;
}

const DENIED = { kind: 'approval-denied', values: {} } as const;

/** The letter is about who asked, and not about the phone that said no. */
function asked({ origin }: Scene, { userAgent, address }: Approval): Origin {
  return { ...origin, userAgent, address };
}

async function keyOf(scene: Scene, { purpose, device: only }: Approval, device: string): Promise<string | null> {
  if (only !== null && only !== device) return null;
  if (purpose === 'verify') {
    const bound = scene.facts.authenticators.find((one) => one.id === device && isAlive(one));
    return bound ? keptIn(bound.secret).publicKey : null;
  }
  const wizard = await scene.tx.enrolments.lock(scene.attempt.id, scene.now);
  const pending = wizard?.state.at === 'proving' ? wizard.sealed.pending : null;
  const unpaired = pending?.type === 'app' ? unpairedIn(pending.secret) : null;
  return unpaired?.device === device ? unpaired.publicKey : null;
}

function isSame(number: string, request: Approval): boolean {
  const [given, right] = [Buffer.from(number), Buffer.from(request.number.reveal())];
  return given.length === right.length && timingSafeEqual(given, right);
}
