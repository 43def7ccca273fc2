import type { Article } from '../article.ts';

export const cannotSignIn: Article = {
  title: 'Ik kan niet meer inloggen',
  summary: 'Telefoon kwijt of nieuw, wachtwoord vergeten: welke weg terug er voor jou is.',
  body: ({ resetLinkMinutes }) => (
    <>
      <h2>Mijn telefoon is kwijt, kapot of gestolen</h2>
      <p>
        Log in met je e-mailadres en wachtwoord, zoals altijd. Kies op de pagina die om een code vraagt{' '}
        <b>Probeer een andere manier</b>.
      </p>
      <ul>
        <li>
          <b>Gebruik je back-upcode</b>: 20 letters en cijfers die je bewaarde toen je tweestapsverificatie instelde, op
          papier of in een wachtwoordmanager. Je komt er één keer mee binnen; je krijgt meteen een nieuwe.
        </li>
        <li>
          <b>Stuur me een code per sms</b>: als je je mobiele nummer hebt toegevoegd en je op dat nummer nog bereikbaar
          bent. Een nieuwe simkaart met je oude nummer is genoeg.
        </li>
      </ul>
      <p>
        Ben je binnen, ga dan naar <b>Mijn account</b> en kies <b>Overstappen op een nieuwe telefoon</b>. De oude
        telefoon maakt dan geen codes meer voor je account.
      </p>
      <h2>Ik heb een nieuwe telefoon en de oude doet het nog</h2>
      <p>
        Log in met de oude. Ga naar <b>Mijn account</b>, kies <b>Overstappen op een nieuwe telefoon</b> en scan het
        vierkant met de nieuwe. Het duurt twee minuten en je hebt er geen back-upcode voor nodig.
      </p>
      <h2>Ik heb geen telefoon en ook geen back-upcode</h2>
      <p>
        Log in met je wachtwoord, kies <b>Probeer een andere manier</b> en dan <b>Ik kan geen van deze gebruiken</b>. Je
        vraagt om weer in je account te komen: je bevestigt je mailbox, een medewerker van je organisatie controleert of
        jij het bent, en een tweede persoon kijkt mee. Daarna wacht het een dag. Hebben twee collega’s je in persoon
        gezien, dan is er geen wachttijd. Intussen gaat er niets in je account verloren.
      </p>
      <p>
        Ben je je wachtwoord ook kwijt? <a href="/help/request">Doe een aanvraag</a>; iemand bij je organisatie moet je
        dan in persoon zien.
      </p>
      <h2>Ik ben mijn wachtwoord vergeten</h2>
      <p>
        Kies <b>Wachtwoord vergeten?</b> op de inlogpagina. We sturen je een link die {resetLinkMinutes} minuten werkt.
        Tweestapsverificatie blijft aan: je tweede stap heb je nog steeds nodig.
      </p>
      <h2>Mijn telefoon is gestolen</h2>
      <p>
        Log in zoals hierboven, kies dan <b>Overal uitloggen</b> bij <b>Mijn account</b> en stap over op een nieuwe
        telefoon. Wie je telefoon heeft, heeft je wachtwoord niet, en heeft ze allebei nodig.
      </p>
    </>
  ),
};
