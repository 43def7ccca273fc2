import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** What the next sign-in says about the person; `error` sends them back without one. */
export type Told = {
  sub: string;
  sid?: string;
  acr?: string;
  auth_time?: number;
  claims?: Record<string, unknown>;
  error?: string;
};

type Code = { told: Told; nonce: string; challenge: string; redirectUri: string };

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * An issuer of tests, on a port of this machine: signs everybody in at once, as `tell` says, and checks what a client
 * has to prove (private_key_jwt, PKCE, the redirect address). Ours is tried with the same payroll in the journeys.
 */
export async function startIssuer({ clientId, clientKey }: { clientId: string; clientKey: JWK }) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Told>();
  const asked: URLSearchParams[] = [];
  let told: Told = { sub: 'grace' };

  const sign = (payload: JWTPayload, typ: string) =>
    new SignJWT({ iss: url, aud: clientId, iat: seconds(), exp: seconds() + 120, ...payload })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', typ })
      .sign(privateKey);

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams: query } = new URL(request.url);
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return Response.json({
          issuer: url,
          authorization_endpoint: `${url}/auth`,
          token_endpoint: `${url}/token`,
          userinfo_endpoint: `${url}/me`,
          jwks_uri: `${url}/keys`,
          end_session_endpoint: `${url}/end`,
        });
      case '/keys':
        return Response.json(jwks);
      case '/auth':
        return authorize(query);
      case '/token':
        return redeem(new URLSearchParams(await request.text()));
      case '/me': {
        const known = tokens.get(request.headers.get('authorization')?.replace('Bearer ', '') ?? '');
        if (!known)
          return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
        return Response.json({ sub: known.sub, ...(known.sub === told.sub ? told : known).claims });
      }
    }
    return new Response(null, { status: 404 });
  }

  function authorize(query: URLSearchParams): Response {
    asked.push(query);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', url);
    if (told.error) back.searchParams.set('error', told.error);
    else {
      const code = crypto.randomUUID();
      codes.set(code, {
        told,
        nonce: query.get('nonce') ?? '',
        challenge: query.get('code_challenge') ?? '',
        redirectUri: query.get('redirect_uri') ?? '',
      });
      back.searchParams.set('code', code);
    }
    return Response.redirect(back.href, 303);
  }

  async function redeem(form: URLSearchParams): Promise<Response> {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const key = await importJWK(clientKey, 'ES256');
    await jwtVerify(form.get('client_assertion') ?? '', key, { issuer: clientId, subject: clientId, audience: url });
    if (!code || proof !== code.challenge || form.get('redirect_uri') !== code.redirectUri)
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    const { sub, sid = 'session-1', acr = 'https://refeds.org/profile/sfa', auth_time = seconds() } = code.told;
    const accessToken = crypto.randomUUID();
    tokens.set(accessToken, code.told);
    const idToken = await sign({ sub, sid, acr, auth_time, nonce: code.nonce }, 'JWT');
    return Response.json({ access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken });
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET' } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const body = method === 'POST' ? Buffer.concat(chunks) : null;
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const refused = (fault: unknown) => Response.json({ error: 'invalid_client', error_description: String(fault) });
    const response = await answer(new Request(url + incoming.url, { method, headers, body })).catch(refused);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    /** Parameters of every authorization request, oldest first. */
    asked,
    tell: (next: Told) => void (told = next),
    revokeAll: () => tokens.clear(),
    logoutToken: (claims: JWTPayload = {}, typ = 'logout+jwt') =>
      sign({ jti: crypto.randomUUID(), sid: 'session-1', sub: 'grace', events: { [EVENT]: {} }, ...claims }, typ),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

export const seconds = (at = new Date()) => Math.floor(at.getTime() / 1000);
