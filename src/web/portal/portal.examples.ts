import { examples as accounts } from '../account/account.examples.ts';
import { EXAMPLE_NOW as NOW } from '../page.ts';
import type { PortalView } from './view.ts';

const bakery: PortalView['organisations'][number] = {
  name: 'Bakkerij van Dam',
  role: 'member',
  since: Temporal.Instant.from('2023-09-01T08:00:00Z'),
  contact: 'personeel@bakkerij.example',
};

const enrolled: PortalView = {
  name: 'Grace de Boer',
  applications: [],
  enrolment: 'enrolled',
  asked: null,
  ways: ['totp', 'sms', 'backup-code'],
  invited: false,
  checkUp: false,
  askedFor: false,
  next: [
    { what: 'wrong', count: 2 },
    { what: 'sessions', count: 2 },
    { what: 'code', hint: 'K7QM', since: NOW.subtract({ hours: 94 * 24 }) },
    { what: 'device', until: NOW.add({ hours: 20 * 24 }) },
  ],
  organisations: [bakery],
};

const unprotected: PortalView = { ...enrolled, enrolment: 'none', ways: [], next: [] };

export const examples: Record<string, PortalView> = {
  enrolled,
  invited: { ...unprotected, asked: accounts['invited']?.asked ?? null },
  'nobody-asks': unprotected,
  applications: {
    ...enrolled,
    next: [],
    applications: [
      { id: 'a', name: 'Loonstrook', home: 'https://loonstrook.example/', hasLogo: false },
      { id: 'b', name: 'Rooster en urenregistratie', home: 'https://rooster.example/', hasLogo: false },
      { id: 'c', name: 'Wiki', home: 'https://wiki.example/', hasLogo: false },
    ],
  },
  quiet: { ...enrolled, next: [] },
  'invited-to-passkey': { ...enrolled, invited: true },
  'two-employers': {
    ...enrolled,
    next: enrolled.next.slice(3),
    organisations: [
      bakery,
      {
        name: 'Brouwer & Vos Accountants',
        role: 'administrator',
        since: Temporal.Instant.from('2025-01-06T08:00:00Z'),
        contact: '+44 7700 900123',
      },
    ],
  },
  'asked-for': { ...enrolled, askedFor: true, next: [] },
  'check-up': { ...enrolled, checkUp: true, next: enrolled.next.filter(({ what }) => what !== 'code') },
  'without-backup-code': { ...enrolled, enrolment: 'without-backup-code', next: [] },
  'without-authenticator': { ...enrolled, enrolment: 'without-authenticator', next: [] },
};
