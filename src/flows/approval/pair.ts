import {
  isKey,
  isSigned,
  pairingStatement,
  type Unpaired,
  unpairedIn,
  unpairedSecret,
} from '#authenticators/app/index.ts';
import { encodeBase32 } from '#authenticators/totp/base32.ts';
import type { Pending } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import type { Attempt, Pairing } from '#store/rows.ts';
import { advanceEnrolment, type Advanced, type Browser } from '../advance.ts';
import { budgetKey } from '../budget.ts';
import type { Deps, Origin } from '../deps.ts';
import type { Scene } from '../scene.ts';
import { hashToken, newToken } from '../token.ts';
import { onBehalf } from './behalf.ts';
import { ask } from './request.ts';

/** The number of the wizard's test is always a long one: it shows that the app can do all that may be asked of it. */
export const TEST_DIGITS = 6;

/** Makes the code of the QR code good: once, for this wizard, for ten minutes. */
export async function openPairing({ tx, facts, attempt, now }: Scene, pending: Pending): Promise<void> {
  const { device, code } = unpairedIn(pending.secret);
  await tx.pairings.create({
    id: device,
    account: facts.account.id,
    holder: attempt.id,
    codeHash: hashToken(code),
    createdAt: now,
    expiresAt: now.add(facts.policy.pairingCodeLives),
  });
}

/** *Show a new QR code*: the one before has run out, or another phone took it. */
export function pairAnew(deps: Deps, browser: Browser, attempt: Attempt): Promise<Advanced> {
  return advanceEnrolment(deps, attempt, browser, async (scene, row) => {
    const { pending } = row.sealed;
    if (row.state.at !== 'scanning' || pending?.type !== 'app') return refuse('out-of-order');
    row.sealed.pending = deps.types.app.begin({
      label: pending.label,
      now: scene.now,
      codesOnCard: scene.facts.policy.codesOnCard,
    });
    await openPairing(scene, row.sealed.pending);
    row.expiresAt = scene.now.add(scene.facts.policy.pendingSecretLives);
    scene.attempt.expiresAt = row.expiresAt;
    await scene.tx.attempts.save(attempt.id, scene.attempt);
    return { event: null };
  });
}

/** What the phone keeps; `secret`: of its codes, base 32. */
export type Paired = { device: string; token: Secret; secret: Secret; issuer: string; account: string };

/**
 * The phone has read the QR code. It brings its public key and shows that it holds the other half; it takes home the
 * secret of its codes. Nothing is live yet: the wizard goes on to a test, and that binds it.
 */
export async function pairDevice(
  deps: Deps,
  origin: Origin,
  given: { code: string; publicKey: string; proof: string; name: string },
): Promise<Paired | Refused> {
  const { read } = deps.store;
  const { code, publicKey, proof, name } = given;
  const pairing = await read.pairings.byCode(hashToken(code));
  const attempt = pairing && (await read.attempts.byId(pairing.holder));
  if (!pairing || !attempt) return refuse('pairing-code-invalid');
  if (!isKey(publicKey) || !isSigned(publicKey, pairingStatement(code, publicKey), proof))
    return refuse('input-malformed');

  const { token, tokenHash } = newToken();
  let secret: Secret | null = null;
  let issuer = '';
  const advanced = await advanceEnrolment(deps, attempt, onBehalf(attempt, origin), async (scene, row) => {
    const { pending } = row.sealed;
    const unpaired = pending && unpairedFor(pairing, pending);
    if (row.state.at !== 'scanning' || !pending || !unpaired) return refuse('pairing-code-invalid');
    if (!(await scene.tx.pairings.pair(pairing.id, tokenHash, scene.now))) return refuse('pairing-code-invalid');
    row.sealed.pending = { ...pending, secret: unpairedSecret({ ...unpaired, publicKey, name }) };
    secret = new Secret(encodeBase32(codesIn(unpaired).reveal()));
    issuer = pending.label;
    await ask(scene, { ...TEST, device: pairing.id, budget: budgetKey.approvalTests(pairing.account) });
    return { event: { type: 'scanned' } };
  });
  if (advanced.refused || !secret) return refuse('pairing-code-invalid');
  const addresses = await read.accounts.addresses(pairing.account);
  const account = (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '';
  return { device: pairing.id, token, secret, issuer, account };
}

const TEST = { purpose: 'bind', digits: TEST_DIGITS, application: '' } as const;

export function codesIn({ codes }: Unpaired): Secret<Uint8Array> {
  return new Secret<Uint8Array>(Uint8Array.from(Buffer.from(codes, 'base64url')));
}

function unpairedFor(pairing: Pairing, pending: Pending): Unpaired | null {
  const unpaired = pending.type === 'app' ? unpairedIn(pending.secret) : null;
  return unpaired?.device === pairing.id ? unpaired : null;
}
