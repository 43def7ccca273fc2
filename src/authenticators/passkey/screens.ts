import type { CeremonyScreen, PressedScreen } from '../screen.ts';

export const verifyScreen: PressedScreen = {
  way: 'passkey.way',
  lead: 'passkey.use-lead',
  press: { button: 'passkey.use', failed: 'passkey.failed', without: 'passkey.without-here' },
};

export const ceremonyScreen: CeremonyScreen = {
  title: 'passkey.title',
  cost: 'passkey.cost',
  heading: 'passkey.make-heading',
  lead: 'passkey.make-lead',
  about: ['passkey.about-unlock', 'passkey.about-where', 'passkey.about-secret'],
  press: {
    button: 'passkey.make',
    failed: 'passkey.make-failed',
    already: 'passkey.already',
    without: 'passkey.without-wizard',
  },
};
