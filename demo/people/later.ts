import { person } from '../person.ts';

/** They were asked and said “later”, or somebody gave them time. */
export const later = [
  person(
    'quillwharf',
    'amir.rahimi',
    'Amir Rahimi',
    'Snoozed once, two days ago: is left alone for now, with a quiet line on top of each page.',
    {
      signIns: [-40, -2, -1],
      later: [{ house: 'quillwharf', on: -2 }],
    },
  ),
  person(
    'quillwharf',
    'becky.lowe',
    'Becky Lowe',
    'Snoozed once, eight days ago: seven days are over, so she is asked again, with two times “later” left.',
    {
      signIns: [-38, -8],
      later: [{ house: 'quillwharf', on: -8 }],
    },
  ),
  person(
    'quillwharf',
    'callum.reid',
    'Callum Reid',
    'Snoozed once, yesterday, and has signed in three times since: asked again, for three sign-ins come before seven days.',
    {
      signIns: [-33, -1, -0.8, -0.5, -0.2],
      later: [{ house: 'quillwharf', on: -1 }],
    },
  ),
  person('quillwharf', 'dorothy.pell', 'Dorothy Pell', 'Snoozed twice: is asked a third time, with one “later” left.', {
    signIns: [-44, -20, -10],
    later: [
      { house: 'quillwharf', on: -20 },
      { house: 'quillwharf', on: -10 },
    ],
  }),
  person(
    'quillwharf',
    'ewan.muir',
    'Ewan Muir',
    'Snoozed three times, the last time yesterday: is left alone, and the next question will have no “later”.',
    {
      signIns: [-19, -10, -1],
      later: [
        { house: 'quillwharf', on: -19 },
        { house: 'quillwharf', on: -10 },
        { house: 'quillwharf', on: -1 },
      ],
    },
  ),
  person(
    'quillwharf',
    'fiona.marsh',
    'Fiona Marsh',
    'All three laters are spent: the next sign-in offers “Enable” and nothing else, weeks before the last day.',
    {
      signIns: [-26, -17, -8],
      later: [
        { house: 'quillwharf', on: -26 },
        { house: 'quillwharf', on: -17 },
        { house: 'quillwharf', on: -8 },
      ],
    },
  ),
  person(
    'duizendkorrel',
    'daan.bakker',
    'Daan Bakker',
    'Snoozed once, yesterday: the bakery lets him be for two sign-ins or three days.',
    {
      signIns: [-32, -1],
      later: [{ house: 'duizendkorrel', on: -1 }],
    },
  ),
  person(
    'duizendkorrel',
    'eva.smit',
    'Eva Smit',
    'Snoozed once, four days ago: the bakery’s three days are over, so she is asked again, one “later” left.',
    {
      signIns: [-29, -4],
      later: [{ house: 'duizendkorrel', on: -4 }],
    },
  ),
  person(
    'duizendkorrel',
    'gijs.mulder',
    'Gijs Mulder',
    'Both laters are spent: the next sign-in offers “Enable” and nothing else, days before the bakery’s last day.',
    {
      signIns: [-34, -12, -5],
      later: [
        { house: 'duizendkorrel', on: -12 },
        { house: 'duizendkorrel', on: -5 },
      ],
    },
  ),
  person(
    'duizendkorrel',
    'hilde.meijer',
    'Hilde Meijer',
    'Has an extension: an administrator moved her own last day two weeks back, because she is in hospital.',
    {
      extension: { house: 'duizendkorrel', untilDay: 19, reason: 'in hospital until next week' },
    },
  ),
  person(
    'duizendkorrel',
    'kees.vandam',
    'Kees van Dam',
    'Exempt for two months: works in the cold store, where no phone may go, and nobody asks him.',
    {
      exemption: {
        house: 'duizendkorrel',
        untilDay: 60,
        reason: 'no phones in the cold store; code cards are ordered',
      },
    },
  ),
  person(
    'quillwharf',
    'nadia.osei',
    'Nadia Osei',
    'Exempt until tomorrow: move the clock two days on and she is asked.',
    {
      exemption: { house: 'quillwharf', untilDay: 1, reason: 'waiting for a new phone' },
    },
  ),
  person(
    'quillwharf',
    'rhys.bowen',
    'Rhys Bowen',
    'Was exempt until yesterday: the exemption ended by itself, and he is asked today.',
    {
      exemption: { house: 'quillwharf', untilDay: -1, reason: 'at sea' },
    },
  ),
];
