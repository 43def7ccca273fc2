import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { exportJWK, generateKeyPair } from 'jose';
import { createPayroll } from '../examples/payroll/src/app.ts';
import { PAYROLL, registerPayroll } from './applications.ts';
import type { Demo } from './start.ts';

/** The payroll portal beside the demonstration, on a port of its own, until `close` is called. */
export async function startPayroll(demo: Demo, { issuer, url }: { issuer: URL; url: URL }) {
  const { clock } = demo;
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const kid = crypto.randomUUID();
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }] };
  await registerPayroll(demo.nachtslot.deps.store, { url, jwks, now: clock.now() });

  const payroll = createPayroll({
    issuer,
    publicUrl: url,
    clientId: PAYROLL,
    clientKey: { key: privateKey, kid },
    // Payday and holds go by the clock that can be moved; tokens are dated by the real one.
    now: () => new Date(clock.now().epochMilliseconds),
    issuerNow: () => new Date(clock.wall().epochMilliseconds),
    log: console.warn,
  });
  const server = createAdaptorServer({ fetch: payroll.fetch });
  server.listen(Number(url.port), '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      server.close();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      await once(server, 'close');
    },
  };
}
