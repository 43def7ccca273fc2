import { statusCommand } from './campaign-status.ts';

export const command = statusCommand({
  summary: 'Asks again. After the last day it is required at once.',
  status: 'running',
  event: 'campaign.resumed',
  done: 'people are asked again.',
});
