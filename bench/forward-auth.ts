import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import { hashToken, newToken } from '#flows/token.ts';
import type { Nachtslot } from '#src/main.ts';
import { bareServer } from './bare.ts';
import { get, startClient } from './load.ts';
import { people } from './people.ts';
import { inTurns } from './rounds.ts';
import type { World } from './world.ts';

const HOST = 'app.bench.example';
/** Connections that stay open, as a reverse proxy holds them. */
const CONNECTIONS = 64;

/** What a reverse proxy waits for before every request of every application, beside a server that only reads a row. */
export async function forwardAuthPart(
  { nachtslot, folder }: World,
  size: { seconds: number; pairs: number },
): Promise<string> {
  const token = await signedInAtHost(nachtslot);
  const ours = await nachtslot.listen({ host: '127.0.0.1', port: 0 });
  const bare = await bareServer(join(folder, 'bare.db'));
  const client = startClient();
  try {
    const asked = {
      'x-forwarded-method': 'GET',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': HOST,
      'x-forwarded-uri': '/reports/2026/03?sort=name',
      'sec-fetch-mode': 'navigate',
      accept: 'text/html,application/xhtml+xml',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36',
    };
    const requests = {
      ours: get('/forward-auth', { ...asked, cookie: `__Host-nachtslot=${token}` }),
      // The same load of headers: parsing them is Node's work, and not what is measured.
      bare: get('/forward-auth', { ...asked, cookie: bare.key }),
    };
    const round = (port: number, request: string) => (seconds: number) =>
      client.round({ port, request, connections: CONNECTIONS, seconds });
    const result = await inTurns(round(ours.port, requests.ours), round(bare.port, requests.bare), size);
    return (
      `forward-auth ÷ bare server that reads one row: ${result.ratio.toFixed(2)} ` +
      `(${result.lowest.toFixed(2)}–${result.highest.toFixed(2)}, ${result.perSecond.toFixed(0)} requests a second; goal 0.70); ` +
      `in processor time ${result.processor.toFixed(2)}`
    );
  } finally {
    client.stop();
    await bare.close();
    await ours.close();
  }
}

/** Many people with sessions, one of them at the host of an application. */
async function signedInAtHost(nachtslot: Nachtslot): Promise<string> {
  const { store, clock } = nachtslot.deps;
  const now = clock.now();
  const everybody = await people(nachtslot, 1_000);
  const [house] = await store.read.organisations.all();
  const organisation = house?.id ?? '';
  const { token } = newToken();
  await store.transaction(async (tx) => {
    await tx.applications.create({
      id: 'bench',
      owner: organisation,
      name: 'Bench',
      kind: 'forward-auth',
      audience: [organisation],
      status: 'active',
      homeUrl: '',
      policy: OPEN_TO_MEMBERS,
      settings: {
        rules: [
          { host: HOST, path: '/', access: 'signed-in', groups: [] },
          { host: HOST, path: '/public', access: 'public', groups: [] },
          { host: HOST, path: '/admin', access: 'two-steps', groups: [] },
        ],
      },
      secretHash: null,
      hasLogo: false,
      createdAt: now,
      changedAt: now,
    });
    for (const [index, { id: account }] of everybody.entries()) {
      const sid = randomUUID();
      const expiresAt = now.add({ hours: 24 });
      const password = { type: 'password', authenticator: '', factors: ['knowledge' as const], at: now };
      await tx.sessions.create({
        id: randomUUID(),
        sid,
        tokenHash: newToken().tokenHash,
        account,
        evidence: [{ ...password, phishingResistant: false, restricted: false }],
        viaRememberedDevice: false,
        securityEpoch: 0,
        userAgent: '',
        address: '',
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
      });
      const tokenHash = index === 500 ? hashToken(token.reveal()) : newToken().tokenHash;
      await tx.forwardAuth.open({ tokenHash, account, sid, host: HOST, createdAt: now, expiresAt });
    }
  });
  return token.reveal();
}
