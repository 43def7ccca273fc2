import type { CampaignRow, Organisation } from '#store/rows.ts';

export type House = 'quillwharf' | 'duizendkorrel' | 'tallybridge';

/** An employer of the demonstration. Days count from the start of the demonstration, so that its stories stay true. */
type HouseSpec = Pick<Organisation, 'name' | 'language' | 'timeZone' | 'policy' | 'helpContact' | 'colour'> & {
  campaign: { name: string; startsInDays: number; deadlineInDays: number };
};

/**
 * Two employers with their own dates and rules, and the office that runs the payroll of both: its own people went
 * first, so whoever works there too is overdue on the first day.
 */
export const HOUSES: Record<House, HouseSpec> = {
  quillwharf: {
    name: 'Quillwharf Freight',
    language: 'en',
    timeZone: 'Europe/London',
    policy: {},
    helpContact: 'the payroll team, room 12, payroll@quillwharf.example',
    colour: '#1f5f7a',
    campaign: { name: 'Two steps by the deadline', startsInDays: -28, deadlineInDays: 40 },
  },
  duizendkorrel: {
    name: 'Bakkerij Duizendkorrel',
    language: 'nl',
    timeZone: 'Europe/Amsterdam',
    policy: {
      deferralsAllowed: 2,
      deferralReturnsAfterSignIns: 2,
      deferralReturnsAfter: 'P3D',
      lateJoinerGrace: 'P10D',
      reminderDaysBefore: [21, 7, 3, 1, 0],
      sessionIdle: 'PT30M',
    },
    helpContact: 'de salarisadministratie, salaris@duizendkorrel.example',
    colour: '#8a4b12',
    campaign: { name: 'Dubbel op slot', startsInDays: -21, deadlineInDays: 5 },
  },
  tallybridge: {
    name: 'Tallybridge Payroll',
    language: 'en',
    timeZone: 'Europe/London',
    policy: { lateJoinerGrace: 'P0D' },
    helpContact: 'the service desk, desk@tallybridge.example',
    colour: '#3d5a3a',
    campaign: { name: 'Our own people first', startsInDays: -60, deadlineInDays: -12 },
  },
};

export const HOUSE_IDS = Object.keys(HOUSES).filter((one): one is House => one in HOUSES);

/** The rows of one employer, for a demonstration that starts at `start`. */
export function rowsOf(house: House, start: Temporal.Instant): { organisation: Organisation; campaign: CampaignRow } {
  const { campaign, ...spec } = HOUSES[house];
  const createdAt = start.subtract({ hours: 24 * 500 });
  return {
    organisation: { ...spec, id: house, slug: house, createdAt },
    campaign: {
      id: campaignOf(house),
      organisation: house,
      name: campaign.name,
      startsOn: dayIn(house, start, campaign.startsInDays),
      deadline: lastDayOf(house, start),
      status: 'running',
      createdAt: start.subtract({ hours: 24 * 75 }),
    },
  };
}

export function campaignOf(house: House): string {
  return `campaign-${house}`;
}

/** Until and including. */
export function lastDayOf(house: House, start: Temporal.Instant): Temporal.PlainDate {
  return dayIn(house, start, HOUSES[house].campaign.deadlineInDays);
}

/** The date so many days from the start, as the employer's calendar has it. */
export function dayIn(house: House, start: Temporal.Instant, days: number): Temporal.PlainDate {
  return start.toZonedDateTimeISO(HOUSES[house].timeZone).toPlainDate().add({ days });
}
