import type { Challenge, CheckContext } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import { isLive } from '../challenge.ts';
import { COMMON_FORM, matchingStep, startOf, stepAt } from './otp.ts';

/** What the doctor may look at for one refused code of six digits. */
export type Patient = {
  secret: Secret<Uint8Array>;
  /** Highest step that was accepted; −1 before the first. */
  counter: number;
  /** Earlier keys of the same person that an app may still show. Only where all causes may be named. */
  olderKeys: readonly Secret<Uint8Array>[];
  /**
   * `wizard`: the person has just been shown the key, so every cause is named. `sign-in`: perhaps a thief with the
   * password; no cause is named that would tell them a code which opens the account later.
   */
  frankness: 'wizard' | 'sign-in';
};

type Recognises = (challenge: Challenge, code: string) => boolean;

/** How far off a clock may be for the doctor to notice: ten minutes. */
const NOTICED_STEPS = 20;

/** What went wrong with a code of six digits that is not accepted. It was charged before it came here. */
export function diagnose(code: string, patient: Patient, context: CheckContext, recognises: Recognises): Refused {
  const today = stepAt(context.wall);
  return (
    usedAlready(code, patient, context) ??
    fromOlderKey(code, patient, today) ??
    slowClock(code, patient, today) ??
    fastClock(code, patient, today) ??
    textMessage(code, context, recognises) ??
    refuse('code-wrong')
  );
}

/** Right, but this step or a later one was accepted before. */
function usedAlready(code: string, { secret, counter }: Patient, context: CheckContext): Refused | null {
  const today = stepAt(context.wall);
  if (
    matchingStep(
      secret.reveal(),
      code,
      [counter, today, today - 1].filter((step) => step <= counter),
    ) === null
  )
    return null;
  const retry = startOf(Math.max(today, counter) + 1);
  // Told on the clock that pages count down on; in the demonstration it is not the one on the wall.
  return refuse('code-used-already', { retryAt: context.now.add(context.wall.until(retry)) });
}

function fromOlderKey(code: string, { olderKeys, frankness }: Patient, today: number): Refused | null {
  if (frankness !== 'wizard') return null;
  const shown = olderKeys.some((key) => matchingStep(key.reveal(), code, [today, today - 1, today + 1]) !== null);
  return shown ? refuse('code-from-older-qr') : null;
}

/** A code of the past opens nothing any more: it may be named to anyone. */
function slowClock(code: string, { secret }: Patient, today: number): Refused | null {
  const past = Array.from({ length: NOTICED_STEPS }, (_, index) => today - 1 - index);
  return drift('code-clock-slow', today, matchingStep(secret.reveal(), code, past));
}

/**
 * A code of the future is a code that will open the account. Whoever guesses and is told "your clock is fast" has
 * twenty chances in a million instead of two, and the next step's code in hand; so this is said in the wizard only.
 */
function fastClock(code: string, { secret, frankness }: Patient, today: number): Refused | null {
  if (frankness !== 'wizard') return null;
  const future = Array.from({ length: NOTICED_STEPS }, (_, index) => today + 1 + index);
  return drift('code-clock-fast', today, matchingStep(secret.reveal(), code, future));
}

function drift(refusal: 'code-clock-slow' | 'code-clock-fast', today: number, step: number | null): Refused | null {
  if (step === null) return null;
  return refuse(refusal, { driftSeconds: Math.abs(today - step) * COMMON_FORM.periodSeconds });
}

function textMessage(code: string, { challenge, now }: CheckContext, recognises: Recognises): Refused | null {
  if (challenge === null || challenge.purpose === 'guard' || !isLive(challenge, now)) return null;
  return recognises(challenge, code) ? refuse('code-is-sms-code') : null;
}
