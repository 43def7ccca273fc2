import type { AuditEntry } from '#store/rows.ts';
import { daysFrom } from './days.ts';
import type { Person } from './person.ts';

/** Where everybody was until now: a number that is kept free for documentation (RFC 5737). */
export const ORIGIN = {
  address: '192.0.2.44',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0',
  request: '',
};

/** What the activity list shows: sign-ins, laters, and the day of enrolment. */
export function historyOf(person: Person, start: Temporal.Instant): AuditEntry[] {
  const on = daysFrom(start);
  const line = (event: string, day: number, detail: AuditEntry['detail']): AuditEntry => ({
    ...ORIGIN,
    at: on(day),
    event,
    actor: person.id,
    account: person.id,
    detail,
  });
  const level = (day: number) => (person.apps.some(({ boundOn }) => boundOn <= day) ? 'aal2' : 'aal1');
  return [
    ...person.later.map((later) => line('sign-in.deferred', later.on, {})),
    ...person.signIns.map((day) =>
      line('sign-in.complete', day, { level: level(day), viaRememberedDevice: false, entrance: 'sign-in' }),
    ),
    ...person.apps.map(({ boundOn, label }) =>
      line('account.authenticator-added', boundOn, { type: 'totp', label, notice: 'authenticator-bound' }),
    ),
    ...(person.askedBackIn === null
      ? []
      : [
          line('recovery.opened', person.askedBackIn, { case: `request-${person.id}` }),
          line('recovery.mailbox-confirmed', person.askedBackIn + 0.01, { case: `request-${person.id}` }),
        ]),
    ...(person.changedOn === null ? [] : [line('account.password-changed', person.changedOn, {})]),
  ];
}
