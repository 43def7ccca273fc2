import { readPolicy } from '#core/policy/policy.ts';
import { speak } from '#words/index.ts';
import { CAMPAIGN_FLAGS, chosenCampaign, chosenMember, neededDay, neededText } from './chosen.ts';
import { type Command, Refused, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';
import { COMMAND_LINE, writeDown } from './invite.ts';

export const command: Command = {
  summary: "Moves one person's last day back, once.",
  words: ['ADDRESS'],
  flags: {
    ...CAMPAIGN_FLAGS,
    until: { value: 'DATE', sentence: 'Their last day; at most 30 days after that of the campaign.' },
    reason: { value: 'TEXT', sentence: 'Why; it is written into the audit.' },
  },
  run: async (call, around) => {
    const [address = ''] = call.words;
    const until = neededDay(call, 'until');
    const reason = neededText(call, 'reason', 'Say why');
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        const { organisation, campaign } = await chosenCampaign(tx, call);
        const account = await chosenMember(tx, address, organisation);
        const { deadline } = campaign;
        if (!deadline) throw new Refused(`${campaign.name} has no last day that could be moved.`);
        const latest = deadline.add(readPolicy(organisation.policy).policy.extensionAtMost);
        const { date } = speak('en', organisation.timeZone);
        if (Temporal.PlainDate.compare(until, deadline) <= 0 || Temporal.PlainDate.compare(until, latest) > 0)
          throw new WrongUsage(`--until must be after ${date(deadline)}, and no later than ${date(latest)}.`);
        await tx.accounts.lock(account);
        if ((await tx.campaigns.extensions(account)).some((one) => one.campaign === campaign.id))
          throw new Refused("This person's last day was moved already. It can be moved once.");
        await tx.campaigns.extend({ account, campaign: campaign.id, until, reason, by: COMMAND_LINE.request });
        const detail = { organisation: organisation.slug, campaign: campaign.id, until: until.toString(), reason };
        await writeDown(tx, {
          at: around.now(),
          event: 'campaign.extended',
          account,
          detail,
        });
        return {
          lines: [`${address} can put it off until and including ${date(until)}.`],
          json: { account, campaign: campaign.id, until: until.toString() },
        };
      }),
    );
  },
};
