import type { Words } from './en.ts';

export const nl: Words = {
  name: 'Nachtslot Authenticator',
  shortName: 'Authenticator',
  back: 'Terug',
  cancel: 'Annuleren',
  done: 'Klaar',
  optional: '(niet verplicht)',
  show: 'Toon',
  hide: 'Verberg',

  codes: 'Je codes',
  add: 'Account toevoegen',
  menu: 'Instellingen',
  search: 'Zoeken',
  nothingFound: (text) => `Geen account heeft “${text}” in de naam.`,
  noAccounts: 'Nog geen codes',
  noAccountsLead:
    'Een website die om een tweede stap vraagt, toont een QR-code. Scan die hier, dan toont deze app de zes cijfers die je intypt, ook zonder verbinding.',
  unnamed: 'Account zonder naam',
  copyCode: (name, code) => `Kopieer de code voor ${name}: ${code}`,
  more: (name) => `${name} wijzigen of verwijderen`,
  next: 'Hierna',
  secondsLeft: (seconds) => (seconds === 1 ? 'nog 1 seconde' : `nog ${seconds} seconden`),

  clockFast: (minutes) => `De klok van dit apparaat loopt zo’n ${minutes} min voor`,
  clockSlow: (minutes) => `De klok van dit apparaat loopt zo’n ${minutes} min achter`,
  clockLead:
    'Websites kunnen de codes weigeren. Zet automatische tijd aan in de instellingen van het apparaat en open deze app daarna opnieuw.',

  copied: 'Gekopieerd',
  copyFailed: 'Deze browser kopieert hier niet. Typ de code over, of selecteer hem zelf.',
  added: (count) => (count === 1 ? 'Toegevoegd' : `${count} accounts toegevoegd`),
  partAdded: (part, of) => `Deel ${part} van ${of} staat erin. Scan nu het volgende.`,
  alreadyHere: 'Dit account staat er al.',
  replaced: 'Vervangen. De oude codes zijn weg.',
  saved: 'Opgeslagen',
  removed: 'Verwijderd',
  exported: 'Het bestand staat bij je downloads.',
  lockedOn: 'Het slot zit erop.',
  lockedOff: 'Het slot is eraf.',
  fault: 'Dat ging mis. Sluit de app en open hem opnieuw; er is niets veranderd.',

  addLead: 'De website die om een tweede stap vraagt, toont een QR-code of een lange code om over te typen.',
  scan: 'Scan de QR-code',
  choosePicture: 'Kies een afbeelding',
  typeIt: 'Typ de lange code',
  scanLead: 'Houd de camera boven de QR-code. Het beeld blijft op dit apparaat.',
  cameraPicture: 'Wat de camera ziet',
  cameraStarts: 'De camera start…',
  lookingAtPicture: 'De afbeelding wordt bekeken…',
  longCode: 'Lange code, of adres dat met otpauth:// begint',
  longCodeHint: 'Letters en de cijfers 2 tot en met 7. Spaties maken niet uit.',
  issuer: 'Dienst',
  issuerHint: 'De website of organisatie, bijvoorbeeld “Bakkerij van Dam”.',
  account: 'Accountnaam',
  otherForm: 'Anders dan 6 cijfers, 30 seconden?',
  algorithm: 'Algoritme',
  digits: 'Cijfers',
  period: 'Seconden',
  addThis: 'Toevoegen',

  unreadable: {
    empty: 'Er staat niets. Typ de lange code, of plak het adres dat met otpauth:// begint.',
    'web-address':
      'Die QR-code leidt naar een webpagina. Scan de QR-code die de website toont als je een authenticator-app instelt.',
    'something-else':
      'Dat is geen code voor een authenticator-app. Scan de QR-code die de website toont als je tweestapsverificatie instelt.',
    'counter-based':
      'Die code telt hoe vaak je drukt in plaats van de tijd (HOTP). Deze app heeft alleen codes die met de tijd veranderen.',
    'no-secret': 'De lange code ontbreekt.',
    'bad-secret':
      'Dat is geen lange code: daar staan alleen letters en de cijfers 2 tot en met 7 in. Let op 0 en O, 1 en I, 8 en B.',
    'short-secret': 'Die lange code is te kort. Ontbreekt het eind?',
    'long-secret': 'Die lange code is te lang. Is hij twee keer geplakt?',
    algorithm: 'Die QR-code vraagt om een algoritme dat deze app niet kent. SHA-1, SHA-256 en SHA-512 kent hij wel.',
    digits: 'Die QR-code vraagt om codes van een lengte die deze app niet toont. 6, 7 en 8 cijfers kunnen wel.',
    period:
      'Die QR-code vraagt om codes die binnen 10 seconden of pas na 5 minuten veranderen. Vraag de website om een andere.',
    'broken-address':
      'Dat adres begint met otpauth:// en is niet compleet. Kopieer het helemaal, of scan de QR-code opnieuw.',
    'broken-migration':
      'Dat is een export van Google Authenticator, maar hij is niet compleet. Begin daar opnieuw met exporteren.',
    'empty-migration': 'In die export van Google Authenticator staan geen accounts.',
    'other-house': 'Die QR-code hoort bij een andere server. Open hem met de camera van deze telefoon.',
    'picture-unreadable':
      'Dat bestand is geen afbeelding die deze browser kan openen. Kies een foto of een schermafdruk.',
    'no-qr-in-picture':
      'In die afbeelding is geen QR-code gevonden. Snijd hem bij tot de QR-code het grootste deel vult, met alle vier de randen erop.',
    'camera-denied':
      'Deze app mag de camera niet gebruiken. Sta het toe in de instellingen van je browser voor deze site, of kies een andere manier.',
    'camera-missing': 'Er is geen camera gevonden. Kies een afbeelding van de QR-code, of typ de lange code.',
    'camera-busy': 'De camera start niet. Sluit andere apps die hem gebruiken en probeer het opnieuw.',
    'not-an-export': 'Dat is geen bestand dat deze app heeft geëxporteerd. De naam eindigt op .json.',
    'newer-export':
      'Dat bestand is met een nieuwere versie van deze app gemaakt. Ververs deze app terwijl je online bent en probeer het opnieuw.',
    'damaged-or-wrong-passphrase':
      'Die wachtzin opent het bestand niet. Weet je hem zeker, dan is het bestand beschadigd.',
    'short-passphrase': (least) =>
      `Gebruik minstens ${least} tekens: vier of vijf woorden die niets met elkaar te maken hebben.`,
    'not-repeated': 'De twee wachtzinnen zijn niet gelijk.',
    'no-passphrase': 'Typ de wachtzin waarmee het bestand is gemaakt.',
    'no-file': 'Kies eerst het bestand.',
    'nothing-to-export': 'Er zijn geen accounts om te exporteren.',
    'not-shown': 'De passkey is niet getoond. Probeer het opnieuw.',
  },

  sameName: 'Je hebt dit account al',
  sameNameLead: (name) =>
    `Er is al een account ${name}, met andere codes. Heb je het net opnieuw ingesteld, dan heb je niets meer aan de oude codes.`,
  replaceIt: 'Vervang het oude',
  keepBoth: 'Houd ze allebei',
  found: (count) => (count === 1 ? 'Dit account toevoegen?' : `Deze ${count} accounts toevoegen?`),
  nothingNew: 'Niets nieuws',
  nothingNewLead: 'Elk account dat erin staat, heb je hier al.',
  foundPart: (part, of) => `Dit is deel ${part} van ${of}.`,
  passedOver: (count) =>
    count === 1
      ? 'Eén account erin werkt op een manier die deze app niet kent. Stel dat opnieuw in op de website.'
      : `${count} accounts erin werken op een manier die deze app niet kent. Stel die opnieuw in op hun websites.`,
  hereAlready: 'Staat er al',
  addAll: (count) => (count === 1 ? 'Toevoegen' : `${count} accounts toevoegen`),

  copy: 'Kopieer de code',
  rename: 'Naam',
  save: 'Opslaan',
  moveUp: 'Omhoog',
  moveDown: 'Omlaag',
  place: (at, of) => `Plaats ${at} van ${of} in de lijst`,
  remove: 'Verwijderen',
  removeTitle: (name) => `${name} verwijderen?`,
  removeLead:
    'Deze app heeft er dan geen codes meer voor. De website blijft erom vragen: zet daar eerst tweestapsverificatie uit, of zorg voor een andere manier om in te loggen.',
  keep: 'Bewaren',

  // Een telefoon die goedkeurt
  pairTitle: 'Deze telefoon verbinden?',
  pairLead:
    'Hij kan dan goedkeuren dat er op je account wordt ingelogd, en laat er codes voor zien. Ga alleen verder als je hier zelf net mee begonnen bent.',
  pairIt: 'Verbinden',
  paired: 'Verbonden. Beantwoord nu het verzoek.',
  pairRefused: 'Deze code is al gebruikt of verlopen. Vraag een nieuwe QR-code op de pagina waar hij vandaan kwam.',
  noConnection: 'Er is geen verbinding. Probeer het opnieuw als die er is.',
  askedTitle: 'Ben jij dit die inlogt?',
  askedTest: 'Probeer het één keer',
  askedTestLead: 'Dit is de proef waarmee je telefoon verbonden wordt.',
  askedWhere: 'Organisatie',
  askedApplication: 'Op weg naar',
  askedDevice: 'Apparaat',
  askedAddress: 'Vanaf',
  askedWhen: 'Wanneer',
  askedSeconds: (seconds: number) => (seconds < 5 ? 'net' : `${seconds} seconden geleden`),
  askedNumber: 'Nummer op de pagina',
  askedNumberHint: (digits: number) => `${digits} cijfers. Wie je erom of erover belt, is een dief.`,
  askedNumberMissing: (digits: number) => `Typ de ${digits} cijfers die de pagina laat zien.`,
  approve: 'Goedkeuren',
  deny: 'Dit was ik niet',
  approved: 'Goedgekeurd. De pagina gaat vanzelf verder.',
  denied: 'Geweigerd, en er komt een mail over. Wijzig je wachtwoord: iemand anders kent het.',
  numberWrong: 'Dat was een ander nummer, en het verzoek is voorbij. Stuur vanaf de pagina een nieuw verzoek.',
  requestOver: 'Dat verzoek is voorbij.',
  unpaired: 'Deze telefoon hoort niet meer bij dat account. Misschien zijn de codes ook niets meer waard.',

  notificationsHeading: 'Meldingen',
  notificationsOnLead:
    'Deze telefoon laat het je weten als iemand op je account inlogt. De melding zegt alleen dat er een verzoek is; de rest zie je in de app.',
  notificationsOffLead:
    'Laat deze telefoon het je weten als iemand op je account inlogt, ook als de app dicht is. Anders open je zelf de app.',
  notificationsTurnOn: 'Zet meldingen aan',
  notificationsTurnOff: 'Zet meldingen uit',
  notificationsOn: 'Meldingen staan aan.',
  notificationsOff: 'Meldingen staan uit. Open de app als je inlogt.',
  notificationsFailed: 'Meldingen lukken nu niet. Open de app als je inlogt, of probeer het later nog eens.',
  notificationsBlocked:
    'Deze browser mag voor deze site geen meldingen laten zien. Sta ze toe in de instellingen van de browser en kom dan terug.',
  notificationsImpossible:
    'Deze browser laat hier geen meldingen zien. Op een iPhone of iPad werken ze zodra de app op je beginscherm staat.',

  lockHeading: 'Slot op de app',
  lockOffLead:
    'Wie dit apparaat kan openen, kan de codes zien. Met een passkey vraagt de app eerst om je vinger, je gezicht of de code van dit apparaat.',
  lockTurnOn: 'Zet het slot erop',
  lockTurnOff: 'Haal het slot eraf',
  lockNow: 'Nu op slot',
  lockUnavailable:
    'Deze browser heeft op dit apparaat geen passkey, dus hier is geen slot. Het slot van het apparaat zelf beschermt de codes wel.',
  lockExportFirst: 'Raak je de passkey kwijt, dan ben je de codes ook kwijt. Maak eerst een export.',
  lockSealed: 'De codes zijn versleuteld met je passkey. Zonder die passkey opent niemand ze.',
  lockScreen:
    'Je passkey wordt gevraagd voordat de codes verschijnen. Versleutelen kan hij op dit apparaat niet: dit houdt meekijkers tegen, en niet iemand die de bestanden van de browser uit elkaar haalt.',
  lockReturns: 'Na een minuut op de achtergrond gaat de app vanzelf op slot.',
  locked: 'Op slot',
  lockedSealed: 'Je codes zijn versleuteld met je passkey. Toon hem, dan gaan ze open.',
  lockedScreen: 'Toon je passkey om je codes te zien.',
  unlock: 'Ontgrendelen',
  cannotUnlock: 'Ontgrendelen lukt niet',
  cannotUnlockLead:
    'Zonder de passkey blijven de codes dicht. Je kunt de app leegmaken en daarna vullen uit een export, of elk account opnieuw instellen.',
  forget: 'Maak de app leeg',
  forgetTitle: 'De app leegmaken?',
  forgetLead: 'Alle accounts op dit apparaat worden voorgoed verwijderd. Wat je hebt geëxporteerd, blijft.',
  forgotten: 'De app is leeg.',

  moveHeading: 'Een nieuwe telefoon',
  moveLead:
    'Exporteer je accounts naar een bestand dat alleen met jouw wachtzin opengaat, en importeer het op het andere apparaat.',
  exportIt: 'Exporteren',
  importIt: 'Importeren',
  exportTitle: 'Je accounts exporteren',
  exportLead:
    'Wie het bestand en de wachtzin heeft, heeft al je codes. Bewaar ze apart van elkaar. Niemand kan je de wachtzin nog eens vertellen.',
  passphrase: 'Wachtzin',
  repeated: 'Wachtzin nog een keer',
  makeFile: 'Sla het bestand op',
  working: 'Bezig met rekenen…',
  importTitle: 'Accounts importeren',
  importLead: 'Het bestand dat je op het andere apparaat hebt geëxporteerd, en de wachtzin.',
  chooseFile: 'Kies het bestand',
  openFile: 'Open het bestand',

  languageHeading: 'Taal',
  aboutHeading: 'Waar je codes staan',
  aboutLead:
    'Alleen in deze browser, versleuteld met een sleutel die er niet uit te lezen is. Geen server heeft ze: wis je de gegevens van deze site, dan zijn ze voorgoed weg.',

  installHeading: 'Zet hem op je beginscherm',
  installLead: 'Dan opent hij als elke andere app, ook zonder verbinding.',
  install: 'Installeren',
  installIos:
    'Tik op Deel en dan op “Zet op beginscherm”, en open hem daar voordat je een account toevoegt: Safari bewaart niets voorgoed en deelt niets met de app.',

  cannotKeep:
    'Deze browser bewaart hier niets, misschien omdat het een privévenster is. Open de app in een gewoon venster.',
};
