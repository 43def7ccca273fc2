import { readPolicy } from '#core/policy/policy.ts';
import { speak } from '#words/index.ts';
import { chosenMember, chosenOrganisation, neededDay, neededText, ORGANISATION_FLAG } from './chosen.ts';
import { type Command, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';
import { writeDown } from './invite.ts';

export const command: Command = {
  summary: 'Leaves one person out of the campaigns of an organisation, until a day at which it ends by itself.',
  words: ['ADDRESS'],
  flags: {
    ...ORGANISATION_FLAG,
    until: { value: 'DATE', sentence: 'The last day on which they are left out; at most a year from today.' },
    reason: { value: 'TEXT', sentence: 'Why; it is written into the audit.' },
    owner: { value: 'NAME', sentence: 'Who answers for it.' },
  },
  run: async (call, around) => {
    const [address = ''] = call.words;
    const until = neededDay(call, 'until');
    const reason = neededText(call, 'reason', 'Say why');
    const owner = neededText(call, 'owner', 'Say who answers for it');
    const now = around.now();
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        const organisation = await chosenOrganisation(tx, call);
        const account = await chosenMember(tx, address, organisation);
        const today = now.toZonedDateTimeISO(organisation.timeZone).toPlainDate();
        const latest = today.add(readPolicy(organisation.policy).policy.exemptionAtMost);
        const { date } = speak('en', organisation.timeZone);
        if (Temporal.PlainDate.compare(until, today) < 0 || Temporal.PlainDate.compare(until, latest) > 0)
          throw new WrongUsage(`--until must be a day from today on, and no later than ${date(latest)}.`);
        await tx.campaigns.exempt({ account, organisation: organisation.id, until, reason, owner });
        const detail = { organisation: organisation.slug, until: until.toString(), reason, owner };
        await writeDown(tx, { at: now, event: 'campaign.exempted', account, detail });
        return {
          lines: [`${address} is left out until and including ${date(until)}. ${owner} answers for it.`],
          json: { account, organisation: organisation.slug, until: until.toString() },
        };
      }),
    );
  },
};
