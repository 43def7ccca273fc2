import { createApiToken, revokeApiToken } from '#flows/api-tokens.ts';
import type { AdminVisit } from './door.ts';
import { roomOf } from './room.ts';
import { tokenMadePage } from './token-made.page.tsx';
import { NO_TOKEN, type TokensView, tokensPage } from './tokens.page.tsx';

export async function showTokens(visit: AdminVisit): Promise<Response> {
  const done = visit.url.searchParams.get('done') === 'revoked' ? 'revoked' : null;
  return visit.page(tokensPage, await viewOf(visit, { done }));
}

export async function createToken(visit: AdminVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const typed = {
    name: form.get('name'),
    scope: form.get('scope') === 'write' ? ('write' as const) : ('read' as const),
    days: form.get('days').trim(),
  };
  const { deps, steward, organisation } = visit;
  const days = /^\d{1,4}$/.test(typed.days) ? Number(typed.days) : 0;
  const made = await createApiToken(deps, steward, { ...typed, organisation: organisation.id, days });
  if ('refused' in made) {
    if (made.refused.refusal === 'not-found') return visit.problem(made.refused);
    return visit.page(tokensPage, await viewOf(visit, { typed, wrong: made }), made.refused);
  }
  return visit.page(tokenMadePage, { room: roomOf(visit), name: made.made.name, token: made.token.reveal() });
}

export async function revokeToken(visit: AdminVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const { deps, steward, organisation } = visit;
  const refused = await revokeApiToken(deps, steward, { organisation: organisation.id, id: form.get('id') });
  if (refused) return visit.problem(refused);
  return visit.redirect(`/admin/tokens?${new URLSearchParams({ done: 'revoked', organisation: organisation.slug })}`);
}

async function viewOf(visit: AdminVisit, view: Partial<TokensView>): Promise<TokensView> {
  const { read, organisation, now } = visit;
  const tokens = await read.apiTokens.of(organisation.id);
  const rows = tokens.map(async (one) => ({ ...one, by: (await read.accounts.byId(one.madeBy))?.name ?? '' }));
  return {
    room: roomOf(visit),
    tokens: await Promise.all(rows),
    typed: NO_TOKEN,
    wrong: null,
    done: null,
    now,
    ...view,
  };
}
