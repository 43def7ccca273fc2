import { join } from 'node:path';
import type { OidcSettings } from '#store/rows.ts';
import { wireTo } from '#test/attacks/support/wire.ts';
import { Jar } from '#test/support/jar.ts';
import { giveCode, givePassword, register, RelyingParty, throughOf, visit } from '#test/support/oidc-client.ts';
import { codeAt } from '#test/support/rig.ts';
import { bareServer } from './bare.ts';
import { get, startClient } from './load.ts';
import { PASSWORD, people } from './people.ts';
import { inTurns } from './rounds.ts';
import { ORIGIN, type World } from './world.ts';

const CONNECTIONS = 64;
const SCOPE = 'openid profile email organisation groups';

/** What an application asks about the person in front of it, beside a server that only reads a row. */
export async function userinfoPart(
  { nachtslot, folder, wall }: World,
  size: { seconds: number; pairs: number },
): Promise<string> {
  const ours = await nachtslot.listen({ host: '127.0.0.1', port: 0 });
  const bare = await bareServer(join(folder, 'bare.db'));
  const client = startClient();
  try {
    const authorization = `Bearer ${await accessToken(nachtslot, ours.port, wall.at)}`;
    const asked = { accept: 'application/json', 'user-agent': 'payroll/1.0', authorization };
    const requests = {
      ours: get('/oidc/userinfo', asked),
      bare: get('/oidc/userinfo', { ...asked, cookie: bare.key }),
    };
    const round = (port: number, request: string) => (seconds: number) =>
      client.round({ port, request, connections: CONNECTIONS, seconds });
    const result = await inTurns(round(ours.port, requests.ours), round(bare.port, requests.bare), size);
    return (
      `userinfo ÷ bare server that reads one row: ${result.ratio.toFixed(2)} ` +
      `(${result.lowest.toFixed(2)}–${result.highest.toFixed(2)}, ${result.perSecond.toFixed(0)} requests a second; goal 0.40); ` +
      `in processor time ${result.processor.toFixed(2)}`
    );
  } finally {
    client.stop();
    await bare.close();
    await ours.close();
  }
}

/** One of many people signs in for an application; the token is as any application gets it. */
async function accessToken(nachtslot: World['nachtslot'], port: number, wall: Temporal.Instant): Promise<string> {
  const { store, clock } = nachtslot.deps;
  const everybody = await people(nachtslot, 1_000);
  const [house] = await store.read.organisations.all();
  const one = everybody[500];
  if (!house || !one) throw new Error('nobody is here');
  const scopes: OidcSettings['scopes'] = SCOPE.split(' ');
  const application = await register({ store, now: () => clock.now() }, house, { settings: { scopes } });
  const wire = wireTo([port]);
  const jar = new Jar(wire, new URL(ORIGIN));
  const party = await RelyingParty.of(application, jar.origin, throughOf(wire));
  const person = {
    ...one,
    password: PASSWORD,
    backupCode: null,
    code: (stepsAway = 0) => codeAt(one.totp, wall, stepsAway),
  };
  const begun = await party.begin({ scope: SCOPE });
  const { left } = await giveCode(jar, await givePassword(jar, await visit(jar, begun.url), person), person);
  return (await party.redeem(left ?? '', begun)).access_token;
}
