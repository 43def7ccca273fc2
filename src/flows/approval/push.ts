import { arrivalStatement, isKey, isSigned, keptIn, pushStatement, unpairedIn } from '#authenticators/app/index.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { vapidPublicKey } from '#outbox/push/vapid.ts';
import { queuePush } from '#outbox/queue.ts';
import type { Pairing, PushAddress } from '#store/rows.ts';
import type { Reader, Writer } from '#store/store.ts';
import type { Deps, Origin } from '../deps.ts';
import { isTokenOf } from './answer.ts';
import { isAlive, isWaiting } from './request.ts';

/** What a browser needs to subscribe for us and nobody else (RFC 8292 §4). Asked for by a phone that is paired. */
export async function pushKeyFor(
  deps: Deps,
  { device, token }: { device: string; token: string },
): Promise<{ key: string } | Refused> {
  const pairing = await deps.store.read.pairings.byId(device);
  if (!pairing || !isTokenOf(pairing, token)) return refuse('device-unknown');
  return deps.push ? { key: await vapidPublicKey(deps.store) } : refuse('push-not-available');
}

export type PushWish = PushAddress & { device: string; signature: string };

/**
 * Where a phone wants its notifications, or, with an empty address, that it wants none. Signed by its key: the token is
 * under the app's lock, and a browser may change the address while that is shut. A request that waits is told of at
 * once, so that the test of the wizard tests this too.
 */
export async function setPush(deps: Deps, origin: Origin, wish: PushWish): Promise<Refused | null> {
  const { device, endpoint, p256dh, auth, signature } = wish;
  const pairing = await deps.store.read.pairings.byId(device);
  const publicKey = pairing && (await publicKeyOf(deps.store.read, pairing));
  if (!publicKey || !isSigned(publicKey, pushStatement(wish), signature)) return refuse('device-unknown');
  const isOn = endpoint !== '';
  if (isOn && !deps.push) return refuse('push-not-available');
  if (isOn && (!isKey(p256dh) || !AUTH.test(auth))) return refuse('input-malformed');
  if (isOn && !deps.push?.accepts(endpoint)) return refuse('push-address-refused');
  const { account } = pairing;
  const refused = await deps.store.transaction(async (tx) => {
    if (!(await tx.accounts.lock(account)) || !(await publicKeyOf(tx, pairing))) return refuse('device-unknown');
    const before = await tx.pairings.byId(device);
    await tx.pairings.setPush(device, isOn ? { endpoint, p256dh, auth } : null);
    const at = deps.clock.now();
    if (isOn) await tellOfWaiting(tx, pairing, at);
    if (isOn === (before?.push !== null)) return null;
    const event = isOn ? 'phone.notifications-on' : 'phone.notifications-off';
    await tx.audit.append({ at, event, actor: account, account, ...origin, detail: { device } });
    return null;
  });
  deps.wake();
  return refused;
}

/** 128 bits (RFC 8291 §3.2). */
const AUTH = /^[A-Za-z0-9_-]{22}$/;

/** A phone has shown the notification: the page that waits says so. Nothing else follows from it. */
export async function pushArrived(
  { store, clock }: Deps,
  given: { device: string; request: string; signature: string },
): Promise<Refused | null> {
  const { device, request: id, signature } = given;
  const pairing = await store.read.pairings.byId(device);
  const publicKey = pairing && (await publicKeyOf(store.read, pairing));
  if (!publicKey || !isSigned(publicKey, arrivalStatement(device, id), signature)) return refuse('device-unknown');
  const request = await store.read.approvals.byId(id);
  if (request?.account !== pairing.account || !request.pushQueuedAt || !isWaiting(request, clock.now()))
    return refuse('approval-over');
  if (!request.pushArrivedAt) await store.transaction((tx) => tx.approvals.notePush(id, 'arrived', clock.now()));
  return null;
}

async function tellOfWaiting(tx: Writer, { id: device, account }: Pairing, now: Temporal.Instant): Promise<void> {
  const live = await tx.approvals.live(account, now);
  // One that is not bound yet answers no sign-in: it would only learn when its owner signs in.
  const mayAnswer = live?.device ?? (await tx.authenticators.byId(device))?.id;
  if (!live || mayAnswer !== device) return;
  await queuePush(tx, { account, device, request: live.id, now, expiresAt: live.expiresAt });
}

/** Of a phone that is bound, or of one that its wizard is about to bind. Null: it is neither, or not any more. */
async function publicKeyOf(read: Reader, { id, holder }: Pairing): Promise<string | null> {
  const bound = await read.authenticators.byId(id);
  if (bound) return isAlive(bound) ? keptIn(bound.secret).publicKey : null;
  const pending = (await read.enrolments.byHolder(holder))?.sealed.pending;
  const unpaired = pending?.type === 'app' ? unpairedIn(pending.secret) : null;
  return unpaired?.device === id ? unpaired.publicKey : null;
}
