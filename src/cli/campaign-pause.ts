import { statusCommand } from './campaign-status.ts';

export const command = statusCommand({
  summary: 'Stops asking, for as long as the campaign is paused; its last day stays where it is.',
  status: 'paused',
  event: 'campaign.paused',
  done: 'nobody is asked, and nobody is kept out.',
});
