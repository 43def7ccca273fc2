import type { Refused } from '#core/refusal.ts';
import type { moments } from './moments.ts';
import type { Translate, Values } from './translate.ts';

/** The sentence for an expected "no", with what the person may know filled in. */
export function refusalSentence(
  { refusal, detail = {} }: Refused,
  t: Translate,
  say: ReturnType<typeof moments>,
  now: Temporal.Instant,
): string {
  const values: Values = { wait: t('common.a-moment') };
  if (detail.retryAt) {
    const left = now.until(detail.retryAt);
    const seconds = Math.max(1, Math.ceil(left.total('seconds')));
    values.wait = say.wait(left);
    values.seconds = seconds;
    values.minutes = Math.ceil(seconds / 60);
    values.time = say.time(detail.retryAt);
  }
  if (detail.driftSeconds !== undefined) values.drift = driftInWords(Math.abs(detail.driftSeconds), t);
  values.quoted = detail.quoted ?? '';
  if (detail.limit !== undefined) values.limit = detail.limit;
  if (detail.triesLeft !== undefined) Object.assign(values, { triesLeft: detail.triesLeft, count: detail.triesLeft });
  // Does not compile when one refusal of the closed list has no sentence.
  return t(`refusals.${refusal}`, values);
}

/** Nobody knows their clock to the second; "about a minute and a half" is what helps to find the switch. */
function driftInWords(seconds: number, t: Translate): string {
  if (seconds < 45) return t('common.drift-seconds', { seconds: Math.max(10, Math.round(seconds / 10) * 10) });
  if (seconds < 75) return t('common.drift-minute');
  if (seconds < 105) return t('common.drift-minute-and-half');
  return t('common.drift-minutes', { minutes: Math.round(seconds / 60) });
}
