import type { Provider } from 'oidc-provider';
import type { SignOutRequest } from '#flows/errand.ts';
import type { Who } from '#flows/session.ts';
import { clientSid } from './adapter.ts';
import type { Around } from './around.ts';

/**
 * Reads a request to sign out. The hint may be expired and is checked in every other way; what it says counts for who is
 * signed in here and for nobody else.
 */
export async function signOutRequest(
  around: Around,
  provider: Provider,
  parameters: URLSearchParams,
  who: Who | null,
): Promise<SignOutRequest> {
  const hint = parameters.get('id_token_hint');
  const named = hint ? audienceOf(hint) : parameters.get('client_id');
  if (hint && (!named || (parameters.get('client_id') ?? named) !== named)) return refused('request-wrong');
  if (!named) return { kind: 'asked', application: null, goOnTo: null, isOwn: false };

  const client = await provider.Client.find(named).catch(() => undefined);
  const application = await around.deps.store.read.applications.byId(named);
  if (!client || !application) return refused('unknown-application');
  const said = hint ? await provider.IdToken.validate(hint, client).catch(() => null) : null;
  if (hint && !said) return refused('request-wrong');

  const target = parameters.get('post_logout_redirect_uri');
  if (target && !client.postLogoutRedirectUriAllowed(target)) return refused('redirect-unknown');
  return {
    kind: 'asked',
    application,
    goOnTo: target && withState(target, parameters.get('state')),
    isOwn:
      who !== null &&
      said?.payload['sub'] === who.session.account &&
      said.payload['sid'] === clientSid(around, who.session.sid, application.id),
  };
}

function refused(problem: (SignOutRequest & { kind: 'refused' })['problem']): SignOutRequest {
  return { kind: 'refused', problem };
}

/** Whose token it says it is; believed only once its signature was checked against that application. */
function audienceOf(hint: string): string | null {
  try {
    const [, payload = ''] = hint.split('.');
    const { aud }: { aud?: unknown } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const only: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
    return typeof only === 'string' ? only : null;
  } catch {
    return null;
  }
}

function withState(target: string, state: string | null): string {
  const url = new URL(target);
  if (state !== null && state !== '') url.searchParams.set('state', state);
  return url.href;
}
