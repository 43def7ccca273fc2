import { person } from '../person.ts';

/** The last day is over, or two employers ask at once. */
export const due = [
  person(
    'quillwharf',
    'stella.crane',
    'Stella Crane',
    'Overdue: also keeps the books at Tallybridge Payroll, whose last day was twelve days ago. No “later” any more.',
    {
      houses: ['quillwharf', 'tallybridge'],
      signIns: [-70, -41, -20],
    },
  ),
  person(
    'duizendkorrel',
    'willem.kuiper',
    'Willem Kuiper',
    'Overdue, in Dutch: does the bakery’s wages at Tallybridge Payroll, so a mailed code guards his late start.',
    {
      houses: ['duizendkorrel', 'tallybridge'],
      signIns: [-66, -38, -17],
    },
  ),
  person(
    'quillwharf',
    'ulrich.bauer',
    'Ulrich Bauer',
    'Overdue with an address that was never confirmed: no code can be mailed, so only an administrator can help.',
    {
      houses: ['quillwharf', 'tallybridge'],
      confirmed: false,
      signIns: [-90, -50],
    },
  ),
  person(
    'quillwharf',
    'vera.lindqvist',
    'Vera Lindqvist',
    'Overdue on her first day: Tallybridge Payroll gives late joiners no time of their own.',
    {
      houses: ['quillwharf', 'tallybridge'],
      joinedOn: -2,
      signIns: [],
    },
  ),
];

export const both = [
  person(
    'duizendkorrel',
    'marijke.janssen',
    'Marijke Janssen',
    'Two employers with different deadlines: the bakery’s comes first, so that is the one the invitation names.',
    {
      houses: ['duizendkorrel', 'quillwharf'],
    },
  ),
  person(
    'quillwharf',
    'lucas.moreau',
    'Lucas Moreau',
    'Two employers, snoozed once: one “later” told both, and the smaller number is what is left.',
    {
      houses: ['quillwharf', 'duizendkorrel'],
      signIns: [-30, -4],
      later: [{ house: 'duizendkorrel', on: -4 }],
    },
  ),
  person(
    'quillwharf',
    'bridget.hale',
    'Bridget Hale',
    'Two employers, exempt at the bakery: the freight firm’s date counts, and it is the one she is told.',
    {
      houses: ['quillwharf', 'duizendkorrel'],
      exemption: { house: 'duizendkorrel', untilDay: 90, reason: 'helps out on market days only' },
    },
  ),
  person(
    'duizendkorrel',
    'thijs.peeters',
    'Thijs Peeters',
    'Two employers, one second step: set up once, it is good for both.',
    {
      houses: ['duizendkorrel', 'quillwharf'],
      apps: [{}],
      backupCode: 'kept',
    },
  ),
  person(
    'quillwharf',
    'jonah.vale',
    'Jonah Vale',
    'Between two jobs: belongs to no organisation, so nobody asks anything of him.',
    {
      houses: [],
    },
  ),
];
