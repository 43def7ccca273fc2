import { Steps } from '#ui/prose.tsx';
import type { Article } from '../article.ts';

export const wrongCode: Article = {
  title: 'Mijn code wordt geweigerd',
  summary: 'Bijna altijd ligt het aan de klok van de telefoon, of aan een andere regel in de app.',
  body: ({ attemptFailures, smsCodeMinutes }) => (
    <>
      <p>Als we kunnen zien wat er mis is, staat het op de pagina. Probeer dit, in deze volgorde.</p>
      <Steps
        items={[
          <>
            <b>Zet de klok van je telefoon op automatisch.</b> De codes worden uit de tijd berekend; een telefoon die
            twee minuten verkeerd staat, maakt verkeerde codes. Op een iPhone: Instellingen, Algemeen, Datum en tijd,
            Stel automatisch in. Op Android: Instellingen, Systeem, Datum en tijd, Tijd automatisch instellen.
          </>,
          <>
            <b>Kijk naar de goede regel.</b> In je app kunnen ook codes van andere diensten staan, en een oudere van ons
            als je het twee keer hebt ingesteld. Die van ons heeft de naam van je organisatie en een maand; de nieuwste
            telt.
          </>,
          <>
            <b>Typ de code die er nu staat.</b> Hij verandert elke halve minuut. Een code werkt één keer: heb je hem net
            gebruikt, wacht dan op de volgende.
          </>,
          <>
            <b>Typ hem in het goede vak.</b> De zes cijfers van de app, de zes cijfers van een sms en de 20 tekens van
            de back-upcode zijn drie verschillende dingen. Een sms is {smsCodeMinutes} minuten geldig, en alleen de
            nieuwste werkt.
          </>,
        ]}
      />
      <h2>‘Te veel verkeerde codes’</h2>
      <p>
        Na {attemptFailures} verkeerde antwoorden begint het inloggen opnieuw bij het wachtwoord. Komen er daarna nog
        meer verkeerde codes, dan kijken we er een tijdje niet naar, zodat niemand de jouwe kan raden. De pagina zegt
        hoe lang. Er is niets kwijt: wacht, zet de klok goed en probeer het opnieuw.
      </p>
      <h2>Kreeg je een mail over verkeerde codes die niet van jou waren?</h2>
      <p>
        Dan kent iemand je wachtwoord. Die persoon is er niet in gekomen. Kies nu een nieuw wachtwoord, met{' '}
        <b>Wachtwoord vergeten?</b> op de inlogpagina.
      </p>
    </>
  ),
};
