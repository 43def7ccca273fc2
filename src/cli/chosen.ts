import type { CampaignRow, Organisation } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import { type Call, Refused, WrongUsage } from './command.ts';

export const ORGANISATION_FLAG = {
  organisation: { value: 'SLUG', sentence: 'Which organisation; not needed where there is only one.' },
};

export const CAMPAIGN_FLAGS = {
  ...ORGANISATION_FLAG,
  campaign: { value: 'NAME', sentence: 'Which of its campaigns; not needed where there is only one.' },
};

export async function chosenOrganisation(read: Reader, call: Call): Promise<Organisation> {
  const slug = call.flag('organisation');
  const all = await read.organisations.all();
  if (slug === undefined && all.length > 1)
    throw new WrongUsage('There are several organisations: say --organisation.');
  const found = slug === undefined ? all[0] : all.find((one) => one.slug === slug);
  if (!found) throw new Refused(`There is no organisation called ${slug ?? '?'}. See: nachtslot org list`);
  return found;
}

export async function chosenCampaign(
  read: Reader,
  call: Call,
): Promise<{ organisation: Organisation; campaign: CampaignRow }> {
  const organisation = await chosenOrganisation(read, call);
  const name = call.flag('campaign');
  const all = await read.campaigns.of([organisation.id]);
  if (name === undefined && all.length > 1)
    throw new WrongUsage(`${organisation.name} has several campaigns: say --campaign. See: nachtslot campaign list`);
  const campaign = name === undefined ? all[0] : all.find((one) => one.name === name);
  if (!campaign)
    throw new Refused(
      `${organisation.name} has no campaign${name ? ` called ${name}` : ''}. See: nachtslot campaign list`,
    );
  return { organisation, campaign };
}

/** The account behind an address, if it belongs to the organisation. */
export async function chosenMember(read: Reader, address: string, organisation: Organisation): Promise<string> {
  const account = await read.accounts.byAddress(address);
  const belongs = account && (await read.people.member(organisation.id, account.id));
  if (!belongs) throw new Refused(`Nobody in ${organisation.name} has this address.`);
  return account.id;
}

/** A day as in ISO 8601. @throws WrongUsage */
export function dayIn(call: Call, flag: string): Temporal.PlainDate | null {
  const text = call.flag(flag)?.trim();
  if (text === undefined) return null;
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // The thirtieth of February: it looks like a day and is none.
  }
  throw new WrongUsage(`--${flag} must be a day like 2026-06-30.`);
}

export function neededDay(call: Call, flag: string): Temporal.PlainDate {
  const day = dayIn(call, flag);
  if (!day) throw new WrongUsage(`Say until when: --${flag} 2026-06-30 (that day still counts).`);
  return day;
}

const TEXT_MOST_CHARACTERS = 400;

export function neededText(call: Call, flag: string, why: string): string {
  const text = (call.flag(flag) ?? '').trim();
  if (text === '') throw new WrongUsage(`${why}: --${flag} "…"`);
  if (text.length > TEXT_MOST_CHARACTERS || /\p{Cc}/u.test(text))
    throw new WrongUsage(`--${flag} must be one line of at most ${TEXT_MOST_CHARACTERS} characters.`);
  return text;
}
