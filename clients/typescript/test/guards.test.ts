import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import { Hono } from 'hono';
import {
  createGuard,
  type Demand,
  expressGuard,
  fastifyGuard,
  type Guard,
  honoGuard,
  jwtVerifier,
  type Token,
} from '../src/index.ts';
import { accessToken, close, type Key, listen, makeKey, seconds, startIssuer } from './issuer.ts';

// Hono is the real one. Express's middleware runs on a bare `node:http` server, for it uses nothing else of Express;
// Fastify's runs in a double with the shape of its request and reply, for Fastify is not installed here.
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let key: Key;
before(async () => {
  [issuer, key] = await Promise.all([startIssuer(), makeKey('one')]);
  issuer.publish(key);
});
after(() => issuer.close());

type Answer = { status: number; challenge: string | null; body: string };
type Ask = (authorization?: string) => Promise<Answer>;

const heard = (token: Token | undefined) => `hello ${token?.subject}`;

const SERVERS: Record<string, (guard: Guard) => Promise<{ ask: Ask; end(): Promise<void> }>> = {
  async hono(guard) {
    const app = new Hono<{ Variables: { token: Token } }>();
    app.use('/wages/*', honoGuard(guard));
    app.get('/wages/june', (c) => c.text(heard(c.get('token'))));
    return { ask: asking((init) => app.request('/wages/june', init)), end: async () => {} };
  },
  async express(guard) {
    const middleware = expressGuard(guard);
    const server = createServer((request: IncomingMessage & { token?: Token }, response: ServerResponse) => {
      void middleware(request, response, () => response.end(heard(request.token)));
    });
    const url = await listen(server);
    return { ask: asking((init) => fetch(url, init)), end: () => close(server) };
  },
  async fastify(guard) {
    const hook = fastifyGuard(guard);
    const server = createServer((incoming, outgoing) => {
      const request: { headers: IncomingMessage['headers']; token?: Token } = { headers: incoming.headers };
      const reply = {
        code: (status: number) => ((outgoing.statusCode = status), reply),
        headers: (values: Record<string, string>) => (outgoing.setHeaders(new Map(Object.entries(values))), reply),
        send: (body: string) => (outgoing.end(body), reply),
      };
      void hook(request, reply).then((sent) => sent === reply || reply.send(heard(request.token)));
    });
    const url = await listen(server);
    return { ask: asking((init) => fetch(url, init)), end: () => close(server) };
  },
};

function asking(send: (init: RequestInit) => Promise<Response> | Response): Ask {
  return async (authorization) => {
    const response = await send(authorization === undefined ? {} : { headers: { authorization } });
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: await response.text(),
    };
  };
}

for (const [name, start] of Object.entries(SERVERS)) {
  const withGuard = async (demand: Demand, body: (ask: Ask) => Promise<void>) => {
    const verify = jwtVerifier({ issuer: issuer.url, audience: 'wages-api' });
    const server = await start(createGuard(verify, demand));
    try {
      await body(server.ask);
    } finally {
      await server.end();
    }
  };

  test(`${name}: a good token comes in, and the handler knows whose it is`, () =>
    withGuard({ acr: 'mfa', maxAgeSeconds: 300, scope: 'wages' }, async (ask) => {
      const answer = await ask(`Bearer ${await accessToken(issuer.url, key)}`);
      assert.deepEqual([answer.status, answer.body], [200, 'hello grace']);
    }));

  test(`${name}: no token, another scheme, a bad token`, () =>
    withGuard({}, async (ask) => {
      const none = await ask();
      assert.deepEqual([none.status, none.challenge], [401, 'Bearer']);
      for (const sent of ['Basic Z3JhY2U6eA==', 'Bearer', 'Bearer a b', 'Bearer not.a.token']) {
        const { status, challenge, body } = await ask(sent);
        assert.equal(status, 401, sent);
        assert.match(challenge ?? '', /^Bearer error="invalid_token"/);
        assert.equal(body, '{"error":"invalid_token"}');
      }
    }));

  test(`${name}: too weak or too old is challenged as RFC 9470 says`, () =>
    withGuard({ acr: 'mfa', maxAgeSeconds: 300 }, async (ask) => {
      const weak = { acr: 'https://refeds.org/profile/sfa' };
      const old = { auth_time: seconds() - 400 };
      for (const claims of [weak, old, { acr: undefined }, { auth_time: undefined }, { auth_time: seconds() + 3600 }]) {
        const { status, challenge } = await ask(`Bearer ${await accessToken(issuer.url, key, { claims })}`);
        assert.equal(status, 401, JSON.stringify(claims));
        assert.match(challenge ?? '', /error="insufficient_user_authentication"/);
        assert.match(challenge ?? '', /acr_values="https:\/\/refeds\.org\/profile\/mfa phr", max_age="300"$/);
      }
    }));

  test(`${name}: a scope that is missing is 403`, () =>
    withGuard({ scope: 'bank-account' }, async (ask) => {
      const { status, challenge } = await ask(`Bearer ${await accessToken(issuer.url, key)}`);
      assert.deepEqual([status, challenge], [403, 'Bearer error="insufficient_scope", scope="bank-account"']);
    }));
}

test('while the issuer cannot be asked the answer is 503, and says nothing about the token', async () => {
  const verify = jwtVerifier({ issuer: 'http://127.0.0.1:9', audience: 'wages-api' });
  const said: string[] = [];
  const guard = createGuard(verify, {}, { onRefusal: (detail) => said.push(detail) });
  const guarded = await guard(`Bearer ${await accessToken('http://127.0.0.1:9', key)}`);
  assert.ok(!guarded.ok);
  assert.equal(guarded.denial.status, 503);
  assert.equal(guarded.denial.headers['www-authenticate'], undefined);
  assert.equal(said.length, 1);
});
