import type { Refused } from '#core/refusal.ts';
import { isLastMain, isNeeded, removeAuthenticator, renameAuthenticator } from '#flows/account.ts';
import { isMain } from '#flows/world.ts';
import type { SignedInVisit } from '../route.ts';
import { asEverywhere } from './changed.ts';
import { removePage } from './remove.page.tsx';
import { renamePage } from './rename.page.tsx';
import { factsOf } from './view.ts';

export async function showRename(visit: SignedInVisit): Promise<Response> {
  const id = visit.params['id'] ?? '';
  const one = (await factsOf(visit)).authenticators.find((bound) => bound.id === id && isMain(bound));
  if (!one) return visit.problem({ refusal: 'not-found' });
  return visit.page(renamePage, { id, label: one.label, now: visit.now, refused: null });
}

export async function rename(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const input = { id: form.get('id'), label: form.get('label') };
  const { refused, keep } = await renameAuthenticator(visit.deps, visit.browser, visit.who, input);
  if (!refused) return visit.redirect('/account?done=renamed', keep);
  const everywhere = asEverywhere(visit, refused);
  if (everywhere) return everywhere;
  if (refused.refusal === 'not-found') return visit.problem(refused);
  return visit.page(renamePage, { ...input, label: input.label.slice(0, 200), now: visit.now, refused }, refused);
}

export function showRemove(visit: SignedInVisit): Promise<Response> {
  return askBefore(visit, visit.params['id'] ?? '', null);
}

export async function remove(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const id = form.get('id');
  const { refused, keep } = await removeAuthenticator(visit.deps, visit.browser, visit.who, id);
  if (!refused) return visit.redirect('/account?done=removed', keep);
  return asEverywhere(visit, refused) ?? askBefore(visit, id, refused);
}

/** What would go, or why it stays. */
async function askBefore(visit: SignedInVisit, id: string, refused: Refused | null): Promise<Response> {
  const facts = await factsOf(visit);
  const one = facts.authenticators.find((bound) => bound.id === id && (isMain(bound) || bound.type === 'sms'));
  if (!one) return visit.problem({ refusal: 'not-found' });
  const needed = await isNeeded(visit.read, facts, id);
  const { type, label, hint } = one;
  const view = { id, type, label, hint, isLast: isLastMain(facts, id), needed };
  return visit.page(removePage, view, needed ? { refusal: 'authenticator-required' } : refused);
}
