import { Steps } from '#ui/prose.tsx';
import type { Article } from '../article.ts';

export const wrongCode: Article = {
  title: 'My code is refused',
  summary: 'Nearly always it is the clock of the phone, or another entry in the app.',
  body: ({ attemptFailures, smsCodeMinutes }) => (
    <>
      <p>When we can see what is wrong, the page says so. Try these in this order.</p>
      <Steps
        items={[
          <>
            <b>Set the clock of your phone to automatic.</b> The codes are computed from the time; a phone that is two
            minutes off makes wrong ones. On an iPhone: Settings, General, Date &amp; Time, Set Automatically. On
            Android: Settings, System, Date &amp; time, Set time automatically.
          </>,
          <>
            <b>Look at the right entry.</b> Your app may hold codes of other services too, and an older entry of ours if
            you set it up twice. Ours carries the name of your organisation and a month; the newest one counts.
          </>,
          <>
            <b>Type the code that is there now.</b> It changes every half minute. A code works once: if you have just
            used it, wait for the next.
          </>,
          <>
            <b>Type it in the right field.</b> The six digits of the app, the six digits of a text message and the 20
            characters of the backup code are three different things. A text message is good for {smsCodeMinutes}{' '}
            minutes, and only the newest one works.
          </>,
        ]}
      />
      <h2>“Too many wrong codes”</h2>
      <p>
        After {attemptFailures} wrong answers a sign-in starts again from the password. If more wrong codes follow, we
        stop looking at codes for a while, so that nobody can guess yours. The page says how long. Nothing is lost:
        wait, set the clock, and try again.
      </p>
      <h2>You got a mail about wrong codes that were not yours?</h2>
      <p>
        Then somebody knows your password. They did not get in. Choose a new password now, with{' '}
        <b>Forgot your password?</b> on the sign-in page.
      </p>
    </>
  ),
};
