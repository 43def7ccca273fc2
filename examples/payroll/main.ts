import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { createPayroll } from './src/app.ts';

// PAYROLL_ISSUER=https://login.example PAYROLL_CLIENT_ID=payroll PAYROLL_URL=https://payroll.example node main.ts
const issuer = new URL(process.env['PAYROLL_ISSUER'] ?? 'http://localhost:3000');
const publicUrl = new URL(process.env['PAYROLL_URL'] ?? 'http://localhost:3001');
const clientId = process.env['PAYROLL_CLIENT_ID'] ?? 'payroll';
const keyFile = process.env['PAYROLL_KEY_FILE'] ?? 'payroll-key.json';

const clientKey = await ownKey();
serve(
  { fetch: createPayroll({ issuer, publicUrl, clientId, clientKey }).fetch, port: Number(publicUrl.port || 3001) },
  ({ port }) => console.log(`Payroll at ${publicUrl.origin} (port ${port}), signing in with ${issuer.origin}`),
);

/** Made at the first start. The private half stays in the file; the public half is what Nachtslot has to be told. */
async function ownKey() {
  const kept = existsSync(keyFile) ? (JSON.parse(readFileSync(keyFile, 'utf8')) as JWK) : null;
  const jwk = kept ?? (await newKey());
  const { kty, crv, x, y, kid = 'payroll' } = jwk;
  console.log(
    `Public keys to register:\n${JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] })}`,
  );
  return { key: (await importJWK(jwk, 'ES256')) as CryptoKey, kid };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: crypto.randomUUID() };
  writeFileSync(keyFile, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}
