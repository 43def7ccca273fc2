import { randomUUID } from 'node:crypto';
import { isLoopback } from '#core/application/address.ts';
import { type ApplicationDraft, type ApplicationInput, readApplication, type Wrong } from '#core/application/input.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { Application, AuditEntry } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import { administeredBy, type Steward, viaOf } from './administration.ts';
import type { Deps } from './deps.ts';
import { newToken } from './token.ts';

/** What came of it. `secret`: of the client, new with this change; it is never shown again. */
export type Kept =
  | { ok: true; application: Application; secret: Secret | null }
  | { ok: false; refused: Refused; wrong: Wrong[] };

/** Only what is still as it was when it was looked at is changed; null where nobody asks. */
export type AsSeen = Temporal.Instant | null;

/** `id`: where the caller names it, the same one is added once; a second time answers the first, without its secret. */
export function createApplication(
  deps: Deps,
  steward: Steward,
  owner: string,
  input: ApplicationInput,
  id: string | null = null,
): Promise<Kept> {
  return inStewardship(deps, steward, async (scene) => {
    if (!scene.administers.includes(owner)) return no('not-found');
    const before = id && (await scene.tx.applications.lock(id));
    if (before) return before.owner === owner ? { ok: true, application: before, secret: null } : no('not-found');
    const read = await readFor(scene, input, owner, []);
    if ('wrong' in read) return { ok: false, refused: refuse('input-malformed'), wrong: read.wrong };
    const { draft } = read;
    const made = needsSecret(draft) ? newToken() : null;
    const application: Application = {
      ...draft,
      id: id ?? randomUUID(),
      owner,
      status: 'active',
      secretHash: made?.tokenHash ?? null,
      hasLogo: false,
      createdAt: scene.now,
      changedAt: scene.now,
    };
    await scene.tx.applications.create(application);
    scene.audit(application, 'application.created', { kind: application.kind });
    return { ok: true, application, secret: made?.token ?? null };
  });
}

/** Says everything anew but the kind, the logo, the secret and the status. */
export function changeApplication(
  deps: Deps,
  steward: Steward,
  id: string,
  input: ApplicationInput,
  seen: AsSeen = null,
): Promise<Kept> {
  return withApplication(deps, steward, id, seen, async (scene, present) => {
    if (input.kind !== present.kind) return no('input-malformed');
    const read = await readFor(scene, input, present.owner, present.audience, present.id);
    if ('wrong' in read) return { ok: false, refused: refuse('input-malformed'), wrong: read.wrong };
    const { draft } = read;
    const application = { ...present, ...draft, changedAt: later(scene.now, present) };
    const changed = (['name', 'homeUrl', 'audience', 'policy', 'settings'] as const).filter(
      (what) => JSON.stringify(present[what]) !== JSON.stringify(application[what]),
    );
    if (changed.length === 0) return { ok: true, application: present, secret: null };
    await scene.tx.applications.save(id, application);
    const secret = await secretAfter(scene, present, application);
    scene.audit(application, 'application.changed', { changed: changed.join(' ') });
    return { ok: true, application, secret };
  });
}

/** The old secret is worth nothing from here on. */
export function renewSecret(deps: Deps, steward: Steward, id: string, seen: AsSeen = null): Promise<Kept> {
  return withApplication(deps, steward, id, seen, async (scene, present) => {
    if (!needsSecret(present)) return no('not-found');
    const { token, tokenHash } = newToken();
    const changedAt = later(scene.now, present);
    await scene.tx.applications.setSecret(id, tokenHash, changedAt);
    scene.audit(present, 'application.secret-renewed');
    return { ok: true, application: { ...present, secretHash: tokenHash, changedAt }, secret: token };
  });
}

export function setApplicationStatus(
  deps: Deps,
  steward: Steward,
  id: string,
  status: Application['status'],
  seen: AsSeen = null,
): Promise<Kept> {
  return withApplication(deps, steward, id, seen, async (scene, present) => {
    if (present.status === status) return { ok: true, application: present, secret: null };
    const application = { ...present, status, changedAt: later(scene.now, present) };
    await scene.tx.applications.save(id, application);
    scene.audit(application, status === 'active' ? 'application.enabled' : 'application.disabled');
    return { ok: true, application, secret: null };
  });
}

/** With everything it was given. `typed`: its name, for whoever sees a page; a program names it by its id. */
export function removeApplication(
  deps: Deps,
  steward: Steward,
  id: string,
  typed: string | null,
  seen: AsSeen = null,
): Promise<Kept> {
  return withApplication(deps, steward, id, seen, async (scene, present) => {
    const isNamed = typed === null || typed.normalize('NFC').replace(/\s+/g, ' ').trim() === present.name;
    if (!isNamed) return { ...no('name-not-typed'), wrong: [{ field: 'name', refused: refuse('name-not-typed') }] };
    await scene.tx.applications.remove(id);
    scene.audit(present, 'application.removed');
    return { ok: true, application: present, secret: null };
  });
}

export function setApplicationLogo(
  deps: Deps,
  steward: Steward,
  id: string,
  logo: { type: string; bytes: Uint8Array } | null,
): Promise<Kept> {
  return withApplication(deps, steward, id, null, async (scene, present) => {
    const changedAt = later(scene.now, present);
    await scene.tx.applications.setLogo(id, logo, changedAt);
    scene.audit(present, 'application.logo-changed');
    return { ok: true, application: { ...present, hasLogo: logo !== null, changedAt }, secret: null };
  });
}

type StewardScene = {
  deps: Deps;
  tx: Writer;
  now: Temporal.Instant;
  administers: string[];
  audit(application: Application, event: string, detail?: AuditEntry['detail']): void;
};

/** An application of another organisation is not there, which is also what its own administrators see of a wrong id. */
function withApplication(
  deps: Deps,
  steward: Steward,
  id: string,
  seen: AsSeen,
  work: (scene: StewardScene, present: Application) => Promise<Kept>,
): Promise<Kept> {
  return inStewardship(deps, steward, async (scene) => {
    const present = await scene.tx.applications.lock(id);
    if (!present || !scene.administers.includes(present.owner)) return no('not-found');
    if (seen && Temporal.Instant.compare(seen, present.changedAt) !== 0) return no('changed-meanwhile');
    return work(scene, present);
  });
}

function inStewardship(deps: Deps, steward: Steward, work: (scene: StewardScene) => Promise<Kept>): Promise<Kept> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    await tx.accounts.lock(steward.account);
    const lines: AuditEntry[] = [];
    const audit: StewardScene['audit'] = (application, event, detail = {}) => {
      const about = { application: application.id, name: application.name, organisation: application.owner };
      const entry = { at: now, event, actor: steward.account, account: null, ...steward.origin };
      lines.push({ ...entry, detail: { ...about, ...detail, ...viaOf(steward) } });
    };
    const administers = await administeredBy(tx, steward);
    const kept = await work({ deps, tx, now, administers, audit });
    for (const line of lines) await tx.audit.append(line);
    return kept;
  });
}

async function readFor(
  { deps, tx, administers }: StewardScene,
  input: ApplicationInput,
  owner: string,
  present: readonly string[],
  id: string | null = null,
): Promise<{ draft: ApplicationDraft } | { wrong: Wrong[] }> {
  const { publicUrl } = deps;
  const mayAdmit = [...administers, ...present];
  const read = readApplication(input, { publicUrl, isTryout: isLoopback(publicUrl), mayAdmit });
  if ('wrong' in read || read.draft.kind !== 'forward-auth') return read;
  // Whose host it is decides who may open it: otherwise one organisation could make another's pages public.
  const others = (await tx.applications.all()).filter((one) => one.owner !== owner && one.id !== id);
  const taken = new Set(
    others.flatMap(({ settings }) => ('rules' in settings ? settings.rules : [])).map((r) => r.host),
  );
  const wrong = read.draft.settings.rules.flatMap(({ host }, index) =>
    taken.has(host) ? [{ field: `rules.${index}.host`, refused: refuse('rule-host-taken') }] : [],
  );
  return wrong.length > 0 ? { wrong } : read;
}

function needsSecret({ settings }: Pick<Application, 'settings'>): boolean {
  return 'authMethod' in settings && settings.authMethod.startsWith('client_secret');
}

/** A way of proving itself that needs a secret gets one; one that needs none forgets it. */
async function secretAfter({ tx }: StewardScene, before: Application, after: Application): Promise<Secret | null> {
  if (needsSecret(after) === (before.secretHash !== null)) return null;
  const made = needsSecret(after) ? newToken() : null;
  after.secretHash = made?.tokenHash ?? null;
  await tx.applications.setSecret(after.id, after.secretHash, after.changedAt);
  return made?.token ?? null;
}

/** Strictly later than the last change: it is what tells two states apart. */
function later(now: Temporal.Instant, { changedAt }: Application): Temporal.Instant {
  const next = changedAt.add({ milliseconds: 1 });
  return Temporal.Instant.compare(now, next) >= 0 ? now : next;
}

function no(refusal: Refused['refusal']): Kept & { ok: false } {
  return { ok: false, refused: refuse(refusal), wrong: [] };
}
