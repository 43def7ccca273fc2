import { randomUUID } from 'node:crypto';
import { readPolicy } from '#core/policy/policy.ts';
import type { CampaignRow, Organisation } from '#store/rows.ts';
import { speak } from '#words/index.ts';
import { wrongName } from './answers.ts';
import { chosenOrganisation, dayIn, ORGANISATION_FLAG } from './chosen.ts';
import { type Command, Refused, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';
import { writeDown } from './invite.ts';

/** Whoever signs in once a month should be asked at least once before the last day. */
const SHORT = Temporal.Duration.from({ days: 31 });

export const command: Command = {
  summary: 'Asks everybody in an organisation to set up two-step verification, until a last day.',
  about:
    'From the first day people are asked at sign-in, and may say "Remind me later" until and including the last day; ' +
    'afterwards the wizard is the only way on, with a code from the mailbox before it. Days are those of the time zone ' +
    'of the organisation. Without --until it is offered and never required.',
  flags: {
    ...ORGANISATION_FLAG,
    name: { value: 'NAME', sentence: 'What it is called here (default: Two-step verification).' },
    from: { value: 'DATE', sentence: 'First day on which people are asked (default: today).' },
    until: { value: 'DATE', sentence: 'Last day on which it can be put off.' },
  },
  run: async (call, around) => {
    const name = call.flag('name')?.trim() ?? 'Two-step verification';
    const wrong = wrongName(name);
    if (wrong) throw new WrongUsage(`--name ${wrong}.`);
    const [from, deadline] = [dayIn(call, 'from'), dayIn(call, 'until')];
    const now = around.now();
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        const organisation = await chosenOrganisation(tx, call);
        const today = now.toZonedDateTimeISO(organisation.timeZone).toPlainDate();
        const startsOn = from ?? today;
        if (deadline && Temporal.PlainDate.compare(deadline, today) < 0)
          throw new WrongUsage('--until is over already: nobody could have put it off.');
        if (deadline && Temporal.PlainDate.compare(deadline, startsOn) < 0)
          throw new WrongUsage('--until must not be before --from.');
        if ((await tx.campaigns.of([organisation.id])).some((one) => one.name === name))
          throw new Refused(`${organisation.name} has a campaign called ${name} already. Say --name for another one.`);

        const id = randomUUID();
        const campaign: CampaignRow = {
          id,
          organisation: organisation.id,
          name,
          startsOn,
          deadline,
          status: 'running',
          createdAt: now,
        };
        await tx.campaigns.create(campaign);
        const days = { from: startsOn.toString(), until: deadline?.toString() ?? null };
        const detail = { organisation: organisation.slug, campaign: id, name, ...days };
        await writeDown(tx, {
          at: now,
          event: 'campaign.created',
          detail,
        });
        const people = await tx.people.count(organisation.id);
        return {
          lines: sentences(campaign, organisation, people),
          json: { organisation: organisation.slug, campaign: id, name, ...days, people },
        };
      }),
    );
  },
};

function sentences({ startsOn, deadline }: CampaignRow, organisation: Organisation, people: number): string[] {
  const { date } = speak('en', organisation.timeZone);
  const whom = `${people === 1 ? 'The one person' : `The ${people} people`} of ${organisation.name}`;
  const verb = people === 1 ? 'is' : 'are';
  if (!deadline) return [`${whom} ${verb} asked from ${date(startsOn)} on, and never required.`];
  const { deferralsAllowed } = readPolicy(organisation.policy).policy;
  const isShort = Temporal.PlainDate.compare(startsOn.add(SHORT), deadline) > 0;
  return [
    `${whom} ${verb} asked from ${date(startsOn)}, until and including ${date(deadline)} (${organisation.timeZone}).`,
    `"Remind me later" can be chosen ${deferralsAllowed} times. Whoever first signs in late has days of their own.`,
    ...(isShort
      ? ['That is less than a month: some people will be asked for the first time when it cannot be put off any more.']
      : []),
  ];
}
