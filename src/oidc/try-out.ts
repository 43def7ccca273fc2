import { createServer, request as send } from 'node:http';
import { duplexPair } from 'node:stream';
import { json } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import type { Origin } from '#flows/deps.ts';
import { TRY_OUT_CALLBACK, type TryOutAnswer, type TryOuts } from '#flows/try-out.ts';
import type { Application } from '#store/rows.ts';
import { type Around, current } from './around.ts';
import { oidcSettings } from './clients.ts';
import { comeToOrigin } from './request.ts';

/**
 * Signing in for an application with ourselves in its place. We hold no application's secret, only its hash; so what the
 * application would send to our endpoints is sent from inside, on no network, and there alone the application counts as
 * one that proves itself with PKCE (see `clientOf`). What the browser does is what it does for everybody.
 */
export function tryOutsOf(around: Around, provider: () => Promise<Provider>): TryOuts {
  const { publicUrl } = around.deps;
  const redirectUri = new URL(TRY_OUT_CALLBACK, publicUrl).href;

  async function ask(
    application: Application,
    path: string,
    form: Record<string, string>,
    origin: Origin,
  ): Promise<Record<string, unknown> | null> {
    const body = new URLSearchParams({ client_id: application.id, ...form }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    return inside(await provider(), { method: 'POST', path, headers, body }, application, origin);
  }

  return {
    async begin(application, { state, nonce, challenge }, origin) {
      const scopes = oidcSettings(application)?.scopes ?? [];
      const pushed = await ask(
        application,
        '/oidc/par',
        {
          response_type: 'code',
          redirect_uri: redirectUri,
          // Not to stay signed in while nobody is there.
          scope: scopes.filter((scope) => scope !== 'offline_access').join(' '),
          code_challenge: challenge,
          code_challenge_method: 'S256',
          state,
          nonce,
        },
        origin,
      );
      const uri = pushed?.['request_uri'];
      if (typeof uri !== 'string') return null;
      return `/oidc/auth?${new URLSearchParams({ client_id: application.id, request_uri: uri })}`;
    },

    async redeem(application, { code, verifier }, origin): Promise<TryOutAnswer | null> {
      const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri };
      const tokens = await ask(application, '/oidc/token', form, origin);
      const [idToken, accessToken] = [tokens?.['id_token'], tokens?.['access_token']];
      if (typeof idToken !== 'string' || typeof accessToken !== 'string') return null;
      const headers = { authorization: `Bearer ${accessToken}` };
      const about = { method: 'GET', path: '/oidc/userinfo', headers, body: '' };
      const userinfo = (await inside(await provider(), about, application, origin)) ?? {};
      return { idToken, accessToken, scope: typeof tokens?.['scope'] === 'string' ? tokens['scope'] : '', userinfo };
    },
  };

  /** One request to the library over a pair of streams; its answer as JSON, or null when it said no. */
  async function inside(
    held: Provider,
    asked: { method: string; path: string; headers: Record<string, string | number>; body: string },
    application: Application,
    origin: Origin,
  ): Promise<Record<string, unknown> | null> {
    const answer = held.callback();
    const server = createServer((incoming, outgoing) => {
      comeToOrigin(incoming, publicUrl);
      const standIn = { origin, path: asked.path, who: null, tryOut: application.id };
      void current.run(standIn, () => answer(incoming, outgoing));
    });
    const [ours, theirs] = duplexPair();
    server.emit('connection', theirs);
    try {
      return await new Promise((resolve, reject) => {
        const { method, path, headers, body } = asked;
        const sent = send({ createConnection: () => ours, method, path, headers: { ...headers, connection: 'close' } });
        sent.once('error', reject);
        sent.once('response', (response) => {
          const read = json(response).then((said) =>
            response.statusCode === 200 || response.statusCode === 201 ? said : null,
          );
          read.then((said) => resolve(isRecord(said) ? said : null), reject);
        });
        sent.end(body);
      });
    } finally {
      ours.destroy();
      theirs.destroy();
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
