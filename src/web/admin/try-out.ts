import { createHash } from 'node:crypto';
import { TRY_OUT_CALLBACK } from '#flows/try-out.ts';
import { newToken } from '#flows/token.ts';
import type { Application } from '#store/rows.ts';
import { COOKIE } from '../visit.ts';
import type { AdminVisit } from './door.ts';
import { roomOf } from './room.ts';
import { decoded } from './tokens-decoded.ts';
import { tryOutPage, type TryOutView } from './try-out.page.tsx';

/** As long as a sign-in with its wizard may take. */
const KEPT_FOR = Temporal.Duration.from({ hours: 1 });

/**
 * Signs the administrator in as the application would. What it would keep until the answer comes (the verifier of PKCE)
 * is in a cookie of this browser; state and nonce follow from it, and nothing is written down here.
 */
export async function beginTryOut(visit: AdminVisit, application: Application): Promise<Response> {
  const { site, browser } = visit;
  const verifier = newToken().token.reveal();
  const asked = {
    state: stateOf(verifier, application.id),
    nonce: derived(verifier, 'nonce'),
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
  const isOidc = application.kind === 'oidc' && application.status === 'active';
  const to = isOidc ? await site.tryOuts.begin(application, asked, browser.origin) : null;
  if (!to) return visit.problem({ refusal: 'out-of-order' });
  const response = visit.redirect(to);
  response.headers.append('set-cookie', site.cookies.write(COOKIE.tryOut, verifier, { maxAge: KEPT_FOR }));
  return response;
}

/** The answer. It counts only in the browser in which it was asked for; the tokens are shown and dropped. */
export async function endTryOut(visit: AdminVisit): Promise<Response> {
  const { site, url, read, browser } = visit;
  const query = url.searchParams;
  const verifier = site.cookies.read(visit.request.headers, COOKIE.tryOut);
  const state = query.get('state') ?? '';
  const id = state.slice(0, state.lastIndexOf('.'));
  const application = await read.applications.byId(id);
  const organisation = visit.administers.find((one) => one.id === application?.owner);
  const isOurs = verifier !== null && state === stateOf(verifier, id) && query.get('iss') === site.publicUrl.origin;
  if (!application || !organisation || !isOurs) return visit.problem({ refusal: 'out-of-order' });
  const code = query.get('code');
  const answer = code ? await site.tryOuts.redeem(application, { code, verifier }, browser.origin) : null;
  const view: TryOutView = {
    room: roomOf({ ...visit, organisation }),
    id,
    name: application.name,
    error: answer ? null : (query.get('error') ?? 'invalid_grant').slice(0, 60),
    tokens: answer && decoded(answer),
  };
  const response = await visit.page(tryOutPage, view, answer ? null : { refusal: 'out-of-order' });
  response.headers.append('set-cookie', site.cookies.clear(COOKIE.tryOut));
  return response;
}

/** Names the application, and binds it to the verifier: an answer that was asked for elsewhere fits no cookie here. */
function stateOf(verifier: string, application: string): string {
  return `${application}.${derived(verifier, `state of ${application}`)}`;
}

function derived(verifier: string, use: string): string {
  return createHash('sha256').update(`${TRY_OUT_CALLBACK}|${use}|${verifier}`).digest('base64url');
}
