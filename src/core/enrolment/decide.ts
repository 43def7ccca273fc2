import type { Evidence } from '../assurance.ts';
import { refuse } from '../refusal.ts';
import type { Decision } from '../sign-in/state.ts';
import type { Course, Enrolment, EnrolmentEffect, EnrolmentEvent, EnrolmentWorld } from './state.ts';

type Decided = Decision<Enrolment, EnrolmentEffect>;

/** Where a wizard begins. A spent or missing backup code starts at the last step. */
export function begin(course: Course, guarded: boolean): Decided {
  return guarded ? decided({ at: 'guarding', course }) : unguarded(course);
}

function unguarded(course: Course): Decided {
  return course === 'backup-code' ? keepCode(course, [], false) : decided({ at: 'choosing', course });
}

/** One step of the wizard. Like a sign-in, it ignores what is not listed, so that resent forms and old tabs are harmless. */
export function decide(state: Enrolment, event: EnrolmentEvent, world: EnrolmentWorld): Decided {
  if (state.at === 'bound' || state.at === 'ended') return outOfOrder(state, event);

  switch (event.type) {
    case 'guard-passed':
      if (state.at !== 'guarding') return outOfOrder(state, event);
      return prefixed([audit('enrolment.guard-passed')], unguarded(state.course));

    case 'chosen':
      // Choosing again from the QR page is how a person changes their mind.
      if (state.at !== 'choosing' && state.at !== 'scanning' && state.at !== 'proving') return outOfOrder(state, event);
      if (!world.offered.includes(event.authenticator))
        return { state, effects: [], refused: refuse('method-not-available') };
      return chosen(state.course, event.authenticator, world);

    case 'scanned':
      if (state.at !== 'scanning') return outOfOrder(state, event);
      return decided({ ...state, at: 'proving' }, [audit('enrolment.scanned')]);

    case 'back':
      if (state.at === 'proving' && !world.oneStep.includes(state.type)) return decided({ ...state, at: 'scanning' });
      if (state.at === 'scanning' || state.at === 'proving') return decided({ at: 'choosing', course: state.course });
      if (state.at === 'adding-sms' && state.sent) return decided({ ...state, sent: false });
      return outOfOrder(state, event);

    case 'proved':
      if (state.at !== 'proving' || event.evidence.type !== state.type) return outOfOrder(state, event);
      return proved(state, event.evidence, world);

    case 'sms-sent':
      if (state.at !== 'adding-sms') return outOfOrder(state, event);
      return decided({ ...state, sent: true });

    case 'sms-proved':
      if (state.at !== 'adding-sms' || !state.sent) return outOfOrder(state, event);
      return prefixed([{ do: 'bind-sms' }, audit('enrolment.sms-bound')], keepCode(state.course, state.evidence, true));

    case 'sms-skipped':
      if (state.at !== 'adding-sms') return outOfOrder(state, event);
      return prefixed([audit('enrolment.sms-skipped')], keepCode(state.course, state.evidence, true));

    case 'code-kept':
      if (state.at !== 'keeping-code') return outOfOrder(state, event);
      return prefixed([{ do: 'bind-backup-code' }], finish(state.course, state.evidence));

    case 'left':
      return decided({ at: 'ended', because: 'left' }, [audit('enrolment.left', { at: state.at })]);
  }
  event satisfies never;
}

function chosen(course: Course, type: string, world: EnrolmentWorld): Decided {
  const at = world.oneStep.includes(type) ? 'proving' : 'scanning';
  return decided({ at, course, type }, [{ do: 'make-pending', type }, audit('enrolment.chosen', { type })]);
}

function proved(state: Enrolment & { at: 'proving' }, evidence: Evidence, world: EnrolmentWorld): Decided {
  const { course, type } = state;
  const effects: EnrolmentEffect[] = [
    { do: 'bind', type, replacing: course === 'move' },
    audit('enrolment.proved', { type }),
  ];
  if (course === 'first' && world.smsOffered)
    return decided({ at: 'adding-sms', course, evidence: [evidence], sent: false }, effects);
  if (course === 'move' && world.hasBackupCode) return prefixed(effects, finish(course, [evidence]));
  return prefixed(effects, keepCode(course, [evidence], false));
}

function keepCode(course: Course, evidence: Evidence[], sms: boolean): Decided {
  return decided({ at: 'keeping-code', course, evidence, sms }, [{ do: 'make-backup-code' }]);
}

function finish(course: Course, evidence: Evidence[]): Decided {
  return decided({ at: 'bound', course, evidence }, [audit('enrolment.complete', { course })]);
}

function outOfOrder(state: Enrolment, event: EnrolmentEvent): Decided {
  return {
    state,
    effects: [audit('enrolment.out-of-order', { at: state.at, event: event.type })],
    refused: refuse('out-of-order'),
  };
}

function decided(state: Enrolment, effects: EnrolmentEffect[] = []): Decided {
  return { state, effects, refused: null };
}

function prefixed(effects: EnrolmentEffect[], decision: Decided): Decided {
  return { ...decision, effects: [...effects, ...decision.effects] };
}

function audit(
  event: (EnrolmentEffect & { do: 'audit' })['event'],
  detail?: Record<string, string | number | boolean>,
): EnrolmentEffect {
  return detail ? { do: 'audit', event, detail } : { do: 'audit', event };
}
