/** Everybody's line of story in Dutch, by the name of the account. A test sees that nobody is left out. */
export const verhalen: Record<string, string> = {
  'grace.okafor': 'Is nog niet gevraagd: de volgende keer inloggen komt de uitnodiging, met drie keer “later”.',
  'sanne.de.boer':
    'Is nog niet gevraagd, in het Nederlands: bij de bakkerij mag “later” twee keer, en de laatste dag is dichtbij.',
  'tom.ashby':
    'Eerste werkdag: heeft nog nooit ingelogd, en zijn twee weken eindigen toch vóór de laatste dag van het transportbedrijf.',
  'joris.hendriks':
    'Later begonnen: logde gisteren voor het eerst in, dus zijn laatste dag is tien dagen daarna en niet die van de bakkerij.',
  'imke.postma':
    'Heeft al een maand een account en gebruikte het nooit: haar tien dagen beginnen met de eerste keer inloggen, wanneer dat ook is.',
  'noor.visser':
    'Logt eens per maand in, op betaaldag: dit is de laatste keer vóór de laatste dag, en de uitnodiging zegt dat.',
  'eleanor.finch':
    'Kijkt om de zeven weken: de laatste dag is eerder, dus de uitnodiging zegt dat dit haar laatste bezoek daarvóór kan zijn.',
  'maeve.kinsella': 'Is terug na acht maanden: alles werd aangekondigd terwijl ze weg was.',
  'olena.kovalenko': 'Werkt bij de Nederlandse bakkerij en leest Engels: pagina’s volgen de mens, niet het bedrijf.',
  'femke.dijkstra': 'Werkt in Bristol en leest Nederlands: de regel waarover ze hoort is die van het Engelse bedrijf.',
  'annemarie.vanderwesterlaken': 'Heeft een lange naam met tussenvoegsels: hij moet op de kleinste telefoon passen.',
  'bartholomew.featherstonehaugh':
    'Heeft een naam die voor elke knop te lang is: daar afgekort met puntjes, en heel in het menu.',
  'wang.xiuying': 'Schrijft haar naam in Chinese tekens: ook in de aanhef van een mail en in de app.',
  'layla.haddad': 'Schrijft haar naam van rechts naar links, midden in een pagina die van links naar rechts loopt.',
  wulandari: 'Heeft één naam en geen andere: niets mag naar een achternaam vragen.',
  'piotr.wojcik':
    'Heeft een accent, spaties en een fiets in zijn wachtwoord: op elk toetsenbord getypt is het hetzelfde wachtwoord.',
  'hassan.elamrani': 'Heeft zijn adres nooit bevestigd: is de laatste dag voorbij, dan bereikt geen gemailde code hem.',
  'amir.rahimi':
    'Koos één keer “later”, eergisteren: wordt nu met rust gelaten, met een stille regel boven elke pagina.',
  'becky.lowe':
    'Koos één keer “later”, acht dagen geleden: zeven dagen zijn om, dus de vraag komt weer, met nog twee keer “later”.',
  'callum.reid':
    'Koos gisteren “later” en logde sindsdien drie keer in: weer gevraagd, want drie keer inloggen komt vóór zeven dagen.',
  'dorothy.pell': 'Koos twee keer “later”: wordt voor de derde keer gevraagd, met nog één keer “later”.',
  'ewan.muir':
    'Koos drie keer “later”, het laatst gisteren: wordt met rust gelaten, en bij de volgende vraag is er geen “later” meer.',
  'fiona.marsh':
    'Alle drie de keren “later” zijn op: bij het inloggen is er alleen nog “Inschakelen”, weken vóór de laatste dag.',
  'daan.bakker': 'Koos gisteren één keer “later”: de bakkerij laat hem twee keer inloggen of drie dagen met rust.',
  'eva.smit':
    'Koos vier dagen geleden “later”: de drie dagen van de bakkerij zijn om, dus de vraag komt weer, met nog één keer “later”.',
  'gijs.mulder':
    'Beide keren “later” zijn op: bij het inloggen is er alleen nog “Inschakelen”, dagen vóór de laatste dag van de bakkerij.',
  'hilde.meijer':
    'Heeft uitstel: een beheerder zette haar eigen laatste dag twee weken later, omdat ze in het ziekenhuis ligt.',
  'kees.vandam':
    'Twee maanden vrijgesteld: werkt in de koelcel, waar geen telefoon mag komen, en niemand vraagt hem iets.',
  'nadia.osei': 'Vrijgesteld tot en met morgen: zet de klok twee dagen verder en ze krijgt de vraag.',
  'rhys.bowen': 'Was vrijgesteld tot gisteren: dat eindigde vanzelf, en vandaag krijgt hij de vraag.',
  'stella.crane':
    'Te laat: doet ook de boeken bij Tallybridge Payroll, waar de laatste dag twaalf dagen geleden was. Geen “later” meer.',
  'willem.kuiper':
    'Te laat, in het Nederlands: doet de lonen van de bakkerij bij Tallybridge Payroll, dus een gemailde code bewaakt zijn late begin.',
  'ulrich.bauer':
    'Te laat met een adres dat nooit is bevestigd: er kan geen code gemaild worden, dus alleen een beheerder kan helpen.',
  'vera.lindqvist': 'Te laat op haar eerste dag: Tallybridge Payroll geeft wie later begint geen eigen tijd.',
  'marijke.janssen':
    'Twee werkgevers met verschillende datums: die van de bakkerij is eerder, dus die noemt de uitnodiging.',
  'lucas.moreau': 'Twee werkgevers, één keer “later”: dat gold voor beide, en het kleinste aantal is wat er over is.',
  'bridget.hale':
    'Twee werkgevers, bij de bakkerij vrijgesteld: de datum van het transportbedrijf telt, en die krijgt ze te horen.',
  'thijs.peeters': 'Twee werkgevers, één tweede stap: één keer ingesteld is die voor beide goed.',
  'jonah.vale': 'Tussen twee banen: hoort bij geen organisatie, dus niemand vraagt iets van hem.',
  'priya.raman': 'Ingesteld met een app: wachtwoord, daarna zes cijfers.',
  'ivo.degroot': 'Ingesteld met een app, in het Nederlands: wachtwoord, daarna zes cijfers.',
  'owen.pryce': 'Ingesteld met app en sms: “Probeer een andere manier” biedt het nummer en de back-upcode aan.',
  'lotte.vos': 'Ingesteld met app en sms, in het Nederlands: de sms komt aan in de brievenbus op deze pagina.',
  'ruth.adeyemi': 'Heeft twee telefoons met elk een eigen regel in de app: van beide is de code goed.',
  'simon.early': 'Stelde het een half jaar in vóórdat iemand het vroeg: geen campagne liet hem ooit iets zien.',
  'marieke.dejong': 'Heeft twee bevestigde adressen: elk bericht over haar account gaat naar beide.',
  'geert.zonneveld':
    'Heeft geen smartphone: na het wachtwoord wordt het volgende nummer van een papieren kaart gevraagd, en zes zijn doorgestreept.',
  'lars.holm': 'Heeft een telefoon die twintig seconden achterloopt: de codes zijn goed en niemand merkt het.',
  'isla.grant':
    'Heeft tot morgen een onthouden laptop: daarop is vandaag het wachtwoord genoeg, en vanaf morgen is een code nodig.',
  'bram.willems': 'Heeft nog twintig dagen een onthouden laptop: daarop is het wachtwoord genoeg.',
  'hugo.blake': 'Had tot gisteren een onthouden laptop: de dertig dagen zijn om, en gebruik verlengde ze niet.',
  'yasmin.noor':
    'Had een onthouden laptop tot ze vorige week haar wachtwoord wijzigde: ook daar is weer een code nodig.',
  'roos.hoekstra':
    'Heeft drie onthouden apparaten, waarvan een in een bibliotheek: op haar accountpagina kan het van de lijst.',
  'martin.slow':
    'Heeft een telefoon met een verkeerde klok, twee minuten achter: de code wordt geweigerd en de pagina zegt waarom.',
  'anouk.snel':
    'Heeft een telefoon die drie minuten voorloopt: de code wordt met algemeen advies geweigerd, want een code uit de toekomst is nog goed.',
  'carys.vaughan':
    'Ingesteld, maar de back-upcode nooit bevestigd: na de zes cijfers gaat het instellen precies daar verder.',
  'pim.verbeek':
    'Gebruikte vier dagen geleden de back-upcode en sloot de pagina: na de zes cijfers komt er een nieuwe.',
  'zoe.harbour':
    'Liet de telefoon in het dok vallen en heeft de back-upcode in haar portemonnee: daarmee komt ze binnen, één keer.',
  'ad.verloren': 'Is de telefoon en de back-upcode kwijt: “Ik kan geen van deze gebruiken” is de weg die overblijft.',
  'gloria.mbeki': 'Komt uit een ouder systeem met een nummer en zonder app: eerst een sms, dan het instellen.',
  'felix.stone':
    'Een vreemde probeerde honderd codes achter elkaar: zijn app is uitgezet, en de back-upcode leidt naar een nieuwe QR-code.',
  'tess.quill':
    'Iemand met haar wachtwoord raadde twintig codes in een uur: bijna een dag lang wordt er geen bekeken, ook geen goede.',
  'jan.deurwaarder':
    'Vreemden probeerden de hele dag wachtwoorden: ook het zijne wordt geweigerd, maar niet op zijn onthouden laptop.',
  'gareth.gone': 'Vertrok vorige maand en is uitgeschakeld: het goede wachtwoord opent niets, en niets zegt waarom.',
  'helen.marlowe': 'Beheerder van het transportbedrijf, ingesteld met een app: krijgt de tweede stap net als iedereen.',
  'pieter.zonneveld': 'Beheerder van de bakkerij die het zelf nog niet heeft ingesteld: de regel spaart hem niet.',
  'grace.tidewell':
    'Verloor telefoon en papier op weg naar huis: met haar wachtwoord kan ze vragen om weer binnen te komen, en Arthur en Olive kijken.',
  'lotte.wachter':
    'Vroeg gisteren om weer binnen te komen en bevestigde haar mailbox: haar aanvraag wacht bij de bakkerij op een medewerker.',
  'olive.trent':
    'Tweede medewerker van het transportbedrijf: keurt goed wat Arthur heeft gecontroleerd, want niemand laat iemand alleen binnen.',
  'bram.kuiper': 'Tweede medewerker van de bakkerij: Saskia controleert, hij kijkt mee, en dan wacht het een dag.',
  'arthur.bell':
    'Medewerker van de servicedesk van het transportbedrijf, met app en sms: geeft accounts terug aan hun eigenaar.',
  'saskia.timmer': 'Medewerker van de servicedesk van de bakkerij: het tweede paar ogen dat een herstel nodig heeft.',
};
