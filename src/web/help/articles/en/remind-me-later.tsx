import type { Article } from '../article.ts';

export const remindMeLater: Article = {
  title: 'What “Remind me later” does',
  summary: 'How often you can put it off, when we ask again, and what happens on the last day.',
  body: ({ deferralsAllowed, returnsAfterSignIns, returnsAfterDays }) => (
    <>
      <p>
        Your organisation has chosen a date by which everybody sets up two-step verification. Until then you can choose{' '}
        <b>Remind me later</b> and go on with your work.
      </p>
      <ul>
        <li>
          You can choose it {deferralsAllowed === 1 ? 'once' : `${deferralsAllowed} times`}. The page always says how
          often it is still there.
        </li>
        <li>
          We ask again after {returnsAfterSignIns === 1 ? 'one sign-in' : `${returnsAfterSignIns} sign-ins`} or{' '}
          {returnsAfterDays === 1 ? 'one day' : `${returnsAfterDays} days`}, whichever comes first.
        </li>
        <li>Meanwhile a line at the top of each page says until when, and has a button to set it up.</li>
        <li>The date on the page counts: on that day you can still put it off, the day after you can't.</li>
      </ul>
      <h2>After the date</h2>
      <p>
        You are not locked out. When you sign in, you set up two-step verification first, and then go on to where you
        were going. To be sure that it is you, we may send a code to your mailbox as well.
      </p>
      <h2>You sign in only now and then?</h2>
      <p>
        Then your next sign-in may be after the date. The page says so when we think it may be your last chance; it is
        easiest to do it then.
      </p>
      <h2>You have no smartphone</h2>
      <p>Tell your organisation before the date, so that they can find a way together with you.</p>
    </>
  ),
};
