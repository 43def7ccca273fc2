import { Steps } from '#ui/prose.tsx';
import type { Article } from '../article.ts';

export const setUp: Article = {
  title: 'Tweestapsverificatie instellen',
  summary: 'Met Google Authenticator, Microsoft Authenticator of een andere app. Het duurt ongeveer drie minuten.',
  body: ({ rememberDays }) => (
    <>
      <p>
        Je hebt je telefoon nodig, met een authenticator-app erop. Zo'n app is gratis en werkt ook zonder bereik. Heb je
        er nog geen, installeer dan Google Authenticator of Microsoft Authenticator uit de winkel van je telefoon. Je
        hebt er geen account bij Google of Microsoft voor nodig.
      </p>
      <h2>Beginnen</h2>
      <Steps
        items={[
          <>
            Log in. Vraagt je organisatie om tweestapsverificatie, dan zie je <b>Voeg een extra beveiligingslaag toe</b>
            : kies <b>Inschakelen</b>.
          </>,
          <>
            Wordt er niets gevraagd? Kies rechtsboven je naam, dan <b>Mijn account</b>, dan{' '}
            <b>Tweestapsverificatie inschakelen</b>. Je voert je wachtwoord nog een keer in.
          </>,
          <>
            Kies <b>Ik gebruik een andere authenticator-app</b> en dan <b>Volgende</b>. Er verschijnt een vierkant: de
            QR-code.
          </>,
        ]}
      />
      <h2>In Google Authenticator</h2>
      <Steps
        items={[
          <>
            Open de app en tik op het plusteken (<b>+</b>).
          </>,
          <>
            Tik op <b>QR-code scannen</b> en richt de camera op het vierkant.
          </>,
          <>De app toont zes cijfers onder de naam van je organisatie.</>,
        ]}
      />
      <h2>In Microsoft Authenticator</h2>
      <Steps
        items={[
          <>Open de app en tik op de blauwe knop met het QR-teken.</>,
          <>
            Vraagt de app wat voor account het is, kies dan <b>Overig</b>. Richt de camera op het vierkant.
          </>,
          <>Tik op de nieuwe regel. De app toont zes cijfers.</>,
        ]}
      />
      <h2>Afmaken</h2>
      <Steps
        items={[
          <>
            Kies <b>Volgende</b> op de pagina met het vierkant en typ de zes cijfers. Ze veranderen elke halve minuut;
            typ de cijfers die je nu ziet.
          </>,
          <>
            Voeg je mobiele nummer toe als je wilt. Dat is een weg terug als je je telefoon kwijt bent. Je mag het
            overslaan.
          </>,
          <>
            Bewaar je <b>back-upcode</b>: op papier bij je documenten, of in een wachtwoordmanager. Typ daarna de eerste
            vier tekens over, dan weten we allebei dat je hem hebt.
          </>,
        ]}
      />
      <h2>Het scannen lukt niet</h2>
      <p>
        Kies <b>Lukt het scannen niet?</b> onder het vierkant. Je krijgt een lange code die je met de hand in de app
        kunt zetten. Lees je dit op de telefoon met de app? Dan hoef je niets te scannen: de pagina biedt aan de app te
        openen.
      </p>
      {rememberDays > 0 && (
        <>
          <h2>En daarna?</h2>
          <p>
            Je logt in met je wachtwoord en zes cijfers uit de app. Op een eigen apparaat kun je{' '}
            <b>Onthoud dit apparaat</b> aanvinken; daar is je wachtwoord dan {rememberDays} dagen genoeg.
          </p>
        </>
      )}
    </>
  ),
};
