import type { Reader } from '#store/store.ts';
import { type Command, Refused } from './command.ts';
import { withHouse } from './house.ts';

/** More lines than a person makes in many years. */
const ALL = 1_000_000;

export const command: Command = {
  summary: 'Prints everything that is kept about one person, as JSON and without secrets.',
  about: 'For whoever asks what is stored about them (GDPR, article 15).',
  words: ['ADDRESS'],
  run: (call, around) =>
    withHouse(around, async ({ store }) => {
      const [address = ''] = call.words;
      const person = await everythingAbout(store.read, address);
      if (!person) throw new Refused('There is no account with this address.');
      return { lines: [JSON.stringify(person, null, 2)], json: person };
    }),
};

async function everythingAbout(read: Reader, address: string): Promise<Record<string, unknown> | null> {
  const account = await read.accounts.byAddress(address);
  if (!account) return null;
  const { id } = account;
  const memberships = await read.accounts.memberships(id);
  return {
    account,
    addresses: await read.accounts.addresses(id),
    memberships: memberships.map(({ organisation, role, joinedAt }) => ({
      organisation: organisation.slug,
      role,
      joinedAt,
    })),
    authenticators: (await read.authenticators.of(id)).map(shown),
    sessions: (await read.sessions.of(id)).map(shown),
    rememberedDevices: (await read.devices.of(id)).map(shown),
    signIns: await read.campaigns.signIns(id, ALL),
    deferrals: await read.campaigns.deferrals(id),
    extensions: await read.campaigns.extensions(id),
    exemptions: await read.campaigns.exemptions(id),
    activity: (await read.audit.of(id, ALL)).reverse(),
  };
}

/** Without what opens something: not even its hash is anybody's business. */
function shown(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'secret' && name !== 'tokenHash'));
}
