import { person } from '../person.ts';

/** Nobody has asked them yet: the next sign-in does. */
export const asked = [
  person(
    'quillwharf',
    'grace.okafor',
    'Grace Okafor',
    'Has not been asked yet: the next sign-in shows the invitation, with three times “later”.',
  ),
  person(
    'duizendkorrel',
    'sanne.de.boer',
    'Sanne de Boer',
    'Has not been asked yet, in Dutch: the bakery allows “later” twice, and its last day is near.',
  ),
  person(
    'quillwharf',
    'tom.ashby',
    'Tom Ashby',
    'First day at work: has never signed in, and his two weeks end before the freight firm’s last day anyway.',
    {
      joinedOn: -1,
      signIns: [],
    },
  ),
  person(
    'duizendkorrel',
    'joris.hendriks',
    'Joris Hendriks',
    'Late joiner: first signed in yesterday, so his last day is ten days after that and not the bakery’s.',
    {
      joinedOn: -3,
      signIns: [-1],
    },
  ),
  person(
    'duizendkorrel',
    'imke.postma',
    'Imke Postma',
    'Has had an account for a month and never used it: her ten days start with the first sign-in, whenever that is.',
    {
      joinedOn: -30,
      signIns: [],
    },
  ),
  person(
    'duizendkorrel',
    'noor.visser',
    'Noor Visser',
    'Signs in once a month, on payday: this is the last time before the last day, and the invitation says so.',
    {
      signIns: [-121, -91, -61, -30],
    },
  ),
  person(
    'quillwharf',
    'eleanor.finch',
    'Eleanor Finch',
    'Looks in every seven weeks: the last day is nearer than that, so the invitation says that this may be her last visit before it.',
    {
      signIns: [-196, -147, -98, -49],
    },
  ),
  person(
    'quillwharf',
    'maeve.kinsella',
    'Maeve Kinsella',
    'Comes back after eight months away: everything was announced while she was gone.',
    {
      signIns: [-251, -250, -249, -245],
    },
  ),
  person(
    'duizendkorrel',
    'olena.kovalenko',
    'Olena Kovalenko',
    'Works at the Dutch bakery and reads English: pages follow the person, not the firm.',
    {
      language: 'en',
    },
  ),
  person(
    'quillwharf',
    'femke.dijkstra',
    'Femke Dijkstra',
    'Works in Bristol and reads Dutch: the rule she is told about is the English firm’s.',
    {
      language: 'nl',
    },
  ),
  person(
    'duizendkorrel',
    'annemarie.vanderwesterlaken',
    'Annemarie van der Westerlaken-Oude Hengel',
    'Has a long name with two small words in the middle: it must fit on the smallest phone.',
  ),
  person(
    'quillwharf',
    'bartholomew.featherstonehaugh',
    'Bartholomew Fitzgerald-Montgomery Featherstonehaugh',
    'Has a name too long for any button: it is cut with an ellipsis, and whole in the menu.',
  ),
  person(
    'quillwharf',
    'wang.xiuying',
    '王秀英',
    'Writes her name in Chinese characters: also in the greeting of a mail and in the app’s entry.',
  ),
  person(
    'quillwharf',
    'layla.haddad',
    'ليلى حدّاد',
    'Writes her name from right to left, in the middle of a page that goes from left to right.',
  ),
  person('quillwharf', 'wulandari', 'Wulandari', 'Has one name and no other: nothing may ask for a surname.'),
  person(
    'quillwharf',
    'piotr.wojcik',
    'Piotr Wójcik',
    'Has an accent, spaces and a bicycle in his password: typed on any keyboard, it is the same password.',
    {
      password: 'café 🚲 by the river at dawn',
    },
  ),
  person(
    'duizendkorrel',
    'hassan.elamrani',
    'Hassan el Amrani',
    'Never confirmed his address: once the last day is over no mailed code can reach him.',
    {
      confirmed: false,
    },
  ),
];
