import { createHash, createHmac } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { whoHas } from '#flows/session.ts';
import type { OidcObject } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import { type Around, current, originNow } from './around.ts';
import { clientOf } from './clients.ts';
import { errors } from './library.ts';

/** What is handed out once and may be redeemed once. */
const SINGLE_USE = new Set(['AuthorizationCode', 'RefreshToken', 'PushedAuthorizationRequest']);

/**
 * The library's storage on ours. A row is found by the SHA-256 of what the client holds, and holds it nowhere: a stolen
 * database opens nothing. Two rules that the library leaves to its adapter:
 *
 * - Consuming is one conditional write. The library looks first and marks then, and lets two at once through; here the
 *   second finds nothing to mark, and that is reuse: the whole family ends (RFC 9700 §4.14.2).
 * - What was made under a grant is worth what the grant is, and a grant without `offline_access` what its session is.
 *   Ending either ends everything below it at once, also what is being written at the same moment.
 */
export function adapterFor(around: Around): (model: string) => Adapter {
  const { store, clock } = around.deps;

  return (model) => ({
    async upsert(id, payload, expiresIn) {
      const now = clock.now();
      await store.transaction(async (tx) => {
        await tx.oidc.put(rowOf(model, id, payload, now.add({ seconds: Math.ceil(expiresIn ?? 0) })), now);
        await noteIssue(around, tx, model, payload);
      });
    },

    async find(id) {
      if (model === 'Client') {
        const isTryOut = current.getStore()?.tryOut === id;
        return clientOf(await store.read.applications.byId(id), around.deps.publicUrl, isTryOut);
      }
      const row = await store.read.oidc.find(model, keyOf(id));
      if (!row || !(await isAlive(around, row))) return undefined;
      if (row.consumedAt && SINGLE_USE.has(model) && isRedemption()) await reused(around, row);
      return payloadOf(row, id);
    },

    // Sessions are ours and never stored here; the device flow is off.
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,

    async consume(id) {
      const isFirst = await store.transaction((tx) => tx.oidc.consume(model, keyOf(id), clock.now()));
      if (isFirst) return;
      const row = await store.read.oidc.find(model, keyOf(id));
      if (row) await reused(around, row);
      throw new errors.InvalidGrant('it was used already');
    },

    destroy: (id) => store.transaction((tx) => tx.oidc.remove(model, keyOf(id))),
    revokeByGrantId: (grantId) => store.transaction((tx) => tx.oidc.revokeGrant(grantId)),
  });
}

/** The name an application knows a session by: its own, so that two applications cannot compare. */
export function clientSid({ keys }: Pick<Around, 'keys'>, sid: string, application: string): string {
  return createHmac('sha256', keys.cookie.reveal()).update(`oidc-sid|${application}|${sid}`).digest('base64url');
}

function keyOf(id: string): Uint8Array {
  return createHash('sha256').update(id).digest();
}

function rowOf(
  model: string,
  id: string,
  payload: AdapterPayload,
  expiresAt: Temporal.Instant,
): Omit<OidcObject, 'consumedAt'> {
  // What is still being asked is not given to anybody, and outlives what somebody had before.
  const isGiven = model !== 'Interaction';
  const kept = { ...payload };
  delete kept.jti;
  return {
    model,
    key: keyOf(id),
    // As text: what strangers wrote into a request must not be taken for marks of ours.
    payload: { json: JSON.stringify(kept) },
    grantId: isGiven ? (model === 'Grant' ? id : (payload.grantId ?? null)) : null,
    uid: model === 'Grant' ? text(payload['sessionUid']) : null,
    account: isGiven ? (payload.accountId ?? null) : null,
    application: payload.clientId ?? null,
    expiresAt,
  };
}

function payloadOf(row: OidcObject, id: string): AdapterPayload {
  const payload = JSON.parse(text(row.payload['json']) ?? '{}') as AdapterPayload;
  const consumed = row.consumedAt && Math.floor(row.consumedAt.epochMilliseconds / 1000);
  return { ...payload, jti: id, ...(consumed ? { consumed } : {}) };
}

async function isAlive({ deps }: Around, row: OidcObject): Promise<boolean> {
  if (row.grantId === null) return true;
  const grant = row.model === 'Grant' ? row : await deps.store.read.oidc.find('Grant', keyOf(row.grantId));
  if (!grant) return false;
  const { openid } = payloadOf(grant, '') as { openid?: { scope?: string } };
  if (openid?.scope?.split(' ').includes('offline_access')) return true;
  return grant.uid !== null && (await whoHas(deps, grant.uid)) !== null;
}

/** At the token endpoint the object itself is presented; elsewhere it is only asked about. */
function isRedemption(): boolean {
  return current.getStore()?.path === '/oidc/token';
}

async function reused({ deps }: Around, row: OidcObject): Promise<void> {
  const at = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    if (row.grantId) await tx.oidc.revokeGrant(row.grantId);
    const detail = { application: row.application, what: row.model };
    const { account } = row;
    await tx.audit.append({ at, event: 'application.reuse-detected', actor: null, account, ...originNow(), detail });
  });
}

/** What is given to an application is written down with it; a code also says that the session reaches there. */
async function noteIssue(around: Around, tx: Writer, model: string, payload: AdapterPayload): Promise<void> {
  const { accountId: account, clientId: application } = payload;
  const at = around.deps.clock.now();
  const sid = text(payload['sessionUid']);
  if (!account || !application) return;
  if (model === 'AuthorizationCode' && sid) {
    const named = clientSid(around, sid, application);
    await tx.applicationSessions.note({ account, application, sid, clientSid: named, createdAt: at });
    const detail = { application, acr: payload.acr ?? null };
    await tx.audit.append({
      at,
      event: 'application.code-issued',
      actor: account,
      account,
      ...originNow(),
      detail,
    });
  }
  if (model === 'RefreshToken' && (payload.rotations ?? 0) > 0)
    await tx.audit.append({
      at,
      event: 'application.token-refreshed',
      actor: null,
      account,
      ...originNow(),
      detail: { application },
    });
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
