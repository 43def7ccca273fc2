import type { Article } from '../article.ts';

export const genuineMail: Article = {
  title: 'Is this mail really from you?',
  summary: 'How to tell our mails from those of people who are after your password.',
  body: ({ host }) => (
    <>
      <h2>What we send</h2>
      <ul>
        <li>
          A notice when something about the security of your account changes: a new password, a new authenticator, a new
          backup code. It says when and from where, and has a button <b>This wasn't me</b>.
        </li>
        <li>A link to choose a password, when somebody asked for it on the sign-in page.</li>
        <li>A code of six digits, if you set up two-step verification after the date.</li>
        <li>Before that date: a reminder, with the date in it.</li>
      </ul>
      <h2>What we never do</h2>
      <ul>
        <li>Ask for your password, a code or your backup code, by mail, by telephone or in a chat.</li>
        <li>Ask you to read out a code that was sent to you. Whoever asks for it wants to get in as you.</li>
        <li>Send a QR code to scan. You find the square only on our own page, after you have signed in.</li>
      </ul>
      <h2>Check the address</h2>
      <p>
        Our links lead to <b>{host}</b> and to nowhere else. Look at the address in your browser before you type
        anything. In doubt, don't use the link: type the address yourself.
      </p>
      <h2>You typed your password on a strange page?</h2>
      <p>
        Choose a new one at once, with <b>Forgot your password?</b> on the sign-in page, and tell your organisation.
        That happens to careful people too; the sooner, the better.
      </p>
    </>
  ),
};
