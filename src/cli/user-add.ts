import type { Organisation, Role } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import { isLanguage, wrongAddress, wrongLanguage, wrongName } from './answers.ts';
import { chosenOrganisation, ORGANISATION_FLAG } from './chosen.ts';
import { type Call, type Command, Refused, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';
import { invite, writeDown } from './invite.ts';

const ROLES: readonly Role[] = ['member', 'agent', 'administrator'];

export const command: Command = {
  summary: 'Makes an account, or lets an existing one join an organisation.',
  about: 'A new account gets a link by which its owner chooses a password: printed here, and mailed.',
  words: ['ADDRESS'],
  flags: {
    ...ORGANISATION_FLAG,
    name: { value: 'NAME', sentence: 'Name of the person; needed for a new account.' },
    role: { value: 'ROLE', sentence: 'member (default), agent or administrator.' },
    language: { value: 'en|nl', sentence: "Language of the person (default: the organisation's)." },
  },
  run: async (call, around) => {
    const [address = ''] = call.words;
    const role = ROLES.find((one) => one === (call.flag('role') ?? 'member'));
    const wrong = problem(address, call, role);
    if (wrong) throw new WrongUsage(wrong);
    const now = around.now();
    return withHouse(around, ({ store, config }) =>
      store.transaction(async (tx) => {
        const organisation = await chosenOrganisation(tx, call);
        const account = await tx.accounts.byAddress(address);
        if (account) return join(tx, account.id, organisation, role ?? 'member', now);
        const language = call.flag('language') ?? organisation.language;
        const { link, expiresAt } = await invite(tx, {
          name: nameFrom(call),
          address,
          language: isLanguage(language) ? language : organisation.language,
          role: role ?? 'member',
          organisation,
          publicUrl: config.publicUrl,
          now,
        });
        return {
          lines: [`Added to ${organisation.name}. Their link, good once and for 24 hours:`, link],
          json: { organisation: organisation.slug, link, linkExpiresAt: expiresAt.toString() },
        };
      }),
    );
  },
};

function problem(address: string, call: Call, role: Role | undefined): string | null {
  const wrong = wrongAddress(address);
  if (wrong) return `ADDRESS ${wrong}.`;
  if (!role) return `--role must be ${ROLES.join(', ')}.`;
  const [language, name] = [call.flag('language'), call.flag('name')];
  const wrongIn = (flag: string, found: string | null) => (found ? `--${flag} ${found}.` : null);
  return (
    (language !== undefined && wrongIn('language', wrongLanguage(language))) ||
    (name !== undefined && wrongIn('name', wrongName(name))) ||
    null
  );
}

function nameFrom(call: Call): string {
  const name = call.flag('name');
  if (name === undefined) throw new WrongUsage('This account is new, so --name is needed.');
  return name;
}

async function join(tx: Writer, account: string, organisation: Organisation, role: Role, now: Temporal.Instant) {
  const memberships = await tx.accounts.memberships(account);
  if (memberships.some((one) => one.organisation.id === organisation.id))
    throw new Refused(`This person is in ${organisation.name} already; nothing was changed.`);
  await tx.accounts.join({ account, organisation: organisation.id, role, joinedAt: now });
  const detail = { organisation: organisation.slug, role };
  await writeDown(tx, { at: now, event: 'account.joined', account, detail });
  return {
    lines: [`The account was there already; it has joined ${organisation.name}.`],
    json: { organisation: organisation.slug, joined: true },
  };
}
