import type { ApprovedScreen, PairedScreen } from '../screen.ts';

export const verifyScreen: ApprovedScreen = {
  way: 'approval.way',
  lead: 'approval.lead',
  approve: {
    button: 'approval.ask',
    again: 'approval.ask-again',
    waitingLead: 'approval.waiting-lead',
    number: 'approval.number',
    next: 'approval.next',
    without: 'approval.nothing-there',
  },
};

export const pairedScreen: PairedScreen = {
  title: 'approval.title',
  cost: 'approval.cost',
  pairHeading: 'approval.pair-heading',
  testHeading: 'approval.test-heading',
};
