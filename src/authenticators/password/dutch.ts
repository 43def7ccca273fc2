/**
 * Dutch words that people make passwords of, most tempting first; the English lists do not have them. The order is
 * the rank in the estimate. Written by hand: everyday life, months and days, towns, clubs, pets, first names, what is
 * in sight at work.
 */
export const DUTCH_PASSWORD_WORDS: string[] = `
  welkom wachtwoord geheim hallo voetbal zomer winter lente herfst ikhouvanjou liefde schatje lieverd knuffel
  welkom01 welkom123 wachtwoord1 geheim123 hallo123 zomer123 voetbal1 ajax feyenoord psv fcutrecht fctwente nederland
  holland oranje amsterdam rotterdam denhaag utrecht eindhoven groningen tilburg breda nijmegen arnhem haarlem almere
  enschede apeldoorn zwolle leiden maastricht dordrecht zoetermeer amersfoort delft venlo friesland zeeland limburg
  brabant drenthe gelderland flevoland overijssel antwerpen brussel vlaanderen belgie
  januari februari maart april mei juni juli augustus september oktober november december
  maandag dinsdag woensdag donderdag vrijdag zaterdag zondag weekend vakantie kerst kerstmis sinterklaas koningsdag
  verjaardag nieuwjaar pasen
  ikbenhet ikweethetniet weetikniet vergeten nieuw oud toegang inloggen aanmelden beheer beheerder gebruiker administratie
  kantoor bedrijf salaris loon loonstrook werk baas collega computer laptop telefoon internet printer sleutel nachtslot
  moeder vader mama papa oma opa dochter zoon broer zus familie kinderen baby vriend vriendin jongen meisje
  hond kat poes paard konijn vis vogel hamster cavia tijger leeuw beer olifant aap panda vlinder bloem zonnebloem tulp
  roos boom bos strand zee zon maan ster regenboog water vuur berg duinen molen fiets auto motor trein brommer boot
  vrachtwagen tractor huis tuin keuken slaapkamer deur tafel stoel
  kaas boterham brood melk koffie thee bier wijn appel banaan aardbei sinaasappel tomaat aardappel frikandel kroket
  bitterbal stroopwafel pannenkoek chocola hagelslag appeltaart patat friet drop poffertje pindakaas
  rood groen blauw geel zwart wit paars roze bruin grijs
  een twee drie vier vijf zes zeven acht negen tien honderd duizend
  mooi lekker gezellig leuk lief gek super beste altijd nooit samen alles niets vandaag morgen gelukkig vrijheid geluk
  muziek gitaar piano schaatsen hockey tennis zwemmen turnen wielrennen dansen school juf meester
  jan piet kees henk klaas willem johan peter hans marieke anna sanne lisa emma sophie julia eva tess lotte fleur daan
  sem lucas milan bram thijs lars tim tom bas rob jeroen martijn dennis stefan bobby
  max bella luna sam boris pluisje minoes flappie snuffel
  hetis mijn onze jouw jullie ikben jijbent vanmij voorjou
`
  .trim()
  .split(/\s+/);
