import type { Article } from '../article.ts';

export const cannotSignIn: Article = {
  title: "I can't sign in any more",
  summary: 'A lost or new phone, a forgotten password: which way back is open to you.',
  body: ({ resetLinkMinutes }) => (
    <>
      <h2>My phone is lost, broken or stolen</h2>
      <p>
        Sign in with your email address and password as always. On the page that asks for a code, choose{' '}
        <b>Try another way</b>.
      </p>
      <ul>
        <li>
          <b>Use your backup code</b>: 20 letters and digits that you saved when you set up two-step verification, on
          paper or in a password manager. It lets you in once; you get a new one straight away.
        </li>
        <li>
          <b>Text me a code</b>: if you added your mobile number, and the number still reaches you. A new SIM card with
          your old number is enough.
        </li>
      </ul>
      <p>
        Once you are in, go to <b>My account</b> and choose <b>Move to a new phone</b>. The old phone then makes no more
        codes for your account.
      </p>
      <h2>I have a new phone, and the old one still works</h2>
      <p>
        Sign in with the old one. Go to <b>My account</b>, choose <b>Move to a new phone</b> and scan the square with
        the new one. It takes two minutes, and you need no backup code for it.
      </p>
      <h2>I have neither my phone nor a backup code</h2>
      <p>
        Sign in with your password, choose <b>Try another way</b> and then <b>I can't use any of these</b>. You ask to
        get back into your account: you confirm your mailbox, an agent of your organisation checks that it is you, and a
        second person looks too. Then it waits for a day. If two colleagues have seen you in person, it does not wait.
        Nothing in your account is lost meanwhile.
      </p>
      <p>
        Is your password gone too? Then <a href="/help/request">submit a request</a>; somebody at your organisation has
        to see you in person.
      </p>
      <h2>I forgot my password</h2>
      <p>
        Choose <b>Forgot your password?</b> on the sign-in page. We send you a link that works for {resetLinkMinutes}{' '}
        minutes. Two-step verification stays on: you still need your second step.
      </p>
      <h2>My phone was stolen</h2>
      <p>
        Sign in as above, then choose <b>Sign out everywhere</b> on <b>My account</b> and move to a new phone. Whoever
        has your phone does not have your password, and needs both.
      </p>
    </>
  ),
};
