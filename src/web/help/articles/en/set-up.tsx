import { Steps } from '#ui/prose.tsx';
import type { Article } from '../article.ts';

export const setUp: Article = {
  title: 'Set up two-step verification',
  summary: 'With Google Authenticator, Microsoft Authenticator or another app. It takes about three minutes.',
  body: ({ rememberDays }) => (
    <>
      <p>
        You need your phone, and an authenticator app on it. The app is free and works without a phone signal. If you
        have none yet, install Google Authenticator or Microsoft Authenticator from the shop of your phone. You don't
        need an account at Google or Microsoft for it.
      </p>
      <h2>Start</h2>
      <Steps
        items={[
          <>
            Sign in. If your organisation asks for two-step verification, you see <b>Add an extra layer of security</b>:
            choose <b>Enable</b>.
          </>,
          <>
            You are not asked? Choose your name at the top right, then <b>My account</b>, then{' '}
            <b>Enable two-step verification</b>. You enter your password once more.
          </>,
          <>
            Choose <b>I use a different authenticator app</b> and then <b>Next</b>. A square appears: the QR code.
          </>,
        ]}
      />
      <h2>In Google Authenticator</h2>
      <Steps
        items={[
          <>
            Open the app and tap the plus sign (<b>+</b>).
          </>,
          <>
            Tap <b>Scan a QR code</b> and point the camera at the square.
          </>,
          <>The app shows six digits under the name of your organisation.</>,
        ]}
      />
      <h2>In Microsoft Authenticator</h2>
      <Steps
        items={[
          <>Open the app and tap the blue button with the QR sign.</>,
          <>
            If it asks what kind of account, choose <b>Other</b>. Point the camera at the square.
          </>,
          <>Tap the new entry. The app shows six digits.</>,
        ]}
      />
      <h2>Finish</h2>
      <Steps
        items={[
          <>
            Choose <b>Next</b> on the page with the square and type the six digits. They change every half minute; type
            the ones you see now.
          </>,
          <>Add your mobile number if you like. It is a way back when your phone is lost. You can skip it.</>,
          <>
            Save your <b>backup code</b>: on paper with your documents, or in a password manager. Then type its first
            four characters, so that we both know you have it.
          </>,
        ]}
      />
      <h2>It doesn't scan</h2>
      <p>
        Choose <b>Having trouble scanning?</b> below the square. You get a long code that you can copy into the app by
        hand. Are you reading this on the phone that has the app? Then there is nothing to scan: the page offers to open
        the app for you.
      </p>
      {rememberDays > 0 && (
        <>
          <h2>And from then on?</h2>
          <p>
            You sign in with your password and six digits from the app. On a device of your own you can tick{' '}
            <b>Remember this device</b>; your password is then enough there for {rememberDays} days.
          </p>
        </>
      )}
    </>
  ),
};
