import { enrolled, person } from '../person.ts';

const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const TABLET =
  'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1';
const LIBRARY = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36';

/** They have a second step, and it works. */
export const working = [
  person('quillwharf', 'priya.raman', 'Priya Raman', 'Enrolled with an app: password, then six digits.', enrolled),
  person(
    'duizendkorrel',
    'ivo.degroot',
    'Ivo de Groot',
    'Enrolled with an app, in Dutch: password, then six digits.',
    enrolled,
  ),
  person(
    'quillwharf',
    'owen.pryce',
    'Owen Pryce',
    'Enrolled with an app and text messages: “Try another way” offers the number and the backup code.',
    {
      ...enrolled,
      phone: '+447700900141',
    },
  ),
  person(
    'duizendkorrel',
    'lotte.vos',
    'Lotte Vos',
    'Enrolled with an app and text messages, in Dutch: the text arrives in the mailbox of this page.',
    {
      ...enrolled,
      phone: '+447700900142',
    },
  ),
  person(
    'quillwharf',
    'ruth.adeyemi',
    'Ruth Adeyemi',
    'Has two phones with an entry each: the code of either is right.',
    {
      ...enrolled,
      apps: [{ label: 'Work phone' }, { label: 'Own phone', boundOn: -7 }],
    },
  ),
  person(
    'quillwharf',
    'simon.early',
    'Simon Early',
    'Set it up half a year before anybody asked: no campaign ever showed him anything.',
    {
      ...enrolled,
      apps: [{ boundOn: -180 }],
    },
  ),
  person(
    'duizendkorrel',
    'marieke.dejong',
    'Marieke de Jong',
    'Has two confirmed addresses: every notice about her account goes to both.',
    {
      ...enrolled,
      secondAddress: 'marieke@thuis.example',
    },
  ),
  person(
    'duizendkorrel',
    'geert.zonneveld',
    'Geert Zonneveld',
    'Has no smartphone: after the password the next number of a paper card is asked for, and six are crossed off.',
    {
      card: { boundOn: -14, used: 6 },
      backupCode: 'kept',
      signIns: [-14, -10, -6, -2],
    },
  ),
  person(
    'quillwharf',
    'lars.holm',
    'Lars Holm',
    'Has a phone that is twenty seconds slow: its codes are right, and nobody notices.',
    {
      ...enrolled,
      apps: [{ secondsOff: -20 }],
    },
  ),
];

export const devices = [
  person(
    'quillwharf',
    'isla.grant',
    'Isla Grant',
    'Has a remembered laptop until tomorrow: on it the password is enough today, and a code is due from tomorrow on.',
    {
      ...enrolled,
      apps: [{ boundOn: -35 }],
      devices: [{ userAgent: LAPTOP, rememberedOn: -29 }],
    },
  ),
  person(
    'duizendkorrel',
    'bram.willems',
    'Bram Willems',
    'Has a remembered laptop for twenty days more: on it the password is enough.',
    {
      ...enrolled,
      devices: [{ userAgent: LAPTOP, rememberedOn: -10 }],
    },
  ),
  person(
    'quillwharf',
    'hugo.blake',
    'Hugo Blake',
    'Had a remembered laptop until yesterday: its thirty days are over, and use did not lengthen them.',
    {
      ...enrolled,
      apps: [{ boundOn: -60 }],
      devices: [{ userAgent: LAPTOP, rememberedOn: -31 }],
    },
  ),
  person(
    'quillwharf',
    'yasmin.noor',
    'Yasmin Noor',
    'Had a remembered laptop until she changed her password last week: a code is asked there again.',
    {
      ...enrolled,
      devices: [{ userAgent: LAPTOP, rememberedOn: -12 }],
      changedOn: -7,
    },
  ),
  person(
    'duizendkorrel',
    'roos.hoekstra',
    'Roos Hoekstra',
    'Has three remembered devices, one of them in a library: it can be taken off the list on her account page.',
    {
      ...enrolled,
      devices: [
        { userAgent: LAPTOP, rememberedOn: -12 },
        { userAgent: TABLET, rememberedOn: -9 },
        { userAgent: LIBRARY, rememberedOn: -3 },
      ],
    },
  ),
];
