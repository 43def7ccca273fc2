import type { Words } from './en.ts';

const countries: Record<string, string> = {
  GB: 'Britse',
  NL: 'Nederlandse',
  BE: 'Belgische',
  DE: 'Duitse',
  FR: 'Franse',
};

export const nl: Words = {
  lang: 'nl',
  locale: 'nl-NL',
  timeZone: 'Europe/Amsterdam',
  otherLanguage: 'English',
  name: 'Tallybridge',
  skip: 'Naar de pagina',
  menu: 'Menu',
  signIn: 'Inloggen',
  signOut: 'Uitloggen',
  footer: 'Tallybridge Payroll rekent voor Quillwharf Freight en Bakkerij Duizendkorrel.',
  landing: {
    title: 'Loonstroken',
    heading: 'Elk uur geteld. Elke maand op papier.',
    lead: 'Je loonstroken en de rekening waar je loon naartoe gaat, voor iedereen bij Quillwharf Freight en Bakkerij Duizendkorrel.',
    note: 'Je logt in met het account van je werkgever.',
    out: 'Je bent uitgelogd, hier en bij het inloggen van je werkgever.',
    sample: 'Een loonstrook',
  },
  due: (date) => `Stel tweestapsverificatie in, uiterlijk ${date}.`,
  dueWhy: 'Je werkgever vraagt erom. Tot dan open je je loonstroken zonder; je bankrekening nooit.',
  dueAct: 'Nu instellen',
  payslips: {
    title: 'Loonstroken',
    hello: (name) => `Fijn dat je er bent, ${name}.`,
    open: 'Loonstrook openen',
    paidOn: (date) => `Betaald op ${date}`,
    net: 'Nettoloon',
    earlier: 'Eerder',
    month: 'Maand',
    none: 'Er zijn nog geen loonstroken voor je. Denk je van wel? Vraag het de salarisadministratie van je werkgever.',
  },
  payslip: {
    title: (month) => `Loonstrook ${month}`,
    earned: 'Verdiend',
    withheld: 'Ingehouden',
    total: 'Samen',
    net: 'Nettoloon',
    for: 'Voor',
    paidTo: (ending) => `Naar je rekening eindigend op ${ending}`,
    back: 'Alle loonstroken',
    amount: 'Bedrag',
  },
  lines: {
    gross: 'Brutoloon',
    overtime: 'Overuren',
    allowance: 'Vakantiegeld',
    travel: 'Reiskosten',
    tax: 'Loonheffing',
    insurance: 'National Insurance',
    pension: 'Pensioenpremie',
  },
  bank: {
    title: 'Mijn bankrekening',
    now: 'Je loon gaat naar',
    since: (date) => `sinds ${date}`,
    saved: 'Opgeslagen. Je volgende loon gaat naar deze rekening.',
    heading: 'Een andere rekening gebruiken',
    label: 'Nieuw rekeningnummer (IBAN)',
    hint: 'Zoals het op je bankpas staat. Spaties maken niet uit.',
    save: 'Opslaan',
    checked: 'Je hebt zojuist in twee stappen bevestigd. Dat vragen we elke keer, want hier gaat je loon naartoe.',
    held: 'Wacht',
    heldHeading: 'Je nieuwe rekening wacht nog',
    heldUntil: (moment) => `Wacht tot ${moment}`,
    heldThen: 'Daarna gaat je loon naar',
    heldNow: 'Loon dat eerder wordt betaald, gaat nog naar je huidige rekening.',
    willWait: (moment) => `Wat je nu wijzigt, wacht tot ${moment}`,
    because: {
      recovered: (moment) => `omdat je je account op ${moment} hebt teruggekregen.`,
      'new-authenticator': (moment) =>
        `omdat de manier waarop je bevestigt dat jij het bent op ${moment} is veranderd.`,
      'not-known': () => 'omdat het inloggen van je werkgever ons niet vertelde of je account pas is veranderd.',
    },
    whyHeld: 'Is iemand anders in je account gekomen, dan heb je de tijd om dat te merken.',
    cancel: 'Wijziging intrekken',
    notMe: 'Was jij dit niet? Trek het in en bel de salarisadministratie.',
  },
  iban: (fault) => {
    switch (fault.fault) {
      case 'empty':
        return 'Vul het nummer in van de rekening waar je loon naartoe moet.';
      case 'characters':
        return 'Een IBAN begint met twee letters en twee cijfers, zoals NL91 TALY. Neem het over van je bankpas of uit de app van je bank.';
      case 'country':
        return 'Naar een bank in dit land kunnen we niet betalen. Kijk naar de eerste twee letters, of vraag het de salarisadministratie.';
      case 'length': {
        const what = countries[fault.country]
          ? `Een ${countries[fault.country]} IBAN`
          : `Een IBAN met ${fault.country}`;
        const parts = fault.is < fault.should ? 'te weinig' : 'te veel';
        return `${what} heeft ${fault.should} tekens; dit zijn er ${fault.is}. ${Math.abs(fault.should - fault.is)} ${parts}.`;
      }
      case 'checksum':
        return 'Dit nummer klopt niet: een cijfer is fout, of twee zijn verwisseld. Vergelijk het met je bankpas.';
    }
    fault satisfies never;
    return '';
  },
  errorPrefix: 'Fout',
  problems: {
    'not-found': ['Deze pagina is er niet', 'Misschien is het adres afgebroken. Je loonstroken staan waar ze stonden.'],
    'unknown-trip': [
      'Dit inloggen is voorbij',
      'Het duurde te lang, of het begon in een andere browser. Er is niets misgegaan: begin opnieuw.',
    ],
    refused: ['Je bent niet ingelogd', 'Het inloggen van je werkgever liet je niet door. Hier is niets veranderd.'],
    'too-weak': [
      'Je bankrekening vraagt twee stappen',
      'Je bent ingelogd, maar je hebt niet met een tweede stap bevestigd. Je loonstroken zijn open; je bankrekening blijft dicht.',
    ],
    'not-for-you': [
      'Je bent niet binnengelaten',
      'Of je wilde niet verder, of je werkgever heeft je geen loonadministratie gegeven. Vraag het daar de salarisadministratie.',
    ],
    unreachable: [
      'Inloggen is niet bereikbaar',
      'Het inloggen van je werkgever antwoordt nu niet. Probeer het over een minuut opnieuw; er is niets verloren.',
    ],
    foreign: ['Dat kwam niet van hier', 'Ga terug naar de pagina en druk daar nog eens op de knop.'],
    fault: [
      'Er ging bij ons iets stuk',
      'Het is genoteerd, en bij jou is niets veranderd. Probeer het over een minuut opnieuw.',
    ],
  },
  tryAgain: 'Inloggen',
  toPayslips: 'Naar je loonstroken',
  confirm: 'Bevestig in twee stappen',
};
