import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

export type Key = { kid: string; alg: 'ES256' | 'RS256'; private: CryptoKey; public: JWK };

export async function makeKey(kid: string, alg: Key['alg'] = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, private: privateKey, public: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An issuer on a port of this machine: description, keys, introspection. What was asked is counted. */
export async function startIssuer() {
  const published: JWK[] = [];
  const asked = { description: 0, keys: 0 };
  let introspection: (form: URLSearchParams, authorization: string) => { status: number; body: unknown } = () => ({
    status: 404,
    body: {},
  });
  let describedAs = '';
  const server = createServer((request, response) => {
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration') {
      asked.description += 1;
      json({ issuer: describedAs, jwks_uri: `${url}/keys`, introspection_endpoint: `${url}/introspect` });
    } else if (request.url === '/keys') {
      asked.keys += 1;
      json({ keys: published });
    } else if (request.url === '/introspect') {
      void introspect(request, json);
    } else json({}, 404);
  });
  const introspect = async (request: IncomingMessage, json: (body: unknown, status: number) => void) => {
    const form = new URLSearchParams(await bodyOf(request));
    const { status, body } = introspection(form, request.headers.authorization ?? '');
    json(body, status);
  };
  const url = await listen(server);
  describedAs = url;
  return {
    url,
    asked,
    publish: (...keys: Key[]) => void published.splice(0, published.length, ...keys.map((key) => key.public)),
    describeAs: (name: string) => void (describedAs = name),
    introspectWith: (answer: typeof introspection) => void (introspection = answer),
    close: () => close(server),
  };
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

export const seconds = (at = new Date()) => Math.floor(at.getTime() / 1000);

/** An access token as RFC 9068 §2 wants it, but for what `changes` says; undefined takes a claim away. */
export function accessToken(
  issuer: string,
  key: Key,
  { claims = {}, header = {} }: { claims?: JWTPayload; header?: Partial<JWTHeaderParameters> } = {},
): Promise<string> {
  const now = seconds();
  const payload = {
    iss: issuer,
    aud: 'wages-api',
    sub: 'grace',
    client_id: 'payroll',
    iat: now,
    exp: now + 300,
    jti: crypto.randomUUID(),
    scope: 'wages assurance',
    acr: 'https://refeds.org/profile/mfa',
    amr: ['pwd', 'otp', 'mfa'],
    auth_time: now - 60,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.private);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
