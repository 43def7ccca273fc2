import { enrolled, person } from '../person.ts';

const LAPTOP = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0';

/** Something is wrong, and there is a way back. */
export const trouble = [
  person(
    'quillwharf',
    'martin.slow',
    'Martin Slow',
    'Has a phone with a wrong clock, two minutes slow: its code is refused, and the page says why.',
    {
      ...enrolled,
      apps: [{ secondsOff: -120 }],
    },
  ),
  person(
    'duizendkorrel',
    'anouk.snel',
    'Anouk Snel',
    'Has a phone three minutes fast: its code is refused with general advice, for a code of the future would still be good.',
    {
      ...enrolled,
      apps: [{ secondsOff: 180 }],
    },
  ),
  person(
    'quillwharf',
    'carys.vaughan',
    'Carys Vaughan',
    'Enrolled, but never confirmed the backup code: after the six digits the wizard goes on exactly there.',
    {
      ...enrolled,
      backupCode: 'none',
    },
  ),
  person(
    'duizendkorrel',
    'pim.verbeek',
    'Pim Verbeek',
    'Spent the backup code four days ago and closed the page: after the six digits a new one is handed out.',
    {
      ...enrolled,
      backupCode: 'spent',
    },
  ),
  person(
    'quillwharf',
    'zoe.harbour',
    'Zoë Harbour',
    'Dropped the phone into the dock, and has the backup code in her purse: it signs her in, once.',
    {
      ...enrolled,
      apps: [{ state: 'lost' }],
    },
  ),
  person(
    'duizendkorrel',
    'ad.verloren',
    'Ad Verloren',
    'Has lost the phone and the backup code: “I can’t use any of these” is the way that is left.',
    {
      ...enrolled,
      apps: [{ state: 'lost' }],
      backupCode: 'lost',
    },
  ),
  person(
    'quillwharf',
    'grace.tidewell',
    'Grace Tidewell',
    'Lost phone and paper on the way home: with her password she can ask to get back in, and Arthur and Olive will look.',
    {
      ...enrolled,
      apps: [{ state: 'lost' }],
      backupCode: 'lost',
    },
  ),
  person(
    'duizendkorrel',
    'lotte.wachter',
    'Lotte Wachter',
    'Asked yesterday to get back in and confirmed her mailbox: her request waits at the bakery’s desk for an agent.',
    {
      ...enrolled,
      apps: [{ state: 'lost' }],
      backupCode: 'lost',
      askedBackIn: -1,
    },
  ),
  person(
    'quillwharf',
    'gloria.mbeki',
    'Gloria Mbeki',
    'Came over from an older system with a number and no app: first a text message, then the wizard.',
    {
      phone: '+447700900159',
    },
  ),
  person(
    'quillwharf',
    'felix.stone',
    'Felix Stone',
    'A stranger tried a hundred codes in a row: his app is switched off, and the backup code leads to a new QR code.',
    {
      ...enrolled,
      apps: [{ state: 'switched-off' }],
    },
  ),
  person(
    'quillwharf',
    'tess.quill',
    'Tess Quill',
    'Somebody with her password guessed twenty codes within an hour: for almost a day none is looked at, not even a right one.',
    {
      ...enrolled,
      guessed: 'codes',
    },
  ),
  person(
    'duizendkorrel',
    'jan.deurwaarder',
    'Jan Deurwaarder',
    'Strangers have tried passwords on him all day: his own is refused too, but not on his remembered laptop.',
    {
      ...enrolled,
      devices: [{ userAgent: LAPTOP, rememberedOn: -8 }],
      guessed: 'passwords',
    },
  ),
  person(
    'quillwharf',
    'gareth.gone',
    'Gareth Gone',
    'Left last month and is disabled: the right password opens nothing, and nothing says why.',
    {
      disabled: true,
    },
  ),
];

export const staff = [
  person(
    'quillwharf',
    'helen.marlowe',
    'Helen Marlowe',
    'Administrator of the freight firm, enrolled with an app: asked for the second step like everybody.',
    {
      ...enrolled,
      role: 'administrator',
    },
  ),
  person(
    'duizendkorrel',
    'pieter.zonneveld',
    'Pieter Zonneveld',
    'Administrator of the bakery who has not set it up himself: the rule does not spare him.',
    {
      role: 'administrator',
    },
  ),
  person(
    'quillwharf',
    'arthur.bell',
    'Arthur Bell',
    'Agent at the freight firm’s help desk, with app and text messages: gives accounts back to their owners.',
    {
      ...enrolled,
      role: 'agent',
      phone: '+447700900167',
    },
  ),
  person(
    'duizendkorrel',
    'saskia.timmer',
    'Saskia Timmer',
    'Agent at the bakery’s help desk: the second pair of eyes that a recovery needs.',
    {
      ...enrolled,
      role: 'agent',
    },
  ),
  person(
    'quillwharf',
    'olive.trent',
    'Olive Trent',
    'Second agent at the freight firm: approves what Arthur has checked, for nobody lets anybody in alone.',
    {
      ...enrolled,
      role: 'agent',
    },
  ),
  person(
    'duizendkorrel',
    'bram.kuiper',
    'Bram Kuiper',
    'Second agent at the bakery: Saskia checks, he looks too, and then it waits for a day.',
    {
      ...enrolled,
      role: 'agent',
    },
  ),
];
