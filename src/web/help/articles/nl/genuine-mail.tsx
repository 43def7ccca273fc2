import type { Article } from '../article.ts';

export const genuineMail: Article = {
  title: 'Is deze mail echt van jullie?',
  summary: 'Hoe je onze mails herkent tussen die van mensen die op je wachtwoord uit zijn.',
  body: ({ host }) => (
    <>
      <h2>Wat we sturen</h2>
      <ul>
        <li>
          Een bericht als er iets aan de beveiliging van je account verandert: een nieuw wachtwoord, een nieuwe
          authenticator, een nieuwe back-upcode. Er staat in wanneer en vanaf waar, met een knop <b>Dit was ik niet</b>.
        </li>
        <li>Een link om een wachtwoord te kiezen, als iemand daar op de inlogpagina om heeft gevraagd.</li>
        <li>Een code van zes cijfers, als je tweestapsverificatie na de datum instelt.</li>
        <li>Voor die datum: een herinnering, met de datum erin.</li>
      </ul>
      <h2>Wat we nooit doen</h2>
      <ul>
        <li>Vragen om je wachtwoord, een code of je back-upcode, per mail, per telefoon of in een chat.</li>
        <li>Vragen om een code voor te lezen die je gestuurd kreeg. Wie dat vraagt, wil er als jou in.</li>
        <li>
          Een QR-code sturen om te scannen. Het vierkant zie je alleen op onze eigen pagina, nadat je bent ingelogd.
        </li>
      </ul>
      <h2>Controleer het adres</h2>
      <p>
        Onze links gaan naar <b>{host}</b> en nergens anders heen. Kijk naar het adres in je browser voor je iets typt.
        Twijfel je, gebruik de link dan niet: typ het adres zelf.
      </p>
      <h2>Heb je je wachtwoord op een vreemde pagina ingevuld?</h2>
      <p>
        Kies meteen een nieuw, met <b>Wachtwoord vergeten?</b> op de inlogpagina, en zeg het tegen je organisatie. Het
        overkomt voorzichtige mensen ook; hoe eerder, hoe beter.
      </p>
    </>
  ),
};
