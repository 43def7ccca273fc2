import type { Article } from '../article.ts';

export const remindMeLater: Article = {
  title: 'Wat ‘Herinner me later’ doet',
  summary: 'Hoe vaak je het kunt uitstellen, wanneer we het weer vragen, en wat er op de laatste dag gebeurt.',
  body: ({ deferralsAllowed, returnsAfterSignIns, returnsAfterDays }) => (
    <>
      <p>
        Je organisatie heeft een datum gekozen waarop iedereen tweestapsverificatie heeft ingesteld. Tot dan kun je{' '}
        <b>Herinner me later</b> kiezen en verdergaan met je werk.
      </p>
      <ul>
        <li>
          Je kunt het {deferralsAllowed === 1 ? 'één keer' : `${deferralsAllowed} keer`} kiezen. De pagina zegt altijd
          hoe vaak het nog kan.
        </li>
        <li>
          We vragen het opnieuw na {returnsAfterSignIns} keer inloggen of na{' '}
          {returnsAfterDays === 1 ? 'één dag' : `${returnsAfterDays} dagen`}, wat het eerst komt.
        </li>
        <li>Intussen staat boven elke pagina tot wanneer het kan, met een knop om het in te stellen.</li>
        <li>De datum op de pagina telt mee: op die dag kun je nog uitstellen, de dag erna niet meer.</li>
      </ul>
      <h2>Na die datum</h2>
      <p>
        Je wordt niet buitengesloten. Als je inlogt, stel je eerst tweestapsverificatie in, en daarna ga je verder naar
        waar je heen wilde. Om zeker te weten dat jij het bent, kunnen we ook een code naar je mailbox sturen.
      </p>
      <h2>Log je maar af en toe in?</h2>
      <p>
        Dan kan je volgende keer na de datum zijn. De pagina zegt het als we denken dat het je laatste kans is; doe het
        dan liefst meteen.
      </p>
      <h2>Je hebt geen smartphone</h2>
      <p>Zeg het voor die datum tegen je organisatie, dan kunnen jullie samen een oplossing vinden.</p>
    </>
  ),
};
