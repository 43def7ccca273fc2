// P-30: an assertion is good once, also when twenty come at once, at one server or at two.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Answered } from '#test/support/jar.ts';
import { register } from '#test/support/oidc-client.ts';
import { signed } from './support/forger.ts';
import { answersOf, tally } from './support/people.ts';
import { post } from './support/provider.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const ROUNDS = 10;
const AT_ONCE = 20;
const KIND = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

onBothStages('client assertions', { 'one assertion, twenty times at once': once });

async function once(stage: Stage): Promise<void> {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  // The library looks at the real clock alone.
  stage.advance({ seconds: Math.floor(stage.rig.now().until(Temporal.Now.instant()).total('seconds')) });
  const house = await stage.rig.organisation();
  const settings = { authMethod: 'private_key_jwt', jwks: { keys: [jwk] } } as const;
  const { id } = await register(stage.rig, house, {
    secretHash: null,
    settings: { ...settings, jwks: { keys: [jwk] } },
  });
  const make = () => {
    const at = Math.floor(Date.now() / 1000);
    const claims = { iss: id, sub: id, aud: 'https://id.example.test', jti: randomUUID(), iat: at, exp: at + 60 };
    return signed({ alg: 'ES256', kid: 'k1' }, claims, key.privateKey, 'ES256');
  };
  const ask = (client_assertion: string): Promise<Answered> =>
    post({ newJar: () => stage.browser() }, '/oidc/introspection', {
      token: 'x',
      client_assertion,
      client_assertion_type: KIND,
    });

  assert.equal((await ask(make())).status, 200, 'control');
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = make();
    const answers = answersOf(await stage.volley(Array.from({ length: AT_ONCE }, () => () => ask(one))));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, tally(answers));
    assert.ok(
      answers.every(({ status }) => status === 200 || status === 401),
      tally(answers),
    );
  }
  assert.equal((await ask(make())).status, 200, 'control');
}
