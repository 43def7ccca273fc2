import {
  changeApplication,
  createApplication,
  type Kept,
  removeApplication,
  renewSecret,
  setApplicationStatus,
} from '#flows/stewardship.ts';
import type { Refused } from '#core/refusal.ts';
import type { Application } from '#store/rows.ts';
import { statusOf } from '../status.ts';
import { addPage } from './application-add.page.tsx';
import { changePage } from './application-change.page.tsx';
import type { FormView } from './application-form.tsx';
import { removeApplicationPage } from './application-remove.page.tsx';
import { applicationPage, type ApplicationView, type Done } from './application.page.tsx';
import { applicationsPage } from './applications.page.tsx';
import type { AdminVisit } from './door.ts';
import { emptyValues, type FormValues, inputOf, readValues, valuesOf } from './form-values.ts';
import { roomOf } from './room.ts';
import { secretPage } from './secret.page.tsx';

export async function showApplications(visit: AdminVisit): Promise<Response> {
  const applications = await visit.read.applications.ownedBy(visit.organisation.id);
  const done = visit.url.searchParams.get('done') === 'removed' ? 'removed' : null;
  return visit.page(applicationsPage, { room: roomOf(visit), applications, done });
}

export async function showAdd(visit: AdminVisit): Promise<Response> {
  const kind = kindOf(visit.url.searchParams.get('kind'));
  const form = kind && (await formView(visit, kind, emptyValues(visit.organisation.id), null));
  return visit.page(addPage, { room: roomOf(visit), form });
}

export async function add(visit: AdminVisit): Promise<Response> {
  const typed = await typedValues(visit, null);
  if (typed instanceof Response) return typed;
  const { kind, values } = typed;
  const kept = await createApplication(visit.deps, visit.steward, visit.organisation.id, inputOf(values, kind));
  if (kept.ok) return afterKeeping(visit, kept, 'created');
  const form = await formView(visit, kind, values, null, kept);
  return visit.page(addPage, { room: roomOf(visit), form }, shownRefusal(kept));
}

/** The proof got too old while the form was filled in: it is shown again as it was typed. */
export async function addLater(visit: AdminVisit): Promise<Response> {
  const typed = await typedValues(visit, null);
  if (typed instanceof Response) return typed;
  const form = await formView(visit, typed.kind, typed.values, null, STALE);
  return visit.page(addPage, { room: roomOf(visit), form }, STALE.refused);
}

export async function showApplication(visit: AdminVisit, application: Application): Promise<Response> {
  const done = visit.url.searchParams.get('done');
  return visit.page(applicationPage, await viewOf(visit, application, { done: DONE.find((one) => one === done) }));
}

const DONE = ['created', 'changed', 'disabled', 'enabled', 'logo'] as const satisfies Done[];

/** The page of one application, also as the answer to a picture that was refused. */
export async function viewOf(
  visit: AdminVisit,
  application: Application,
  { done = null, logoError = null }: { done?: Done | null | undefined; logoError?: string | null },
): Promise<ApplicationView> {
  const all = await visit.read.organisations.all();
  return {
    room: roomOf(visit),
    application,
    audience: all.filter(({ id }) => application.audience.includes(id)).map(({ name }) => name),
    origin: visit.site.publicUrl.origin,
    done,
    logoError,
  };
}

export async function showChange(visit: AdminVisit, application: Application): Promise<Response> {
  const form = await formView(visit, application.kind, valuesOf(application), application);
  return visit.page(changePage, { room: roomOf(visit), id: application.id, name: application.name, form });
}

export async function change(visit: AdminVisit, application: Application): Promise<Response> {
  const typed = await typedValues(visit, application);
  if (typed instanceof Response) return typed;
  const input = inputOf(typed.values, application.kind);
  const kept = await changeApplication(visit.deps, visit.steward, application.id, input, typed.seen);
  if (kept.ok) return afterKeeping(visit, kept, 'changed');
  if (kept.refused.refusal === 'not-found') return visit.problem(kept.refused);
  return changeAgain(visit, application, typed.values, kept);
}

export async function changeLater(visit: AdminVisit, application: Application): Promise<Response> {
  const typed = await typedValues(visit, application);
  return typed instanceof Response ? typed : changeAgain(visit, application, typed.values, STALE);
}

export async function renew(visit: AdminVisit, application: Application): Promise<Response> {
  const kept = await renewSecret(visit.deps, visit.steward, application.id);
  return kept.ok ? afterKeeping(visit, kept, null) : visit.problem(kept.refused);
}

export async function setStatus(visit: AdminVisit, application: Application): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const status = (['active', 'disabled'] as const).find((one) => one === form.get('status'));
  if (!status) return visit.problem({ refusal: 'input-malformed' });
  const kept = await setApplicationStatus(visit.deps, visit.steward, application.id, status);
  return kept.ok
    ? afterKeeping(visit, kept, status === 'active' ? 'enabled' : 'disabled')
    : visit.problem(kept.refused);
}

export function showRemove(visit: AdminVisit, { id, name }: Application): Promise<Response> {
  return visit.page(removeApplicationPage, { id, name, typed: '', refused: null, now: visit.now });
}

export async function remove(visit: AdminVisit, { id, name }: Application): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const typed = form.get('name');
  const kept = await removeApplication(visit.deps, visit.steward, id, typed);
  if (kept.ok) {
    const query = new URLSearchParams({ done: 'removed', organisation: visit.organisation.slug });
    return visit.redirect(`/admin/applications?${query}`);
  }
  if (kept.refused.refusal !== 'name-not-typed') return visit.problem(kept.refused);
  const view = { id, name, typed, refused: kept.refused, now: visit.now };
  return visit.page(removeApplicationPage, view, kept.refused);
}

/** A new secret is the answer itself: it is kept nowhere from which another page could show it. */
function afterKeeping(visit: AdminVisit, kept: Kept & { ok: true }, done: Done | null): Promise<Response> | Response {
  const { application, secret } = kept;
  const page = `/admin/applications/${application.id}`;
  if (!secret) return visit.redirect(done ? `${page}?done=${done}` : page);
  const said = done === 'created' || done === 'changed' ? done : null;
  const view = { room: roomOf(visit), id: application.id, name: application.name, secret: secret.reveal(), done: said };
  return visit.page(secretPage, view);
}

type Refusals = Pick<Kept & { ok: false }, 'refused' | 'wrong'>;
const STALE: Refusals = { refused: { refusal: 'fresh-proof-required' }, wrong: [] };

async function changeAgain(visit: AdminVisit, present: Application, values: FormValues, refusals: Refusals) {
  // Whoever sends it again after somebody else's change has seen that there was one.
  const now = (await visit.read.applications.byId(present.id)) ?? present;
  const form = await formView(visit, present.kind, values, now, refusals);
  const view = { room: roomOf(visit), id: present.id, name: present.name, form };
  return visit.page(changePage, view, shownRefusal(refusals));
}

/** What is wrong with a field is typed again (422); anything else has its own status. */
function shownRefusal({ refused, wrong }: Refusals): Refused {
  return wrong[0]?.refused ?? refused;
}

type Typed = { kind: Application['kind']; values: FormValues; seen: Temporal.Instant | null };

async function typedValues(visit: AdminVisit, present: Application | null): Promise<Typed | Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const kind = kindOf(form.get('kind'));
  const seen = form.get('seen');
  const mayAdmit = [...visit.administers.map(({ id }) => id), ...(present?.audience ?? [])];
  const values = kind && readValues(form, mayAdmit);
  const isWhole = !present || (present.kind === kind && /^\d{1,16}$/.test(seen));
  if (!kind || !values || !isWhole) return visit.problem({ refusal: 'input-malformed' }, statusOf('input-malformed'));
  return { kind, values, seen: present ? Temporal.Instant.fromEpochMilliseconds(Number(seen)) : null };
}

async function formView(
  visit: AdminVisit,
  kind: Application['kind'],
  values: FormValues,
  present: Application | null,
  refusals: Refusals | null = null,
): Promise<FormView> {
  const mine = visit.administers.map(({ id }) => id);
  const all = await visit.read.organisations.all();
  const shown = all.filter(({ id }) => mine.includes(id) || present?.audience.includes(id));
  const hasFields = (refusals?.wrong.length ?? 0) > 0;
  return {
    kind,
    values,
    wrong: refusals?.wrong ?? [],
    refused: refusals && !hasFields ? refusals.refused : null,
    organisations: shown.map(({ id, name }) => ({ id, name })),
    groups: await visit.read.people.groups(visit.organisation.id),
    seen: present ? String(present.changedAt.epochMilliseconds) : '',
    now: visit.now,
  };
}

function kindOf(text: string | null): Application['kind'] | null {
  return (['oidc', 'forward-auth'] as const).find((one) => one === text) ?? null;
}
