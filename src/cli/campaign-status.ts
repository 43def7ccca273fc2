import type { CampaignRow } from '#store/rows.ts';
import { CAMPAIGN_FLAGS, chosenCampaign } from './chosen.ts';
import { type Command, Refused } from './command.ts';
import { withHouse } from './house.ts';
import { writeDown } from './invite.ts';

type Change = { summary: string; status: Exclude<CampaignRow['status'], 'draft'>; event: string; done: string };

/** `pause` and `resume`: one word of a campaign changes, and it is written down. */
export function statusCommand({ summary, status, event, done }: Change): Command {
  return {
    summary,
    flags: CAMPAIGN_FLAGS,
    run: (call, around) =>
      withHouse(around, ({ store }) =>
        store.transaction(async (tx) => {
          const { organisation, campaign } = await chosenCampaign(tx, call);
          if (campaign.status === status)
            throw new Refused(`${campaign.name} is ${status} already; nothing was changed.`);
          await tx.campaigns.setStatus(campaign.id, status);
          await writeDown(tx, {
            at: around.now(),
            event,
            detail: { organisation: organisation.slug, campaign: campaign.id, name: campaign.name },
          });
          return {
            lines: [`${campaign.name} of ${organisation.name}: ${done}`],
            json: { organisation: organisation.slug, campaign: campaign.id, status },
          };
        }),
      ),
  };
}
