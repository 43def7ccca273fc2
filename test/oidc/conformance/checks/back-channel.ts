import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as jose from 'jose';
import type { BACK_CHANNEL_LOGOUT } from '../plans.ts';
import { openSuite, type Suite } from '../suite.ts';
import { keysOf } from '../tokens.ts';
import { backChannelLogoutDiscovery } from './discovery.ts';
import { isSignedOut, logout, signedIn } from './logout.ts';
import type { Check } from './requests.ts';

type Heard = { type: string; form: URLSearchParams };

/** OpenID Connect Back-Channel Logout 1.0, at an application that listens. */
export function backChannel() {
  const heard: Heard[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    heard.push({ type: request.headers['content-type'] ?? '', form: await formOf(request) });
    response.writeHead(200).end();
  };
  const server = createServer((request, response) => void hear(request, response));

  const checks: Record<keyof typeof BACK_CHANNEL_LOGOUT, Check> = {
    'oidcc-backchannel-logout-discovery-endpoint-verification': backChannelLogoutDiscovery,
    'oidcc-backchannel-rp-initiated-logout': async (suite) => {
      const who = await signedIn(suite);
      const { postLogoutRedirectUris: [bye = ''] = [] } = suite.application.settings as {
        postLogoutRedirectUris?: string[];
      };
      const stop = suite.r.signOuts.start();
      const { left } = await logout(who, { id_token_hint: who.idToken, post_logout_redirect_uri: bye, state: 'x' });
      assert.equal(left, `${bye}?state=x`);
      for (let waited = 0; heard.length === 0 && waited < 5000; waited += 20)
        await new Promise((go) => setTimeout(go, 20));
      await stop();
      assert.deepEqual([heard.length, heard[0]?.type], [1, 'application/x-www-form-urlencoded']);
      assert.deepEqual([...(heard[0]?.form.keys() ?? [])], ['logout_token']);
      await isLogoutToken(suite, heard[0]?.form.get('logout_token') ?? '', who.claims);
      await isSignedOut(suite, who);
    },
  };

  const open = async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
    const settings = {
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [`${origin}/bye`],
      backchannelLogoutUri: `${origin}/backchannel_logout`,
    };
    const suite = await openSuite('default', { settings, publicUrl: 'http://localhost:3000' });
    return { ...suite, close: () => suite.close().finally(() => server.close()) };
  };
  return { checks, open };
}

/** Back-Channel Logout 1.0 §2.4 and §2.6. */
async function isLogoutToken(suite: Suite, token: string, { sub, sid }: jose.JWTPayload): Promise<void> {
  const { payload, protectedHeader } = await jose.jwtVerify(token, jose.createLocalJWKSet(await keysOf(suite)), {
    issuer: suite.jar.origin.origin,
    audience: suite.application.id,
    typ: 'logout+jwt',
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
  });
  assert.notEqual(protectedHeader.alg, 'none');
  assert.ok(typeof sid === 'string' && sid !== '');
  assert.deepEqual([payload.sub, payload['sid']], [sub, sid]);
  assert.deepEqual(payload['events'], { 'http://schemas.openid.net/event/backchannel-logout': {} });
  assert.ok(!('nonce' in payload));
  assert.ok(Math.abs(Number(payload.iat) - Date.now() / 1000) < 60);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
